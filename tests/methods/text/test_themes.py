"""The invariants of a build of themes: ledger, quotes, order, identity, pins, minorities, cancelling."""

import json
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from methods.text import STEPS, Text, Themes, ThemeSettings, find_themes
from methods.text.stopwords import stopwords

WORDS = [
    *("halte", "pasar", "bus", "malam", "jadwal", "tarif", "pelajar", "angkot", "sopir", "kursi", "roda"),
    *("公車", "時間", "stop", "fare", "tidak", "3", "\n", ".", "!", "👍"),
]
BODIES = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(WORDS), min_size=100, max_size=250).map(" ".join),
)
CORPORA = st.lists(
    st.tuples(
        BODIES,
        st.sampled_from([None, "id", "en", "jv"]),
        st.sampled_from([None, "a", "b", "c", "d"]),
        st.sampled_from([None, "support", "oppose"]),
    ),
    max_size=25,
).map(lambda rows: [Text(f"k{number}", *row) for number, row in enumerate(rows)])


def check(found: Themes, texts: list[Text]) -> None:
    """What holds for every build."""
    by_id = {text.id: text for text in texts}
    ledger = found.coverage
    assert [place.id for place in ledger.places] == sorted(by_id)
    assert sum(ledger.counts.values()) == ledger.n == len(texts)
    themed = {key for theme in found.themes for key in theme.members}
    for place in ledger.places:
        assert (place.id in themed) == bool(place.themes)
        assert (place.place == "copy") == (place.copy_of is not None)
        assert (place.place == "left_out") == (place.reason is not None)
    assert found.unassigned == ledger.ids("unassigned")
    assert sorted(found.minority.singletons + found.minority.outliers) == list(found.unassigned)
    assert (
        len({theme.id for theme in found.themes}) == len({theme.label for theme in found.themes}) == len(found.themes)
    )
    for theme in found.themes:
        members = [by_id[key] for key in theme.members]
        assert theme.label.strip()
        assert theme.distinct_texts == len([key for key in theme.members if key not in found.copies.of])
        assert set(theme.people) == {text.author for text in members} - {None}
        assert sum(theme.languages.values()) == len(members) == theme.contributions
        assert sum(theme.stances.values()) == len([text for text in members if text.stance is not None])
        for quote in theme.quotes:
            assert quote.source in theme.members
            assert 0 <= quote.start < quote.end <= len(by_id[quote.source].body)
            assert quote.of(by_id[quote.source].body) == by_id[quote.source].body[quote.start : quote.end].strip()
        quoted = {by_id[quote.source].stance for quote in theme.quotes}
        assert set(theme.stances) <= quoted


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=CORPORA, random=st.randoms(use_true_random=False))
def test_find_themes_keeps_its_promises_on_any_input_in_any_order(texts, random):
    found = find_themes(texts)
    check(found, texts)
    shuffled = list(texts)
    random.shuffle(shuffled)
    assert find_themes(shuffled).to_json() == found.to_json()


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=CORPORA, data=st.data())
def test_the_same_texts_built_again_keep_their_themes_and_pins(texts, data):
    first = find_themes(texts)
    again = find_themes(texts, previous=first)
    assert [(theme.id, theme.members) for theme in again.themes] == [(t.id, t.members) for t in first.themes]
    places = st.sampled_from(["t-new", *(theme.id for theme in first.themes)])
    wordy = [place.id for place in first.coverage.places if place.place not in {"left_out", "copy"}]
    pins = data.draw(st.dictionaries(st.sampled_from(wordy), places, max_size=4)) if wordy else {}
    pinned = find_themes(texts, previous=first, pins=pins)
    check(pinned, texts)
    rebuilt = find_themes(texts, previous=pinned, pins=pins)
    assert [(theme.id, theme.members) for theme in rebuilt.themes] == [(t.id, t.members) for t in pinned.themes]
    for found in (pinned, rebuilt):
        members = {theme.id: theme.members for theme in found.themes}
        assert [key for key, theme in pins.items() if key not in members[theme]] == []


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 12, 30])
def test_find_themes_is_sensible_for_few_comments(bus, count):
    found = find_themes(bus[:count])
    check(found, bus[:count])
    assert len(found.themes) <= count // 2


def test_find_themes_names_what_people_speak_of(bus):
    found = find_themes(bus)
    home = {place.id: place.themes for place in found.coverage.places}
    assert home["c11"] == home["c12"] == home["c14"] != home["c17"] == home["c18"]
    assert home["c30"] == ()
    assert "c30" in found.minority.singletons
    labels = {theme.id: theme.label for theme in found.themes}
    assert "tarif" in labels[home["c12"][0]]
    assert "angkot" in labels[home["c17"][0]]
    stop = stopwords("id")
    assert not [label for label in labels.values() if all(word in stop for word in label.replace(",", "").split())]


def test_find_themes_quotes_every_stance_and_language(bus):
    by_id = {text.id: text for text in bus}
    for theme in find_themes(bus).themes:
        assert {by_id[quote.source].stance for quote in theme.quotes} == set(theme.stances)
        assert {by_id[quote.source].language for quote in theme.quotes} == set(theme.languages)


