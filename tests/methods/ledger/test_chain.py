"""The chain: what may follow what, and that the first wrong entry is named whatever somebody changed."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.ledger import Wrong, batch, canonical, closed, counted, hash_of_roll, head_of, opening, replaced, verify
from methods.ledger.entries import hash_of

FILES = {"result.json": b"1", "ballots.csv": b"2", "recount.py": b"3"}


def codes(start: int, number: int = 10) -> list[str]:
    return [f"{one:064x}" for one in range(start, start + number)]


def sample() -> list[str]:
    lines = [opening("poll-7", b"rules", 40, "ab")]
    lines.append(batch(head_of(lines[-1]), "q1", codes(0, 12)))
    lines.append(batch(head_of(lines[-1]), "q1", codes(20)))
    lines.append(replaced(head_of(lines[-1]), "q1", codes(3, 2)))
    lines.append(batch(head_of(lines[-1]), "q2", codes(50)))
    lines.append(batch(head_of(lines[-1]), "q1", codes(90, 3), last=True))
    lines.append(closed(head_of(lines[-1]), {"q1": 23, "q2": 10}, codes(50, 1)))
    lines.append(counted(head_of(lines[-1]), FILES, b"2", "44102"))
    return lines


def relinked(entries: list[dict]) -> list[str]:
    """Entries with links and hashes that fit again, as a forger would write them."""
    previous = "0" * 64
    lines = []
    for entry in entries:
        linked = {**entry, "previous": previous}
        previous = hash_of(linked)
        lines.append(canonical({**linked, "hash": previous}))
    return lines


def test_a_chain_holds_what_was_put_into_it():
    chain = verify(sample())
    assert chain.box("q1") == {*codes(0, 12), *codes(20), *codes(90, 3)} - {*codes(3, 2)}
    assert chain.box("q2") == {*codes(50)}
    assert chain.set_aside == {*codes(50, 1)}
    assert chain.listed[codes(20)[0]] == ("q1", 3)
    assert chain.the("opening")["roll"] == {"size": 40, "hash": "ab"}
    assert chain.heads == [head_of(line) for line in sample()]
    assert chain.head == head_of(sample()[-1])


def test_every_beginning_of_a_chain_is_a_chain():
    lines = sample()
    heads = [verify(lines[:number]).head for number in range(len(lines) + 1)]
    assert heads == ["0" * 64, *map(head_of, lines)]


def test_entries_have_no_time_and_are_sorted():
    entries = [json.loads(line) for line in sample()]
    assert {name for entry in entries for name in entry} == {
        "ballots", "boxes", "commitments", "hash", "kind", "listed", "poll", "previous", "question", "result", "roll",
        "rules", "seed", "set_aside", "value", "version", "withdrawn",
    }  # fmt: skip
    assert batch("0" * 64, "q1", codes(0)[::-1]) == batch("0" * 64, "q1", codes(0))
    assert [one["previous"] for one in entries[1:]] == [one["hash"] for one in entries[:-1]]


def test_a_batch_waits_for_ten():
    with pytest.raises(ValueError, match="wait for 10"):
        batch("0" * 64, "q1", codes(0, 9))
    with pytest.raises(ValueError, match="batch of 0"):
        batch("0" * 64, "q1", [], last=True)


@given(st.data())
@settings(deadline=None)
def test_a_changed_byte_names_its_entry(data):
    lines = sample()
    number = data.draw(st.integers(0, len(lines) - 1))
    line = bytearray(lines[number].encode())
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] = data.draw(st.integers(32, 126).filter(lambda byte: byte != line[at]))
    lines[number] = line.decode()
    with pytest.raises(Wrong) as wrong:
        verify(lines)
    assert (wrong.value.file, wrong.value.number) == ("ledger.jsonl", number + 1)


@pytest.mark.parametrize("gone", range(7))
def test_a_missing_entry_names_the_next(gone):
    lines = sample()
    del lines[gone]
    with pytest.raises(Wrong) as wrong:
        verify(lines)
    assert wrong.value.number == gone + 1


@pytest.mark.parametrize("first", range(7))
def test_entries_that_changed_places_name_the_first(first):
    lines = sample()
    lines[first : first + 2] = reversed(lines[first : first + 2])
    with pytest.raises(Wrong) as wrong:
        verify(lines)
    assert wrong.value.number == first + 1


@pytest.mark.parametrize(
    ("number", "change", "said"),
    [
        (1, {"kind": "batch"}, "batch may not stand here"),
        (2, {"kind": "closing"}, "closing may not stand here"),
        (2, {"time": "12:00"}, "too little or too much"),
        (2, {"commitments": codes(0, 12)[::-1]}, "not in order"),
        (2, {"commitments": [*codes(0, 11), *codes(0, 1)]}, "not in order"),
        (2, {"commitments": ["00", *codes(0)]}, "not in order"),
        (2, {"commitments": []}, "it repeats"),
        (2, {"commitments": 7}, "cannot be read"),
        (3, {"commitments": codes(11)}, "it repeats"),
        (3, {"commitments": codes(20, 9)}, "what was not replaced|it repeats"),
        (4, {"withdrawn": codes(20, 1)}, "what was not replaced"),
        (4, {"withdrawn": codes(70, 1)}, "what was not replaced"),
        (4, {"withdrawn": codes(0, 11)}, "what was not replaced"),
        (4, {"question": "q2"}, "what was not replaced"),
        (7, {"boxes": {"q1": 22, "q2": 10}}, "numbers of ballots"),
        (7, {"boxes": {"q1": 23}}, "numbers of ballots"),
        (7, {"set_aside": codes(3, 1)}, "sets aside"),
        (8, {"value": "44103"}, "the seed"),
        (8, {"seed": "44102"}, "the seed"),
    ],
)
def test_a_forger_who_relinks_the_chain_is_found_by_its_rules(number, change, said):
    entries = [json.loads(line) for line in sample()]
    entries[number - 1] |= change
    with pytest.raises(Wrong, match=said) as wrong:
        verify(relinked(entries))
    assert wrong.value.number >= number


def test_a_forger_who_relinks_everything_changes_every_head_after():
    entries = [json.loads(line) for line in sample()[:6]]
    entries[1]["commitments"][0] = "f" * 64
    entries[1]["commitments"].sort()
    forged = verify(relinked(entries))
    seen = verify(sample()[:6])
    assert [one == other for one, other in zip(forged.heads, seen.heads, strict=True)] == [True] + [False] * 5


def test_what_is_no_line_of_json_is_named():
    for line in ["", "[]", "7", "{", '{"a":NaN}', '{"a": 1}', '{"a":0.5}', "[" * 100_000]:
        with pytest.raises(Wrong, match=r"entry 2"):
            verify([sample()[0], line])


def test_the_hash_of_a_roll_does_not_know_its_order():
    assert hash_of_roll(["x", "y"]) == hash_of_roll(["y", "x"])
    assert len({hash_of_roll(keys) for keys in (["x"], ["x", "y"], ["xy"], [])}) == 4


def test_heads_grow_only():
    assert all(one != other for one, other in pairwise(verify(sample()).heads))
