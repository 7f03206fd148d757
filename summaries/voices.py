"""Who took part in a consultation, and who is missing: by channel, by level of verification, and by area beside census
figures.

Counts people by group only where at least ten are in it (`methods.smallcells`). Refuses to call contributors a sample.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Level
from methods.figures import BarRow, Pair, bars, pairs
from methods.smallcells import LIMIT, withheld
from summaries.models import Build, Campaign, Census, Citation
from summaries.personal import Mask
from summaries.pictures.shapes import Picture
from summaries.reading import percent, spoken
from summaries.sources import Contribution, find

ELSEWHERE = ""  # an area that the census figures do not have
HALF = 2  # who has less than half of the share that lives there is called missing
ROWS = 20
CAMPAIGNS = 5


@dataclass(frozen=True)
class Group:
    """People of one kind; `text` and `share` are what readers see, and say so when the count is withheld."""

    label: str
    text: str
    share: str = ""


@dataclass(frozen=True)
class Voices:
    """Who took part. `protected`: whether a small group is withheld from `levels`. `areas` is drawn with census figures
    or without. `unsaid`: contributors who did not say where they live. `missing`: places that are hardly heard."""

    contributors: int
    anonymous: int
    levels: list[Group]
    protected: bool
    areas: Picture | None
    unsaid: str
    missing: list[str]
    census: Census | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the picture of areas says, for documents."""
        if self.areas is None:
            return (_("Too few contributors said where they live to show it without pointing at people."),)
        said = (self.areas.title, self.areas.source)
        if self.census is None:
            said = (self.areas.title, _("No census figures were added, so it cannot be said who is missing."))
        return tuple(text for text in said if text)


def voices_of(build: Build) -> Voices:
    """Who took part in what `build` is made of. Three queries."""
    people = _people(build)
    census = Census.objects.filter(consultation=build.consultation_id).first()
    places = _places(people)
    unsaid = places.pop(("", ""), 0)
    if census is not None and census.rows:
        areas, missing = _beside_census(places, census)
    else:
        areas, missing = _alone(places), []
    levels = _levels(people)
    hidden = withheld({"said": sum(places.values()), "unsaid": unsaid})
    return Voices(
        contributors=build.count("contributors"),
        anonymous=build.count("anonymous"),
        levels=levels,
        protected=any(not group.share for group in levels),
        areas=areas,
        unsaid="" if not unsaid else fewer() if "unsaid" in hidden else spoken(unsaid),
        missing=missing,
        census=census,
    )


def area_groups(build: Build) -> list[tuple[str, int | None, int | None]]:
    """Area, contributors (None: withheld) and inhabitants (None: not known), as `voices_of` shows them."""
    places = _places(_people(build))
    places.pop(("", ""), None)
    census = Census.objects.filter(consultation=build.consultation_id).first()
    if census is not None and census.rows:
        taking, _elsewhere = _taking(places, census)
        hidden = withheld(taking)
        return [(name, None if code in hidden else taking[code], living) for code, name, living in census.rows]
    apart = withheld(places)
    return [(place[1], None if place in apart else places[place], None) for place in sorted(places)]


def _people(build: Build) -> QuerySet[Citation]:
    return Citation.objects.filter(build=build, rank=0).exclude(person=None).order_by()


def fewer() -> str:
    """What stands in place of a count that is withheld."""
    return _("withheld")


def _levels(people: QuerySet[Citation]) -> list[Group]:
    """How well it is known who contributors are, from the best known down."""
    counted: dict[int, int] = dict(
        people.values_list("person__level").annotate(count=Count("person", distinct=True))  # type: ignore[misc]
    )
    return level_groups(counted)


def level_groups(counted: Mapping[int, int]) -> list[Group]:
    """Contributors by level of verification (a Level), from the best known down; small groups withheld."""
    hidden = withheld(counted)
    total = sum(counted.values())
    groups = []
    for level in sorted(counted, reverse=True):
        label = str(Level(level).label)
        if level in hidden:
            groups.append(Group(label, fewer()))
        elif counted[level]:
            groups.append(Group(label, spoken(counted[level]), percent(counted[level], total)))
    return groups


def _places(people: QuerySet[Citation]) -> Counter[tuple[str, str]]:
    """Contributors by (code, name) of the area that they say they live in; ("", "") for those who said none."""
    rows = people.values_list("person__area__code", "person__area__name")
    counted: Counter[tuple[str, str]] = Counter()
    for code, name, count in rows.annotate(count=Count("person", distinct=True)):
        counted[code or "", name or ""] += count
    return counted


