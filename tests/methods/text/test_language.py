"""Languages: short and strange texts, the same answer in batch, and how well texts held back are told apart."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from methods.text import identify_language, identify_languages
from methods.text.letters import WEIGHTS, fold, letters
from methods.text.training import part_of, pieces, read_texts, shortened, without_accents

ASKED = ("id", "en", "jv", "su", "min", "mad", "bew", "btk", "bug", "mak")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Wir möchten, dass die Haltestelle näher am Markt liegt.", "de"),
        ("Nous voulons que l'arrêt de bus soit plus proche du marché.", "fr"),
        ("Chúng tôi muốn trạm xe buýt gần chợ hơn.", "vi"),
        ("Мы хотим, чтобы остановка была ближе к рынку", "ru"),
        ("ꦱꦸꦒꦼꦁꦫꦮꦸꦃ", "jv"),
        ("ᨅᨔ ᨕᨘᨁᨗ", "bug"),
        ("ᮘᮞ ᮞᮥᮔ᮪ᮓ", "su"),
        ("정류장이 시장에 더 가까워야 합니다.", "ko"),
    ],
)
def test_identify_language_knows_the_rest_of_the_world_by_script_or_by_words(text, code):
    assert identify_language(text)[0] == code


def test_identify_language_takes_formal_and_hasty_indonesian_for_indonesian():
    formal = (
        "Pemerintah daerah wajib menyediakan sarana angkutan umum yang dapat digunakan oleh penyandang disabilitas."
    )
    hasty = "bus nya telat mulu, udah nunggu sejam gak dateng2, tolong diperbaiki dong pelayanannya"
    assert [code for code, _ in identify_languages([formal, hasty])] == ["id", "id"]


@settings(deadline=None)  # the first text loads the models
@given(st.lists(st.text(max_size=80), max_size=8))
def test_identify_languages_says_the_same_as_one_by_one(bodies):
    assert identify_languages(bodies) == [identify_language(body) for body in bodies]


def test_weights_are_small_and_know_twelve_languages():
    assert WEIGHTS.stat().st_size < 2_000_000
    assert set(letters().languages) == {*ASKED, "rej", "mui"}
    chances, _ = letters().chances([fold("Jadwal bus malam terlalu jarang"), fold("")])
    assert np.allclose(chances.sum(axis=1), 1)


def test_pieces_are_the_same_each_time_and_as_many_of_each_language():
    texts = [("jv", "Halte pasar adoh banget saka omahku, mbok ditambah siji maneh."), ("su", "Halte téh jauh pisan.")]
    made = pieces(texts, random.Random(1), each=30)
    assert made == pieces(texts[::-1], random.Random(1), each=30)
    assert [code for code, _ in made].count("jv") == [code for code, _ in made].count("su") == 30


def test_shortened_texts_have_fewer_than_forty_characters():
    draw = random.Random(1)
    assert all(len(shortened("Halte pasar adoh banget saka omahku, mbok ditambah.", draw)) < 40 for _ in range(50))


@pytest.mark.realdata
def test_texts_held_back_are_told_apart_whole_without_accents_and_short(realdata):
    held = [one for one in read_texts(realdata / "text") if part_of(one[1]) == "report"]
    draw = random.Random(20)
    short = [(code, shortened(text, draw)) for code, text in held]
    hasty = [(code, without_accents(text)) for code, text in held]
    for texts, least, most in ((held, 0.95, 0.05), (hasty, 0.95, 0.05), (short, 0.85, 0.3)):
        guesses = [code for code, _ in identify_languages([text for _, text in texts])]
        named = [(code, guess) for (code, _), guess in zip(texts, guesses, strict=True) if guess != "und"]
        shares = [[code == guess for code, guess in named if code == asked] for asked in ASKED]
        macro = sum(sum(share) / len(share) for share in shares) / len(ASKED)
        print("macro", round(macro, 3), "unsure", round(1 - len(named) / len(texts), 3))
        assert macro >= least
        assert 1 - len(named) / len(texts) <= most
