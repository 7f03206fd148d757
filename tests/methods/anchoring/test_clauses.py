"""Drafts become clauses: by headings, by the words of laws, by numbered paragraphs; keys are stable and unique."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.anchoring import TooManyClauses, parse

LAW = """BAB I
KETENTUAN UMUM

Pasal 1
Dalam peraturan ini yang dimaksud dengan halte adalah tempat berhenti bus.

Pasal 2
(1) Bus berhenti di setiap halte.
(2) Halte dilengkapi:
    a. atap;
    b. bangku.

BAB II
PENUTUP

Pasal 3
Pasal 2 mulai berlaku pada tanggal diundangkan.
"""


def facts(source):
    return [(piece.kind, piece.key, piece.number, piece.heading) for piece in parse(source)]


def test_law_is_read_by_its_own_numbering():
    assert facts(LAW) == [
        ("chapter", "chapter-i", "I", "BAB I KETENTUAN UMUM"),
        ("article", "article-1", "1", "Pasal 1"),
        ("article", "article-2", "2", "Pasal 2"),
        ("paragraph", "article-2-1", "2.1", ""),
        ("paragraph", "article-2-2", "2.2", ""),
        ("chapter", "chapter-ii", "II", "BAB II PENUTUP"),
        ("article", "article-3", "3", "Pasal 3"),
    ]
    assert parse(LAW)[4].body == "Halte dilengkapi:\n    a. atap;\n    b. bangku."


def test_sentence_that_begins_like_a_heading_is_text():
    assert parse(LAW)[-1].body == "Pasal 2 mulai berlaku pada tanggal diundangkan."


def test_markdown_headings_and_free_paragraphs_are_clauses():
    source = "# Market square\nWhy we plan.\n\nWhat is there now.\n"
    source += "## 1. Trees\nTen trees.\n\nIn two rows.\n## Benches\n- red"
    assert facts(source) == [
        ("chapter", "market-square", "", "Market square"),
        ("paragraph", "why-we-plan", "", ""),
        ("paragraph", "what-is-there-now", "", ""),
        ("article", "article-1", "1", "1. Trees"),
        ("article", "benches", "", "Benches"),
    ]
    assert parse(source)[3].body == "Ten trees.\n\nIn two rows."


def test_paragraphs_of_unnumbered_articles_carry_its_words():
    assert [piece.key for piece in parse("## Trees\n(1) Ten.\n(2) Old.\n## Benches\n(1) Red.")] == [
        "trees", "trees-1", "trees-2", "benches", "benches-1",
    ]  # fmt: skip


def test_equal_keys_get_suffixes_in_order():
    assert [piece.key for piece in parse("## Stops\n## Stops\n## Stops")] == ["stops", "stops~2", "stops~3"]


def test_words_are_not_numerals():
    assert [(piece.key, piece.number) for piece in parse("# I think so\n# Mix of trees")] == [
        ("i-think-so", ""),
        ("mix-of-trees", ""),
    ]


def test_script_without_plain_letters_has_a_key():
    keys = [piece.key for piece in parse("## ꦱꦸꦒꦼꦁ\n## 市場")]
    assert len(set(keys)) == 2
    assert all(key.startswith("clause-") for key in keys)


def test_heading_that_is_too_long_is_read_on():
    words = "word " * 100
    piece = parse(f"## {words}")[0]
    assert f"{piece.heading} {piece.body}".split() == words.split()


def test_code_is_not_read_as_headings():
    assert [piece.kind for piece in parse("## Example\n```\n# not a chapter\n(1) not a paragraph\n```")] == ["article"]


def test_too_many_clauses_are_refused():
    with pytest.raises(TooManyClauses):
        parse("## x\n" * 2001)


def test_empty_source_has_no_clauses():
    assert parse(" \n\r\n") == ()


@given(st.text(st.sampled_from("aB1(). \n#-`"), max_size=200))
def test_no_letter_is_lost_and_keys_are_unique(source):
    pieces = parse(source)
    kept = "".join(piece.heading + piece.body + piece.number for piece in pieces)
    assert all(kept.count(letter) >= source.count(letter) for letter in "aB")
    assert len({piece.key for piece in pieces}) == len(pieces)
    assert all(len(piece.key) <= 80 and len(piece.number) <= 20 and len(piece.heading) <= 240 for piece in pieces)


def test_long_hostile_lines_take_little_time():
    for line in (
        "(" * 200_000,
        "# " * 100_000,
        "Pasal 1" + " " * 200_000 + "x",
        "I" * 200_000,
        "#" + "\t" * 200_000 + "x",
    ):
        start = time.process_time()
        parse(line)
        assert time.process_time() - start < 0.5
