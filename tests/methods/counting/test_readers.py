"""Files of ballots: what is written is read again, and broken ones are refused with their line."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.counting import count
from methods.counting.readers import (
    read_blt,
    read_csv,
    read_pb,
    read_preflib,
    write_blt,
    write_csv,
    write_pb,
    write_preflib,
)
from tests.methods.counting.elections import COSTS, OPTIONS, approvals, boxes, patient, scores, strict

TEXT = """# a comment
3 2
-2
4 1=3 - 2 1 0

2 2 0
0
"Ani"
"Budi"
"Citra"
"Dewan"
"""
names = st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=12)
labels = st.fixed_dictionaries(dict.fromkeys(OPTIONS, names))
level = st.permutations(OPTIONS).flatmap(
    lambda order: st.lists(st.booleans(), min_size=4, max_size=4).map(lambda joins: _joined(order, joins))
)


def _joined(order: list[str], joins: list[bool]) -> tuple[object, ...]:
    """An order in which some neighbours share a rank."""
    groups: list[list[str]] = []
    for option, joined in zip(order, joins, strict=True):
        if joined and groups:
            groups[-1].append(option)
        else:
            groups.append([option])
    return tuple(tuple(group) if len(group) > 1 else group[0] for group in groups)


def numbered(ballot: object, options: list[str]) -> object:
    if isinstance(ballot, tuple):
        return tuple(numbered(one, options) for one in ballot)
    return ballot and str(options.index(ballot) + 1)


def added(ballots: list[tuple[object, int]]) -> Counter[object]:
    found: Counter[object] = Counter()
    for ballot, weight in ballots:
        found[frozenset(ballot.items()) if isinstance(ballot, dict) else ballot] += weight
    return +found


def test_blt_keeps_shared_and_skipped_ranks_and_drops_withdrawn_options() -> None:
    file = read_blt(TEXT)
    assert file == ({"1": "Ani", "3": "Citra"}, [((("1", "3"), None, "1"), 4), ((), 2)], 2, "Dewan")
    assert read_blt(TEXT.splitlines()) == file


@patient
@given(labels, boxes(st.one_of(strict, level, st.just((None, "a")))), st.integers(1, 4), names)
def test_blt_is_read_as_it_was_written(labels, box, seats, title) -> None:
    file = read_blt(write_blt(labels, box, seats, title))
    assert list(file.options.values()) == list(labels.values())
    assert (file.ballots, file.seats, file.title) == ([(numbered(b, list(labels)), w) for b, w in box], seats, title)


@patient
@given(labels, boxes(st.one_of(strict, level)), names)
def test_preflib_is_read_as_it_was_written(labels, box, title) -> None:
    file = read_preflib(write_preflib(labels, box, title))
    assert list(file.options.values()) == [name.strip() for name in labels.values()]
    assert (file.ballots, file.title) == ([(numbered(b, list(labels)), w) for b, w in box], title.strip())


@pytest.mark.parametrize(
    ("ballot", "kind"),
    [(("a", "b"), "soc"), (("b",), "soi"), ((("a", "b"),), "toc"), ((("a", "b"), "c"), "toi")],
)
def test_preflib_takes_the_narrowest_kind(ballot: tuple[object, ...], kind: str) -> None:
    options = ["a", "b", "c", "d"] if kind == "toi" else ["a", "b"]
    text = write_preflib({option: option for option in options}, [(ballot, 2)])
    assert f"# DATA TYPE: {kind}\n" in text
    assert read_preflib(text.replace(f"# DATA TYPE: {kind}\n", ""), kind).ballots == read_preflib(text).ballots


@patient
@given(labels, boxes(approvals))
def test_pb_is_read_as_it_was_written(labels, box) -> None:
    file = read_pb(write_pb(labels, box, COSTS, 120, ["b"], {"unit": "Wetan"}))
    assert (file.costs, file.budget, file.selected, file.meta["unit"]) == (COSTS, 120, ("b",), "Wetan")
    assert file.options == {option: name.strip() for option, name in labels.items()}
    assert added(file.ballots) == added(box)


def test_pb_keeps_orders_and_points() -> None:
    options = {option: option for option in COSTS}
    assert read_pb(write_pb(options, [(("b", "a"), 2)], COSTS, 9)).ballots == [(("b", "a"), 1)] * 2
    assert read_pb(write_pb(options, [({"b": 3, "a": 1}, 1)], COSTS, 9)).ballots == [({"a": 1, "b": 3}, 1)]


@patient
@given(st.sampled_from([boxes(strict), boxes(level), boxes(approvals), boxes(scores)]).flatmap(lambda kind: kind))
def test_csv_is_read_as_it_was_written(box) -> None:
    file = read_csv(write_csv(OPTIONS, box))
    full = [({k: v for k, v in b.items() if v is not None} if isinstance(b, dict) else b, w) for b, w in box if b]
    assert added(file.ballots) == added([(ballot or {}, weight) for ballot, weight in full])
    assert set(file.options) <= set(OPTIONS)


def test_csv_of_single_choices_and_of_a_council() -> None:
    assert read_csv("choice\nAni\n\nBudi\n") == ({"Ani": "Ani", "Budi": "Budi"}, [("Ani", 1), ("Budi", 1)], 1)
    council = read_csv('2,1,\n3,1,2,\n1,2,\n"Candidate 1","Ani","X",\n"Candidate 2","Budi","Y",\n"Ward 1",\n')
    assert council == ({"1": "Ani", "2": "Budi"}, [(("1", "2"), 3), (("2",), 1)], 1)
    assert count("stv", list(council.options), council.ballots).winners == ("1",)


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (read_blt, "", "line 1: expected the number of options and of seats"),
        (read_blt, "2 x\n0", "line 1: expected the number of options and of seats, found '2 x'"),
        (read_blt, "2 1\n1 3 0\n0", "line 2: '3' is not an option from 1 to 2"),
        (read_blt, "2 1\n1 1 2\n0", "line 2: a ballot is a weight, ranks and a closing 0, found '1 1 2'"),
        (read_blt, "2 1\n1 1 0\n", "line 2: the ballots do not end with a line 0"),
        (read_blt, '2 1\n0\n"Ani"', "the file names 1 options, its first line promises 2"),
        (read_preflib, "1: 1", "line 1: the data type is none of soc, soi, toc, toi: ''"),
        (read_preflib, "# DATA TYPE: soi\n1 2", "line 2: a ballot is a weight, a colon and options, found '1 2'"),
        (read_preflib, "# DATA TYPE: soi\n# ALTERNATIVE NAME 1: a\n1: 2", "line 3: '2' is not an option"),
        (read_preflib, "# DATA TYPE: soi\n# ALTERNATIVE NAME 1: a\n1: 1,1", "line 3: an option stands twice in '1,1'"),
        (
            read_preflib,
            "# DATA TYPE: soi\n# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n1: {1,2}",
            "line 4: a shared rank in a file of strict orders (soi)",
        ),
        (
            read_preflib,
            "# DATA TYPE: soc\n# ALTERNATIVE NAME 1: a\n# ALTERNATIVE NAME 2: b\n1: 1",
            "line 4: 1 of 2 options in a file of complete orders (soc)",
        ),
        (read_preflib, "# NUMBER ALTERNATIVES: 2", "the file names 0 options, its head promises 2"),
        (read_pb, "x;y", "line 1: the file does not begin with META"),
        (read_pb, "META\nkey;value\nbudget;1\n", "the file has no section PROJECTS"),
        (read_pb, "META\nkey;value\nPROJECTS\nproject_id;name", "line 4: PROJECTS has no column 'cost'"),
        (
            read_pb,
            "META\nkey;value\nbudget;1\nPROJECTS\nproject_id;cost\na;x\nVOTES\nvote\n",
            "line 6: cost is not a whole number: 'x'",
        ),
        (
            read_pb,
            "META\nkey;value\nbudget;1\nPROJECTS\nproject_id;cost\na;1\nVOTES\nvoter_id;vote\n1;b\n",
            "line 9: 'b' is not a project",
        ),
        (read_pb, "META\nkey;value\nPROJECTS\nproject_id;cost\nVOTES\nvote\n", "META names no budget"),
        (read_csv, "", "line 1: expected rank1, rank2"),
        (read_csv, "rank1,Ani\n", "line 1: expected rank1, rank2"),
        (read_csv, "count,rank1\nx,Ani\n", "line 2: 'x' is not a whole number"),
        (read_csv, "rank1\nAni,Budi\n", "line 2: 2 cells, the first line has 1"),
        (read_csv, "Ani,Budi\n3,much\n", "line 2: 'much' is not a whole number"),
        (read_csv, "2,1\n3,4\n", "line 2: '4' is not an option from 1 to 2"),
        (read_csv, "2,1\n3,1\n", "the file names 0 options, its first line promises 2"),
    ],
)
def test_broken_file_is_refused_with_its_line(read, text: str, message: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(message)):
        read(text)


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda: write_blt({"a": "Ani\nBudi"}, []), "a name must be one line"),
        (lambda: write_blt({"a": "Ani"}, [(("b",), 1)]), "unknown option 'b'"),
        (lambda: write_preflib({"a": "Ani"}, [((None, "a"), 1)]), "no skipped rank"),
        (lambda: write_preflib({"a": "x\ny"}, []), "a name must be one line"),
        (lambda: write_pb({"a": "x\ny"}, [], {"a": 1}, 1), "a cell must be one line"),
        (lambda: write_csv(["a=b"], []), "a cell cannot hold 'a=b'"),
        (lambda: write_csv(["a"], [("a", 1), (("a",), 1)]), "ballots of several kinds"),
    ],
)
def test_what_a_format_cannot_hold_is_not_written(write, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        write()
