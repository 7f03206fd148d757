"""JSON and CSV: complete, steady, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from methods.documents import Report, guard, recover, to_csv, to_json
from methods.documents.tables import CONTRIBUTION_COLUMNS

SIGNS = "=+-@\t\r＝＋－＠−﹦﹢﹣﹫"
risky = st.text(alphabet=st.sampled_from([*SIGNS, "'", " ", "\u00a0", "\ufeff", "\n", '"', ",", ";", "a", "1", "|"]))
anything = st.one_of(risky, st.text(alphabet=st.characters(exclude_categories=["Cs"])))


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_json_holds_the_whole_report(report: Report) -> None:
    data = json.loads(to_json(report))
    assert data["schema"] == "rembuk.report.1"
    assert [entry["id"] for entry in data["contributions"]] == [f"K-{n}" for n in range(1, 9)]
    assert data["themes"][0]["stances"] == {"oppose": 3, "support_with_changes": 1}
    assert data["themes"][0]["decision"]["decided_at"] == "2026-03-14T09:30:00+07:00"
    assert data["stamp"]["input_hash"] == report.stamp.input_hash


def test_json_traces_every_theme_and_stance_to_its_ids(report: Report) -> None:
    traces = {trace["figure"]: trace for trace in json.loads(to_json(report))["traces"]}
    assert traces["1. Halte terlalu jauh"] == {
        "figure": "1. Halte terlalu jauh",
        "value": 4,
        "ids": ["K-1", "K-2", "K-3", "K-7"],
    }
    assert traces["1. Halte terlalu jauh: menolak"]["ids"] == ["K-1", "K-3", "K-7"]
    assert traces["Tidak disertakan"]["ids"] == ["K-8"]
    assert all(trace["value"] == len(trace["ids"]) for trace in traces.values())


def test_json_is_canonical(report: Report) -> None:
    data = to_json(report)
    again = json.dumps(json.loads(data), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert data.decode() == again + "\n"


def test_csv_has_one_row_per_contribution_with_its_place(report: Report) -> None:
    data = to_csv(report)
    rows = rows_of(data)
    assert data.startswith(b"\xef\xbb\xbf")
    assert tuple(rows[0]) == CONTRIBUTION_COLUMNS
    assert [row["place"] for row in rows] == ["themed"] * 5 + ["unassigned", "copy", "left_out"]
    assert rows[6]["copy_of"] == "K-1"
    assert rows[7]["reason"] == "disembunyikan moderator: iklan"
    assert rows[0]["submitted_at"] == "2026-03-14T09:30:00+07:00"


def test_csv_of_nothing_has_a_header_only(empty_report: Report) -> None:
    assert rows_of(to_csv(empty_report)) == []
    assert to_csv(empty_report).decode("utf-8-sig").startswith('"id","kind"')


@pytest.mark.parametrize("sign", SIGNS)
def test_guard_makes_each_sign_text(sign: str) -> None:
    text = f"{sign}cmd|' /c calc'!A0"
    assert guard(text) == "'" + text


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\ufeff", "\u200b", "\x00", "\n"])
def test_guard_looks_behind_blanks(blank: str) -> None:
    assert guard(f"{blank}=1") == f"'{blank}=1"


@settings(max_examples=300)
@given(anything)
def test_guard_is_undone_by_recover(text: str) -> None:
    assert recover(guard(text)) == text


@settings(max_examples=300)
@given(anything)
def test_guarded_cell_never_begins_like_a_formula(text: str) -> None:
    cell = guard(text)
    assert cell[:1] not in {"\t", "\r", "\n"}
    assert cell.lstrip(" \t\r\n\u00a0\ufeff")[:1] not in set(SIGNS)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(text=anything)
def test_csv_gives_the_text_back(with_text: Callable[[str], Report], text: str) -> None:
    rows = rows_of(to_csv(with_text(text)))
    assert {recover(row["text"]) for row in rows} == {text}


def test_lone_surrogates_do_not_break_json_and_csv(with_text: Callable[[str], Report]) -> None:
    report = with_text("a\ud800b")
    assert json.loads(to_json(report))["title"] == "a\ufffdb"
    assert rows_of(to_csv(report))[0]["text"] == "a\ufffdb"
