"""What holds for every drawing: nothing leaves it, widths add up, nothing and one thing can be drawn."""

import re
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.counting import count
from methods.figures import (
    STANCES,
    BarRow,
    ClauseCount,
    activity_strip,
    bars,
    rounds_flow,
    stance_bar,
    timeline,
)
from methods.figures.flow_shapes import RoundsFlow
from methods.figures.lettering import measure, wrap

counts = st.integers(0, 5000)
LONG = "Perpanjang rute bus sampai Pasar Lama dan Terminal " * 20


@given(st.lists(counts, max_size=8), st.one_of(st.none(), counts))
def test_bars_stay_in_the_drawing_and_do_not_overlap(numbers, total) -> None:
    drawing = bars([BarRow(f"Option {n}", n) for n in numbers], total=total)
    assert [bar for bar in drawing.rows if not 0 <= bar.width <= drawing.width] == []
    edges = [edge for bar in drawing.rows for edge in (bar.lines[0].y, bar.y, bar.y + bar.height)]
    assert edges == sorted(edges)
    assert [edge for edge in edges if edge > drawing.height] == []
    assert [bar.count for bar in drawing.rows if bar.count and not bar.width] == []


@given(st.lists(st.integers(1, 5000), min_size=1, max_size=8))
def test_bars_of_a_whole_fill_its_width(numbers) -> None:
    drawing = bars([BarRow(str(n), n) for n in numbers])
    assert drawing.total == sum(numbers)
    drawn = sum(bar.width for bar, n in zip(drawing.rows, numbers, strict=True) if n * 320 >= drawing.total)
    whole = sum(n * 320 / drawing.total for n in numbers if n * 320 >= drawing.total)
    assert drawn == pytest.approx(whole, abs=0.1)


def test_bars_with_nothing_to_show_have_a_height() -> None:
    assert (bars([]).height, bars([]).rows) == (16.0, ())
    assert bars([BarRow("a", 0)], total=0).rows[0].share == 0.0


def test_long_labels_are_broken_and_cut_beside_their_figure() -> None:
    bar = bars([BarRow(LONG, 5, "1.204", "61,0 %")]).rows[0]
    assert (len(bar.lines), bar.label) == (3, LONG)
    assert bar.lines[-1].text.endswith("…")
    room = 320 - measure("1.204 · 61,0 %", 15)
    assert [line for line in bar.lines if measure(line.text, 15) > room] == []


@given(st.text(max_size=200), st.floats(60, 320))
def test_wrapped_lines_fit(text, room) -> None:
    lines = wrap(text, room, 15)
    assert 1 <= len(lines) <= 3
    assert [line for line in lines if measure(line, 15) > room] == []


@given(st.dictionaries(st.sampled_from(list(STANCES)), counts), st.booleans())
def test_stances_add_up_to_the_whole_width(numbers, steps) -> None:
    drawing = stance_bar(numbers, steps=steps)
    assert drawing.total == sum(one.count for one in drawing.segments)
    if drawing.total:
        ends = [0.0, *(one.x + one.width for one in drawing.segments)]
        assert [one.x for one in drawing.segments] == pytest.approx(ends[:-1], abs=0.02)
        assert ends[-1] == pytest.approx(320, abs=0.02)
    assert [one for one in drawing.segments if one.y + one.height > drawing.height] == []
    assert len(drawing.table) == len(numbers)


def test_stances_are_told_by_pattern() -> None:
    drawing = stance_bar(dict.fromkeys(STANCES, 1))
    assert len({one.pattern for one in drawing.segments}) == 5
    assert [one.stance for one in drawing.segments] == list(STANCES)


@given(st.lists(counts, max_size=130))
def test_activity_shows_every_clause_in_proportion(numbers) -> None:
    drawing = activity_strip([ClauseCount(str(n), number) for n, number in enumerate(numbers, 1)])
    assert [cell.count for cell in drawing.cells] == numbers
    most = max(numbers, default=0)
    expected = [number / most * 32 if most else 0 for number in numbers]
    assert [cell.height for cell in drawing.cells] == pytest.approx(expected, abs=0.01)
    outside = [cell for cell in drawing.cells if cell.x + cell.width > 320.01 or cell.base > drawing.height]
    assert outside == []


