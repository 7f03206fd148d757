"""The parts: languages, sentences, passages, labels, lasting ids."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.text import identify_language
from methods.text.identity import keep_ids
from methods.text.labels import title
from methods.text.normal import PASSAGE, SENTENCE, passages, sentences
from methods.text.phrases import PhraseCounts
from methods.text.words import Words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Saya tidak setuju dengan kenaikan tarif ini.", "id"),
        ("The stop should be closer to the market.", "en"),
        ("Aku ora setuju yen tarif bis mundhak maneh.", "jv"),
        ("Abdi henteu satuju upami tarif beus naék deui.", "su"),
        ("我覺得計程車的服務品質需要改善。", "zh"),
        ("バスの時間をもっと増やしてください。", "ja"),
        ("Ok", "und"),
        ("12345 !!!", "und"),
        ("", "und"),
    ],
)
def test_identify_language_knows_its_languages_and_its_limits(text, code):
    assert identify_language(text)[0] == code


@settings(deadline=None)  # the first text loads the models
@given(st.text())
def test_identify_language_is_sure_between_nought_and_one(text):
    code, sure = identify_language(text)
    assert 0.0 <= sure <= 1.0
    assert code


@given(st.text(alphabet="ab .!?\n。,; ", max_size=1500))
def test_sentences_and_passages_lose_no_word(body):
    spans = list(sentences(body))
    assert "".join("".join(body[start:end].split()) for start, end in spans) == "".join(body.split())
    assert all(end - start <= SENTENCE for start, end in spans)
    cut = passages(body)
    assert all(one[1] <= other[0] for one, other in pairwise(cut))
    said = "".join(body[start:end] for start, end in cut)
    assert (said.count("a"), said.count("b")) == (body.count("a"), body.count("b"))


def test_sentences_stop_at_marks_but_not_at_abbreviations_or_figures():
    body = "Tarif Rp. 3.500 di Jl. Mawar mahal! Turunkan…\nTerima kasih"
    assert [body[start:end] for start, end in sentences(body)] == [
        "Tarif Rp. 3.500 di Jl. Mawar mahal!",
        "Turunkan…",
        "Terima kasih",
    ]


def test_passages_cut_only_long_texts():
    assert passages("Pendek saja.") == [(0, 12)]
    long = "\n\n".join("Kalimat tentang halte dan bus. " * 12 for _ in range(3))
    assert len(long) > PASSAGE
    assert len(passages(long)) == 3


def phrases_of(body: str, language: str) -> set[str]:
    return set(PhraseCounts(Words.read([body]), [language], np.array([0]), np.array([0])).said(0, language))


def test_phrases_skip_stop_words_and_join_neighbours():
    assert phrases_of("Jadwal bus malam itu, sangat jarang.", "id") == {
        "jadwal",
        "bus",
        "malam",
        "jadwal bus",
        "bus malam",
        "jarang",
    }
    assert "計程車" in phrases_of("我覺得計程車很貴", "zh")
    assert not [phrase for phrase in phrases_of("我覺得計程車很貴", "zh") if "我" in phrase]


def test_title_is_never_empty_and_never_taken():
    taken = {"halte, bus, tarif", "Ya ya ya."}
    assert title(["halte", "bus", "tarif", "kursi"], "x", taken) == "halte, bus, tarif, kursi"
    assert title([], "Ya ya ya.", taken) == "Ya ya ya. (2)"


def test_keep_ids_assigns_globally_and_never_reuses():
    previous = {"t-1": list("abcd"), "t-2": list("efgh")}
    assert keep_ids([list("efg"), list("abcdx")], previous, 0.3) == ["t-2", "t-1"]
    (fresh,) = keep_ids([list("xyz")], previous, 0.3)
    assert fresh.startswith("t-")
    assert fresh not in previous
    (other,) = keep_ids([list("xyz")], {**previous, fresh: list("abc")}, 0.3)
    assert other not in {*previous, fresh}
