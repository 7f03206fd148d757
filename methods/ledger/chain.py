"""Reading the chain: every link, every hash, and what may follow what; the first wrong entry is named.

It needs no rules and no ballots, so an observer checks it while the poll is still open. Finds a chain that was cut off
at its end only beside a head that somebody saw before: `Chain.heads` holds them all.

>>> from .entries import batch, closed, head_of, opening
>>> lines = [opening("poll-7", b"{}")]
>>> lines += [batch(head_of(lines[-1]), "q1", [f"{number:064x}" for number in range(10)])]
>>> lines += [closed(head_of(lines[-1]), {"q1": 10})]
>>> verify(lines).box("q1") == {f"{number:064x}" for number in range(10)}
True
>>> verify([lines[0], lines[1].replace("0000", "0001", 1), lines[2]])
Traceback (most recent call last):
methods.ledger.wrong.Wrong: ledger.jsonl: entry 2: its hash is not that of its content.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .canon import canonical
from .entries import BATCH, GENESIS, hash_of, lot_seed
from .wrong import need

LEDGER = "ledger.jsonl"
Entry = Mapping[str, Any]
NOTHING: Entry = {"kind": None}
FACTS = {
    "opening": {"poll", "rules", "roll"},
    "batch": {"question", "commitments"},
    "replaced": {"question", "withdrawn"},
    "closed": {"boxes", "set_aside"},
    "counted": {"result", "ballots", "listed", "value", "seed", "version"},
}
FOLLOWS = {
    None: ("opening",),
    "opening": ("batch", "closed"),
    "batch": ("batch", "replaced", "closed"),
    "replaced": ("batch", "closed"),
    "closed": ("counted",),
    "counted": (),
}


@dataclass
class Chain:
    """What a chain holds. entries: all of them. listed: commitment -> its question and the number of the entry that
    lists it, from 1. withdrawn: commitments of votes that were changed. ended: questions whose last batch was seen."""

    entries: list[Entry] = field(default_factory=list)
    listed: dict[str, tuple[str, int]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    @property
    def heads(self) -> list[str]:
        """The hash of every entry."""
        return [entry["hash"] for entry in self.entries]

    @property
    def head(self) -> str:
        return str(self.entries[-1]["hash"]) if self.entries else GENESIS

    @property
    def set_aside(self) -> set[str]:
        """Commitments that are in a box and do not count."""
        return set(self.the("closed").get("set_aside", ()))

    def the(self, kind: str) -> Entry:
        """The entry `opening`, `closed` or `counted`; an empty one until it is there."""
        return next((entry for entry in self.entries if entry["kind"] == kind), {})

    def box(self, question: str) -> set[str]:
        """Commitments that stand in the box of a question: those set aside too, those withdrawn not."""
        return {code for code, (of, _) in self.listed.items() if of == question} - self.withdrawn


def verify(lines: Iterable[str]) -> Chain:
    """Check a whole chain or its beginning. lines: entries without line ends. Raises Wrong for the first wrong one."""
    chain = Chain()
    for number, line in enumerate(lines, start=1):
        try:
            entry = json.loads(line)
            as_written = canonical(entry) == line
        except (ValueError, RecursionError):
            as_written, entry = False, {}
        _need(as_written and isinstance(entry, dict), number, "bukan JSON kanonis.", "it is not canonical JSON.")
        whole = entry.get("hash") == hash_of(entry)
        _need(whole, number, "hash-nya bukan hash isinya.", "its hash is not that of its content.")
        follows = entry.get("previous") == chain.head
        _need(follows, number, "tidak menyambung catatan sebelumnya.", "it does not continue the entry before.")
        try:
            _take(chain, entry, number)
        except (AttributeError, IndexError, KeyError, TypeError):
            _need(False, number, "isinya tidak terbaca.", "its content cannot be read.")
        chain.entries.append(entry)
    return chain


def _take(chain: Chain, entry: Entry, number: int) -> None:
    """Let one entry that is linked and whole follow, if it may."""
    kind, before = entry["kind"], chain.entries[-1] if chain.entries else NOTHING
    _need(kind in FOLLOWS[before["kind"]], number, f"{kind} tidak boleh ada di sini.", f"{kind} may not stand here.")
    complete = set(entry) == FACTS[kind] | {"kind", "previous", "hash"}
    _need(complete, number, "isinya kurang atau lebih.", "it holds too little or too much.")
    if kind == "batch":
        codes = _codes(entry["commitments"], number)
        fits = codes and entry["question"] not in chain.ended and chain.listed.keys().isdisjoint(codes)
        _need(
            fits, number, "kelompok ini berulang atau sesudah yang terakhir.", "it repeats, or follows the last batch."
        )
        if len(codes) < BATCH:
            chain.ended.add(entry["question"])
        chain.listed.update(dict.fromkeys(codes, (entry["question"], number)))
    elif kind == "replaced":
        codes = _codes(entry["withdrawn"], number)
        fits = entry["question"] == before["question"] and len(codes) <= len(before["commitments"])
        older = (chain.listed.get(code, ("", number)) for code in codes if code not in chain.withdrawn)
        fits = fits and [of for of, at in older if at < number - 1] == [entry["question"]] * len(codes)
        _need(fits, number, "menarik yang tidak diganti.", "it withdraws what was not replaced.")
        chain.withdrawn.update(codes)
    elif kind == "closed":
        questions = {of for of, _ in chain.listed.values()} | set(entry["boxes"])
        fits = entry["boxes"] == {question: len(chain.box(question)) for question in questions}
        _need(fits, number, "jumlah surat suara tidak cocok.", "the numbers of ballots do not fit.")
        standing = chain.listed.keys() - chain.withdrawn
        fits = standing.issuperset(_codes(entry["set_aside"], number))
        _need(fits, number, "menyisihkan yang tidak ada.", "it sets aside what is not there.")
    elif kind == "counted":
        fits = entry["seed"] == lot_seed(chain.head, entry["value"])
        _need(fits, number, "benih undian tidak cocok.", "the seed is not the closing head and the public value.")


def _codes(codes: list[str], number: int) -> list[str]:
    """Commitments of an entry: a list of them, sorted, each once."""
    fits = codes == sorted(set(codes)) and all(len(code) == 64 for code in codes)
    _need(fits, number, "komitmennya tidak urut.", "its commitments are not in order.")
    return codes


def _need(holds: object, number: int, indonesian: str, english: str) -> None:
    need(holds, LEDGER, f"catatan {number}: {indonesian}", f"entry {number}: {english}", number)
