"""Collects the words of the site from code and templates, and checks and compiles their translations.

English is written in the code; `locale/<room>/id/LC_MESSAGES/django.po` holds the Indonesian of a room. Django finds
a translation in any room's catalogue. Needs no programs beside Python: Babel reads and writes the files.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
SHARED = ("base.html", "components", "allauth", "account", "mfa", "django")  # templates that belong to `pages`
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")

Found = tuple[str | tuple[str, ...], str | None, str]  # words (or singular and plural), context, place


def rooms() -> list[str]:
    """All rooms that have words: the floors, and the stories."""
    return [*settings.ROOMS, "demo"]


def collect(room: str) -> Iterator[Found]:
    """The words of one room: of its Python files, and of its templates."""
    root = settings.BASE_DIR
    sources = [path for path in sorted((root / room).rglob("*.py")) if "migrations" not in path.parts]
    for path in sources:
        yield from _extract(path.read_bytes(), path)
    folders = [root / "templates" / room]
    if room == "pages":
        folders += [root / "templates" / name for name in SHARED]
    if room == "pages":
        yield from _extract((root / "config" / "settings.py").read_bytes(), root / "config" / "settings.py")
    for folder in folders:
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*.*")) if folder.is_dir() else []
        for path in paths:
            if path.suffix in {".html", ".txt", ".svg", ".xml"}:
                code = templatize(path.read_text(), origin=str(path))
                flat = "\n".join(line.lstrip() for line in code.splitlines())  # its indentation is not Python's
                yield from _extract(flat.encode(), path)


def _extract(source: bytes, path: Path) -> Iterator[Found]:
    for _line, words, _comments, context in extract("python", BytesIO(source), keywords=KEYWORDS):
        place = str(path.relative_to(settings.BASE_DIR))
        singular = words[0] if isinstance(words, tuple) else words
        if singular:
            yield words, context, place


def path_of(room: str) -> Path:
    """Where the Indonesian of a room is written."""
    return Path(settings.BASE_DIR) / "locale" / room / "id" / "LC_MESSAGES" / "django.po"


def load(room: str) -> Catalog:
    """The catalogue of a room; an empty one where there is no file yet."""
    path = path_of(room)
    if not path.exists():
        return Catalog(locale="id", domain="django", project="Rembuk", charset="utf-8")
    return read_po(BytesIO(_one_form(path.read_text()).encode()), locale="id", domain="django", abort_invalid=True)


def save(room: str, catalogue: Catalog) -> None:
    """Write a catalogue, sorted, without dates, so that it changes only where words do."""
    path = path_of(room)
    path.parent.mkdir(parents=True, exist_ok=True)
    out = BytesIO()
    write_po(out, catalogue, omit_header=True, no_location=True, sort_output=True, ignore_obsolete=True, width=110)
    header = 'msgid ""\nmsgstr ""\n"Language: id\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    header += '"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    path.write_text(_one_form(header + out.getvalue().decode().lstrip("\n")))


def translated() -> dict[tuple[str, str | None], list[str]]:
    """Every translation that any room holds, by words and context."""
    known: dict[tuple[str, str | None], list[str]] = {}
    for room in rooms():
        for message in load(room):
            if message.id and _text(message):
                known.setdefault((_singular(message.id), message.context), []).append(_text(message))
    return known


def update() -> Counter[str]:
    """Add new words to the catalogues and drop words that are gone; nothing translated is lost elsewhere.

    A word that another room has translated already is not asked for again. Returns untranslated words by room.
    """
    known = translated()
    missing: Counter[str] = Counter()
    asked: set[tuple[str, str | None]] = set()
    for room in rooms():
        old, new = load(room), Catalog(locale="id", domain="django", charset="utf-8")
        for words, context, _place in collect(room):
            key = (_singular(words), context)
            if key in asked:
                continue
            asked.add(key)
            held = old.get(words, context) or old.get(_singular(words), context)
            text = _text(held) if held else ""
            text = text or next(iter(known.get(key, [])), "")
            new.add(words, (text,) if isinstance(words, tuple) else text, context=context)
            missing[room] += not text
        save(room, new)
    return missing


def problems() -> list[str]:
    """Words without Indonesian, and translations that lost or invented a placeholder."""
    known = translated()
    found = []
    for room in rooms():
        for words, context, place in collect(room):
            translations = known.get((_singular(words), context), [])
            if not translations:
                found.append(f"{place}: no Indonesian for {_singular(words)!r}")
            if len(set(translations)) > 1:
                found.append(f"{place}: {len(set(translations))} translations of {_singular(words)!r}: {translations}")
            wanted = {*PLACEHOLDER.findall(words[1] if isinstance(words, tuple) else words)}
            for text in translations:
                if set(PLACEHOLDER.findall(text)) - wanted or (wanted - set(PLACEHOLDER.findall(text))):
                    found.append(f"{place}: placeholders differ in {text!r} for {_singular(words)!r}")
    return sorted(set(found))


def compile_all() -> int:
    """Write the compiled catalogue beside each one. Returns how many translations they hold."""
    count = 0
    for room in rooms():
        catalogue = load(room)
        path = path_of(room).with_suffix(".mo")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, catalogue)
        count += sum(1 for message in catalogue if message.id and _text(message))
    return count


def _one_form(text: str) -> str:
    """Indonesian has one form for all numbers; Babel writes an empty second one, and then refuses to read it."""
    return text.replace('msgstr[1] ""\n', "")


def _singular(words: str | Sequence[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _text(message: Message) -> str:
    return _singular(message.string) if message.string else ""
