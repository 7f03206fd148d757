"""Makes summaries into files for one person and one day, and takes the files away afterwards."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_noop

import jobs.actions
from accounts.models import Participant
from consultations.models import Consultation
from moderation.actions import record
from realtime.actions import atomic
from summaries.actions.building import begin_build, make_build, newest_build
from summaries.models import Build, Export, Format

KIND = "summaries.export"
READING = gettext_noop("Gathering the summary and its sources")
SETTING = gettext_noop("Setting the document")
SAVING = gettext_noop("Saving the file")


@atomic()
def start_export(
    *, person: Participant, consultation: Consultation, format: str, language: str, build: Build | None = None
) -> Export:
    """Order `build` as a file of `format` (a Format) for `person`, made in the background; None: the newest summary,
    which is built first where there is none.

    Writes the audit. Returns the export, whose job says how far it is. Publishes `job.<id>`.
    """
    export = order_export(person=person, consultation=consultation, format=format, language=language, build=build)
    export.job = jobs.actions.start(kind=KIND, arguments={"export": export.pk}, owner=person)
    export.save(update_fields=["job"])
    return export


@atomic()
def order_export(
    *, person: Participant | None, consultation: Consultation, format: str, language: str, build: Build | None = None
) -> Export:
    """The row of a file that is yet to be written. Writes the audit. Returns it; publishes nothing."""
    export = Export.objects.create(
        consultation=consultation, build=build, format=format, language=language, owner=person
    )
    facts = {"format": format, "build": build.pk if build else 0}
    record(verb="summary.export", person=person, target=f"consultation:{consultation.pk}", facts=facts)
    return export


def build_for_export(*, export: Export, progress: Callable[[float, str], None]) -> Build:
    """The newest summary of the consultation of `export`; where there is none, it is built here and now."""
    newest = newest_build(export.consultation)
    if newest is not None:
        return newest
    return make_build(build=begin_build(person=export.owner, consultation=export.consultation), progress=progress)


def write_export(*, export: Export, build: Build, progress: Callable[[float, str], None]) -> Export:
    """Write the file of `export` from `build`. The file appears whole or not at all; writing it again is harmless.

    `progress(share, step)` hears how far it is. Returns the export. Raises OSError when the disk refuses.
    """
    from methods.documents import FORMATS
    from summaries.report import report_of

    progress(0.1, READING)
    with translation.override(export.language):
        report = report_of(build, export.language, for_package=export.format == Format.PACKAGE)
    progress(0.4, SETTING)
    content = FORMATS[export.format].make(report)
    progress(0.95, SAVING)
    return _keep(export=export, build=build, content=content)


@atomic()
def _keep(*, export: Export, build: Build, content: bytes) -> Export:
    name = export.file_name
    folder().mkdir(parents=True, exist_ok=True)
    write_whole(folder() / name, content)
    export.build, export.file, export.size = build, name, len(content)
    export.save(update_fields=["build", "file", "size"])
    return export


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises OSError."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def folder() -> Path:
    """Where the files of exports are kept until they expire."""
    return Path(settings.VAR_DIR) / "exports"


def path_of(export: Export) -> Path | None:
    """The file of `export`; None while it is not written, or when it is gone."""
    path = folder() / export.file
    return path if export.file and path.is_file() else None


@atomic()
def forget_exports() -> int:
    """Delete the files and rows of exports that have expired. Returns how many."""
    return drop_exports(exports=Export.objects.expired())


@atomic()
def drop_exports(*, exports: QuerySet[Export]) -> int:
    """Delete `exports` with their files, which go after the commit. Returns how many."""
    gone = list(exports)
    Export.objects.filter(pk__in=[export.pk for export in gone]).delete()
    for export in gone:
        transaction.on_commit(partial((folder() / export.file_name).unlink, missing_ok=True), robust=True)
    return len(gone)
