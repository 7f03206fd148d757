"""Pictures of the talk itself: which clauses people spoke about and where they stand on them, and when they spoke."""

from collections import Counter

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.models import Clause, Comment, PhaseKind
from methods.figures import RowOf, Span, stance_rows, timeline
from summaries.clauses import newest_clauses
from summaries.models import Build
from summaries.pictures.shapes import Picture, names_of, source_of
from summaries.reading import drawn, spoken
from summaries.sources import days_of

ROWS = 12


def clause_heat(build: Build) -> Picture | None:
    """The clauses of the draft with the most comments that take a stance, in the order of the draft.

    Comments on earlier versions of a clause count for it. None where nobody spoke about a clause. Two queries.
    """
    shown = Comment.objects.filter(consultation=build.consultation, created_at__lte=build.created_at).shown()
    rows = shown.exclude(clause=None).exclude(stance="").order_by().values_list("clause", "stance")
    newest = newest_clauses(build.consultation)
    counted: dict[Clause, Counter[str]] = {}
    for clause, stance, count in rows.annotate(count=Count("pk")):
        if clause in newest:
            counted.setdefault(newest[clause], Counter())[stance] += count
    if not counted:
        return None
    place = {clause: (clause.version.document_id, clause.position) for clause in counted}
    most = sorted(counted, key=lambda clause: (-counted[clause].total(), place[clause]))[:ROWS]
    drawings = [
        RowOf(str(one), drawn(counted[one]), spoken(counted[one].total()), one.get_absolute_url())
        for one in sorted(most, key=place.__getitem__)
    ]
    figure = stance_rows(drawings, shares=False, number=spoken, key="clauses")
    facts = {
        "clause": str(most[0]),
        "count": spoken(counted[most[0]].total()),
        "total": spoken(sum(one.total() for one in counted.values())),
    }
    title = _("Most was said about %(clause)s: %(count)s of %(total)s comments on clauses") % facts
    sentence = _(
        "Bars are as long as their number of comments, on one scale. Each clause opens its comments in the table."
    )
    if len(counted) > ROWS:
        more = {"n": ROWS, "total": spoken(len(counted))}
        sentence += (
            " " + _("The %(n)d clauses of most comments are drawn, of %(total)s that people spoke about.") % more
        )
    return Picture(figure, title, sentence, source_of(build), names_of(figure))


def over_time(build: Build) -> Picture | None:
    """Contributions a day, over the phases of the consultation. None where nothing can be read any more."""
    days = days_of(build.consultation, until=build.created_at)
    if not days:
        return None
    kinds = dict(PhaseKind.choices)
    today = timezone.localdate()
    spans = [
        Span(
            str(phase.title or kinds[PhaseKind(phase.kind)]),
            timezone.localdate(phase.starts_at),
            min(timezone.localdate(phase.ends_at), today) if phase.ends_at else today,
            phase.kind,
        )
        for phase in build.consultation.schedule
        if timezone.localdate(phase.starts_at) < today
    ]
    figure = timeline(
        list(days), list(days.values()), phases=spans, label=lambda day: date_format(day, "j M Y"), number=spoken,
        key="time",
    )  # fmt: skip
    busiest = max(days, key=lambda day: (days[day], day))
    facts = {"day": date_format(busiest, "j F Y"), "count": spoken(days[busiest]), "total": spoken(sum(days.values()))}
    title = _("Most was said on %(day)s: %(count)s of %(total)s contributions") % facts
    first, last = date_format(min(days), "j F Y"), date_format(max(days), "j F Y")
    sentence = _("People wrote from %(first)s to %(last)s.") % {"first": first, "last": last}
    if figure.days_per_column > 1:
        sentence += " " + _("Each column adds up %(n)d days.") % {"n": figure.days_per_column}
    return Picture(figure, title, sentence, source_of(build))
