"""Finds contributions that repeat another one, word for word or nearly, and what their authors added.

Near-copies are proposed by MinHash (Broder 1997) and confirmed by edit similarity (RapidFuzz); groups are
the classes of a union-find. It labels; it hides nothing and weighs nothing down. Two texts with another
number of negations, or with other figures, are never copies: they say something else. A figure that only says
who signs (NIK, telephone, own house) is no such figure.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from methods.text.hashing import character_ngrams, scramble
from methods.text.model import Copies, Copy, Text, in_order
from methods.text.normal import comparable, is_cjk, normalise, tokens
from methods.text.stopwords import NEGATIONS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Meaning = tuple[int, tuple[tuple[str, int], ...]]

SHINGLE = 4  # characters
BANDS, ROWS = 24, 3
NEAR = 90.0  # similarity of 100 (RapidFuzz ratio) above which two texts are near-copies
SHORTEST = 24  # characters; shorter texts are copies only when equal
ADDED = 0.6  # a campaign text may grow by this share of its length and still be one
LIKELY = 0.36  # estimated share of common shingles below which two texts are not compared
WORDS, EDITS = 12, 3  # as many words put in, left out or changed in a text of so many leave it a copy
AT_ONCE = 200  # wordings whose shingles are looked at together: as many as stay near the processor
PAIRS = 50_000  # pairs that are compared together
NEIGHBOURS = 3  # following texts of one bucket with which a text is compared, beside the first

_WORD = re.compile(r"[^\W\d_]+|\d+")
_FIGURE = re.compile(r"\d")
# Figures that say who signs and not what is asked for: of identity, telephone, membership, birth and the own house.
_OWN = re.compile(
    r"\b(?:(?:(?:no|nomor) )?(?:nik|ktp|kk|nip|nisn?|nim|npwp|hp|wa|telp|telepon|anggota)"
    r"(?: (?:no|nomor))? \d(?: ?\d){4,}"
    r"|(?:no|nomor) rumah(?: saya| kami)? \d+ ?[a-z]?|rumah (?:saya|kami) (?:no|nomor) \d+ ?[a-z]?"
    r"|(?:tanggal|tgl) lahir \d{1,2} \w{2,9} \d{4}"
    r"|\d{6} ?\d{6} ?\d{4}|(?:\d{4} ){3}\d{4}|(?:0|62 ?)8\d(?: ?\d){7,10})\b"
)


def find_copies(texts: Iterable[Text]) -> Copies:
    """Groups of exact and near copies; the order of `texts` does not matter.

    The repeated text is the one whose wording is most frequent in its group, then the first by id. Raises TypeError
    where one is no `Text`, ValueError where two share an id.

    >>> found = find_copies([Text("1", "Tolong tambah halte di pasar."), Text("2", "tolong TAMBAH halte di pasar!")])
    >>> found.copies[0].of, found.copies[0].kind, found.distinct
    ('1', 'exact', 1)
    """
    ordered = in_order(texts)
    return group_copies(ordered, [comparable(text.body) for text in ordered])


def group_copies(ordered: Sequence[Text], compared: Sequence[str]) -> Copies:
    """`find_copies` of texts in order, with what is `comparable` of each."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for row, key in enumerate(compared):
        if key:
            by_key[key].append(row)
    keys = list(by_key)
    parent = _near_groups([_without_own_figures(key) for key in keys])
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(keys)):
        groups[_root(parent, number)].append(number)
    copies: list[Copy] = []
    for numbers in groups.values():
        copies.extend(_label_group([(keys[n], [ordered[row] for row in by_key[keys[n]]]) for n in numbers]))
    return Copies(len(ordered), tuple(sorted(copies, key=lambda copy: copy.id)))


def _label_group(wordings: list[tuple[str, list[Text]]]) -> Iterable[Copy]:
    """One `Copy` for each text of a group but the repeated one."""
    from rapidfuzz import fuzz

    key, same = min(wordings, key=lambda wording: (-len(wording[1]), wording[1][0].id))
    original = same[0]
    for text in same[1:]:
        yield Copy(text.id, original.id, "exact", 1.0)
    for other, members in wordings:
        if other == key:
            continue
        similarity = round(fuzz.ratio(key, other) / 100, 3)
        for text in members:
            yield Copy(text.id, original.id, "near", similarity, addition(original.body, text.body))


def addition(original: str, copy: str) -> str:
    """What the author of `copy` added to the body `original`: runs of at least three words, joined by an ellipsis.

    >>> addition("Tolong tambah halte di pasar.", "Tolong tambah halte di pasar. Ibu saya sudah tua.")
    'Ibu saya sudah tua.'
    """
    from rapidfuzz.distance import Indel

    theirs, ours = normalise(copy).split(), normalise(original).casefold().split()
    runs: list[str] = []
    for step in Indel.opcodes(ours, [word.casefold() for word in theirs]):
        if step.tag in ("insert", "replace") and step.dest_end - step.dest_start >= 3:
            runs.append(" ".join(theirs[step.dest_start : step.dest_end]))
    return " … ".join(runs)


def _without_own_figures(key: str) -> str:
    """A wording without what each signer of one petition writes differently."""
    return " ".join(_OWN.sub(" ", key).split()) if _FIGURE.search(key) else key


def _near_groups(keys: Sequence[str]) -> list[int]:
    """Union-find parents of the wordings, near ones joined."""
    parent = list(range(len(keys)))
    long = [number for number, key in enumerate(keys) if len(key) >= SHORTEST]
    if len(long) < 2:
        return parent
    texts = [keys[number] for number in long]
    one, other = _likely_pairs(_signatures(texts))
    meanings: dict[str, Meaning] = {}
    for at, kind in _hopes(texts, one, other):
        first, second = sorted((_root(parent, long[one[at]]), _root(parent, long[other[at]])))
        if first != second and _same(texts[one[at]], texts[other[at]], kind, meanings):
            parent[second] = first
    return parent


