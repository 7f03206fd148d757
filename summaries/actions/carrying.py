"""What people did to one summary goes on in the next: where they put contributions, names, reviews, decisions.

Themes are recognised by their keys. Writes only inside the transaction of a build.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from consultations.models import Consultation
from summaries.models import Build, Citation, Pin, Place, Theme, ThemeDecision


@dataclass
class Held:
    """Where a person put a contribution: the keys of its themes, none where it belongs into none; who, and when."""

    person: int | None
    at: datetime
    themes: list[str] = field(default_factory=list)

    def among(self, known: Collection[str], found: tuple[str, ...]) -> tuple[str, ...]:
        """Those of its themes that there are; what the method `found` where there is none of them any more."""
        kept = tuple(key for key in self.themes if key in known)
        return kept if kept or not self.themes else found


def held_by(consultation: Consultation) -> dict[str, Held]:
    """Key of each contribution that a person put somewhere → where. The first theme is that of its ledger row."""
    held: dict[str, Held] = {}
    rows = Pin.objects.filter(consultation=consultation).order_by("pk")
    for source, theme, person, at in rows.values_list("source_key", "theme_key", "person", "at"):
        one = held.setdefault(source, Held(person, at))
        if theme:
            one.themes.append(theme)
    return held


def by_original(held: Mapping[str, Held], originals: Mapping[str, str]) -> dict[str, Held]:
    """`held` by original: a copy stands where its original stands, so a pin of either holds for both."""
    found = {key: one for key, one in held.items() if key not in originals}
    for key in sorted(held.keys() & originals.keys()):
        found.setdefault(originals[key], held[key])
    return found


def members(build: Build) -> dict[str, list[str]]:
    """Key of each theme of `build` → keys of its contributions, so that the next build keeps the names."""
    found: dict[str, list[str]] = defaultdict(list)
    rows = Citation.objects.filter(build=build, place=Place.THEMED).values_list("theme__key", "source_key")
    for theme, source in rows.iterator(chunk_size=5000):
        found[theme].append(source)
    return dict(found)


def carry_words(*, before: Build | None, themes: Mapping[str, Theme], lines: Iterable[tuple[str, str]]) -> None:
    """Give `themes` the names and descriptions that people gave to those with the same keys in the build `before`.

    A review holds on where a theme has the same contributions as then: `lines` are pairs of theme and contribution.
    """
    if before is None:
        return
    now: dict[str, set[str]] = defaultdict(set)
    for key, source in lines:
        now[key].add(source)
    then = members(before)
    touched = []
    for old in before.themes.standing().filter(key__in=themes):
        theme = themes[old.key]
        touched.append(theme)
        if old.renamed_at:
            theme.label, theme.renamed_by_id, theme.renamed_at = old.label, old.renamed_by_id, old.renamed_at
        if old.described_at:
            theme.description, theme.described_by_id = old.description, old.described_by_id
            theme.described_at = old.described_at
        if old.reviewed_at and now[old.key] == set(then.get(old.key, ())):
            theme.reviewed_by_id, theme.reviewed_at = old.reviewed_by_id, old.reviewed_at
    fields = ["label", "renamed_by", "renamed_at", "description", "described_by", "described_at"]
    Theme.objects.bulk_update(touched, [*fields, "reviewed_by", "reviewed_at"])


def carry_decisions(*, before: Build | None, themes: Mapping[str, Theme]) -> None:
    """Give each theme the decisions of the theme with the same key in the build `before`, the earlier ones too."""
    if before is None:
        return
    old = ThemeDecision.objects.filter(theme__build=before, theme__key__in=themes).select_related("theme")
    ThemeDecision.objects.bulk_create(
        ThemeDecision(
            theme=themes[one.theme.key],
            outcome=one.outcome,
            reason=one.reason,
            clause_id=one.clause_id,
            decided_by_id=one.decided_by_id,
            decided_at=one.decided_at,
        )
        for one in old.order_by("decided_at", "pk")
    )
