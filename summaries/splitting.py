"""Groups that the method sees inside one theme: a proposal for those who may split it. Writes nothing."""

from dataclasses import dataclass

from summaries.actions.embedding import kept_vectors
from summaries.models import Theme
from summaries.sources import find

MOST = 1500  # distinct texts that are compared while somebody waits
PARTS = 6


@dataclass(frozen=True)
class Part:
    """One group: its key, a name, how many texts and contributors, some words of people, its contributions."""

    key: str
    label: str
    texts: int
    contributors: int
    quotes: tuple[str, ...]
    sources: tuple[str, ...]


def propose(theme: Theme) -> list[Part]:
    """The groups in `theme`, the biggest first; fewer than two mean that the method sees nothing to split.

    Deterministic, so that the form that comes back means what was shown. Of a very large theme the first texts only.
    """
    from methods.text import Text, ThemeSettings, default_embedder, find_themes

    rows = {row.source_key: row for row in theme.citations.filter(copy_of="").order_by("source_key")[:MOST]}
    said = find(theme.build.consultation, rows)
    texts = []
    for key, one in said.items():
        row = rows[key]
        texts.append(Text(key, one.body, row.language or None, str(row.person_id or "") or None, row.stance or None))
    if len(texts) < 4:
        return []
    kept = kept_vectors(bodies=(one.body for one in said.values()), encoder=default_embedder())
    chosen = ThemeSettings(most_clusters=PARTS, merge_above=0.8, quotes=2)
    found = find_themes(texts, settings=chosen, vectors=kept)
    if len(found.themes) < 2:
        return []
    return [
        Part(
            key=one.id,
            label=one.label,
            texts=one.distinct_texts,
            contributors=one.contributors,
            quotes=tuple(quote.of(said[quote.source].body) for quote in one.quotes[:2]),
            sources=one.members,
        )
        for one in found.themes[:PARTS]
    ]