def test_find_themes_counts_copies_with_their_original(bus):
    copied = [Text(f"x{number}", f" {bus[11].body.upper()} ", "id", f"v{number}", "dukung") for number in range(9)]
    found = find_themes(bus + copied)
    places = {place.id: place for place in found.coverage.places}
    assert found.coverage.counts["copy"] == 9
    assert {places[text.id].copy_of for text in copied} == {"c12"}
    assert {places[text.id].themes for text in copied} == {places["c12"].themes}
    theme = next(theme for theme in found.themes if theme.id in places["c12"].themes)
    assert theme.contributions - theme.distinct_texts == 9


def test_find_themes_leaves_out_with_a_reason_only_what_has_no_words(bus):
    odd = [Text("e", " \n "), Text("l", "https://contoh.id/x"), Text("m", "👍👍 @warga")]
    found = find_themes(bus + odd)
    assert found.coverage.ids("left_out") == ("e", "l", "m")
    assert dict(found.coverage.reasons) == {"empty": 1, "no_words": 2}


def test_find_themes_puts_a_long_contribution_into_several_themes(bus):
    long = "\n\n".join(" ".join(text.body for text in bus[start : start + 5]) for start in (0, 5, 10, 15))
    found = find_themes([*bus, Text("z", long, "id", "lembaga", "dukung")])
    place = next(place for place in found.coverage.places if place.id == "z")
    assert len(place.themes) >= 3


def test_find_themes_is_not_led_by_one_author(bus):
    places = ("Melati", "Mawar", "Kenanga", "Anggrek", "Dahlia", "Teratai", "Cempaka", "Flamboyan", "Kamboja", "Seruni")
    things = ("mesin", "klakson", "rem", "knalpot", "roda", "kaca", "pintu", "musik", "sopir", "penumpang")
    bodies = [f"Saya menolak bus lewat jalan {place}, {thing} terlalu bising" for place in places for thing in things]
    flood = [Text(f"s{number:03}", body, "id", "one", "keberatan") for number, body in enumerate(bodies)]
    found = find_themes(bus + flood)
    ranks = [(theme.contributors, theme.distinct_texts) for theme in found.themes]
    assert ranks == sorted(ranks, reverse=True)
    assert "one" not in found.themes[0].people or found.themes[0].contributors > 4
    assert not [theme.label for theme in found.themes if "bising" in theme.label and theme.contributors > 1]
    home = {place.id: place.themes for place in found.coverage.places}
    assert home["c11"] == home["c12"] == home["c14"] != home["c17"] == home["c18"]


def test_find_themes_keeps_ids_when_comments_are_added(bus):
    before = find_themes(bus[:28])
    after = find_themes(bus, previous=before)
    kept = {theme.id for theme in before.themes} & {theme.id for theme in after.themes}
    assert len(kept) >= len(before.themes) - 1
    members = {theme.id: set(theme.members) for theme in before.themes}
    for theme in after.themes:
        if theme.id in kept:
            best = max(members, key=lambda name: len(members[name] & set(theme.members)))
            assert best == theme.id


def test_find_themes_obeys_pins_and_moves_copies_with_them(bus):
    first = find_themes(bus)
    target = next(theme.id for theme in first.themes if "c12" in theme.members)
    texts = [*bus, Text("c30b", bus[29].body, "id", "z", "dukung")]
    found = find_themes(texts, previous=first, pins={"c30b": target, "c29": "t-new", "nobody": "t-void"})
    check(found, texts)
    themes = {theme.id: theme for theme in found.themes}
    assert {"c30", "c30b", "c12"} <= set(themes[target].members)
    assert themes["t-new"].members == ("c29",)
    assert "t-void" not in themes


def test_find_themes_shows_rare_stances_and_languages(bus):
    texts = [*bus, Text("q", "Apakah bus boleh membawa sepeda?", "id", "q", "pertanyaan")]
    lens = find_themes(texts).minority
    assert dict(lens.stances) == {"pertanyaan": ("q",)}
    assert dict(lens.languages) == {"en": ("c25", "c26", "c27"), "jv": ("c28",)}


def test_find_themes_tells_progress_and_can_be_cancelled(bus):
    heard: list[tuple[str, float]] = []
    find_themes(bus, progress=lambda step, share: heard.append((step, share)))
    assert list(dict.fromkeys(step for step, _ in heard)) == list(STEPS)
    shares = [share for _, share in heard]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)

    def cancel(step: str, share: float) -> None:
        if step == "groups":
            raise InterruptedError(step)

    with pytest.raises(InterruptedError):
        find_themes(bus, progress=cancel)


def test_find_themes_refuses_two_texts_with_one_id(bus):
    with pytest.raises(ValueError, match="c01"):
        find_themes([*bus, bus[0]])


