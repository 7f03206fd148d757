"""Makes the open data of published summaries, and makes them anew when something in them may no longer be read."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

import jobs.actions
from realtime.actions import atomic
from summaries.actions.exporting import READING, SAVING, SETTING, write_whole
from summaries.models import Build, Package

KIND = "summaries.package"


@atomic()
def request_package(*, build: Build) -> Package | None:
    """Have the package of a published `build` made in the background; an earlier one is deleted at once.

    Returns its row; None for a summary that is not published. Publishes `job.<id>`.
    """
    if not build.is_published:
        return None
    row, _made = Package.objects.select_for_update().get_or_create(build=build)
    _forget_file(row)
    row.wanted_at, row.made_at, row.file, row.size, row.sha256, row.seal = timezone.now(), None, "", 0, "", ""
    row.save()
    jobs.actions.start(kind=KIND, arguments={"build": build.pk})
    return row


def make_package(*, build: Build, progress: Callable[[float, str], None]) -> Package | None:
    """Make the package of `build` that was asked for. Nothing is done where it is there already.

    `progress(share, step)` hears how far it is. Returns its row; None where nobody asked for it. Publishes nothing.
    Raises OSError when the disk refuses.
    """
    from methods.documents import seal_of, to_package
    from summaries.report import report_of

    row = Package.objects.filter(build=build).first()
    if row is None or row.is_ready:
        return row
    began = timezone.now()
    language = "en" if build.consultation.language == "en" else "id"
    progress(0.1, READING)
    with translation.override(language):
        report = report_of(build, language, for_package=True)
    progress(0.5, SETTING)
    content = to_package(report)
    progress(0.9, SAVING)
    return _keep(row=row, content=content, seal=seal_of(content), began=began)


@atomic()
def _keep(*, row: Package, content: bytes, seal: str, began: datetime) -> Package:
    """Keep the file, unless the package was asked for again meanwhile: then the next job makes it."""
    now = Package.objects.select_for_update().get(pk=row.pk)
    if now.wanted_at != row.wanted_at or now.is_ready:
        return now
    digest = sha256(content).hexdigest()
    now.file, now.size, now.sha256, now.seal = f"{now.build_id}-{digest[:16]}.zip", len(content), digest, seal
    now.made_at = began
    folder().mkdir(parents=True, exist_ok=True)
    write_whole(folder() / now.file, content)
    now.save()
    return now


def package_path(package: Package) -> Path | None:
    """The file of `package`; None while it is not written, or when it is gone."""
    path = folder() / package.file
    return path if package.file and path.is_file() else None


def folder() -> Path:
    """Where the packages of published summaries are kept."""
    return Path(settings.VAR_DIR) / "packages"


def _forget_file(row: Package) -> None:
    if row.file:
        transaction.on_commit(partial((folder() / row.file).unlink, missing_ok=True), robust=True)
