"""Finds what an address names among what the reader may see, and says no in the right way."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from accounts.rules import Verdict, may_organise
from consultations.models import Clause, Comment, Consultation, Document, Version


def find_consultation(request: HttpRequest, slug: str) -> Consultation:
    """The consultation that the reader may see, with organisation, area and space, or 404."""
    rows = Consultation.objects.visible_to(request.person).select_related("organisation", "area", "space")
    return get_object_or_404(rows, slug=slug)


def find_version(request: HttpRequest, slug: str, document: int | None, number: int | None) -> Version:
    """A version that the reader may see (the newest published one without `number`), or 404."""
    consultation = find_consultation(request, slug)
    documents = Document.objects.filter(consultation=consultation)
    found = get_object_or_404(documents, pk=document) if document else documents.first()
    if found is None:
        raise Http404
    found.consultation = consultation
    version = found.current() if number is None else found.versions.filter(number=number).first()
    hidden = version is None or (version.published_at is None and not may_see_drafts(request, consultation))
    if version is None or hidden:
        raise Http404
    version.document = found
    return version


def find_clause(request: HttpRequest, pk: int) -> Clause:
    """A clause of a version that the reader may see, or 404."""
    path = "version__document__consultation"
    rows = Clause.objects.select_related(f"{path}__organisation", f"{path}__space")
    clause = get_object_or_404(rows, pk=pk, **{f"{path}__in": Consultation.objects.visible_to(request.person)})
    consultation = clause.version.document.consultation
    if clause.version.published_at is None and not may_see_drafts(request, consultation):
        raise Http404
    return clause


def find_comment(request: HttpRequest, pk: int) -> Comment:
    """A comment that the reader may see, or 404."""
    rows = Comment.objects.visible_to(request.person).select_related(
        "consultation__organisation", "consultation__space", "clause__version__document", "author", "root__author"
    )
    return get_object_or_404(rows, pk=pk)


def may_see_drafts(request: HttpRequest, consultation: Consultation) -> bool:
    """Unpublished versions are for organisers."""
    return may_organise(request.person, consultation.organisation_id)


def refuse(request: HttpRequest, verdict: Verdict, back: str = "") -> HttpResponse:
    """Leads to the sign-in where that is the missing step (and then to `back`); else 403 with the reason."""
    if verdict.step == "sign_in":
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back or request.path})}")
    raise PermissionDenied(verdict.reason)


def to_comment(comment: Comment) -> HttpResponse:
    """Leads to the comment in its thread."""
    return redirect(f"{(comment.root or comment).get_absolute_url()}#comment-{comment.pk}")
