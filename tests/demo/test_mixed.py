"""The large mixed corpus: the same each time, with its petitions, its minority and its many languages."""

from collections import Counter
from pathlib import Path

import pytest

from demo.mixed import PEOPLE, SENDERS, SENT, MixedCorpus, mixed_corpus

pytestmark = pytest.mark.realdata


@pytest.fixture(scope="module")
def corpus(realdata: Path) -> MixedCorpus:
    return mixed_corpus(3_000, folder=realdata)


def test_mixed_corpus_is_the_same_each_time(corpus, realdata):
    assert mixed_corpus(3_000, folder=realdata) == corpus


def test_mixed_corpus_holds_petitions_from_as_many_people_as_it_says(corpus):
    authors = {text.id: text.author for text in corpus.texts}
    assert tuple(map(len, corpus.petitions)) == SENT
    assert tuple(len({authors[key] for key in ids}) for ids in corpus.petitions) == SENDERS
    assert sum(SENT) == 300


def test_mixed_corpus_has_twelve_minority_texts_by_twelve_people(corpus):
    texts = [text for text in corpus.texts if text.id in corpus.minority]
    assert len(corpus.minority) == len({text.author for text in texts}) == 12
    others = Counter(text.stance for text in corpus.texts if text.id not in corpus.minority)
    assert set(others) == {None, "support", "oppose"}
    assert Counter(text.stance for text in texts)["question"] == 3
    assert Counter(text.language for text in texts) == {"id": 9, "ja": 2, "ta": 1}


def test_mixed_corpus_mixes_twelve_languages_half_of_them_unsaid(corpus):
    said = Counter(text.language for text in corpus.texts if text.id not in corpus.minority)
    assert set(said) - {None} == {"id", "en", "jv", "su", "min", "mad", "bew", "btk", "bug", "mak", "rej", "mui"}
    assert 0.45 < said[None] / len(corpus.texts) < 0.65


def test_mixed_corpus_grows_beyond_the_texts_that_there_are(realdata):
    texts = mixed_corpus(30_000, folder=realdata).texts
    assert len(texts) == len({text.id for text in texts}) == 30_000
    assert len({text.author for text in texts}) == PEOPLE
    assert len({text.body for text in texts}) > 29_000
