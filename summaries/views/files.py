"""Files of summaries: ordered by a form, made in the background, handed to the one who ordered them, for a day."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from accounts.actions import spend
from summaries import actions
from summaries.forms import ExportForm
from summaries.models import Build, Export, Package
from summaries.rules import may_export
from summaries.sources import has_changed_since
from summaries.views.shared import find_consultation, refused

TYPES = {
    "brief": "application/pdf",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "package": "application/zip",
}
AN_HOUR = 60  # files


@never_cache
@require_POST
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """Order a file of a summary; goes to the page that says how far it is."""
    consultation = find_consultation(request, slug)
    verdict = may_export(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose the kind of file: policy brief, PDF, DOCX, XLSX, CSV, JSON or open data."))
        return redirect("summaries:overview", slug)
    spend(key="export", request=request, limit=AN_HOUR, seconds=3600)
    wanted = request.POST.get("build", "")
    builds = Build.objects.visible_to(request.person).filter(consultation=consultation)
    build = (
        builds.filter(pk=int(wanted)).first() if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else None
    )
    export = actions.start_export(
        person=request.person,
        consultation=consultation,
        build=build,
        format=form.cleaned_data["format"],
        language="en" if get_language() == "en" else "id",
    )
    return redirect("jobs:job", export.job_id)


@never_cache
@require_GET
def download(request: HttpRequest, token: str, format: str) -> HttpResponse | FileResponse:
    """The file, for its owner only, while it lasts, while they still may, and while its words may still be read."""
    rows = Export.objects.visible_to(request.person).select_related("consultation")
    export = rows.filter(token=token, format=format).first()
    path = actions.path_of(export) if export and may_export(request.person, export.consultation) else None
    if export is None or path is None:
        raise Http404
    if has_changed_since(export.consultation, export.created_at):
        reason = _("Since this file was made, texts were hidden, withdrawn or changed. Please order it again.")
        facts = {"title": _("This has changed meanwhile"), "status": 410, "reason": reason}
        return render(request, "pages/error.html", facts, status=410)
    place = slugify(export.consultation.slug) or "rembuk"
    name = f"{place}-{export.created_at:%Y-%m-%d}-{export.format}.{export.extension}"
    response = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[export.format])
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def package(request: HttpRequest, slug: str, build_id: int) -> HttpResponse | FileResponse:
    """The open data of a published summary, for everybody, at an address that stays."""
    consultation = find_consultation(request, slug)
    rows = Package.objects.filter(build__in=Build.objects.published(), build__consultation=consultation)
    found = rows.filter(build=build_id).first()
    if found is None:
        raise Http404
    path = actions.package_path(found)
    if path is None or found.made_at is None or has_changed_since(consultation, found.made_at):
        reason = _("The package is being made anew, because something in it has changed. Please try again in a while.")
        facts = {"title": _("This is being made"), "status": 503, "reason": reason}
        response = render(request, "pages/error.html", facts, status=503)
        response["Retry-After"] = "180"
        return response
    name = f"{slugify(consultation.slug) or 'rembuk'}-{build_id}.zip"
    file = FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=TYPES["package"])
    file["ETag"] = f'"{found.sha256}"'
    file["Cache-Control"] = "no-cache"
    file["X-Content-Type-Options"] = "nosniff"
    return file
