"""All summaries: what has been answered, for everybody; what is to be answered, for those who work on it."""

from django.core.paginator import Paginator
from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from consultations.models import Consultation
from summaries.models import Build

PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Published summaries, newest first; above them the consultations whose summaries the person prepares."""
    newest = Build.objects.published().filter(consultation=OuterRef("pk")).order_by("-published_at", "-pk")
    answered = Consultation.objects.published().annotate(build=Subquery(newest.values("pk")[:1])).exclude(build=None)
    builds = Build.objects.filter(pk__in=answered.values("build")).select_related("consultation__organisation")
    builds = builds.annotate(theme_total=Count("themes")).order_by("-published_at", "-pk")
    own = request.person.organisations_as(Role.ANALYST, Role.ORGANISER) if request.person else []
    work = Consultation.objects.filter(organisation__in=own).annotate(
        built_at=Max("builds__created_at", filter=Q(builds__finished_at__isnull=False)),
        answered_at=Max("builds__published_at"),
    )
    context = {
        "page": Paginator(builds, PAGE).get_page(request.GET.get("page")),
        "work": work.order_by(F("answered_at").asc(nulls_first=True), "answer_due_at", "-pk")[:PAGE] if own else [],
        "may_work": bool(own),
    }
    return render(request, "summaries/index.html", context)
