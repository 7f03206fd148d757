"""What holds for every format: steady bytes, both languages, size, and light imports."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from methods.documents import FORMATS, ContributionEntry, Report, Stamp
from methods.documents.report import place_of_each
from methods.documents.safe import language_tag, short, web_address
from methods.documents.words import WORDS, code_word, moment, number, percent
from tests.methods.documents.conftest import WHEN

STARTS = {
    "brief": b"%PDF-",
    "pdf": b"%PDF-",
    "package": b"PK",
    "docx": b"PK",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "json": b"{",
}


@pytest.mark.parametrize("name", FORMATS)
def test_format_makes_the_same_bytes_twice(report: Report, name: str) -> None:
    made = FORMATS[name].make(report)
    assert made.startswith(STARTS[name])
    assert FORMATS[name].make(report) == made


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_format_makes_empty_and_full_in_both_languages(
    report: Report, empty_report: Report, name: str, language: str
) -> None:
    for each in (report, empty_report):
        assert FORMATS[name].make(replace(each, language=language)).startswith(STARTS[name])


@pytest.mark.parametrize("name", FORMATS)
def test_three_thousand_contributions_make_a_document(large_report: Report, name: str) -> None:
    assert FORMATS[name].make(large_report).startswith(STARTS[name])


def test_formats_are_complete() -> None:
    assert list(FORMATS) == ["brief", "pdf", "docx", "xlsx", "csv", "json", "package"]
    content_type, extension, make = FORMATS["csv"]
    assert (content_type, extension, make.__name__) == ("text/csv; charset=utf-8", "csv", "to_csv")


def test_importing_documents_loads_no_heavy_library() -> None:
    code = "import methods.documents, sys; print(sorted({'docx', 'lxml', 'typst', 'xlsxwriter'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_report_refuses_a_language_without_words() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        Report(title="x", language="fr", stamp=Stamp(WHEN))


def test_words_are_complete_in_both_languages() -> None:
    assert [key for key, texts in WORDS.items() if not all(texts)] == []


def test_contribution_that_was_placed_nowhere_is_unassigned(empty_report: Report) -> None:
    report = replace(empty_report, contributions=(ContributionEntry("K-1", "comment"),))
    assert place_of_each(report) == {"K-1": "unassigned"}


def test_labels_of_the_caller_come_first() -> None:
    assert code_word("stance", "oppose", "id", {"stance.oppose": "kontra"}) == "kontra"
    assert code_word("stance", "strongly_agree", "en", {}) == "strongly agree"


def test_numbers_and_times_are_written_as_people_do() -> None:
    assert (number(1_234_567, "id"), number(12.5, "id"), number(12.5, "en")) == ("1.234.567", "12,5", "12.5")
    assert (percent(0.613, "id"), percent(0.613, "en")) == ("61,3\u00a0%", "61.3%")
    assert moment(WHEN, "id") == "14 Maret 2026 pukul 09.30 WIB"
    assert moment(WHEN, "en") == "14 March 2026, 09:30 WIB"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "https://", 'https://a/"x', "http://[", ""]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert web_address(url) == ""


def test_language_tags_are_primary_subtags() -> None:
    assert [language_tag(tag) for tag in ("id", "pt-BR", "unsure", "", "j v")] == ["id", "pt", "", "", ""]


def test_short_cuts_at_a_blank() -> None:
    assert short("satu dua tiga empat", 12) == "satu dua …"
