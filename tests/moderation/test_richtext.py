"""From what people type to safe HTML: hostile vectors, links, limits, time. nh3 is the oracle for bleach."""

import contextlib
import html
import json
import re
import sys
import time
from collections.abc import Callable
from html.parser import HTMLParser

import nh3
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from moderation.richtext import REL, TAGS, limits, render, tidy

HOSTILE = {
    "brackets": "[",
    "images": "![[",
    "stars": "*",
    "emphasis": "*a_b",
    "strong": "**x ",
    "underscores": "_a_",
    "quotes": ">",
    "quotes with blanks": "> ",
    "lists": "- ",
    "ampersands": "&",
    "entities": "&a;",
    "ticks": "`a",
    "links": "[a](b",
    "nested links": "[a](",
    "whole links": "[a](http://b)",
    "automatic links": "<http://a>",
    "addresses": "http://a",
    "address with brackets": "http://a)))",
    "mail": "a@b.c ",
    "mail signs": "a@",
    "backslashes": "\\",
    "comments": "<!--",
    "declarations": "<![CDATA[",
    "tags": "<b ",
    "less": "<",
    "lines": "a\n",
    "nested": "\n> - ",
    "tabs": "\t",
    "letters": "a",
    "fences": "```\n",
    "fragments": "http://a#",
    "combining": "a\u0301",
    "bidi": "\u202ea",
    "nul": "\x00a",
    "nested lists": "  - a\n",
    "table of emphasis": "|*a*",
    "empty points": "- \n",
    "quotes of lines": "> a\n",
}


class _Reader(HTMLParser):
    """Every tag and attribute that a browser would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def read(made: str) -> _Reader:
    reader = _Reader()
    reader.feed(made)
    reader.close()
    return reader


def assert_harmless(made: str) -> None:
    reader = read(made)
    assert reader.tags <= TAGS
    for name, value in reader.attributes:
        assert name in {"href", "rel", "start"}
        if name == "href":
            assert re.match(r"(https?://|mailto:|/(?!/))", value, re.IGNORECASE), value


def payloads(realdata):
    for path in sorted((realdata / "markup").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from _texts(json.loads(line))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


@pytest.mark.realdata
def test_no_published_vector_survives(realdata):
    found = list(payloads(realdata))
    assert len(found) > 500
    for payload in found:
        for body in (payload, f"[x]({payload})", f"> {payload}", f"`{payload}`", f"<{payload}>"):
            assert_harmless(render(body))


@pytest.mark.realdata
def test_nh3_finds_nothing_left_to_remove(realdata):
    for payload in payloads(realdata):
        made = render(payload)
        again = nh3.clean(
            made,
            tags=set(TAGS),
            attributes={"a": {"href", "rel"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )
        assert read(again).tags == read(made).tags
        assert html.unescape(re.sub(r"<[^>]*>", "", again)) == html.unescape(re.sub(r"<[^>]*>", "", made))


@given(st.text(max_size=300))
def test_any_text_is_harmless(body):
    assert_harmless(render(body))


@pytest.mark.parametrize(
    ("body", "made"),
    [
        ("**ya** dan *ya*", "<p><strong>ya</strong> dan <em>ya</em></p>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("# bukan judul", "<p># bukan judul</p>"),
        ("[x](https://a.id)", f'<p><a href="https://a.id" rel="{REL}">x</a></p>'),
        ("lihat https://a.id/x.", f'<p>lihat <a href="https://a.id/x" rel="{REL}">https://a.id/x</a>.</p>'),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("`https://a.id`", "<p><code>https://a.id</code></p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("surat@contoh.id", "<p>surat@contoh.id</p>"),
        ("[x](//a.id) [y]() [z](a.id)", "<p>[x](//a.id) y [z](a.id)</p>"),
        ("[x](/forums/)", f'<p><a href="/forums/" rel="{REL}">x</a></p>'),
        ("", ""),
    ],
)
def test_markdown_becomes_html(body, made):
    assert render(body) == made


def test_tidy_strips_what_deceives_and_keeps_scripts():
    assert tidy("a\u202eb\x00\u200bc\r\nd\ud800") == "abc\nd"
    assert tidy("e\u0301") == "é"
    assert tidy("ꦗꦮ\u200d") == "ꦗꦮ\u200d"
    assert tidy("العربية") == "العربية"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("a" * 8193, "long"),
        ("é" * 4097, "long"),
        ("[a](http://b) " * 21, "links"),
        ("http://b.id " * 21, "links"),
        (">" * 21 + " a", "nesting"),
        ("".join("  " * n + "- a\n" for n in range(21)), "nesting"),
    ],
)
def test_limits_refuse(body, code):
    with pytest.raises(ValidationError) as refused:
        limits(body)
    assert refused.value.code == code


@pytest.mark.parametrize("body", ["a" * 8192, "[a](http://b) " * 20, ">" * 20 + " a", ""])
def test_limits_allow_up_to_the_limit(body):
    limits(body)


def test_limit_says_how_much_is_too_much():
    with pytest.raises(ValidationError) as refused:
        limits("a" * 8200)
    assert "8 " in refused.value.messages[0]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_bounded_time(name):
    body = (HOSTILE[name] * 8192)[:8192]
    started = time.process_time()
    render(body)
    assert time.process_time() - started < 1.0  # the budget is 250 ms; machines are shared


def check_and_render(body: str) -> None:
    """What one POST does with a text: the form checks it, then moderation does, and it is rendered between."""
    for act in (limits, render, limits):
        with contextlib.suppress(ValidationError):
            act(body)


def calls(act: Callable[[str], object], body: str) -> int:
    """How many functions `act(body)` calls: a measure of work that a busy machine does not change."""
    found = 0

    def seen(_frame: object, event: str, _value: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        act(body)
    finally:
        sys.setprofile(None)
    return found


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_length_of_hostile_text_and_no_faster(name):
    short, long = ((HOSTILE[name] * 8190)[:length] for length in (4095, 8190))
    assert calls(check_and_render, long) <= 2.5 * calls(check_and_render, short) + 1000


def test_text_is_parsed_once_for_its_limits_and_its_html():
    alone = calls(render, "[" * 8000)
    assert calls(check_and_render, "(" + "[" * 7999) <= 1.3 * alone


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "# Who\n\nWe keep\nlittle.\n\n## Where\n\nHere.",
            "<h2>Who</h2>\n<p>We keep\nlittle.</p>\n<h3>Where</h3>\n<p>Here.</p>",
        ),
        ("### Low\n\n##### Lower", "<h2>Low</h2>\n<h3>Lower</h3>"),
        ("Who\n===\n\n<h1>x</h1>", "<h2>Who</h2>\n<p>&lt;h1&gt;x&lt;/h1&gt;</p>"),
        (
            "# <script>alert(1)</script> [a](javascript:x)",
            "<h2>&lt;script&gt;alert(1)&lt;/script&gt; [a](javascript:x)</h2>",
        ),
    ],
)
def test_official_texts_have_headings_below_the_title_of_the_page(body, expected):
    assert render(body, official=True) == expected


def test_what_people_write_has_no_headings():
    assert render("# Loud\n\nWords") == "<p># Loud</p>\n<p>Words</p>"
    assert render("Loud\n===") == "<p>Loud<br>\n===</p>"
