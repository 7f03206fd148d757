"""What runs in the background: building summaries, keeping vectors, writing files, taking expired files away."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from jobs.registry import Problem, Run, step
from summaries import actions
from summaries.actions import embedding, suggesting
from summaries.actions.building import GONE
from summaries.actions.revising import revise_all
from summaries.models import Build, Export

MOST = 5000  # vectors made in one go, about half a minute's work
NO_ROOM = gettext_noop("The file could not be written: the disk is full or cannot be written to. Nothing was lost.")


@step("summaries.build", title=gettext_noop("Building the summary"))
def build(job: Run) -> dict[str, Any]:
    """Build the summary `arguments["build"]`."""
    row = Build.objects.select_related("consultation").filter(pk=job.arguments["build"]).first()
    if row is None:
        raise Problem(GONE)
    actions.adopt_job(build=row, job_id=job.id)
    made = actions.make_build(build=row, progress=job.progress)
    return {"url": made.get_absolute_url(), "build": made.pk}


@step("summaries.export", title=gettext_noop("Making the file"))
def export(job: Run) -> dict[str, Any]:
    """Write the file of `arguments["export"]`; where nothing was built yet, build first."""
    row = (
        Export.objects.select_related("build__consultation", "consultation").filter(pk=job.arguments["export"]).first()
    )
    if row is None:
        raise Problem(GONE)
    source = row.build or actions.build_for_export(
        export=row, progress=lambda share, words: job.progress(share / 2, words)
    )
    start = 0.0 if row.build else 0.5
    try:
        actions.write_export(
            export=row, build=source, progress=lambda share, words: job.progress(start + share * (1 - start), words)
        )
    except OSError as problem:
        raise Problem(NO_ROOM) from problem
    return {"url": row.get_absolute_url(), "export": row.pk}


@step("summaries.suggest", title=gettext_noop("Asking the language model"))
def suggest(job: Run) -> dict[str, Any]:
    """Ask the language model about the summary `arguments["build"]`."""
    row = Build.objects.select_related("consultation").filter(pk=job.arguments["build"]).first()
    if row is None:
        raise Problem(GONE)
    kinds, language = job.arguments["kinds"], job.arguments["language"]
    tally = suggesting.suggest(build=row, kinds=kinds, language=language, progress=job.progress)
    url = reverse("summaries:suggestions", args=[row.consultation.slug, row.pk])
    return {"url": url, "kept": tally.kept, "refused": tally.refused, "failed": tally.failed}


@db_periodic_task(crontab(minute="*/5"), name="summaries.embed_recent")
def embed_recent() -> None:
    """Every five minutes: make the vectors of what was said in the last hour, so that building is quick."""
    embedding.embed_recent(since=timezone.now() - timedelta(hours=1), most=MOST)


@db_periodic_task(crontab(hour="3", minute="23"), name="summaries.forget_vectors")
def forget_vectors() -> None:
    """Each night: forget vectors that no build has used for long."""
    embedding.forget_vectors()


@step("summaries.package", title=gettext_noop("Making the open data package"))
def package(job: Run) -> dict[str, Any]:
    """Make the open data package of the published build `arguments["build"]`."""
    builds = Build.objects.published().select_related("consultation__organisation")
    row = builds.filter(pk=job.arguments["build"]).first()
    if row is None:
        raise Problem(GONE)
    try:
        actions.make_package(build=row, progress=job.progress)
    except OSError as problem:
        raise Problem(NO_ROOM) from problem
    return {"url": row.get_absolute_url(), "build": row.pk}


@db_periodic_task(crontab(minute="*/10"), name="summaries.forget_exports")
def forget_exports() -> None:
    """Every ten minutes: delete the files of exports that have expired."""
    actions.forget_exports()


@db_periodic_task(crontab(minute="*/3"), name="summaries.revise_recent")
def revise_recent() -> None:
    """Every three minutes: take out words whose source was hidden, withdrawn or changed in the last fifteen."""
    revise_all(since=timezone.now() - timedelta(minutes=15))


@db_periodic_task(crontab(minute="41"), name="summaries.revise_all")
def revise_hourly() -> None:
    """Each hour: look at every quote, so that nothing stays that a pause of the worker left behind."""
    revise_all()