def _alone(places: Mapping[tuple[str, str], int]) -> Picture | None:
    """Contributors by area where no census figures are known: counts, and no word on who is missing."""
    total = sum(places.values())
    if not total:
        return None
    hidden = withheld(places)
    shown = sorted((place for place in places if place not in hidden), key=lambda place: (-places[place], place))
    rows = [
        BarRow(name, places[code, name], spoken(places[code, name]), percent(places[code, name], total))
        for code, name in shown[:ROWS]
    ]
    if not rows:
        return None
    facts = {"place": rows[0].label, "count": rows[0].text, "total": spoken(total)}
    title = _("Most contributors who said where they live are from %(place)s: %(count)s of %(total)s") % facts
    sentence = ""
    if hidden:
        sentence = _("Places with fewer than %(n)d contributors are not shown, so that nobody can be told.") % {
            "n": LIMIT
        }
    return Picture(bars(rows, total=total, key="areas"), title, sentence)


def _beside_census(places: Mapping[tuple[str, str], int], census: Census) -> tuple[Picture | None, list[str]]:
    """Shares of contributors beside shares of inhabitants, and the places that are hardly heard."""
    taking, elsewhere = _taking(places, census)
    hidden = withheld(taking)
    people = sum(taking.values())
    inhabitants = sum(count for _code, _name, count in census.rows)
    if not inhabitants:
        return None, []
    rows, missing = [], []
    for code, name, living in sorted(census.rows, key=lambda row: (-row[2], row[0])):
        count = taking[code]
        lives = percent(living, inhabitants)
        said = fewer() if code in hidden else _("%(share)s took part (%(n)s)") % {
            "share": percent(count, people) or percent(0, 1), "n": spoken(count),
        }  # fmt: skip
        share = None if code in hidden else count / people if people else 0.0
        live_text = _("%(share)s live here (%(n)s)") % {"share": lives, "n": spoken(living)}
        rows.append(Pair(name, share, living / inhabitants, said, live_text))
        told = max(count, LIMIT - 1) if code in hidden else count
        if told * inhabitants * HALF < living * people:
            missing.append(name)
    facts = {"people": spoken(people), "all": spoken(people + elsewhere), "inhabitants": spoken(inhabitants)}
    title = _("Every area is heard at least half as much as its inhabitants would suggest")
    if missing:
        title = _("Hardly heard: %(places)s") % {"places": ", ".join(missing[:3])}
    sentence = (
        _(
            "Filled: share of the %(people)s contributors who live in one of these areas. Outline: share of "
            "%(inhabitants)s inhabitants."
        )
        % facts
    )
    if hidden:
        sentence += " " + _("Where fewer than %(n)d took part the number is withheld.") % {"n": LIMIT}
    source = _("Source: %(source)s, %(year)s.") % {"source": census.source, "year": census.as_of}
    return Picture(pairs(rows[:ROWS], key="areas"), title, sentence, source), missing


def _taking(places: Mapping[tuple[str, str], int], census: Census) -> tuple[Counter[str], int]:
    """Contributors by code of the census area in which they live, and how many live in none of them."""
    codes = [code for code, _name, _inhabitants in census.rows]
    taking: Counter[str] = Counter(dict.fromkeys(codes, 0))
    for (code, _name), count in places.items():
        taking[row_of(code, codes)] += count
    return taking, taking.pop(ELSEWHERE, 0)


def row_of(code: str, codes: Sequence[str]) -> str:
    """The census area in which the area `code` lies: itself or the narrowest above it. "" where there is none.

    Official codes are made of those above them: 33.98.01.1002 lies in 33.98.01.
    """
    above = [one for one in codes if code == one or code.startswith(f"{one}.")]
    return max(above, key=len, default=ELSEWHERE)


@dataclass(frozen=True)
class CampaignView:
    """A campaign with its three counts, the text that it repeats (None where it may no longer be shown), and who sent
    it, by level of verification."""

    campaign: Campaign
    source: Contribution | None
    levels: list[Group]
    url: str


def campaigns_of(build: Build) -> list[CampaignView]:
    """The biggest campaigns of `build`, at most five. The number of queries does not depend on how many."""
    rows = list(build.campaigns.all()[:CAMPAIGNS])
    said = Mask.of(build).sources(find(build.consultation, {one.original for one in rows})) if rows else {}
    base = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    return [
        CampaignView(
            one,
            said.get(one.original),
            [group for group in level_groups({int(level): n for level, n in one.levels.items()}) if group.share],
            f"{base}?campaign={one.pk}",
        )
        for one in rows
    ]
