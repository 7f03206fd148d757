"""The names by which others call the text methods, exactly as they were promised, and what strange input gives."""

import inspect
import random
from dataclasses import FrozenInstanceError, fields

import pytest

from methods.text import (
    Copies,
    Embedder,
    SentenceEncoder,
    Text,
    TfidfEmbedder,
    Themes,
    ThemeSettings,
    find_copies,
    find_themes,
    identify_language,
    identify_languages,
)

BOTH = pytest.mark.parametrize("embedder", [SentenceEncoder(), TfidfEmbedder()], ids=["encoder", "tfidf"])


def test_find_themes_is_called_and_answers_as_promised(bus):
    signature = inspect.signature(find_themes)
    assert list(signature.parameters)[:4] == ["texts", "previous", "pins", "settings"]
    assert signature.parameters["settings"].default == ThemeSettings()
    found = find_themes(bus, previous=None, pins=None, settings=ThemeSettings())
    assert isinstance(found, Themes)
    bodies = {text.id: text.body for text in bus}
    for theme in found.themes:
        assert isinstance(theme.id, str)
        assert isinstance(theme.label, str)
        assert all(isinstance(phrase, str) for phrase in theme.phrases)
        assert set(theme.members) <= set(bodies)
        assert set(theme.people) <= {text.author for text in bus}
        assert sum(theme.stances.values()) == sum(theme.languages.values()) == len(theme.members)
        assert isinstance(theme.minority, bool)
        for quote in theme.quotes:
            assert bodies[quote.source][quote.start : quote.end] == quote.of(bodies[quote.source]) != ""
    assert set(found.unassigned) <= set(bodies)
    assert isinstance(found.copies, Copies)
    assert sum(found.coverage.counts.values()) == len(bus)
    assert found.settings == ThemeSettings()
    assert len(found.fingerprint) == 64


def test_text_is_frozen_and_needs_an_id_and_a_body_only():
    assert [field.name for field in fields(Text)] == ["id", "body", "language", "author", "stance"]
    text = Text("1", "Halte jauh.")
    assert (text.language, text.author, text.stance) == (None, None, None)
    with pytest.raises(FrozenInstanceError):
        text.body = "Halte dekat."


def test_find_copies_and_identify_language_answer_as_promised():
    copies = find_copies([Text("1", "Tambah halte di pasar"), Text("2", "tambah halte di pasar!"), Text("3", "Bus")])
    assert (copies.n, copies.distinct, dict(copies.of)) == (3, 2, {"2": "1"})
    code, confidence = identify_language("Jadwal bus malam ini tidak pernah pasti.")
    assert (code, 0.5 < confidence <= 1) == ("id", True)


@BOTH
def test_embedders_give_a_row_for_each_text_and_say_who_they_are(embedder: Embedder):
    rows = embedder.embed(["Halte jauh dari pasar", "Halte pasar dekat", ""], ["id", "id", "id"])
    assert rows.shape[0] == 3
    assert not rows[2].any()
    assert embedder.embed([], []).shape[0] == 0
    assert embedder.name
    assert embedder.version


@BOTH
def test_a_vector_of_the_encoder_does_not_depend_on_its_neighbours(embedder: Embedder):
    bodies = ["Halte pasar terlalu jauh.", "Bus malam jarang.", "Tarif naik lagi tahun ini, berat bagi pelajar."]
    together = embedder.embed(bodies, ["id"] * 3)
    if embedder.keeps:
        assert all((embedder.embed([body], ["id"])[0] == row).all() for body, row in zip(bodies, together, strict=True))


def found(texts, embedder) -> Themes:
    """A build whose ledger adds up and whose quotes are slices."""
    themes = find_themes(texts, embedder=embedder)
    assert sum(themes.coverage.counts.values()) == len(texts)
    bodies = {text.id: text.body for text in texts}
    assert all(q.of(bodies[q.source]) for theme in themes.themes for q in theme.quotes)
    return themes


@BOTH
def test_nothing_one_text_and_equal_texts_give_clear_results(embedder):
    assert found([], embedder).themes == ()
    assert found([Text("1", "Halte jauh.")], embedder).unassigned == ("1",)
    same = found([Text(str(number), "Tambah halte di pasar.", author=f"a{number}") for number in range(200)], embedder)
    assert [len(theme.members) for theme in same.themes] == [200]
    assert same.copies.distinct == 1


