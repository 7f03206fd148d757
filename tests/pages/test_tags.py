"""What the tags and filters of every template say, in both languages."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from accounts.models import Participant, User
from moderation.richtext import render
from pages import icons

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 5, 3, 7, 5, tzinfo=UTC)


def show(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_icon_is_drawn_and_hidden_from_screen_readers():
    assert show('{% icon "check" %}') == (
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="m5 12.5 4.5 4.5L19 7.5"/></svg>'
    )


def test_icon_of_an_unknown_name_is_a_plain_ring():
    assert icons.UNKNOWN in show('{% icon "no-such-drawing" %}')


def test_icons_in_templates_are_in_the_set():
    known = set(icons.LINES) | set(icons.OTHER_NAMES)
    asked = {
        (str(path.relative_to(ROOT)), name)
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"""{% icon ["']([^"']+)["']""", path.read_text(encoding="utf-8"))
    }
    assert {(path, name) for path, name in asked if name not in known} == set()


def test_other_names_lead_to_icons_of_the_set():
    assert set(icons.OTHER_NAMES.values()) <= set(icons.LINES)


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        ("Asia/Jakarta", "en", "3 May 2026, 14:05 WIB"),
        ("Asia/Makassar", "en", "3 May 2026, 15:05 WITA"),
        ("Asia/Jayapura", "en", "3 May 2026, 16:05 WIT"),
        ("Asia/Jakarta", "id", "3 Mei 2026 pukul 14.05 WIB"),
    ],
)
def test_moment_says_day_time_and_zone(zone, language, expected):
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        assert re.sub(r"<[^>]+>", "", show("{{ at|moment }}", at=AT)) == expected


def test_moment_carries_the_machine_readable_time():
    assert show("{{ at|moment }}", at=AT).startswith('<time datetime="2026-05-03T14:05+07:00">')


def test_moment_of_a_date_has_no_time_of_day():
    with translation.override("en"):
        assert show("{{ at|moment }}", at=date(2026, 5, 3)) == '<time datetime="2026-05-03">3 May 2026</time>'


def test_moment_of_nothing_is_nothing():
    assert show("{{ at|moment }}{{ at|left }}", at=None) == ""


@pytest.mark.parametrize(
    ("distance", "english", "indonesian"),
    [
        (timedelta(seconds=30), "less than a minute left", "kurang dari satu menit lagi"),
        (timedelta(minutes=1, seconds=30), "1 minute left", "1 menit lagi"),
        (timedelta(hours=5, seconds=30), "5 hours left", "5 jam lagi"),
        (timedelta(hours=47, seconds=30), "47 hours left", "47 jam lagi"),
        (timedelta(days=3, hours=2), "3 days left", "3 hari lagi"),
        (timedelta(days=100), "3 months left", "3 bulan lagi"),
        (timedelta(seconds=-30), "just now", "baru saja"),
        (timedelta(minutes=-2), "2 minutes ago", "2 menit yang lalu"),
        (timedelta(days=-3), "3 days ago", "3 hari yang lalu"),
        (timedelta(days=-800), "2 years ago", "2 tahun yang lalu"),
    ],
)
def test_left_says_it_in_words(distance, english, indonesian):
    for language, expected in (("en", english), ("id", indonesian)):
        with translation.override(language):
            assert re.sub(r"<[^>]+>", "", show("{{ at|left }}", at=timezone.now() + distance)) == expected


def test_written_names_language_and_lets_the_text_choose_its_direction():
    assert show("{{ html|written:'jv' }}", html=render("*Sugeng* <b>enjing</b>")) == (
        '<div class="written" lang="jv" dir="auto"><p><em>Sugeng</em> &lt;b&gt;enjing&lt;/b&gt;</p></div>'
    )


def test_written_without_a_language_claims_none():
    assert show("{{ html|written }}", html="") == '<div class="written" dir="auto"></div>'


def test_named_escapes_and_isolates_the_name():
    person = Participant(name="<Sri> & Co", user=User(email="sri@example.org"))
    assert show("{{ person|named }}", person=person) == "<bdi>&lt;Sri&gt; &amp; Co</bdi>"


def test_named_has_a_word_for_guests_for_the_nameless_and_for_the_erased():
    nameless = Participant(user=User(pk=7))
    erased = Participant(name="Sri", erased_at=AT)
    with translation.override("en"):
        assert [show("{{ p|named }}", p=p) for p in (None, Participant(), nameless, erased)] == [
            "<bdi>Guest</bdi>",
            "<bdi>Guest</bdi>",
            "<bdi>Participant</bdi>",
            "<bdi>Deleted account</bdi>",
        ]
