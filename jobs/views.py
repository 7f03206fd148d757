"""Pages of background work: how far it is, stop it, where its result is. Others' jobs do not exist here."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from jobs import actions, registry
from jobs.models import Job

PER_PAGE = 20


def _own_job(request: HttpRequest, job_id: int) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.person), pk=job_id)


def _title(kind: str) -> str:
    try:
        return registry.find(kind).title
    except LookupError:  # a kind that an older version knew
        return ""


@require_safe
@never_cache
def job_list(request: HttpRequest) -> HttpResponse:
    """The jobs of the person who looks, newest first."""
    jobs = Job.objects.filter(owner=request.person).order_by("-pk") if request.person else Job.objects.none()
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(job, _title(job.kind)) for job in page]
    return render(request, "jobs/job_list.html", {"page": page, "rows": rows})


@require_safe
@never_cache
def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """How far one job is; asks again by itself without JavaScript."""
    job = _own_job(request, job_id)
    return render(request, "jobs/job_detail.html", {"job": job, "title": _title(job.kind)})


@require_safe
@never_cache
def job_progress(request: HttpRequest, job_id: int) -> HttpResponse:
    """The fragment that an open page takes when the words of a job changed."""
    return render(request, "jobs/_progress.html", {"job": _own_job(request, job_id)})


@require_POST
def job_cancel(request: HttpRequest, job_id: int) -> HttpResponse:
    """Stop a job."""
    job = _own_job(request, job_id)
    if actions.cancel(job=job):
        messages.info(request, _("The work is being stopped."))
    else:
        messages.info(request, _("There was nothing to stop: the work had ended already."))
    return redirect("jobs:job", job_id=job.pk)
