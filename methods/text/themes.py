"""Gathers contributions into themes: a draft for a human editor, in which every contribution has its place.

The pipeline: normalise, copies, passages, vectors, clusters, labels, quotes, ledger. Promises:
the same input gives the same bytes in any order; the ledger adds up to n; every quote is a slice of its
source. Refuses to call a theme a finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from methods.text import corpus as corpora
from methods.text.corpus import Corpus
from methods.text.groups import group
from methods.text.identity import keep_ids
from methods.text.keeping import vectors_of
from methods.text.ledger import coverage_of, minority_of
from methods.text.lonely import find_lonely
from methods.text.mixing import blend, centre_languages
from methods.text.model import Progress, Text, Theme, Themes, ThemeSettings, in_order
from methods.text.portraits import Belonging, portray
from methods.text.sentences import default_embedder
from methods.text.vectors import Embedder, TfidfEmbedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STEPS = ("copies", "vectors", "groups", "labels", "quotes", "coverage")
Key = str | int | tuple[str, str]
"""What a group is known by until it has its id: that id where an editor pinned it, a number, or its campaign."""

CAMPAIGN = 3  # a text repeated by this many contributions is a theme even where nothing else is like it


def find_themes(
    texts: Iterable[Text],
    *,
    previous: Themes | Mapping[str, Collection[str]] | None = None,
    pins: Mapping[str, str] | None = None,
    settings: ThemeSettings = ThemeSettings(),  # noqa: B008 (frozen)
    embedder: Embedder | None = None,
    vectors: Mapping[str, bytes] | None = None,
    progress: Progress | None = None,
) -> Themes:
    """Themes, unassigned contributions, copies and the ledger of `texts`.

    `previous` is the last build (or theme id -> members), whose ids are kept; `pins` maps a contribution's id
    to the theme where an editor put it, which holds against the machine. `embedder` is the sentence encoder where
    it is installed, else TF-IDF; `vectors` holds what was kept of it (see `keeping`), the rest is made now.
    `progress(step, share)` hears of each of `STEPS` and may raise to cancel. Raises TypeError where a contribution
    is no `Text`, ValueError where two share an id.
    """
    encoder = embedder or default_embedder()
    tell = progress or (lambda step, share: None)
    ordered = in_order(texts)
    before = {theme.id: theme.members for theme in previous.themes} if isinstance(previous, Themes) else previous or {}
    used = corpora.versions(f"{encoder.name} {encoder.version}")
    mark = corpora.fingerprint(ordered, settings, used, before, pins or {})
    with _one_thread():
        tell("copies", 0.0)
        corpus = corpora.prepare(ordered)
        fixed = _spread(pins or {}, corpus)
        tell("vectors", 0.25)
        rows, width = _vectors(corpus, encoder, vectors or {}, lambda share: tell("vectors", 0.25 + 0.2 * share))
        lonely = find_lonely(corpus, rows[:, :width], settings.lonely_share)
        _take_languages_away(corpus, encoder, rows, width)
        tell("groups", 0.55)
        belonging, alone = _belonging(corpus, rows, fixed, settings)
        del rows  # the greatest thing in memory
        named = _named(belonging, before, fixed, corpus, settings)
        tell("labels", 0.7)
        themes = portray(corpus, named, settings, lambda share: tell("quotes", 0.7 + 0.25 * share))
        tell("coverage", 0.95)
        built = _assemble(corpus, themes, named, alone, lonely, settings, used, mark)
    tell("coverage", 1.0)
    return built


def _one_thread() -> AbstractContextManager[object]:
    """One thread for all arithmetic: sums come in one order, and the same input gives the same bytes."""
    import sklearn.cluster  # noqa: F401 (the limit reaches only libraries that are loaded by then)
    from threadpoolctl import threadpool_limits

    limits: AbstractContextManager[object] = threadpool_limits(1)
    return limits


def _spread(pins: Mapping[str, str], corpus: Corpus) -> dict[str, str]:
    """Pins by original: a copy stands with its original, so a pin on either moves both (the original's wins)."""
    of = corpus.copies.of
    fixed: dict[str, str] = {}
    for key in sorted(pins):
        if key in corpus.texts and key in of:
            fixed.setdefault(of[key], pins[key])
    fixed.update({key: pins[key] for key in pins if key in corpus.texts and key not in of})
    return fixed


def _vectors(
    corpus: Corpus, encoder: Embedder, kept: Mapping[str, bytes], tell: Callable[[float], None]
) -> tuple[NDArray[np.float16], int]:
    """The vectors of all passages as the embedder gives them, one row each, and how many numbers each has.

    Beside those of an encoder stand those of the corpus's own words. `tell` hears the share done.
    """
    import numpy as np

    if not corpus.passages:
        return np.zeros((0, 1), dtype=np.float16), 1
    spoken = [corpus.spoken[piece.source] for piece in corpus.passages]
    plains = [piece.plain for piece in corpus.passages]
    if isinstance(encoder, TfidfEmbedder):
        rows = encoder.embed_words(corpus.words, spoken)
        return rows, rows.shape[1]
    beside = TfidfEmbedder().embed_words(corpus.words, spoken) if encoder.keeps else None
    rows = vectors_of(plains, spoken, encoder, kept, tell, beside)
    return rows, rows.shape[1] - (0 if beside is None else beside.shape[1])


def _take_languages_away(corpus: Corpus, encoder: Embedder, rows: NDArray[np.float16], width: int) -> None:
    """Leaves in `rows` that by which passages are grouped: without what their language alone says."""
    spoken = [corpus.spoken[piece.source] for piece in corpus.passages]
    if not spoken:
        return
    if encoder.keeps:
        blend(rows, width, spoken)
    else:
        centre_languages(rows, spoken)


def _belonging(
    corpus: Corpus, vectors: NDArray[np.float16], fixed: Mapping[str, str], settings: ThemeSettings
) -> tuple[dict[Key, Belonging], set[str]]:
    """Group key -> original -> its passages there with their nearness; the originals that stand alone."""
    import numpy as np

    voices: dict[str, int] = defaultdict(int)
    speakers = [corpus.texts[piece.source].author or f"\x00{piece.source}" for piece in corpus.passages]
    for speaker in speakers:
        voices[speaker] += 1
    weights = np.array([voices[speaker] ** -0.5 for speaker in speakers])
    labels, nearness = group(vectors, weights, settings)
    groups: dict[Key, Belonging] = defaultdict(dict)
    for piece, label, near in zip(corpus.passages, labels.tolist(), nearness.tolist(), strict=True):
        key = fixed.get(piece.source, label)
        if key != -1:
            groups[key].setdefault(piece.source, []).append((piece.span, max(near, 0.0)))
    placed = {source for members in groups.values() for source in members}
    campaigns = _campaigns(corpus, placed, settings.most_clusters)
    for piece in corpus.passages:
        if piece.source in campaigns:
            groups["campaign", piece.source].setdefault(piece.source, []).append((piece.span, 1.0))
    small = [
        key
        for key, members in groups.items()
        if not isinstance(key, str) and sum(len(corpus.with_copies(source)) for source in members) < 2
    ]
    alone = {source for key in small for source in groups.pop(key)}
    alone.update(piece.source for piece, near in zip(corpus.passages, nearness.tolist(), strict=True) if near <= 0)
    return dict(groups), alone


def _campaigns(corpus: Corpus, placed: Collection[str], most: int) -> set[str]:
    """Originals outside all groups that are often repeated: at most so many, those of most people first."""
    voices: dict[str, int] = {}
    for source in sorted(corpus.groups.keys() - placed):
        ids = corpus.with_copies(source)
        if len(ids) >= CAMPAIGN:
            voices[source] = len({corpus.texts[each].author or f"\x00{each}" for each in ids})
    return set(sorted(voices, key=lambda source: (-voices[source], source))[:most])


def _named(
    groups: Mapping[Key, Belonging],
    before: Mapping[str, Collection[str]],
    fixed: Mapping[str, str],
    corpus: Corpus,
    settings: ThemeSettings,
) -> dict[str, Belonging]:
    """Groups under their lasting ids; those that only pins made join the theme whose id they bear."""
    pinned = {each for source in fixed for each in corpus.with_copies(source)}
    past: dict[str, set[str]] = {name: set() for name in fixed.values()}
    past.update({name: set(ids) - pinned for name, ids in before.items()})
    found = sorted((key for key in groups if not isinstance(key, str)), key=lambda key: sorted(groups[key]))
    members = [[each for source in groups[key] for each in corpus.with_copies(source)] for key in found]
    ids = keep_ids(members, past, settings.same_theme_above)
    named: dict[str, Belonging] = {name: dict(groups[key]) for name, key in zip(ids, found, strict=True)}
    for key, belonging in groups.items():
        if isinstance(key, str):
            named.setdefault(key, {}).update(belonging)
    return named


def _assemble(
    corpus: Corpus,
    themes: tuple[Theme, ...],
    named: Mapping[str, Belonging],
    alone: Collection[str],
    lonely: Sequence[str],
    settings: ThemeSettings,
    used: Mapping[str, str],
    mark: str,
) -> Themes:
    """The build from its parts."""
    coverage = coverage_of(corpus, themes, named)
    unassigned = coverage.ids("unassigned")
    return Themes(
        themes=themes,
        unassigned=unassigned,
        copies=corpus.copies,
        coverage=coverage,
        minority=minority_of(corpus, unassigned, alone, lonely, settings),
        settings=settings,
        embedder=used["embedder"],
        versions=dict(used),
        fingerprint=mark,
    )
