"""How well the method did, from a sample that two people read blind: for workbench, public page and documents.

Names nobody. The estimate covers errors of coding, not the population. Writes nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from methods import survey
from summaries.models import Audit, AuditItem, AuditReading, Build, Theme, Verdict
from summaries.reading import percent, spoken

READERS = 2
Pair = tuple[str, str]


@dataclass(frozen=True)
class Stratum:
    """One theme of the sample (or what is in none: key and label empty). `right` counts half where two disagree."""

    key: str
    number: int | None
    label: str
    size: int
    checked: int
    right: float

    @property
    def estimate(self) -> str:
        """How many of all that stand here belong here, with the interval; empty where none was checked."""
        found = survey.estimate([survey.Stratum(self.size, self.checked, self.right)])
        if found is None:
            return ""
        counts = {name: spoken(round(getattr(found, name) * self.size)) for name in ("share", "low", "high")}
        facts = counts | {"size": spoken(self.size)}
        if self.checked == self.size:
            return _("%(share)s of %(size)s, all read") % facts
        return _("about %(share)s of %(size)s (95%% interval %(low)s to %(high)s)") % facts


@dataclass(frozen=True)
class AuditResult:
    """What the newest sample of a build says; `checked` (read by two people) is n. None where nothing is known yet.

    Whoever cannot tell does not say that it is right. `edited` counts themes of the sample that people changed since.
    """

    drawn_at: datetime
    drawn: int
    checked: int
    finished: bool
    share: float | None
    low: float | None
    high: float | None
    agreement: float | None
    alpha: float | None
    strata: tuple[Stratum, ...]
    edited: int

    @property
    def percent(self) -> dict[str, str]:
        """Share, low, high and agreement as people write them; empty where they are not known."""
        names = ("share", "low", "high", "agreement")
        return {
            name: "" if (value := getattr(self, name)) is None else percent(round(value * 1000), 1000) for name in names
        }


def audit_of(build: Build) -> AuditResult | None:
    """What the newest sample of `build` says; None where none was drawn. Five queries at most."""
    audit = build.audits.first()
    if audit is None:
        return None
    items = list(audit.items.all())
    verdicts: dict[int, list[str]] = defaultdict(list)
    for item, verdict in AuditReading.objects.filter(item__audit=audit).values_list("item", "verdict"):
        verdicts[item].append(verdict)
    pairs: dict[int, Pair] = {pk: (said[0], said[1]) for pk, said in verdicts.items() if len(said) >= READERS}
    strata = _strata(items, pairs, {theme.key: theme for theme in build.themes.all()})
    found = survey.estimate(survey.Stratum(one.size, one.checked, one.right) for one in strata)
    return AuditResult(
        drawn_at=audit.drawn_at,
        drawn=len(items),
        checked=len(pairs),
        finished=len(pairs) == len(items),
        share=found.share if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        agreement=survey.raw_agreement(list(pairs.values())),
        alpha=survey.krippendorff_alpha(list(pairs.values())),
        strata=strata,
        edited=_edited(build, audit, {one.key for one in strata if one.key}),
    )


def _strata(items: list[AuditItem], pairs: dict[int, Pair], themes: dict[str, Theme]) -> tuple[Stratum, ...]:
    """The strata in order of the themes' numbers, what is in none last."""
    grouped: dict[str, list[AuditItem]] = defaultdict(list)
    for item in items:
        grouped[item.stratum].append(item)
    found = []
    for key, of_key in grouped.items():
        theme = themes.get(key)
        read = [pairs[item.pk] for item in of_key if item.pk in pairs]
        right = sum(pair.count(Verdict.RIGHT) for pair in read) / READERS
        number = theme.number if theme and theme.retired_at is None else None
        found.append(Stratum(key, number, theme.label if theme else "", of_key[0].size, len(read), right))
    return tuple(sorted(found, key=lambda one: (one.key == "", one.number is None, one.number or 0, one.key)))


def _edited(build: Build, audit: Audit, keys: set[str]) -> int:
    """How many themes of the sample somebody put contributions into or out of since."""
    since = build.edits.filter(at__gt=audit.drawn_at, undone_at=None).exclude(
        verb__in=["rename", "describe", "review", "reopen"]
    )
    return len(keys & {key for facts in since.values_list("facts", flat=True) for key in facts["themes"]})
