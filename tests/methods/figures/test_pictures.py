"""The pictures of a summary: areas and widths are exact shares, nothing leaves the drawing, bad figures are refused."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from methods.figures import (
    STANCES,
    Across,
    Pair,
    Part,
    RowOf,
    Span,
    Stop,
    matrix,
    pairs,
    stance_rows,
    streams,
    timeline,
    treemap,
)
from methods.figures.lettering import measure

counts = st.integers(0, 5000)
LONG = "Perpanjang rute bus sampai Pasar Lama dan Terminal " * 5


@given(st.lists(counts, max_size=80), st.integers(2, 20))
def test_tiles_have_the_area_of_their_share_and_fill_the_whole(numbers, most) -> None:
    drawing = treemap([Part(f"Theme {at}", count) for at, count in enumerate(numbers)], most=most)
    assert drawing.total == sum(numbers)
    assert len(drawing.tiles) == min(most, sum(bool(count) for count in numbers))
    whole = drawing.width * drawing.height
    if drawing.tiles:
        areas = [tile.width * tile.height / whole for tile in drawing.tiles]
        assert areas == pytest.approx([tile.share for tile in drawing.tiles], abs=0.001)
        assert sum(areas) == pytest.approx(1, abs=0.01)
    out = [tile for tile in drawing.tiles if tile.x + tile.width > 320.1 or tile.y + tile.height > drawing.height + 0.1]
    assert out == []
    assert len(drawing.rows) == len(numbers)


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=12))
def test_tiles_do_not_overlap(numbers) -> None:
    tiles = treemap([Part(str(at), count) for at, count in enumerate(numbers)]).tiles
    for at, one in enumerate(tiles):
        for other in tiles[at + 1 :]:
            wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            assert min(wide, high) <= 0.05


@given(st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_words_of_a_tile_stay_in_it(numbers) -> None:
    for tile in treemap([Part(LONG, count, "12 (3 %)") for count in numbers]).tiles:
        assert [line for line in tile.lines if not tile.y < line.y < tile.y + tile.height] == []
        assert [line for line in tile.lines[:-1] if measure(line.text, 13) > tile.width] == []


def test_the_last_of_many_tiles_says_how_many_it_holds() -> None:
    parts = [Part(str(at), 20 - at) for at in range(20)]
    drawing = treemap(parts, most=5, rest=lambda n: f"{n} others")
    assert [(tile.label, tile.kind) for tile in drawing.tiles][-1] == ("16 others", "rest")
    assert drawing.tiles[-1].count == sum(20 - at for at in range(4, 20))


@given(st.lists(st.dictionaries(st.sampled_from(list(STANCES)), counts), max_size=8), st.booleans())
def test_rows_of_stances_keep_their_proportions(rows, shares) -> None:
    drawing = stance_rows([RowOf(f"Theme {at}", row) for at, row in enumerate(rows)], shares=shares)
    most = max((sum(row.values()) for row in rows), default=0)
    for given_row, row in zip(rows, drawing.rows, strict=True):
        whole = sum(given_row.values()) if shares else most
        assert [one.count for one in row.pieces] == [given_row[name] for name in STANCES if given_row.get(name)]
        for one in row.pieces:
            assert one.width == pytest.approx(one.count / whole * 320, abs=0.01)
        assert len(row.cells) == len(drawing.stances)
        assert row.y + drawing.thick <= drawing.height + 0.01
        ends = [(one.x, one.x + one.width) for one in row.pieces]
        assert [a for a, b in pairwise(ends) if abs(a[1] - b[0]) > 0.02] == []


def columns_of(kinds, outcomes) -> tuple[list[list[Stop]], list[tuple[str, str, int]]]:
    """Kinds, themes, outcomes. kinds: per theme how many of each kind; outcomes: where each theme goes."""
    first = [Stop(f"k{at}", f"Kind {at}") for at in range(3)]
    middle = [Stop(f"t{at}", f"Theme {at}") for at in range(len(kinds))]
    last = [Stop(f"o{at}", f"Outcome {at}") for at in range(4)]
    flows = [(f"k{at}", f"t{theme}", count) for theme, row in enumerate(kinds) for at, count in enumerate(row)]
    flows += [(f"t{theme}", f"o{outcomes[theme]}", sum(row)) for theme, row in enumerate(kinds)]
    return [first, middle, last], flows


@given(
    st.lists(st.tuples(counts, counts, counts), min_size=1, max_size=9),
    st.lists(st.integers(0, 3), min_size=9, max_size=9),
)
def test_streams_lose_nothing_on_the_way(kinds, outcomes) -> None:
    columns, flows = columns_of(kinds, outcomes)
    drawing = streams(columns, flows)
    total = sum(map(sum, kinds))
    assert drawing.total == total
    if total:
        assert [sum(stop.count for stop in column) for column in drawing.columns] == [total] * 3
        assert sum(stop.height for stop in drawing.columns[0]) == pytest.approx(180, abs=0.1)
    assert sum(band.count for band in drawing.bands) == 2 * total
    lows = [max(stop.y + stop.height, stop.text_y) for column in drawing.columns for stop in column]
    assert [low for low in lows if low > drawing.height + 0.01] == []
    for column in drawing.columns:
        gaps = [b.y - max(a.y + a.height, a.text_y) for a, b in pairwise(column)]
        assert [gap for gap in gaps if gap <= 0] == []


def test_words_beside_stops_do_not_reach_the_next_column() -> None:
    columns = [[Stop("a", LONG)], [Stop("b", LONG)], [Stop("c", LONG)]]
    left, middle, right = streams(columns, [("a", "b", 3), ("b", "c", 3)]).columns
    ends = [max(measure(line.text, 13) for line in stop.lines) for stop in (left[0], middle[0], right[0])]
    assert left[0].text_x + ends[0] < middle[0].x
    assert middle[0].text_x + ends[1] < right[0].text_x - ends[2]


def test_pairs_stand_on_one_scale_and_withheld_ones_have_no_bar() -> None:
    drawing = pairs([Pair("A", 0.4, 0.2, "40 %", "20 %"), Pair("B", None, 0.8, "withheld", "80 %")])
    assert [(row.first_width, row.second_width) for row in drawing.rows] == [(95.0, 47.5), (0.0, 190.0)]
    assert drawing.rows[1].first_text_x == 0
    assert drawing.rows[-1].second_y + drawing.thick <= drawing.height


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=8), st.integers(1, 30))
@example([(0.0, 2.2e-308), (5e-324, 0.0)], 30)
def test_words_beside_pairs_stay_in_the_drawing(shares, length) -> None:
    drawing = pairs([Pair("A", one, other, "x" * length, "withheld") for one, other in shares])
    ends = [row.first_text_x + measure(row.first_text, 13) for row in drawing.rows]
    assert [end for end in ends if end > 320.01] == []
    for (one, other), row in zip(shares, drawing.rows, strict=True):
        assert row.first_width * other == pytest.approx(row.second_width * one, abs=0.02)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)), max_size=10))
def test_squares_have_the_area_of_their_share(rows) -> None:
    drawing = matrix(["Agree", "Pass", "Disagree"], [Across("Statement", row, ("", "", "")) for row in rows])
    for given_row, row in zip(rows, drawing.rows, strict=True):
        for share, cell in zip(given_row, row.cells, strict=True):
            assert cell.side**2 == pytest.approx(share * drawing.frame**2, abs=0.5)
            assert cell.y + cell.side == pytest.approx(cell.frame_y + drawing.frame, abs=0.02)
            assert cell.frame_y + drawing.frame <= drawing.height + 0.01


def test_phases_lie_under_their_days() -> None:
    spans = [
        Span("in preparation", date(2026, 3, 1), date(2026, 3, 10)),
        Span("open", date(2026, 3, 11), date(2026, 3, 20)),
        Span("answered", date(2026, 3, 20), None),
    ]
    drawing = timeline([date(2026, 3, 12)], [5], phases=spans)
    first, last = drawing.columns[0], drawing.columns[-1]
    assert (first.first, last.last, drawing.total) == (date(2026, 3, 1), date(2026, 3, 20), 5)
    right = last.x + last.width
    day = right / 20
    assert [(phase.x, phase.width) for phase in drawing.phases] == [
        (0.0, pytest.approx(10 * day, abs=0.01)),
        (pytest.approx(10 * day, abs=0.01), pytest.approx(10 * day, abs=0.01)),
        (pytest.approx(19 * day, abs=0.01), pytest.approx(day, abs=0.01)),
    ]
    assert [phase for phase in drawing.phases if phase.y + phase.height > drawing.height] == []
    words = [(p.text_x if p.anchor == "start" else p.text_x - measure(p.label, 13)) for p in drawing.phases]
    assert [x for x in words if x < 0] == []


@pytest.mark.parametrize(
    "draw",
    [
        lambda: treemap([Part("a", -1)]),
        lambda: stance_rows([RowOf("a", {"love": 1})]),
        lambda: stance_rows([RowOf("a", {"oppose": -1})]),
        lambda: streams([[Stop("a", "A")], [Stop("b", "B")]], [("b", "a", 1)]),
        lambda: streams([[Stop("a", "A")], [Stop("b", "B")]], [("a", "x", 1)]),
        lambda: streams([[Stop("a", "A")], [Stop("b", "B")]], [("a", "b", -1)]),
        lambda: streams([[Stop("a", "A")], [Stop("b", "B")], [Stop("c", "C")]], [("a", "b", 2), ("b", "c", 1)]),
        lambda: pairs([Pair("a", 1.2, 0, "", "")]),
        lambda: matrix(["a"], [Across("b", (0.5, 0.5), ("", ""))]),
        lambda: matrix(["a"], [Across("b", (-0.5,), ("",))]),
        lambda: timeline([], [], phases=[Span("a", date(2026, 1, 2), date(2026, 1, 1))]),
        lambda: treemap([], key="7 up"),
    ],
)
def test_what_cannot_be_drawn_is_refused(draw) -> None:
    with pytest.raises(ValueError, match=r"."):
        draw()
