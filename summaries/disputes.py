"""Reads what authors say of the places of their words: where each stands, which were misread, and how many in all."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Participant
from summaries.models import Build, Citation, Dispute, Place, Settlement
from summaries.reading import percent, spoken
from summaries.sources import Contribution, find

MOST = 20  # of one's own contributions on the page of a summary


@dataclass(frozen=True)
class Rate:
    """How often people said that they were misread. `moved` + `kept` + `open` = `disputed`.

    `contributions` are those that were read, `contributors` those of them with a name.
    """

    contributors: int
    disputing: int
    contributions: int
    disputed: int
    moved: int
    kept: int
    open: int

    @property
    def sentence(self) -> str:
        """The rate with its wholes; empty where nothing was said at all."""
        if not self.contributions:
            return ""
        said = {
            "disputed": spoken(self.disputed),
            "contributions": spoken(self.contributions),
            "share": percent(self.disputed, self.contributions),
            "disputing": spoken(self.disputing),
            "contributors": spoken(self.contributors),
        }
        if not self.disputed:
            return _("Nobody has said that one of the %(contributions)s contributions was misread.") % said
        counted = _(
            "Of %(contributions)s contributions, %(disputed)s (%(share)s) were called misread by those who wrote them "
            "(%(disputing)s of %(contributors)s contributors)."
        )
        settled = _("Put elsewhere: %(moved)s. Kept where they stand: %(kept)s. Not looked at yet: %(open)s.")
        looked_at = {"moved": spoken(self.moved), "kept": spoken(self.kept), "open": spoken(self.open)}
        return f"{counted % said} {settled % looked_at}"


@dataclass(frozen=True)
class Own:
    """A contribution of one's own in a summary: `places` is where it stands, `source` None when nobody may read it.

    `dispute` is the newest one; another can be begun once it is settled.
    """

    source_key: str
    places: list[Citation]
    source: Contribution | None
    dispute: Dispute | None = None

    @property
    def may_dispute(self) -> bool:
        is_open = self.dispute is not None and self.dispute.settled_at is None
        return not is_open and any(one.place != Place.LEFT_OUT for one in self.places)


def rate(build: Build) -> Rate:
    """How many of the contributions of `build` were called misread, by how many contributors. One query."""
    rows = Dispute.objects.filter(build=build).order_by("pk").values_list("source_key", "person", "settlement")
    newest: dict[str, str] = {}
    people: set[int] = set()
    for key, person, settlement in rows:
        newest[key] = settlement
        if person is not None:
            people.add(person)
    states = list(newest.values())
    return Rate(
        contributors=build.count("contributors"),
        disputing=len(people),
        contributions=build.count("read"),
        disputed=len(states),
        moved=states.count(Settlement.MOVED),
        kept=states.count(Settlement.KEPT),
        open=states.count(""),
    )


def own_words(build: Build, person: Participant | None, most: int = MOST) -> list[Own]:
    """Where the words of `person` stand in `build`, newest first. The number of queries does not depend on how many."""
    if person is None:
        return []
    rows = Citation.objects.filter(build=build, person=person).select_related("theme")
    found: dict[str, list[Citation]] = {}
    for citation in rows.order_by("-pk"):
        if citation.theme is not None:
            citation.theme.build = build
        found.setdefault(citation.source_key, []).insert(0, citation)
    keys = list(found)[:most]
    if not keys:
        return []
    readable = [key for key in keys if found[key][0].place != Place.LEFT_OUT]
    sources = find(build.consultation, readable)
    disputes = {one.source_key: one for one in disputes_of(build, person, keys)}
    return [Own(key, found[key], sources.get(key), disputes.get(key)) for key in keys]


def disputes_of(build: Build, person: Participant, keys: list[str]) -> list[Dispute]:
    """What `person` called misread of the contributions `keys`, oldest first."""
    rows = Dispute.objects.filter(build=build, person=person, source_key__in=keys)
    return list(rows.select_related("theme").order_by("pk"))