def test_fingerprint_changes_with_input_settings_and_pins(bus):
    prints = {
        find_themes(bus).fingerprint,
        find_themes(bus[1:]).fingerprint,
        find_themes(bus, settings=ThemeSettings(quotes=2)).fingerprint,
        find_themes(bus, pins={"c01": "t-x"}).fingerprint,
    }
    assert len(prints) == 4
    found = json.loads(find_themes(bus).to_json())
    assert found["settings"]["quotes"] == 5
    assert set(found["versions"]) == {"method", "embedder", "numpy", "scipy", "scikit-learn", "RapidFuzz"}


@pytest.mark.parametrize("seed", ["1", "2"])
def test_bytes_are_the_same_in_processes_that_order_sets_otherwise(bus, seed):
    script = (
        "import sys, json; from methods.text import Text, find_themes;"
        "found = find_themes([Text(*row) for row in json.load(sys.stdin)]);"
        "print(hash('halte'), found.fingerprint, found.to_json())"
    )
    rows = json.dumps([[t.id, t.body, t.language, t.author, t.stance] for t in reversed(bus)])
    environment = os.environ | {"PYTHONHASHSEED": seed}
    there = subprocess.run(
        [sys.executable, "-c", script], input=rows, env=environment, capture_output=True, text=True, check=True
    )
    order, fingerprint, made = there.stdout.strip().split(" ", 2)
    here = find_themes(bus)
    assert int(order) != hash("halte")
    assert (fingerprint, made) == (here.fingerprint, here.to_json())


def test_importing_the_package_loads_nothing_heavy():
    script = "import sys, methods.text; print(sorted({'numpy', 'scipy', 'sklearn', 'rapidfuzz'} & set(sys.modules)))"
    there = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == "[]"


def test_find_themes_shows_a_lone_voice_that_a_theme_would_swallow():
    texts = [
        Text(f"b{number:03}", f"Jadwal bus malam jalur {number} terlalu jarang, tolong ditambah.", "id", f"a{number}")
        for number in range(60)
    ]
    bees = "Jadwal bus malam tidak saya pakai; lebah madu saya mati sejak penyemprotan nyamuk."
    texts.append(Text("lone", bees, "id", "z"))
    found = find_themes(texts, settings=ThemeSettings(assign_above=0.0))
    check(found, texts)
    assert found.minority.lonely[0] == "lone"
    assert "lone" not in found.unassigned


def test_own_texts_do_not_make_a_voice_less_lonely():
    texts = [
        Text(f"b{number:03}", f"Jadwal bus malam jalur {number} terlalu jarang, tolong ditambah.", "id", f"a{number}")
        for number in range(98)
    ]
    texts += [
        Text("lone1", "Jadwal bus malam tidak saya pakai; lebah madu mati sejak penyemprotan nyamuk.", "id", "z"),
        Text("lone2", "Penyemprotan nyamuk mematikan lebah madu; jadwal bus malam tidak saya pakai.", "id", "z"),
    ]
    found = find_themes(texts, settings=ThemeSettings(assign_above=0.0))
    assert {"lone1", "lone2"} <= {*found.minority.lonely[:2], *found.minority.singletons}


class Given:
    """An embedder that was told every vector."""

    name, version, keeps = "given", "1", False

    def __init__(self, vectors: dict[str, np.ndarray]) -> None:
        self.vectors = vectors

    def embed(self, bodies, languages):
        return np.array([self.vectors[body] for body in bodies], dtype=np.float32)


def test_the_lens_is_not_filled_with_scraps_nor_with_what_two_people_send():
    draw, bodies = np.random.default_rng(20), {}
    for number in range(90):
        bodies[f"Jadwal bus malam jalur {number} terlalu jarang."] = [1, 0.4, 0, *draw.normal(0, 0.1, 20)]
    for number, word in enumerate(
        ["kucing", "hujan", "topi", "kopi", "jeruk", "sepatu", "gitar", "layang", "pisau", "awan", "tikar", "sabun"]
    ):
        bodies[f"{word.capitalize()}!"] = np.eye(23)[3 + number] + 0.01
    bees = "Lebah madu saya mati sejak penyemprotan nyamuk siang hari; semprotlah sesudah matahari terbenam."
    bats = "Kelelawar di gua kapur memakan wereng sawah; peledakan tambang akan mengusir koloninya dari sana."
    bodies[bees], bodies[bats] = [0.3, 0, 1, *([0.1] * 20)], [0.3, 0, -1, *([0.1] * 20)]
    texts = [Text(f"k{number:03}", body, "id", f"a{number}") for number, body in enumerate(bodies)]
    texts.append(Text("again", bats, "id", "z"))
    vectors = {body: np.array(row) / np.linalg.norm(row) for body, row in bodies.items()}
    found = find_themes(texts, embedder=Given(vectors), settings=ThemeSettings(assign_above=0.0))
    check(found, texts)
    by_body = {text.body: text.id for text in texts[:-1]}
    assert by_body[bees] in found.minority.lonely
    assert by_body[bats] not in found.minority.lonely
    assert len(found.minority.lonely) == 10
