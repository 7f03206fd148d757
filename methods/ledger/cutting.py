"""Cuts `recount.py` to the rules that a poll uses, so that who checks the poll can read the whole program.

It takes lines away and changes none, so the bytes do not depend on the Python that runs this. Refuses unknown rules.

>>> b"def tally_irv" in program(["irv"]), b"def tally_irv" in program(["plurality"])
(True, False)
"""

import ast
from collections.abc import Collection, Iterator
from itertools import pairwise
from pathlib import Path

from .stripping import parts_of

RECOUNT = Path(__file__).with_name("recount.py")


def program(rules: Collection[str]) -> bytes:
    """The `recount.py` of a poll. rules: names in `methods.counting.RULES`; "" for questions that only add up.

    The same rules in any order give the same bytes. Raises ValueError.
    """
    text = RECOUNT.read_text(encoding="utf-8")
    tree = ast.parse(text)
    wanted = set(rules) - {""}
    gone = set(_other_rules(tree, wanted))
    used = _used(tree)
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            unused = used.isdisjoint(alias.name for alias in node.names)
            gone |= {node.lineno} if unused and node.lineno > 1 and _name(node) != "__future__" else set()
        elif _name(node) and _name(node) not in used:
            gone |= set(range(_first_line(node), (node.end_lineno or 0) + 1))
    lines = [line for number, line in enumerate(text.splitlines(keepends=True), start=1) if number not in gone]
    return "".join(_without_empty_parts(lines)).encode()


def _other_rules(tree: ast.Module, wanted: set[str]) -> Iterator[int]:
    """Take the rules that nobody wants out of the table of rules. Gives the lines on which they stood."""
    table = next(node.value for node in tree.body if isinstance(node, ast.Assign) and _name(node) == "RULES")
    if not isinstance(table, ast.Dict):
        raise TypeError("the table of rules is no table")
    rules = {ast.literal_eval(key): (key, value) for key, value in zip(table.keys, table.values, strict=True) if key}
    if unknown := wanted - set(rules):
        raise ValueError(f"no such rule: {min(unknown)}")
    for rule, (key, _) in rules.items():
        if rule not in wanted:
            yield key.lineno
    table.keys = [rules[rule][0] for rule in rules if rule in wanted]
    table.values = [rules[rule][1] for rule in rules if rule in wanted]


def _used(tree: ast.Module) -> set[str]:
    """Every name that is called from `main`, directly or not."""
    defined = {_name(node): node for node in tree.body if _name(node)}
    used = {"sys"}
    waiting = ["main"]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            if name in defined:
                waiting += [part.id for part in parts_of(defined[name]) if isinstance(part, ast.Name)]
    return used


def _name(node: ast.stmt) -> str:
    """What a statement at the top defines, or the module that it takes names from; "" for others."""
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.ImportFrom):
        return node.module or ""
    return node.name if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(one.lineno for one in decorators)])


def _without_empty_parts(lines: list[str]) -> Iterator[str]:
    """Lines without the headings under which nothing is left, and with one empty line where several are left."""
    kept = [line for line, after in pairwise([*lines, ""]) if after.strip() or not line.startswith("# methods/")]
    return (line for line, after in pairwise([*kept, ""]) if line.strip() or after.strip())
