"""The templates that draw figures: well-formed, escaped, no inline style, the same numbers in picture and table."""

from datetime import date, timedelta
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from methods.counting import count
from methods.figures import (
    Across,
    BarRow,
    ClauseCount,
    Pair,
    Part,
    RowOf,
    Span,
    Stop,
    activity_strip,
    bars,
    matrix,
    pairs,
    rounds_flow,
    stance_bar,
    stance_rows,
    streams,
    timeline,
    treemap,
)

HOSTILE = '<script>alert("1")</script> & "quoted"'
RANKED = [(("a", "b"), 7), (("b",), 5), (("c", "b"), 3), (("d", "c"), 1)]
NAMES = {"a": "Pasar", "b": "Taman", "c": HOSTILE, "d": "Parkir"}
DAYS = [date(2026, 3, 1) + timedelta(n) for n in range(7)]

DRAWINGS = {
    "bars": bars([BarRow("Pasar", 7, "7", "43,8 %", True), BarRow(HOSTILE, 2, "2", "12,5 %")], total=16),
    "rounds_flow": rounds_flow(count("irv", list("abcd"), RANKED).rounds, NAMES),
    "stance_bar": stance_bar({"support": 4, "unsure": 1, "question": 1, "oppose": 3}, {"oppose": HOSTILE}),
    "activity_strip": activity_strip([ClauseCount(HOSTILE, 3, href="#c-1"), ClauseCount("2", 1)]),
    "timeline": timeline(DAYS, [3, 0, 1, 4, 1, 5, 9], label=lambda day: f"{day.day} {HOSTILE}"),
    "treemap": treemap([Part("Halte", 6, "6", "open"), Part(HOSTILE, 3), Part("Tarif", 1)], most=2),
    "stance_rows": stance_rows([RowOf(HOSTILE, {"support": 4, "question": 1}, "5", "/x/"), RowOf("2", {"oppose": 2})]),
    "streams": streams(
        [[Stop("a", HOSTILE)], [Stop("b", "B", "open"), Stop("c", "C")]], [("a", "b", 2), ("a", "c", 1)]
    ),
    "pairs": pairs([Pair(HOSTILE, 0.5, 0.25, "50 %", "25 %"), Pair("Wetan", None, 0.75, HOSTILE, "75 %")]),
    "matrix": matrix([HOSTILE, "Tidak"], [Across("Halte dekat pasar", (0.25, 0.75), ("25 %", HOSTILE))]),
}
EMPTY = {
    "bars": bars([]),
    "rounds_flow": rounds_flow(count("irv", ["a"], []).rounds, NAMES),
    "stance_bar": stance_bar({}),
    "activity_strip": activity_strip([]),
    "timeline": timeline([], [], phases=[Span("open", DAYS[0], None)]),
    "treemap": treemap([]),
    "stance_rows": stance_rows([]),
    "streams": streams([[], []], []),
    "pairs": pairs([]),
    "matrix": matrix([], []),
}


def draw(name: str, figure: object, language: str = "id") -> str:
    with translation.override(language):
        context = {"figure": figure, "title": HOSTILE, "sentence": "7 dari 16.", "source": "1 Maret 2026"}
        return render_to_string(f"components/figures/_{name}.html", context)


class Attributes(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("drawings", [DRAWINGS, EMPTY], ids=["full", "empty"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_figure_is_well_formed_and_keeps_the_policy(name: str, drawings: dict[str, object], language: str) -> None:
    page = draw(name, drawings[name], language)
    assert ElementTree.fromstring(page).tag == "figure"
    tags = Attributes(page).tags
    assert [tag for tag, _ in tags if tag in {"script", "style"}] == []
    assert [key for _, attrs in tags for key in attrs if key == "style" or key.startswith("on")] == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", DRAWINGS)
def test_coordinates_are_numbers_in_every_language(name: str, language: str) -> None:
    numeric = {"x", "y", "width", "height", "cx", "cy", "r", "rx", "font-size"}
    for _, attrs in Attributes(draw(name, DRAWINGS[name], language)).tags:
        for key in numeric & attrs.keys():
            assert float(attrs[key] or "x") >= 0


@pytest.mark.parametrize("name", DRAWINGS)
def test_picture_has_a_title_and_a_table(name: str) -> None:
    page = ElementTree.fromstring(draw(name, DRAWINGS[name]))
    svg = page.find("svg")
    assert svg is not None
    named = {one.get("id"): one.text for one in page.iter() if one.get("id")}
    title = svg.find("title")  # or else the words above the drawing name it
    words = [named[key] for key in (svg.get("aria-labelledby") or "").split()]
    assert svg.get("role") == "img"
    assert ([title.text] if title is not None else [". ".join(filter(None, words))]) == [f"{HOSTILE}. 7 dari 16."]
    rows = page.findall("./details//tbody/tr")
    expected = {"bars": 2, "rounds_flow": 5, "stance_bar": 4, "activity_strip": 2, "timeline": 7}
    expected |= {"treemap": 3, "stance_rows": 2, "streams": 2, "pairs": 2, "matrix": 1}
    assert len(rows) == expected[name]


def test_patterns_that_are_used_are_defined_under_the_key_of_the_figure() -> None:
    every = dict.fromkeys(["support", "support_with_changes", "unsure", "question", "oppose"], 2)
    svg = ElementTree.fromstring(draw("stance_bar", stance_bar(every, key="poll-7"))).find("svg")
    assert svg is not None
    used = {rect.get("fill") for rect in svg.iter("rect") if (rect.get("fill") or "").startswith("url")}
    defined = {f"url(#{pattern.get('id')})" for pattern in svg.iter("pattern")}
    assert used == defined == {f"url(#poll-7-{name})" for name in ("stripes", "dots", "hatch")}
