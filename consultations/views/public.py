"""What everybody reads: the list, a consultation, its draft and its changes."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.rules import may_analyse
from consultations import rules
from consultations.filters import ConsultationFilter, by_closing, chosen_tag
from consultations.models import Change, Clause, ClauseKind, Comment, Consultation, Tag, Version
from consultations.models.discussion import comments_by_key
from consultations.views.access import find_consultation, find_version, may_see_drafts
from methods.anchoring import heading_words
from methods.figures import timeline

ROWS = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list: what can be taken part in, what closes soonest first."""
    counts = Comment.objects.shown().filter(consultation=OuterRef("pk")).order_by().values("consultation")
    people = counts.annotate(people=Count("author", distinct=True)).values("people")
    rows = Consultation.objects.published().select_related("organisation", "area").with_present_phase()
    found = ConsultationFilter(request.GET, queryset=by_closing(rows))
    listed = found.qs if found.is_valid() else by_closing(rows)
    page = Paginator(listed, ROWS).get_page(request.GET.get("page"))
    rows_of_page: Any = page.object_list
    page.object_list = rows_of_page.annotate(people=Coalesce(Subquery(people), 0))  # not of the pages beside it
    narrowed = any(request.GET.get(name) for name in ("q", "phase", "area", "organisation", "tag"))
    tags = Tag.objects.filter(consultations_taggedconsultation_items__content_object__published_at__isnull=False)
    context = {
        "filter": found,
        "page": page,
        "narrowed": narrowed,
        "tag": chosen_tag(request.GET.get("tag", "")),
        "tags": tags.distinct().order_by("name")[:30],
        "may_create": bool(rules.may_create(request.person)),
    }
    return render(request, "consultations/consultation_list.html", context)


@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A consultation: four lines, where it stands, ways to take part, what has been said."""
    consultation = find_consultation(request, slug)
    shown = Comment.objects.filter(consultation=consultation).shown()
    counts = shown.aggregate(
        comments=Count("id"), people=Count("author", distinct=True), whole=Count("id", filter=Q(clause=None))
    )
    context = {
        "consultation": consultation,
        "phase": consultation.phase(),
        "participation": consultation.participation(),
        "documents": _documents(consultation),
        "now": timezone.now(),
        "ways": _ways(consultation, request),
        "counts": counts,
        "figure": _timeline(consultation) if counts["comments"] else None,
        "tags": [item.tag for item in consultation.tag_items.select_related("tag")],
        "answer": _answer(consultation),
        "may_edit": bool(rules.may_edit_consultation(request.person, consultation)),
        "may_analyse": may_analyse(request.person, consultation.organisation_id),
        "mine": bool(request.person) and Comment.objects.filter(
            consultation=consultation, author=request.person
        ).exists(),
    }  # fmt: skip
    return render(request, "consultations/consultation_show.html", context)


@require_safe
def draft(request: HttpRequest, slug: str, document: int | None = None, number: int | None = None) -> HttpResponse:
    """The draft with a count at each clause. Clauses are read as values: a law has hundreds."""
    version = find_version(request, slug, document, number)
    consultation = version.document.consultation
    totals = comments_by_key(version.document_id, version.number)
    clauses, contents = _clauses(version, totals)
    newest = version.document.current()
    context = {
        "consultation": consultation,
        "version": version,
        "document": version.document,
        "clauses": clauses,
        "contents": contents,
        "clauses_url": reverse("consultations:clause", args=[0]).removesuffix("0/"),
        "comments_word": _("Comments"),
        "participation": consultation.participation(),
        "newer": newest if newest and newest.number > version.number else None,
        "is_first": version.number == 1,
        "may_edit": may_see_drafts(request, consultation),
    }
    return render(request, "consultations/draft_show.html", context)


@require_safe
def changes(request: HttpRequest, slug: str, document: int, number: int) -> HttpResponse:
    """What a version changed, word by word."""
    version = find_version(request, slug, document, number)
    before = version.document.versions.filter(number__lt=version.number, published_at__isnull=False).last()
    clauses = [clause for clause in version.clauses.all() if clause.change not in (Change.SAME, Change.FIRST)]
    kept = Clause.objects.filter(version=version).values("key")
    context = {
        "consultation": version.document.consultation,
        "document": version.document,
        "version": version,
        "before": before,
        "clauses": clauses,
        "gone": before.clauses.exclude(key__in=kept) if before else [],
        "unchanged": version.clauses.filter(change=Change.SAME).count(),
    }
    return render(request, "consultations/draft_changes.html", context)


def _clauses(version: Version, totals: dict[str, int]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The clauses with their totals, and the contents: chapters and articles with what lies under them."""
    said = {Change.REWORDED: Change.REWORDED.label, Change.NEW: Change.NEW.label}
    fields = ("pk", "key", "kind", "number", "heading", "html", "change")
    clauses: list[dict[str, Any]] = []
    contents: list[dict[str, Any]] = []
    for clause in Clause.objects.filter(version=version).order_by("position").values(*fields):
        clause["count"] = totals.get(clause["key"], 0)
        words = heading_words(clause["heading"], clause["number"])
        clause["title"] = words or clause["heading"]
        clause["margin"] = clause["number"] if words or not clause["heading"] else ""
        clause["talked"] = clause["kind"] != ClauseKind.CHAPTER or clause["html"] or clause["count"]
        clause["changed"] = said.get(clause["change"], "")
        clauses.append(clause)
        if clause["kind"] != ClauseKind.PARAGRAPH:
            contents.append({"clause": clause, "count": clause["count"]})
        elif contents:
            contents[-1]["count"] += clause["count"]
    most = max((entry["count"] for entry in contents), default=0)
    for entry in contents:
        entry["width"] = round(entry["count"] / most * 48) if most else 0
    return clauses, contents


def _documents(consultation: Consultation) -> list[Version]:
    """The newest published version of each document, with its comments counted."""
    versions = {
        version.document_id: version
        for version in Version.objects.filter(document__consultation=consultation, published_at__isnull=False)
        .select_related("document")
        .annotate(clause_total=Count("clauses"))
        .order_by("document", "number")
    }
    return list(versions.values())


def _ways(consultation: Consultation, request: HttpRequest) -> list[dict[str, Any]]:
    """The polls, conversations and the board of a consultation, by reverse relation: rooms above are not imported."""
    ways: list[dict[str, Any]] = []
    for kind, relation in (("poll", "polls"), ("conversation", "conversations")):
        manager = getattr(consultation, relation, None)
        rows = manager.all() if manager is not None else []
        if hasattr(rows, "visible_to"):
            rows = rows.visible_to(request.person)
        ways += [{"kind": kind, "item": row} for row in rows]
    board = getattr(consultation, "board", None)
    if board is not None:
        ways.append({"kind": "board", "item": board})
    return ways


def _timeline(consultation: Consultation) -> Any:
    """Comments a day, drawn."""
    days: dict[date, int] = dict(
        Comment.objects.filter(consultation=consultation)
        .shown()
        .annotate(day=TruncDate("created_at"))
        .order_by("day")
        .values_list("day")
        .annotate(total=Count("id"))
    )
    return timeline(list(days), list(days.values()), label=lambda day: date_format(day, "j M Y"), key="participation")


def _answer(consultation: Consultation) -> Any:
    """The newest published summary, where the room of summaries is there."""
    builds = getattr(consultation, "builds", None)
    if builds is None:
        return None
    return builds.filter(published_at__isnull=False).order_by(F("published_at").desc()).first()