@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), counts, max_size=20))
def test_timeline_loses_no_day(given_days) -> None:
    drawing = timeline(list(given_days), list(given_days.values()))
    assert sum(column.count for column in drawing.columns) == drawing.total == sum(given_days.values())
    assert [column for column in drawing.columns if column.x + column.width > 320.01] == []
    spans = [(column.first, column.last) for column in drawing.columns]
    assert [a for a, b in pairwise(spans) if a[1] + timedelta(1) != b[0]] == []
    assert len(spans) <= 100


def test_timeline_labels_few_days() -> None:
    days = [date(2026, 3, 1) + timedelta(n) for n in range(30)]
    drawing = timeline(days, [1] * 30, label=lambda day: f"{day.day}/{day.month}")
    assert [(tick.label, tick.anchor) for tick in drawing.ticks] == [("1/3", "start"), ("30/3", "end")]
    assert [tick.label for tick in timeline(days[:1], [4]).ticks] == ["2026-03-01"]


def flow_of(box, options="abcdef", **kwargs) -> RoundsFlow:
    return rounds_flow(count("irv", list(options), box).rounds, {}, **kwargs)


@given(
    st.lists(st.tuples(st.permutations("abcdef"), st.integers(0, 6), st.integers(1, 50)), min_size=1, max_size=12),
    st.integers(2, 5),
    st.integers(2, 6),
)
def test_ribbons_fill_the_nodes_they_reach(rows, columns, lanes) -> None:
    box = [(tuple(order[:depth]), weight) for order, depth, weight in rows]
    drawing = flow_of(box, columns=columns, lanes=lanes)
    bounds = [node.y + node.height for lane in drawing.lanes for node in lane.nodes]
    assert [bound for bound in bounds if bound > drawing.height + 0.01] == []
    last_x = drawing.lanes[0].nodes[-1].x
    if len(drawing.headings) > 1 and not drawing.headings[-1].gap:
        arrived = sum(ribbon.count for ribbon in drawing.ribbons if f" {last_x} " in ribbon.path.split("V")[0])
        reached = sum(node.count for lane in drawing.lanes for node in lane.nodes if node.x == last_x)
        assert arrived == reached


def test_flow_of_many_rounds_shows_the_first_and_the_last_and_merges_the_weak() -> None:
    options = [f"o{n:02}" for n in range(20)]
    box = [((option, options[-1]), 5 + n) for n, option in enumerate(options)]
    drawing = flow_of(box, options, columns=4, lanes=5)
    assert [(one.number, one.gap) for one in drawing.headings] == [(1, False), (17, True), (18, False), (19, False)]
    assert [lane.kind for lane in drawing.lanes] == ["option"] * 5 + ["others"]
    assert (len(drawing.table), len(drawing.table[0].cells)) == (21, 19)


def test_flow_of_one_round_has_no_ribbons() -> None:
    drawing = flow_of([(("a",), 2)], "ab", number=lambda n: f"{n} suara")
    assert (drawing.ribbons, [lane.winner for lane in drawing.lanes]) == ((), [True, False])
    assert drawing.lanes[0].nodes[0].text == "2 suara"


def test_flow_tells_stay_move_and_exhaust_apart() -> None:
    drawing = flow_of([(("a",), 5), (("b",), 4), (("c", "b"), 2), (("c",), 1)], "abc")
    assert sorted((ribbon.kind, ribbon.count) for ribbon in drawing.ribbons) == [
        ("exhaust", 1),
        ("move", 2),
        ("stay", 4),
        ("stay", 5),
    ]
    assert [one for one in drawing.ribbons if not re.fullmatch(r"[MCVZ0-9. -]+", one.path)] == []


@pytest.mark.parametrize(
    "draw",
    [
        lambda: bars([BarRow("a", -1)]),
        lambda: bars([], key="7 up"),
        lambda: stance_bar({"support": -1}),
        lambda: stance_bar({"love": 1}),
        lambda: activity_strip([ClauseCount("1", -1)]),
        lambda: activity_strip([ClauseCount("1", 1, href="//example.org")]),
        lambda: activity_strip([ClauseCount("1", 1, href="javascript:alert(1)")]),
        lambda: timeline([date(2026, 1, 1)] * 2, [1, 2]),
        lambda: timeline([date(2026, 1, 1)], [1, 2]),
        lambda: rounds_flow([], {}),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw) -> None:
    with pytest.raises(ValueError, match=r"."):
        draw()
