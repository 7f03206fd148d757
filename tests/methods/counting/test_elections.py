"""Real elections: Burlington 2009 with its three winners, Minneapolis 2013 round by round against RCTab's report, nine
Scottish wards, two Polish budgets."""

import csv
import gzip
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from methods.counting import count
from methods.counting.readers import BltFile, PbFile, read_blt, read_csv, read_pb

WRITE_IN = "Undeclared Write-ins"

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def burlington(realdata: Path) -> BltFile:
    with gzip.open(realdata / "ranked" / "2009-Burlington-Mayor.blt.gz", "rt") as lines:
        return read_blt(lines)


@pytest.fixture(scope="module")
def expected(realdata: Path) -> dict[str, Any]:
    return json.loads((realdata / "expected.json").read_text())["ranked"]["2009-Burlington-Mayor"]


def test_burlington_file_is_read_whole(burlington: BltFile) -> None:
    assert (len(burlington.options), burlington.seats) == (6, 1)
    assert burlington.title == "2009 Burlington Mayor Election"
    assert sum(weight for _, weight in burlington.ballots) == 8984
    assert burlington.ballots[0] == (("1", "2"), 1)


@pytest.mark.parametrize("rule", ["plurality", "irv", "schulze", "ranked_pairs", "minimax"])
def test_burlington_elects_another_one_under_each_rule(
    rule: str, burlington: BltFile, expected: dict[str, Any]
) -> None:
    outcome = count(rule, list(burlington.options), burlington.ballots)
    assert [burlington.options[winner] for winner in outcome.winners] == [expected[rule]]
    assert (outcome.valid, outcome.blank, outcome.ties) == (8980, 4, ())


def test_burlington_rounds_are_the_published_ones(burlington: BltFile, expected: dict[str, Any]) -> None:
    rounds = count("irv", list(burlington.options), burlington.ballots).rounds
    named = [{burlington.options[o]: votes for o, votes in one.totals.items()} for one in rounds]
    assert {name: named[0][name] for name in expected["round1"]} == expected["round1"]
    assert sum(named[0].values()) == 8976
    assert named[-1] == expected["final"]


@pytest.fixture(scope="module")
def minneapolis(realdata: Path) -> Path:
    return realdata / "ranked" / "rctab_2013_minneapolis_mayor"


