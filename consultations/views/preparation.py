"""What organisers do: facts, phases, the draft, and publishing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from consultations import actions, rules
from consultations.forms import ConsultationForm, DraftForm, Phases, phases_of
from consultations.models import Consultation, Document, Version
from consultations.views.access import find_consultation, refuse


def new(request: HttpRequest) -> HttpResponse:
    """A new consultation: its facts."""
    verdict = rules.may_create(request.person)
    if not verdict:
        return refuse(request, verdict)
    return _facts(request, None)


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Changes the facts."""
    consultation = find_consultation(request, slug)
    verdict = rules.may_edit_consultation(request.person, consultation)
    return _facts(request, consultation) if verdict else refuse(request, verdict)


def _facts(request: HttpRequest, consultation: Consultation | None) -> HttpResponse:
    form = ConsultationForm(request.POST or None, instance=consultation, person=request.person)
    if request.method == "POST" and form.is_valid():
        try:
            if consultation is None:
                saved = actions.create_consultation(person=request.person, **form.cleaned_data)
            else:
                fresh = Consultation.objects.get(pk=consultation.pk)
                saved = actions.change_consultation(person=request.person, consultation=fresh, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Saved."))
            return redirect("consultations:prepare" if consultation else "consultations:phases", saved.slug)
    context = {"form": form, "consultation": consultation}
    return render(request, "consultations/consultation_form.html", context, status=400 if form.is_bound else 200)


def phases(request: HttpRequest, slug: str) -> HttpResponse:
    """The phases with their dates."""
    consultation = find_consultation(request, slug)
    verdict = rules.may_edit_consultation(request.person, consultation)
    if not verdict:
        return refuse(request, verdict)
    problem = ""
    if request.method == "POST":
        rows: Any = Phases(request.POST, prefix="phase")
        if rows.is_valid():
            try:
                actions.set_phases(person=request.person, consultation=consultation, phases=rows.phases())
            except ValidationError as error:
                problem = " ".join(error.messages)
            else:
                messages.success(request, _("Saved."))
                if any(step.key == "long" and not step.done for step in rules.checklist(consultation)):
                    messages.warning(
                        request, _("The open phase is shorter than 14 days. People need time to take part.")
                    )
                return redirect("consultations:prepare", consultation.slug)
    else:
        rows = Phases(initial=phases_of(consultation), prefix="phase")
    context = {"consultation": consultation, "rows": rows, "problem": problem, "now": timezone.localtime()}
    return render(request, "consultations/phases.html", context, status=400 if rows.is_bound else 200)


@require_safe
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """What is done and what is missing; from here it is published."""
    consultation = find_consultation(request, slug)
    verdict = rules.may_edit_consultation(request.person, consultation)
    if not verdict:
        return refuse(request, verdict)
    versions = Version.objects.filter(document__consultation=consultation).select_related("document")
    context = {
        "consultation": consultation,
        "steps": rules.checklist(consultation),
        "verdict": rules.may_publish(request.person, consultation),
        "versions": versions.order_by("document", "-number"),
        "documents": consultation.documents.all(),
    }
    return render(request, "consultations/prepare.html", context)


@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows the consultation to everybody."""
    consultation = find_consultation(request, slug)
    verdict = rules.may_edit_consultation(request.person, consultation)
    if not verdict:
        return refuse(request, verdict)
    try:
        actions.publish_consultation(person=request.person, consultation=consultation)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("consultations:prepare", consultation.slug)
    messages.success(request, _("The consultation is published. Everybody can see it."))
    return redirect(consultation)


def text(request: HttpRequest, slug: str, document: int | None = None) -> HttpResponse:
    """Pastes a draft or its next version: first a preview of its clauses, then it is kept or published."""
    consultation = find_consultation(request, slug)
    verdict = rules.may_edit_consultation(request.person, consultation)
    if not verdict:
        return refuse(request, verdict)
    found = get_object_or_404(Document, pk=document, consultation=consultation) if document else None
    form = DraftForm(request.POST or None, document=found, initial=_last_text(found, consultation))
    preview = None
    if request.method == "POST" and form.is_valid():
        act = request.POST.get("act", "preview")
        if act in ("save", "publish"):
            return _keep(request, consultation, found, form, act)
        preview = actions.compare(document=found, source=form.cleaned_data["source"])
    context = {"consultation": consultation, "document": found, "form": form, "preview": preview}
    wrong = form.is_bound and not form.is_valid()
    return render(request, "consultations/text.html", context, status=400 if wrong else 200)


@require_POST
def publish_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Shows a version that was kept."""
    consultation = find_consultation(request, slug)
    found = get_object_or_404(
        Version.objects.select_related("document__consultation"), pk=version, document__consultation=consultation
    )
    verdict = rules.may_publish_version(request.person, found)
    if not verdict:
        return refuse(request, verdict)
    actions.publish_version(person=request.person, version=found)
    messages.success(request, _("This version is now the current one."))
    return redirect("consultations:prepare", consultation.slug)


def _keep(
    request: HttpRequest, consultation: Consultation, found: Document | None, form: DraftForm, act: str
) -> HttpResponse:
    version = actions.save_draft(person=request.person, consultation=consultation, document=found, **form.cleaned_data)
    if act == "publish":
        actions.publish_version(person=request.person, version=version)
        messages.success(request, _("This version is now the current one."))
    else:
        messages.success(request, _("Saved. Only organisers can see it until you publish it."))
    return redirect("consultations:prepare", consultation.slug)


def _last_text(document: Document | None, consultation: Consultation) -> dict[str, Any]:
    if document is None:
        return {"title": consultation.title}
    last = document.versions.last()
    kept = last if last and last.published_at is None else None
    return {
        "title": document.title,
        "source": last.source if last else "",
        "note": kept.note if kept else "",
    }
