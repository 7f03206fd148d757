"""Finds personal data that people wrote into their words: identity numbers, telephones, e-mail, plates, homes.

Patterns of Indonesia: the NIK is sixteen digits with area, date of birth and serial number (Permendagri 102/2019);
numbers of telephones begin with 0 or +62; plates carry an area's letters, a number and letters (Perpol 7/2021).
It proposes and a person decides: it finds what has such a form, and refuses to say whose it is. Every pattern is
bounded, so the time grows with the length of the text alone.

>>> text = "Hubungi 0812-3456-7890 atau siti@contoh.id."
>>> [(span.kind, text[span.start : span.end]) for span in find_personal(text)]
[('telephone', '0812-3456-7890'), ('email', 'siti@contoh.id')]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

KINDS = ("nik", "telephone", "email", "plate", "address")

# Codes of provinces in a NIK (Kepmendagri 300.2.2-2138/2025 and those before it).
_PROVINCES = frozenset(
    f"{code:02}"
    for codes in (
        range(11, 20),
        (21,),
        range(31, 37),
        range(51, 54),
        range(61, 66),
        range(71, 77),
        (81, 82),
        range(91, 98),
    )
    for code in codes
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Letters with which plates begin, by region; with fewer than three digits only where the writer says that it is one.
_PLATE_AREAS = (
    "A|AA|AB|AD|AE|AG|B|BA|BB|BD|BE|BG|BH|BK|BL|BM|BN|BP|D|DA|DB|DC|DD|DE|DG|DH|DK|DL|DM|DN|DP|DR|DS|DT|DW|E|EA|EB|ED"
    "|F|G|H|K|KB|KH|KT|KU|L|M|N|P|PA|PB|PG|PS|PT|PY|R|S|T|W|Z"
)

_DIGIT = re.compile(r"\d")
_EMAIL = re.compile(r"(?<![\w.+%-])[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w@])")
_NIK = re.compile(
    r"(?<![\d.,])\d{6}[ .-]?\d{6}[ .-]?\d{4}(?![\d]|[.,]\d)|(?<![\d.,])(?:\d{4}[ .-]){3}\d{4}(?![\d]|[.,]\d)"
)
_TELEPHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)\s?62[\s.-]?(?:\(0\)\s?)?|62(?=8)|\(0\d{2,3}\)\s?|0)\d(?:[\s.-]{0,2}\d){6,12}(?![\w]|[.,]\d|\s?%)"
)
_PLATE = re.compile(rf"(?<![\w.])(?:{_PLATE_AREAS})(?: ?[-·] ?| )?\d{{3,4}}(?: ?[-·] ?| )?[A-Z]{{1,3}}(?![\w.]\w|\w)")
_LOWER_PLATE = re.compile(
    r"\b(?:plat(?:nya)?|nopol|nomor polisi|no\.? ?pol\.?)[ :]{1,3}(?:nomor |no\.? )?"
    rf"((?:{_PLATE_AREAS}) ?-?\d{{1,4}} ?-?[a-z]{{1,3}})\b",
    re.IGNORECASE,
)
# A street is no home: it becomes one with a house number, with RT and RW, or when the writer says that he lives there.
_WAY = r"(?:jalan|jln|jl|gang|gg|komplek|kompleks|perumahan|perum|blok|dusun|dsn|kampung|kp)\b\.?"
_NAMES = r"(?:[ ,]{1,2}[^\W\d_][\w'’.-]{0,30}){1,5}?"
_HOUSE = (
    r"(?:no(?:mor|\.)?|nmr|blok|kav(?:\.|eling|ling)?|unit)\s?\.?\s?"
    r"[A-Za-z]{0,3}[ ./-]?\d{1,4}[A-Za-z]?(?:[/-]\d{1,4})?\b"
)
_HAMLET = r"rt\.?\s?/?\s?(?:rw\.?)?\s?\d{1,3}\s?[/,.]?\s?(?:rw\.?\s?)?\d{1,3}\b"
_HOMES = (
    re.compile(
        rf"\b{_WAY}{_NAMES}[ ,]{{1,2}}{_HOUSE}(?:[ ,]{{1,2}}{_HAMLET})?|\b{_WAY}{_NAMES}[ ,]{{1,2}}{_HAMLET}",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?i:{_WAY})(?: (?!Tol\b|Nasional\b)[A-Z][\w'’.-]{{0,30}}){{1,5}} \d{{1,3}}[A-Za-z]?\b(?![.,:]\d)"),
    re.compile(rf"\brumah (?:saya|kami|beliau|nya)[^.!?\n]{{0,20}}?\b{_HAMLET}", re.IGNORECASE),
    re.compile(
        rf"\b(?i:(?:saya|kami|dia|beliau)\s(?:\w{{1,12}}\s)?(?:tinggal|berdomisili|beralamat)|rumah\s(?:saya|kami|beliau)|alamat(?:\s(?:saya|kami|rumah|lengkap)){{1,2}})"
        rf"\s?(?:ada\s)?(?:di|:|adalah)?\s?((?i:{_WAY})(?: [A-Z0-9][\w'’./-]{{0,30}}){{1,6}})"
    ),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A finding: `text[start:end]` looks like personal data of one of `KINDS`."""

    kind: str
    start: int
    end: int