def minneapolis_ballots(folder: Path, write_in: bool) -> Iterator[tuple[tuple[object, ...], int]]:
    """The ballots; without write-ins, as RCTab counts them from its second round on, their ranks are taken
    out."""
    words = {"undervote": None, "overvote": ("BETSY HODGES", "MARK ANDREW"), "UWI": WRITE_IN}
    with (folder / "ballots_aggregated.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            ranks = [words.get(row[rank], row[rank]) for rank in ("rank1", "rank2", "rank3")]
            yield tuple(r for r in ranks if write_in or r != WRITE_IN), int(row["count"])


def test_minneapolis_rounds_equal_the_report(minneapolis: Path) -> None:
    """The configuration ends a ballot at an overvote and at two skipped ranks in a row, and takes write-ins
    out first.

    RCTab eliminates several at once where that cannot matter and stops at a majority: its rounds are those of
    ours in which the same candidates remain, and the last ones are the same two.
    """
    config = json.loads((minneapolis / "2013_minneapolis_mayor_config.json").read_text())
    rules = config["rules"]
    assert (rules["overvoteRule"], rules["maxSkippedRanksAllowed"]) == ("exhaustImmediately", "1")
    report = json.loads((minneapolis / "2013_minneapolis_mayor_expected_detailed_report.json").read_text())
    names = [candidate["name"] for candidate in config["candidates"]]
    settings = {"overvote": "exhaust", "skipped": "exhaust_two", "duplicates": "ignore"}

    with_write_ins = count("irv", [*names, WRITE_IN], minneapolis_ballots(minneapolis, True), settings)
    outcome = count("irv", names, minneapolis_ballots(minneapolis, False), settings)
    undervotes = with_write_ins.blank
    assert (undervotes, outcome.turnout) == (639, 80101)

    only_write_ins = outcome.blank - undervotes
    ours = {frozenset(one.totals): (dict(one.totals), one.exhausted + only_write_ins) for one in outcome.rounds}
    first = with_write_ins.rounds[0]
    ours[frozenset(first.totals)] = (dict(first.totals), first.exhausted)
    theirs = [
        (
            {name: int(votes) for name, votes in one["tally"].items()},
            sum(int(ballots) for ballots in one["inactiveBallots"].values()),
        )
        for one in report["results"]
    ]
    assert len(theirs) == 33
    assert [ours[frozenset(tally)] for tally, _ in theirs] == theirs
    assert (outcome.winners, dict(outcome.rounds[-1].totals)) == (
        ("BETSY HODGES",),
        {"BETSY HODGES": 38852, "MARK ANDREW": 24942},
    )


def test_minneapolis_eliminations_move_the_reported_votes(minneapolis: Path) -> None:
    report = json.loads((minneapolis / "2013_minneapolis_mayor_expected_detailed_report.json").read_text())
    names = list(report["results"][1]["tally"])
    outcome = count("irv", names, minneapolis_ballots(minneapolis, False), {"skipped": "exhaust_two"})
    single = [one for one in report["results"][1:-1] if len(one["tallyResults"]) == 1]
    theirs = [
        (
            one["tallyResults"][0]["eliminated"],
            {k: int(v) for k, v in one["tallyResults"][0]["transfers"].items() if k != "exhausted"},
        )
        for one in single
    ]
    ours = [(one.eliminated[0], dict(one.transfers)) for one in outcome.rounds[: len(single)]]
    assert ours == theirs


WARDS = [
    *(f"aberdeen_{ward}" for ward in ("2012_ward1", "2012_ward2", "2017_ward12", "2022_ward12", "2022_ward3")),
    *(f"aberdeenshire_{ward}" for ward in ("2012_ward1", "2012_ward10", "2012_ward15", "2017_ward12")),
]


@pytest.mark.parametrize("ward", WARDS)
def test_scottish_ward_elects_whom_it_elected(ward: str, realdata: Path) -> None:
    with (realdata / "scottish" / "expected.csv").open(encoding="utf-8", newline="") as rows:
        expected = {row["ward"]: row for row in csv.DictReader(rows)}
    assert sorted(expected) == sorted(WARDS)
    file = read_csv((realdata / "scottish" / f"{ward}.csv").read_text(encoding="utf-8"))
    outcome = count("stv", list(file.options), file.ballots, {"seats": file.seats})
    found = {
        "ward": ward,
        "seats": file.seats,
        "valid": outcome.valid,
        "quota": outcome.quota,
        "rounds": len(outcome.rounds),
        "elected": "|".join(file.options[winner] for winner in outcome.winners),
        "lots": sum(tie.how == "lot" for tie in outcome.ties),
    }
    assert {name: str(value) for name, value in found.items()} == expected[ward]
    assert {sum(one.totals.values()) + one.exhausted for one in outcome.rounds} == {outcome.valid}


def budget(realdata: Path, name: str) -> PbFile:
    return read_pb((realdata / "pb" / f"{name}.pb").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "rule", "completion"),
    [
        ("Poland_Swiecie_2023", "budget_equal_shares", "add1"),
        ("Poland_Swiecie_2023", "budget_equal_shares", "add1u"),
        ("Poland_Warszawa_2023_Mokotow", "budget_greedy", "none"),
    ],
)
def test_budget_funds_exactly_what_the_city_paid_for(name: str, rule: str, completion: str, realdata: Path) -> None:
    file = budget(realdata, name)
    settings = {"budget": file.budget, "costs": file.costs, "completion": completion}
    outcome = count(rule, list(file.options), file.ballots, settings)
    assert sorted(outcome.winners) == sorted(file.selected)
    assert (outcome.valid, outcome.ties) == (int(file.meta["num_votes"]), ())


def test_shares_in_swiecie_were_raised_as_far_as_the_money_goes(realdata: Path) -> None:
    file = budget(realdata, "Poland_Swiecie_2023")
    outcome = count(
        "budget_equal_shares", list(file.options), file.ballots, {"budget": file.budget, "costs": file.costs}
    )
    share = outcome.figures["c12"]["share"]
    assert share - Fraction(1_070_000, 2553) == 242
    assert outcome.figures["c12"]["votes"] == 1030
