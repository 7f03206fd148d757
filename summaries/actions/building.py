"""Builds summaries: what people may read becomes themes and a ledger in which every contribution has its place.

A build is invisible until everything of it is written, in one transaction; a run that was killed leaves nothing.
"""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

import jobs.actions
from accounts.models import Participant
from consultations.models import Consultation
from jobs.models import Job
from jobs.registry import Problem
from realtime.actions import atomic, publish
from summaries.actions.carrying import by_original, held_by, members
from summaries.actions.embedding import keep_vectors
from summaries.actions.writing import write_rows
from summaries.models import Build
from summaries.sources import Heard, gather

if TYPE_CHECKING:
    from methods.text import Themes

Progress = Callable[[float, str], None]
KIND = "summaries.build"
BATCH = 500  # texts whose language is told at once
GATHERING = gettext_noop("Gathering what people said")
WRITING = gettext_noop("Writing the summary")
GONE = gettext_noop("This summary was started anew meanwhile, or its consultation is gone.")
WORDS = {
    "languages": gettext_noop("Recognising languages"),
    "copies": gettext_noop("Finding copies and campaigns"),
    "vectors": gettext_noop("Comparing what was said"),
    "groups": gettext_noop("Gathering what belongs together into themes"),
    "labels": gettext_noop("Naming the themes"),
    "quotes": gettext_noop("Choosing quotes"),
    "coverage": gettext_noop("Checking that nothing was left behind"),
}


class Unchanged(Exception):
    """Nothing was said, changed or hidden since the draft `build` was made; another one would be the same."""

    def __init__(self, build: Build) -> None:
        super().__init__(str(build))
        self.build = build


def newest_build(consultation: Consultation) -> Build | None:
    """The newest finished summary of `consultation`."""
    return Build.objects.finished().filter(consultation=consultation).newest().first()


@atomic()
def start_build(*, person: Participant | None, consultation: Consultation) -> Job:
    """Queue the building of a summary; where one is being built already, that job is returned.

    Publishes `summary.<consultation>`. Raises Unchanged when the newest summary is a draft made from the same input.
    """
    build = begin_build(person=person, consultation=consultation)
    if build.job is not None:
        return build.job
    build.job = jobs.actions.start(kind=KIND, arguments={"build": build.pk}, owner=person)
    build.save(update_fields=["job"])
    return build.job


@atomic()
def begin_build(*, person: Participant | None, consultation: Consultation) -> Build:
    """The row of a build that is yet to be made. One at a time: an unfinished one with a living job is returned.

    Publishes `summary.<consultation>`. Raises Unchanged when the newest summary is a draft made from the same input.
    """
    waiting = Build.objects.filter(consultation=consultation, finished_at=None).select_related("job").first()
    if waiting is not None:
        if waiting.job is not None and not waiting.job.is_finished and not waiting.job.cancel_requested_at:
            return waiting
        waiting.delete()
    newest = newest_build(consultation)
    if newest is not None and _holds(newest, gather(consultation).input_hash(method())):
        raise Unchanged(newest)
    try:
        with transaction.atomic():
            build = Build.objects.create(consultation=consultation, created_by=person)
    except IntegrityError:  # somebody pressed at the same moment
        return Build.objects.select_related("job").get(consultation=consultation, finished_at=None)
    publish(build.topic)
    return build


@atomic()
def adopt_job(*, build: Build, job_id: int) -> None:
    """Note which job makes `build`, for one that was begun without a worker. Publishes `summary.<consultation>`."""
    if build.job_id != job_id:
        Build.objects.filter(pk=build.pk).update(job=job_id)
        publish(build.topic)


def make_build(*, build: Build, progress: Progress) -> Build:
    """Gather, find themes, write. Safe to run again: a finished build is returned as it is.

    `progress(share, step)` hears how far it is and may raise to stop. Returns the build; where the input turned out to
    be that of an earlier build, the earlier one, and the new row is gone. Publishes `summary.<consultation>`.
    Raises jobs.registry.Problem when the row was replaced meanwhile.
    """
    if build.finished_at is not None:
        return build
    progress(0.0, GATHERING)
    heard = gather(build.consultation)
    mark = heard.input_hash(method())
    before = newest_build(build.consultation)
    if before is not None and _holds(before, mark):
        _drop(build=build)
        return before
    heard = _with_languages(heard, progress)
    found = _find(build.consultation, heard, before, _vectors(heard, progress), progress)
    progress(0.95, WRITING)
    return _finish(build=build, before=before, heard=heard, found=found, mark=mark)