def find_personal(text: str) -> tuple[Span, ...]:
    """All findings in `text`, in order, none overlapping another (the first of `KINDS` wins)."""
    found: list[Span] = []
    taken = bytearray(len(text))
    for span in _candidates(text):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
            found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def mask(text: str, spans: Iterable[Span], words: Mapping[str, str]) -> str:
    """`text` with each of `spans` replaced by `words[span.kind]`; a kind that is not in `words` stays.

    >>> mask("Surel: siti@contoh.id", find_personal("Surel: siti@contoh.id"), {"email": "[surel]"})
    'Surel: [surel]'
    """
    parts, last = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.kind in words and span.start >= last:
            parts += [text[last : span.start], words[span.kind]]
            last = span.end
    return "".join([*parts, text[last:]])


def _candidates(text: str) -> Iterator[Span]:
    """What the patterns find, kind by kind; without a figure there can be an e-mail and a home only."""
    if not _DIGIT.search(text):
        yield from (Span("email", *match.span()) for match in _EMAIL.finditer(text if "@" in text else ""))
        yield from (Span("address", *match.span(1)) for match in _HOMES[-1].finditer(text))
        return
    for match in _NIK.finditer(text):
        if _is_nik("".join(char for char in match.group() if char.isdigit())):
            yield Span("nik", *match.span())
    for match in _TELEPHONE.finditer(text):
        if _is_telephone("".join(char for char in match.group() if char.isdigit())):
            yield Span("telephone", *match.span())
    for match in _EMAIL.finditer(text):
        yield Span("email", *match.span())
    for match in _PLATE.finditer(text):
        yield Span("plate", *match.span())
    for match in _LOWER_PLATE.finditer(text):
        yield Span("plate", *match.span(1))
    for pattern in _HOMES:
        for match in pattern.finditer(text):
            yield Span("address", *match.span(pattern.groups))


def _is_nik(digits: str) -> bool:
    """Whether sixteen digits have a province, a regency, a district, a date of birth and a serial number."""
    day, month = int(digits[6:8]), int(digits[8:10])
    if day > 40:  # women are written with 40 added to the day
        day -= 40
    area = digits[:2] in _PROVINCES and digits[2:4] != "00" and digits[4:6] != "00"
    return area and 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1] and digits[12:] != "0000"


def _is_telephone(digits: str) -> bool:
    """Whether digits with their prefix are a mobile number or one of a fixed line in Indonesia."""
    for prefix in ("0062", "62", "0"):
        if digits.startswith(prefix):
            digits = digits[len(prefix) :].removeprefix("0")
            break
    if digits.startswith("8"):
        return 9 <= len(digits) <= 12
    return digits[:1] in {"2", "3", "4", "5", "6", "7", "9"} and 8 <= len(digits) <= 11
