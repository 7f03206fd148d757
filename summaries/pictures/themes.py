"""Pictures of themes: how big they are, where people stand in each, the way from words to decisions."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from methods.figures import Part, RowOf, Stop, stance_rows, streams, treemap
from summaries.models import Build, Citation, Outcome, Place, Theme
from summaries.outside import Numbers
from summaries.pictures.shapes import Picture, names_of, source_of
from summaries.reading import drawn, kind_name, percent, spoken

ROWS = 12  # themes in the picture of stances; the page of each theme has its own
STOPS = 6  # themes in the picture of the way from words to decisions
OTHERS, NONE, OPEN, LISTED = "others", "none", "open", "listed"


def theme_sizes(build: Build, themes: Sequence[Theme], numbers: Mapping[int, Numbers] | None = None) -> Picture | None:
    """All themes as tiles, by contributors. None where there are fewer than two to compare."""
    if len(themes) < 2:
        return None
    people = [(theme, numbers.get(theme.pk, Numbers()) if numbers is not None else theme) for theme in themes]
    total = build.count("contributors")
    parts = [
        Part(f"{theme.number}. {theme.label[:1].upper()}{theme.label[1:]}", counted.contributors,
             f"{spoken(counted.contributors)} ({percent(counted.contributors, total)})",
             "" if theme.decision else OPEN)
        for theme, counted in people
    ]  # fmt: skip
    most = max(parts, key=lambda part: part.count)
    if not most.count:
        return None
    figure = treemap(parts, rest=_rest, number=spoken, key="sizes")
    facts = {"theme": most.label.split(". ", 1)[1], "count": spoken(most.count), "total": spoken(total)}
    title = _("Most spoke about “%(theme)s”: %(count)s of %(total)s contributors") % facts
    sentence = _("The bigger a tile, the more contributors. One contributor can stand in several themes.")
    if any(part.kind for part in parts):
        sentence += " " + _("Dotted tiles wait for an answer.")
    return Picture(figure, title, sentence, source_of(build))


def _rest(parts: int) -> str:
    return ngettext("%(n)d more theme", "%(n)d more themes", parts) % {"n": parts}


def theme_stances(
    build: Build, themes: Sequence[Theme], numbers: Mapping[int, Numbers] | None = None
) -> Picture | None:
    """Where people stand in the biggest themes, as shares of those who said it. None where nobody did."""
    rows = []
    for theme in themes:
        stances = (numbers.get(theme.pk, Numbers()) if numbers is not None else theme).stances
        said = sum(stances.values())
        if said:
            text = _("of %(n)s") % {"n": spoken(said)}
            label = f"{theme.number}. {theme.label[:1].upper()}{theme.label[1:]}"
            rows.append((stances, RowOf(label, drawn(stances), text, theme.get_absolute_url())))
    if len(rows) < 2:
        return None
    figure = stance_rows([row for _stances, row in rows[:ROWS]], number=spoken, key="themes-stances")
    most, row = max(rows[:ROWS], key=lambda one: (one[0].get("oppose", 0) / sum(one[0].values()), -len(one[1].label)))
    against, said = most.get("oppose", 0), sum(most.values())
    facts = {
        "theme": row.label.split(". ", 1)[1],
        "count": spoken(against),
        "total": spoken(said),
        "share": percent(against, said),
    }
    title = _("Opposition is strongest in “%(theme)s”: %(share)s (%(count)s of %(total)s)") % facts
    if not against:
        title = _("Nobody who said where they stand is opposed")
    sentence = _("Each bar is all contributions of a theme that say where they stand; how many these are is beside it.")
    if len(rows) > ROWS:
        sentence += " " + _("The %(n)d biggest of %(total)d themes are drawn.") % {"n": ROWS, "total": len(rows)}
    return Picture(figure, title, sentence, source_of(build), names_of(figure))


def decision_flow(build: Build, themes: Sequence[Theme]) -> Picture | None:
    """From the channels through the themes to what was decided: each contribution once, where it counts most."""
    rows = Citation.objects.filter(build=build, rank=0).exclude(place=Place.LEFT_OUT).order_by()
    counted: dict[tuple[str, int | None], int] = {
        (kind, theme): count for kind, theme, count in rows.values_list("kind", "theme").annotate(count=Count("pk"))
    }
    if not counted or not themes:
        return None
    said: Counter[int] = Counter()
    for (_kind, theme), count in counted.items():
        if theme is not None:
            said[theme] += count
    biggest = [theme for theme in sorted(themes, key=lambda theme: -said[theme.pk])[:STOPS] if said[theme.pk]]
    own = {theme.pk: f"t{theme.pk}" for theme in biggest}
    through: Counter[tuple[str, str]] = Counter()
    ends: Counter[tuple[str, str]] = Counter()
    outcomes = {theme.pk: theme.decision.outcome if theme.decision else OPEN for theme in themes}
    for (kind, pk), count in counted.items():
        stop = NONE if pk is None else own.get(pk, OTHERS)
        through[kind, stop] += count
        ends[stop, LISTED if pk is None else outcomes.get(pk, OPEN)] += count
    kinds = Counter({kind: 0 for kind, _theme in counted})
    for (kind, _stop), count in through.items():
        kinds[kind] += count
    columns = [
        [Stop(kind, kind_name(kind)[:1].upper() + kind_name(kind)[1:]) for kind, _count in kinds.most_common()],
        _middle(biggest, own, len(themes) - len(biggest)),
        _ends(),
    ]
    flows = [(one, other, count) for (one, other), count in [*through.items(), *ends.items()]]
    figure = streams(columns, flows, number=spoken, key="flow")
    answered = sum(count for (_stop, end), count in ends.items() if end not in (OPEN, LISTED))
    facts = {"count": spoken(answered), "total": spoken(figure.total), "share": percent(answered, figure.total)}
    title = _("%(share)s of contributions stand in a theme that has its answer (%(count)s of %(total)s)") % facts
    sentence = _(
        "From how it was sent, through the theme it counts for, to what was decided. Left out texts are not in it."
    )
    return Picture(figure, title, sentence, source_of(build))


def _middle(biggest: Sequence[Theme], own: Mapping[int, str], others: int) -> list[Stop]:
    stops = [Stop(own[theme.pk], f"{theme.number}. {theme.label[:1].upper()}{theme.label[1:]}") for theme in biggest]
    return [*stops, Stop(OTHERS, _rest(others)), Stop(NONE, _("In no theme"), "rest")]


def _ends() -> list[Stop]:
    stops = [Stop(value, str(label)[:1].upper() + str(label)[1:]) for value, label in Outcome.choices]
    return [*stops, Stop(OPEN, _("Not yet answered"), "open"), Stop(LISTED, _("Read and listed"), "rest")]
