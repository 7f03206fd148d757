"""Samples of real and public texts: every contribution has its place, and the groups are worth an editor's time.

What the methods reach on all of them is measured by bench/themes_quality.py.
"""

import random

import pytest
from sklearn.metrics import v_measure_score

from methods.text import Text, TfidfEmbedder, Themes, find_themes, identify_language

pytestmark = pytest.mark.realdata


def agreement(found: Themes, truth: dict[str, str]) -> float:
    """V-measure of each text's first theme with what it is known to be about."""
    first = {place.id: place.themes[0] if place.themes else "" for place in found.coverage.places}
    return float(v_measure_score(list(truth.values()), [first[key] for key in truth]))


def sample(rows: list, most: int) -> list:
    """At most `most` of the rows, the same in every run."""
    return random.Random(1).sample(rows, min(most, len(rows)))


def quotes_are_exact(found: Themes, texts: list[Text]) -> bool:
    by_id = {text.id: text.body for text in texts}
    quotes = [quote for theme in found.themes for quote in theme.quotes]
    return all(by_id[q.source][q.start : q.end].strip() == q.of(by_id[q.source]) != "" for q in quotes)


def test_polis_statements_all_have_their_place(polis):
    for name, every in polis.items():
        texts = sample(every, 160)
        found = find_themes(texts)
        counts = found.coverage.counts
        print(name, dict(counts), [theme.label for theme in found.themes])
        assert sum(counts.values()) == len(texts)
        assert 4 <= len(found.themes) <= 20
        assert counts["themed"] >= 0.5 * len(texts)
        assert quotes_are_exact(found, texts)
    chinese = find_themes(sample(polis["vtaiwan.uberx"], 160))
    assert {max(theme.languages, key=lambda code: theme.languages[code]) for theme in chinese.themes} == {"zh"}


def test_hotel_reviews_group_by_aspect(hoasa):
    every, known = hoasa
    texts = sample(every, 600)
    aspects = {text.id: known[text.id] for text in texts if text.id in known}
    value = agreement(find_themes(texts), aspects)
    print("hoasa V", round(value, 3), "on", len(aspects))
    assert value > 0.3


def test_paragraphs_of_five_languages_group_by_topic_not_by_language(nusa):
    rows = [row for code in ("bew", "jav", "mad", "min", "sun") for row in sample(nusa[code], 60)]
    found = find_themes([text for text, _ in rows])
    topic = agreement(found, {text.id: label for text, label in rows})
    language = agreement(found, {text.id: text.language for text, _ in rows})
    print("nusaparagraph V(topic)", round(topic, 3), "V(language)", round(language, 3))
    assert topic > 0.2
    assert language < 0.2


def test_english_answers_group_by_theme(gambling):
    texts, themes = gambling
    found = find_themes(texts)
    value = agreement(found, themes)
    print("themefinder V", round(value, 3), [theme.label for theme in found.themes])
    assert value > 0.15
    assert quotes_are_exact(found, texts)


def test_identify_language_tells_javanese_sundanese_and_indonesian_apart(nusa, smsa):
    for code, texts in (("jv", nusa["jav"]), ("su", nusa["sun"]), ("id", [(text, "") for text in smsa[:400]])):
        right = sum(identify_language(text.body)[0] == code for text, _ in texts) / len(texts)
        print("language", code, right)
        assert right > 0.9


def test_many_short_texts_have_each_a_place(smsa):
    texts = sample(smsa, 700)
    found = find_themes(texts)
    print(len(texts), "texts:", len(found.themes), "themes", dict(found.coverage.counts))
    assert sum(found.coverage.counts.values()) == len(texts)


def test_languages_without_common_words_are_not_thrown_together(polis, smsa):
    texts = [Text(f"e{text.id}", text.body, "en") for text in polis["scoop-hivemind.biodiversity"]]
    texts += [Text(f"z{text.id}", text.body, "zh") for text in polis["vtaiwan.uberx"]]
    texts += [Text(f"i{text.id}", text.body, "id") for text in smsa[:300]]
    found = find_themes(texts, embedder=TfidfEmbedder())  # the encoder knows words by meaning and may join languages
    assert {code for theme in found.themes for code in theme.languages} == {"en", "id", "zh"}
    assert [theme.label for theme in found.themes if len(theme.languages) > 1] == []