@BOTH
def test_texts_that_say_the_same_with_other_figures_are_one_theme_and_no_copies(embedder):
    texts = [Text(str(number), f"Halte pasar nomor {number} terlalu jauh dari rumah warga") for number in range(60)]
    themes = found(texts, embedder)
    assert themes.copies.distinct == 60
    assert themes.unassigned == ()


@BOTH
@pytest.mark.parametrize(
    "body",
    [
        "👍🏽👨‍👩‍👧 {}",
        "Halte\x00 pasar\x00 jauh {}",
        "Halte \ud800pasar jauh {}\udfff",
        "\u202eHalte pasar jauh {}\u200b",
        "{}",
        "السلام عليكم {}",
    ],
)
def test_signs_that_nobody_expects_have_their_place(embedder, body):
    themes = found([Text(str(number), body.format(number)) for number in range(30)], embedder)
    assert themes.to_json()
    assert not [theme.label for theme in themes.themes if set(theme.label) & set("\x00\u202e\ud800\udfff\n")]


@BOTH
def test_languages_that_nobody_knows_are_taken_as_they_are_told(embedder):
    draw = random.Random(1)
    codes = [None, "", "xx", "tlh", "id-ID", "jav", "ZZZ", "q" * 100]
    themes = found([Text(str(n), f"Halte {n} jauh dari pasar kota", draw.choice(codes)) for n in range(80)], embedder)
    assert set().union(*(theme.languages for theme in themes.themes)) >= {"xx", "tlh", "id-ID"}


@BOTH
def test_a_thousand_single_words_do_not_become_hundreds_of_themes(embedder):
    draw = random.Random(1)
    words = ["".join(draw.choices("bcdfgklmnprst", k=2)) + "a" + draw.choice("nmkt") + str(n % 7) for n in range(300)]
    themes = found([Text(str(number), draw.choice(words)) for number in range(1000)], embedder)
    assert len(themes.themes) <= 2 * ThemeSettings().most_clusters


@pytest.mark.parametrize(
    "body",
    [
        "Halte pasar terlalu jauh dari rumah warga, jadwal bus malam tidak pasti. " * 14_000,
        "a" * 1_000_000,
        "." * 1_000_000 + "x",
        "a." * 500_000 + " @x",
        "\n \n" * 333_000 + "akhir",
        "kata" + " " * 1_000_000 + "akhir",
        "公車時間" * 80_000,
        "!? " * 333_000,
    ],
    ids=["sentences", "letter", "dots", "address", "blank lines", "spaces", "chinese", "marks"],
)
def test_a_megabyte_in_one_text_is_read_in_good_time(body):
    texts = [Text("1", body), Text("2", "Halte pasar jauh"), Text("3", "Jadwal bus malam tidak pasti")]
    assert found(texts, TfidfEmbedder()).coverage.n == 3


def test_what_is_no_text_is_refused_with_its_reason():
    with pytest.raises(TypeError, match="the body of a text must be a string, not NoneType"):
        Text("1", None)
    with pytest.raises(TypeError, match="the id of a text"):
        Text(1, "Halte")
    with pytest.raises(TypeError, match="the stance of a text"):
        Text("1", "Halte", stance=-1)
    for work in (find_copies, find_themes):
        with pytest.raises(TypeError, match="a contribution must be a Text, not str"):
            work(["Halte jauh."])
        with pytest.raises(ValueError, match="two texts have the id '1'"):
            work([Text("1", "Halte jauh."), Text("1", "Bus malam.")])
    for work in (identify_language, identify_languages):
        with pytest.raises(TypeError, match="strings"):
            work(None if work is identify_language else "Halte")


@pytest.mark.parametrize("wrong", [{"quotes": 0}, {"most_clusters": 1}, {"merge_above": 1.5}, {"seed": -1}])
def test_settings_that_no_build_could_follow_are_refused(wrong):
    with pytest.raises(ValueError, match=f"{next(iter(wrong))} must lie between"):
        ThemeSettings(**wrong)
