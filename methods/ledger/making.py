"""Makes `recount.py`, one file of the standard library only, from the very sources that the server counts with.

`python -m methods.ledger.making` after every change of counting or ledger, or a test fails; with names of rules it
prints the program of polls that use these. It takes what `recounting.main` calls and nothing else, so the words of
`explain()` stay behind. Refuses two meanings of one name that it cannot tell apart.
"""

import ast
import builtins
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .cutting import RECOUNT, program
from .stripping import Renamer, definitions, parts_of, pruned

ROOT = Path(__file__).parents[2]
HEAD = '''"""Menghitung ulang pemungutan suara Rembuk. / Recounts a poll of Rembuk.
Python 3.10+, tanpa jaringan / no network.

0  semua cocok / all holds
1  ada yang salah, yang pertama disebut / something is wrong, the first is named
2  surat suara tidak diumumkan, selebihnya cocok / ballots are not published, all else holds
64 perintahnya tidak dikenal / it was called wrongly
"""
# Made by methods/ledger/making.py from the sources named below. / Dibuat dari sumber yang disebut di bawah.
from __future__ import annotations
'''
WIDTH = 120
FOOT = """

if not __package__:
    if sys.version_info < (3, 10):
        print('Perlu / needs Python 3.10+')
        sys.exit(64)
    sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(main())
"""
Place = tuple[str, str]  # a module, and a name that it defines


@dataclass
class Module:
    """A source. about: first sentence of its docstring. defined: name -> statement. inside: names taken from other
    modules of ours. outside: names of the standard library -> the statement that imports them."""

    name: str
    about: str
    defined: dict[str, ast.stmt]
    inside: dict[str, Place] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)


Modules = dict[str, Module]  # those that a module needs stand before it


def make() -> str:
    """The text of `recount.py` before it is formatted. The same sources give the same program."""
    modules: Modules = {}
    _load("methods.ledger.recounting", modules)
    places, attributes = _reached(modules, ("methods.ledger.recounting", "main"))
    names = _new_names(modules, places)
    imports = {"import sys"}
    parts: list[str] = []
    for module in modules.values():
        chosen = [name for name in module.defined if (module.name, name) in places]
        if chosen:
            parts.append(f"\n# {module.name.replace('.', '/')}.py: {module.about}\n")
        for name in chosen:
            node = pruned(module.defined[name], attributes)
            used = {part.id for part in parts_of(node) if isinstance(part, ast.Name)}
            imports |= {module.outside[one] for one in used if one in module.outside}
            node = Renamer(_changes(modules, module, names)).visit(node)
            parts.append("".join(f"{line}\n" for line in _lines(node)))
    return "".join([HEAD, *_together(imports), *parts, FOOT])


def _load(name: str, modules: Modules) -> None:
    """Read a module of ours and, before it, those that it imports."""
    path = ROOT.joinpath(*name.split(".")).with_suffix(".py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    about = " ".join((ast.get_docstring(tree) or "").split("\n\n")[0].split())
    module = Module(name, about, dict(definitions(tree)))
    for node in tree.body:
        if isinstance(node, ast.Import):
            module.outside |= {alias.asname or alias.name: f"import {alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = name.split(".")[: -node.level] if node.level else []
            origin = ".".join([*base, node.module or ""])
            if ROOT.joinpath(*origin.split(".")).with_suffix(".py").exists():
                _load(origin, modules)
                module.inside |= {alias.asname or alias.name: (origin, alias.name) for alias in node.names}
            else:
                module.outside |= {alias.name: f"from {origin} import {alias.name}" for alias in node.names}
    modules.setdefault(name, module)


def _place(modules: Modules, module: Module, name: str) -> Place | None:
    """Where a name that a module uses is defined; None for what Python or the standard library defines."""
    if name in module.defined:
        return module.name, name
    if name in module.inside:
        origin, original = module.inside[name]
        return _place(modules, modules[origin], original)
    return None


def _reached(modules: Modules, start: Place) -> tuple[set[Place], set[str]]:
    """What is called from a function, directly or not, and all names after a dot in it.

    A method counts as called when any kept statement has its name after a dot, so it is asked until nothing is new.
    """
    attributes: set[str] = set()
    while True:
        places: set[Place] = set()
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            origin, name = waiting.pop()
            if (origin, name) in places:
                continue
            places.add((origin, name))
            for part in parts_of(pruned(modules[origin].defined[name], attributes)):
                if isinstance(part, ast.Attribute):
                    seen.add(part.attr)
                elif isinstance(part, ast.Name) and (place := _place(modules, modules[origin], part.id)):
                    waiting.append(place)
        if seen == attributes:
            return places, attributes
        attributes = seen


def _new_names(modules: Modules, places: set[Place]) -> dict[Place, str]:
    """A name of its own in the one file for everything; the second of two that are called the same is renamed."""
    taken = set(dir(builtins)) | {name for module in modules.values() for name in module.outside}
    names: dict[Place, str] = {}
    for module in modules.values():
        for name in module.defined:
            if (module.name, name) in places:
                free = name if name not in taken else f"{module.name.rpartition('.')[2]}_{name.strip('_')}"
                if free in taken:
                    raise ValueError(f"{module.name}.{name} has no free name")
                taken.add(free)
                names[module.name, name] = free
    return names


def _changes(modules: Modules, module: Module, names: Mapping[Place, str]) -> dict[str, str]:
    """The names that a module uses and that are called otherwise in the one file."""
    places = [(name, _place(modules, module, name)) for name in [*module.defined, *module.inside]]
    return {name: names[place] for name, place in places if place and names.get(place, name) != name}


def _together(imports: set[str]) -> Iterator[str]:
    """Import statements in order, those from one module in one line."""
    names: dict[str, list[str]] = {}
    for line in sorted(imports):
        origin, _, name = line.partition(" import ")
        names.setdefault(origin, []).append(name)
    for origin, taken in names.items():
        yield f"{origin} import {', '.join(taken)}\n" if taken[0] else f"{origin}\n"


def _lines(node: ast.stmt) -> Iterator[str]:
    """A statement as lines of source: none empty, and a long table with one line for each of its entries."""
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and len(ast.unparse(node)) > WIDTH:
        yield f"{ast.unparse(node.targets[0])} = {{"
        for key, value in zip(node.value.keys, node.value.values, strict=True):
            yield f"    {ast.unparse(key) if key else ''}: {ast.unparse(value)},"
        yield "}"
    else:
        yield from filter(None, ast.unparse(node).splitlines())


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.stdout.buffer.write(program(sys.argv[1:]))
    else:
        RECOUNT.write_text(make(), encoding="utf-8")
