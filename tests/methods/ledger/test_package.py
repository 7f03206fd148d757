"""The package: the same bytes whatever the order, and nothing opened that would tell of fewer than ten people."""

import csv
import io
import json
import random
from dataclasses import replace

import pytest

from methods.counting import count
from methods.ledger import Paper, Rules, Wrong, check_papers, package, verify
from tests.methods.ledger.polls import BALLOTS, WHICH, WORDS, chain_of, closed_poll, files_of, paper, papers


def rows(files: dict[str, bytes]) -> list[Paper]:
    head, *found = csv.reader(io.StringIO(files["ballots.csv"].decode()))
    assert head == ["question", "commitment", "nonce", "ballot", "channel", "cell"]
    return [Paper(*row) for row in found]


def results(files: dict[str, bytes]) -> dict:
    return json.loads(files["result.json"])["questions"]


def test_the_result_is_that_of_the_counter():
    found = results(files_of())
    ballots = [("a", 6), ("b", 6), (None, 1)]
    assert found["q1"]["official"] == count("plurality", list(WORDS), ballots).as_dict()
    ranked = [(("a", "b"), 4), (("b", "c"), 4), (("c", None, "a"), 4), ((("a", "b"), "c"), 4)]
    seed = json.loads(files_of()["ledger.jsonl"].splitlines()[-1])["seed"]
    settings = {"poll": "poll-7/q2", "seed": seed}
    assert found["q2"]["official"] == count("irv", list(WORDS), ranked, settings).as_dict()
    assert found["q3"]["official"] == {"turnout": 12, "answers": {"[12]": 8, "[7]": 4}}


def test_the_lot_hashes_the_closing_head_and_the_public_value():
    poll = closed_poll()
    last = json.loads(package(poll)["ledger.jsonl"].splitlines()[-1])
    assert last["seed"] == f"{verify(poll.chain).head}|44102"
    assert last["seed"] != json.loads(package(replace(poll, value="44103"))["ledger.jsonl"].splitlines()[-1])["seed"]


def test_the_order_of_ballots_changes_no_byte():
    poll = closed_poll()
    shuffled = list(poll.papers)
    random.Random(7).shuffle(shuffled)
    assert package(replace(poll, papers=shuffled)) == package(poll)
    assert [row.commitment for row in rows(package(poll))] == sorted(one.commitment for one in poll.papers)


def test_a_counted_chain_gives_the_same_package_again():
    poll = closed_poll()
    files = package(poll)
    lines = files["ledger.jsonl"].decode().splitlines()
    assert package(replace(poll, chain=lines)) == files
    with pytest.raises(ValueError, match="counted already"):
        package(replace(poll, chain=lines, value="another"))


def test_a_package_is_refused_for_an_open_poll_and_for_other_rules():
    poll = closed_poll()
    with pytest.raises(ValueError, match="not closed"):
        package(replace(poll, chain=poll.chain[:-1]))
    with pytest.raises(ValueError, match="other rules"):
        package(replace(poll, rules=poll.rules.replace(b"Tram", b"Trem")))
    with pytest.raises(ValueError, match="publication"):
        Rules("poll-7", [WHICH], publication="some").as_file()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ballot": '["b"]'}, r"q1: entry 2: ballot \w{16} changed"),
        ({"nonce": "00"}, r"q1: entry 2: ballot \w{16} changed"),
        ({"question": "q2"}, r"q1: entry 2: ballot \w{16} changed"),
        (paper("q1", ["b"], 99)._asdict(), r"q1: ballot \w{16} is in no entry"),
    ],
)
def test_a_ballot_that_somebody_changed_is_named_with_its_entry(change, said):
    poll = closed_poll()
    changed = [poll.papers[0]._replace(**change), *poll.papers[1:]]
    with pytest.raises(Wrong, match=said):
        package(replace(poll, papers=changed))


def test_a_ballot_that_is_gone_or_there_twice_is_named():
    poll = closed_poll()
    with pytest.raises(Wrong, match=r"q1: entry 2: ballot \w{16} is gone"):
        package(replace(poll, papers=poll.papers[1:]))
    with pytest.raises(Wrong, match="is in no entry"):
        package(replace(poll, papers=[*poll.papers, poll.papers[0]]))


def test_ballots_of_an_open_poll_may_wait_for_their_batch():
    poll = closed_poll()
    chain = verify(poll.chain[:-1])
    newer = paper("q1", ["b"], 99)
    check_papers([*poll.papers, newer], chain)
    check_papers([newer, *poll.papers[1:]], chain, waiting=[poll.papers[0].commitment])
    with pytest.raises(Wrong, match="is gone"):
        check_papers([newer, *poll.papers[1:]], chain)