def _hopes(texts: Sequence[str], one: NDArray[np.int64], other: NDArray[np.int64]) -> Iterator[tuple[int, str]]:
    """Which pairs may be near, and by what: "near" letters, "words" of about one number, "both", or one "added" to.

    What is told from lengths and from one comparison is told for all pairs at once.
    """
    import numpy as np
    from rapidfuzz import fuzz, process

    sizes = np.array([len(text) for text in texts])
    words = np.array([text.count(" ") + 1 for text in texts])
    ratio = np.zeros(len(one))
    for at in range(0, len(one), PAIRS):
        left = [texts[number] for number in one[at : at + PAIRS].tolist()]
        right = [texts[number] for number in other[at : at + PAIRS].tolist()]
        ratio[at : at + PAIRS] = process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float64, workers=1)
    short, long = np.minimum(sizes[one], sizes[other]), np.maximum(sizes[one], sizes[other])
    few = (np.maximum(words[one], words[other]) >= WORDS) & (np.abs(words[one] - words[other]) <= EDITS)
    # A short one that stands in the long one shares at least nine of ten letters with it.
    added = (short >= 2 * SHORTEST) & (long <= (1 + ADDED) * short) & (ratio >= 180 * short / (short + long))
    for at in np.flatnonzero((ratio >= NEAR) | few | added).tolist():
        yield at, "near" if ratio[at] >= NEAR else "both" if few[at] and added[at] else "words" if few[at] else "added"


def _same(one: str, other: str, kind: str, meanings: dict[str, Meaning]) -> bool:
    """Whether two wordings are alike and mean the same; `meanings` keeps what was worked out."""
    if not _alike(one, other, kind):
        return False
    for key in (one, other):
        if key not in meanings:
            meanings[key] = _meaning(key)
    return meanings[one] == meanings[other]


def _alike(one: str, other: str, kind: str) -> bool:
    """Whether two wordings are near: few edits of letters or of words, or the one is the other with something added."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    if kind == "near":
        return True
    if kind != "added" and Levenshtein.distance(one.split(), other.split(), score_cutoff=EDITS) <= EDITS:
        return True
    if kind == "words":
        return False
    short, long = sorted((one, other), key=len)
    return bool(fuzz.partial_ratio(short, long, score_cutoff=NEAR + 5))


def _meaning(key: str) -> Meaning:
    """What must be equal in two copies: the number of negations, and the figures."""
    words = _WORD.findall(key)
    if not key.isascii():
        words = [part for word in tokens(key) for part in (word if is_cjk(word) else (word,))]
    figures = Counter(word for word in words if word.isdigit())
    return sum(1 for word in words if word in NEGATIONS), tuple(sorted(figures.items()))


def _signatures(keys: Sequence[str]) -> NDArray[np.uint32]:
    """MinHash signatures, one row per wording: equal cells estimate the share of common shingles.

    Multiplying well-mixed numbers by an odd one orders them anew each time: a permutation that costs one operation.
    """
    import numpy as np

    salts = scramble(np.arange(1, BANDS * ROWS + 1, dtype=np.uint32)) | np.uint32(1)
    signatures = np.empty((len(keys), BANDS * ROWS), dtype=np.uint32)
    for begin in range(0, len(keys), AT_ONCE):
        hashes, rows = character_ngrams(keys[begin : begin + AT_ONCE], SHINGLE)
        starts = np.searchsorted(rows, np.arange(min(AT_ONCE, len(keys) - begin)))
        for column, salt in enumerate(salts):
            signatures[begin : begin + AT_ONCE, column] = np.minimum.reduceat(hashes * salt, starts)
    return signatures


def _likely_pairs(signatures: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of rows that share a band and whose signatures are alike, in order: the first of each, and the second.

    In a band's bucket each row is paired with the first and with the next few: enough to join a campaign,
    and never quadratic.
    """
    import numpy as np

    height = len(signatures)
    found = [np.zeros(0, dtype=np.int64)]
    for band in range(BANDS):
        mixed = np.zeros(height, dtype=np.uint64)
        for column in range(band * ROWS, (band + 1) * ROWS):
            mixed = mixed * np.uint64(0x100000001B3) + signatures[:, column]
        order = np.argsort(mixed, kind="stable")
        ranked = mixed[order]
        begins = np.flatnonzero(np.diff(ranked, prepend=ranked[0] ^ np.uint64(1)))
        first = np.repeat(order[begins], np.diff(np.append(begins, height)))
        found.append(_pair(first[first != order], order[first != order], height))
        for step in range(1, NEIGHBOURS + 1):
            same = ranked[:-step] == ranked[step:]
            found.append(_pair(order[:-step][same], order[step:][same], height))
    pairs = np.sort(np.concatenate(found))
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    likely = np.zeros(len(pairs), dtype=bool)
    for at in range(0, len(pairs), PAIRS):
        one, other = np.divmod(pairs[at : at + PAIRS], height)
        likely[at : at + PAIRS] = (signatures[one] == signatures[other]).mean(axis=1) >= LIKELY
    first, second = np.divmod(pairs[likely], height)
    return first, second


def _pair(one: NDArray[np.int64], other: NDArray[np.int64], height: int) -> NDArray[np.int64]:
    """Two rows as one number, the smaller first."""
    import numpy as np

    return np.minimum(one, other) * height + np.maximum(one, other)


def _root(parent: list[int], number: int) -> int:
    """The representative of a class, with path halving."""
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number
