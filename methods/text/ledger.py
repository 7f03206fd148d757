"""The coverage ledger and the minority lens: where every contribution stands, and what averages would hide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from methods.text.corpus import Corpus, rare
from methods.text.lonely import lens_size
from methods.text.model import UNSURE, Coverage, Minority, Place, Theme, ThemeSettings
from methods.text.portraits import Belonging, extent


def coverage_of(corpus: Corpus, themes: Sequence[Theme], named: Mapping[str, Belonging]) -> Coverage:
    """One place for each of the n contributions."""
    order = {theme.id: rank for rank, theme in enumerate(themes)}
    homes: dict[str, list[tuple[float, int, str]]] = defaultdict(list)
    for name, members in named.items():
        for source, pieces in members.items():
            homes[source].append((-extent(pieces), order[name], name))
    themed = {source: tuple(name for *_, name in sorted(found)) for source, found in homes.items()}
    of = corpus.copies.of
    places = []
    for key in sorted({*corpus.texts, *corpus.left_out}):
        if key in corpus.left_out:
            places.append(Place(key, "left_out", reason=corpus.left_out[key]))
        elif key in of:
            places.append(Place(key, "copy", themes=themed.get(of[key], ()), copy_of=of[key]))
        elif key in themed:
            places.append(Place(key, "themed", themes=themed[key]))
        else:
            places.append(Place(key, "unassigned"))
    return Coverage(corpus.n, tuple(places))


def minority_of(
    corpus: Corpus,
    unassigned: Sequence[str],
    alone: Collection[str],
    lonely: Sequence[str],
    settings: ThemeSettings,
) -> Minority:
    """What stands alone, what is far from every theme, and who holds a rare stance or writes a rare language.

    Of `lonely`, the loneliest first, so many are shown as `lens_size` says, all of them in themes.
    """
    apart = set(unassigned)
    shown = lens_size(corpus.copies.distinct, settings.lonely_share)
    return Minority(
        singletons=tuple(key for key in unassigned if key in alone),
        outliers=tuple(key for key in unassigned if key not in alone),
        lonely=tuple(key for key in lonely if key not in apart)[:shown],
        stances=rare(((text.stance, key) for key, text in corpus.texts.items()), settings.rare_share),
        languages=rare(
            ((code if code != UNSURE else None, key) for key, code in corpus.languages.items()),
            settings.rare_share,
        ),
    )