def test_ballots_that_are_withheld_or_sealed_are_listed_only():
    full, sealed, withheld = (files_of(publication=name) for name in ("full", "sealed", "withheld"))
    assert {row.nonce for row in rows(sealed)} == {row.ballot for row in rows(withheld)} == {""}
    assert [row.commitment for row in rows(sealed)] == [row.commitment for row in rows(full)]
    observers = package(closed_poll(publication="sealed"), for_observers=True)
    assert observers["ballots.csv"] == full["ballots.csv"]
    assert {name: observers[name] for name in observers if name != "ballots.csv"} == {
        name: sealed[name] for name in sealed if name != "ballots.csv"
    }
    assert package(closed_poll(publication="withheld"), for_observers=True) == withheld


def test_a_box_below_ten_gives_the_decision_only():
    small = papers({**BALLOTS, "q1": [["a"]] * 8 + [["b"]]})
    files = package(closed_poll(small))
    assert results(files)["q1"] == {"official": {"rule": "plurality", "winners": ["a"], "turnout": 9}}
    assert {row.nonce for row in rows(files) if row.question == "q1"} == {""}
    assert "" not in {row.nonce for row in rows(files) if row.question == "q2"}
    known = package(closed_poll(small, mode="open"))
    assert results(known)["q1"]["official"]["rounds"][0]["totals"] == {"a": 8, "b": 1, "c": 0}


def marked(column: str, sizes: dict[str, int]) -> list[Paper]:
    names = [name for name, size in sizes.items() for _ in range(size)]
    return [paper("q1", ["ab"[number % 2]], number, **{column: name}) for number, name in enumerate(names)]


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"online": 20, "paper": 10}, {"online": 20, "paper": 10}),
        ({"online": 20, "paper": 9}, {}),
        ({"online": 20, "paper": 12, "desk": 3}, {"online": 20}),
        ({"online": 20, "paper": 8, "desk": 3}, {"online": 20}),
        ({"online": 20}, {"online": 20}),
    ],
)
@pytest.mark.parametrize("column", ["channel", "cell"])
def test_parts_are_shown_where_each_and_its_complement_has_ten(column, sizes, shown):
    files = package(closed_poll(marked(column, sizes)))
    marks = [getattr(row, column) for row in rows(files)]
    assert {name: marks.count(name) for name in set(marks) - {""}} == shown
    parts = results(files)["q1"].get(column, {})
    assert {name: part["turnout"] for name, part in parts.items()} == shown


def test_channel_and_cell_together_never_single_out_fewer_than_ten():
    box = marked("channel", {"online": 20, "paper": 20})
    cells = ["north"] * 18 + ["south"] * 22  # two ballots online from the south
    box = [one._replace(cell=cell) for one, cell in zip(box, cells, strict=True)]
    assert {(row.channel, row.cell) for row in rows(package(closed_poll(box)))} == {("online", ""), ("paper", "")}
    open_poll = package(closed_poll(box, mode="open"))
    assert {(row.channel, row.cell) for row in rows(open_poll)} == {("online", ""), ("paper", "")}
    wider = [one._replace(cell=cell) for one, cell in zip(box, ["north"] * 10 + ["south"] * 30, strict=True)]
    assert {(row.channel, row.cell) for row in rows(package(closed_poll(wider)))} == {
        ("online", "north"), ("online", "south"), ("paper", "south"),
    }  # fmt: skip


def test_a_mark_that_a_spreadsheet_would_run_is_refused():
    with pytest.raises(ValueError, match="spreadsheet"):
        package(closed_poll(marked("cell", {"=1+1": 20})))


@pytest.mark.parametrize(("aside", "opened"), [(3, False), (10, True)])
def test_what_was_set_aside_is_not_counted_and_opened_from_ten_on(aside, opened):
    box = [paper("q1", ["b"] if number < aside else ["a"], number) for number in range(25)]
    codes = [one.commitment for one in box[:aside]]
    files = package(closed_poll(box, codes))
    assert results(files)["q1"]["official"]["rounds"][0]["totals"] == {"a": 25 - aside, "b": 0, "c": 0}
    assert {bool(row.nonce) for row in rows(files) if row.commitment in codes} == {opened}
    both = results(files)["q1"].get("with_set_aside")
    assert (both and both["rounds"][0]["totals"]) == ({"a": 15, "b": 10, "c": 0} if opened else None)


def test_a_question_of_texts_has_no_box():
    rules = Rules("poll-7", [WHICH, replace(WHICH, key="why", kind="text", rule="")])
    box = papers({"q1": BALLOTS["q1"]})
    poll = replace(closed_poll(box), rules=rules.as_file(), chain=chain_of(rules.as_file(), box))
    assert list(results(package(poll))) == ["q1"]