def _holds(newest: Build, mark: str) -> bool:
    """Whether another build would be the same. A published one is never edited, so a draft may follow it any time."""
    return newest.input_hash == mark and not newest.is_published


def method() -> str:
    """What, beside the input, decides what a summary says."""
    from methods.text import ThemeSettings, default_embedder
    from methods.text.model import METHOD_VERSION

    encoder = default_embedder()
    return f"text {METHOD_VERSION} {encoder.name} {encoder.version} {sorted(asdict(ThemeSettings()).items())}"


def _with_languages(heard: Heard, progress: Progress) -> Heard:
    """What was heard, with a guess of the language where the author did not say it."""
    from methods.text import identify_languages

    unsaid = [one for one in heard.contributions if not one.language]
    guesses: dict[str, str] = {}
    for at in range(0, len(unsaid), BATCH):
        progress(0.02 + 0.06 * at / len(unsaid), WORDS["languages"])
        batch = unsaid[at : at + BATCH]
        found = identify_languages([one.body for one in batch])
        guesses |= {one.source_key: code for one, (code, _sure) in zip(batch, found, strict=True)}
    told = [replace(one, language=guesses.get(one.source_key, one.language)) for one in heard.contributions]
    return Heard(told, heard.left_out)


def _vectors(heard: Heard, progress: Progress) -> dict[str, bytes]:
    """Vectors by key; what is missing is made, and each batch kept: a killed worker's successor goes on from there."""
    from methods.text import default_embedder

    def tell(share: float) -> None:
        progress(0.08 + 0.32 * share, WORDS["vectors"])

    encoder = default_embedder()
    bodies = (one.body for one in heard.contributions)
    return keep_vectors(bodies=bodies, encoder=encoder, tell=tell) if encoder.keeps else {}


def _find(
    consultation: Consultation, heard: Heard, before: Build | None, kept: dict[str, bytes], progress: Progress
) -> "Themes":
    from methods.text import Text, default_embedder, find_themes

    texts = (
        Text(one.source_key, one.body, one.language, str(one.author) if one.author else None, one.stance or None)
        for one in heard.contributions
    )
    return find_themes(
        texts,
        previous=members(before) if before else None,
        pins={key: one.themes[0] for key, one in held_by(consultation).items() if one.themes},
        embedder=default_embedder(),
        vectors=kept,
        progress=lambda step, share: progress(min(0.95, 0.4 + 0.55 * share), WORDS[step]),
    )


@atomic()
def _drop(*, build: Build) -> None:
    """Take away the row of a build that would be the same as the one before."""
    publish(build.topic)
    Build.objects.filter(pk=build.pk, finished_at=None).delete()


@atomic()
def _finish(*, build: Build, before: Build | None, heard: Heard, found: "Themes", mark: str) -> Build:
    """Write everything of a build and let it be seen, all at once."""
    from summaries.actions.personal import write_finds  # it deletes files, whose module knows this one

    row = Build.objects.select_for_update(of=("self",)).select_related("consultation").filter(pk=build.pk).first()
    if row is None:
        raise Problem(GONE)
    if row.finished_at is not None:  # another run was faster
        return row
    build = row
    if before is not None:  # who edits it or decides in it now comes before this one is written, or after
        Build.objects.select_for_update(of=("self",)).get(pk=before.pk)
    build.settings = asdict(found.settings)
    held = by_original(held_by(build.consultation), found.copies.of)
    write_rows(build=build, before=before, heard=heard, found=found, held=held)
    write_finds(build=build, before=before, heard=heard.contributions)
    build.input_hash = mark
    build.versions = dict(found.versions)
    build.finished_at = timezone.now()
    build.save()
    publish(build.topic)
    return build
