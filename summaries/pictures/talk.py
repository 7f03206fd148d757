"""Pictures of the talk itself: which clauses people spoke about and where they stand on them, and when they spoke."""

from collections import Counter

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from consultations.models import Clause, Comment, PhaseKind
from methods.figures import RowOf, Span, stance_rows, timeline
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
    path = ("clause__version__document", "clause__key", "stance")
    rows = shown.exclude(clause=None).exclude(stance="").order_by().values_list(*path).annotate(count=Count("pk"))
    counted: dict[tuple[int, str], Counter[str]] = {}
    for document, key, stance, count in rows:
        counted.setdefault((document, key), Counter())[stance] += count
    if not counted:
        return None
    most = sorted(counted, key=lambda clause: (-counted[clause].total(), clause))[:ROWS]
    newest = _newest(build, {key for _document, key in most})
    order = sorted(most, key=lambda clause: (newest[clause].version.document_id, newest[clause].position))
    drawings = [
        RowOf(str(newest[one]), drawn(counted[one]), spoken(counted[one].total()), newest[one].get_absolute_url())
        for one in order
    ]
    figure = stance_rows(drawings, shares=False, number=spoken, key="clauses")
    facts = {
        "clause": str(newest[most[0]]),
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


def _newest(build: Build, keys: set[str]) -> dict[tuple[int, str], Clause]:
    """The newest published wording of each clause, by document and key."""
    path = "version__document"
    rows = Clause.objects.filter(**{f"{path}__consultation": build.consultation}, key__in=keys)
    published = rows.filter(version__published_at__lte=timezone.now()).select_related("version")
    wanted = published.defer("html", "body", "difference").order_by("version__number")
    return {(clause.version.document_id, clause.key): clause for clause in wanted}


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
