"""What a journey through a large consultation does inside the installation: plant, embed, look into the rows."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, Participant
from consultations.models import Comment, Consultation
from demo.mixed import mixed_corpus
from demo.stories.town import OFFICE
from jobs.models import Job
from methods.text.normal import comparable
from moderation.richtext import render
from summaries.actions.embedding import embed_recent
from summaries.models import Build, Citation, Export
from tests.summaries.large import make_large

SLUG = "tata-kota"  # here, because the site's own process reads this file and has no Redis to import

VECTORS = 1000  # made in one go
WHAT = ("parkir liar", "mobil yang diparkir", "kendaraan besar", "truk barang", "sepeda motor pengunjung")
WHERE = ("di Jalan Kenanga", "di depan sekolah dasar", "di trotoar pasar", "di mulut gang", "di tepi taman")
WISH = ("harus ditertibkan", "perlu dilarang", "jangan dibiarkan", "mohon dipindahkan")


def plant(n: int, folder: str) -> dict[str, Any]:
    """A consultation of `n` contributions for the office of the stories. Keys of the minority and of each petition,
    and of each petition the first words and what its campaign must count.
    """
    made = make_large(mixed_corpus(n, folder=Path(folder)), Organisation.objects.get(slug=OFFICE[1]), slug=SLUG)
    return {"minority": made.minority, "petitions": made.petitions}


def embed() -> int:
    """What the clock does every five minutes; how many vectors were made."""
    return embed_recent(since=timezone.now() - timedelta(days=90), most=VECTORS)


def newest() -> Build:
    """The newest finished summary."""
    return Build.objects.finished().filter(consultation__slug=SLUG).newest()[0]


def seconds_of_job() -> float:
    """How long the newest build took, from its start to its end."""
    job = newest().job
    assert job is not None
    assert job.finished_at is not None
    assert job.started_at is not None
    return (job.finished_at - job.started_at).total_seconds()


def attempts() -> int:
    """How many workers began the newest build."""
    job = newest().job
    return job.attempts if job else 0


def ledger() -> dict[str, int]:
    """The numbers of the newest build: n, and its parts."""
    return {name: newest().count(name) for name in ("n", "themed", "unassigned", "left_out", "contributors")}


def campaign_of(keys: list[str]) -> dict[str, Any]:
    """What the campaign that most of `keys` belong to must show, counted from the texts themselves."""
    build = newest()
    original = {
        row.source_key: row.copy_of or row.source_key
        for row in Citation.objects.filter(build=build, rank=0, source_key__in=keys)
    }
    homes = list(original.values())
    main = max(set(homes), key=homes.count)
    mine = [int(key.partition(":")[2]) for key in keys if original[key] == main]
    rows = Comment.objects.filter(pk__in=mine)
    others = Citation.objects.filter(build=build, rank=0, copy_of=main).exclude(source_key__in=keys)
    return {
        "words": Comment.objects.get(pk=main.partition(":")[2]).body[:50],
        "counts": [len(mine), len({comparable(row.body) for row in rows}), len({row.author_id for row in rows})],
        "strangers": others.count(),
    }


def unfinished() -> int:
    """How many files or packages are still being made."""
    return Job.objects.unfinished().filter(kind__in=("summaries.export", "summaries.package")).count()


def seconds_of_files() -> float:
    """From the order of the first of the last seven files to the end of the last."""
    jobs = list(Job.objects.filter(kind="summaries.export").order_by("-pk")[:7])
    ends = [job.finished_at for job in jobs if job.finished_at]
    return (max(ends) - min(job.created_at for job in jobs)).total_seconds()


def seconds_by_file() -> dict[str, float]:
    """Seconds of work on each kind of file."""
    rows = Export.objects.filter(consultation__slug=SLUG).select_related("job").order_by("pk")
    return {row.format: (row.job.finished_at - row.job.started_at).total_seconds() for row in rows if row.job}  # type: ignore[operator]


def addresses_of_files() -> dict[str, str]:
    """Where the newest file of each kind lies."""
    rows = Export.objects.filter(consultation__slug=SLUG).order_by("pk")
    return {row.format: row.get_absolute_url() for row in rows if row.is_ready}


def forget_life() -> int:
    """Let running work look as if its last sign of life were long ago; a test need not wait. How many jobs."""
    return Job.objects.filter(state="running").update(heartbeat_at=timezone.now() - timedelta(minutes=2))


def one_account_speaks(times: int) -> int:
    """One account says one thing in `times` ways; its id."""
    consultation = Consultation.objects.get(slug=SLUG)
    person = Participant.objects.create(name="Satu orang", level=1)
    bodies = [f"{what.capitalize()} {where} {wish}." for what in WHAT for where in WHERE for wish in WISH][:times]
    Comment.objects.bulk_create(
        Comment(
            consultation=consultation, space=consultation.space, author=person, body=body, html=render(body),
            language="id", stance="oppose",
        )
        for body in bodies
    )  # fmt: skip
    return person.pk


def places(without: int) -> list[list[Any]]:
    """Key, contributors, and contributors without the account `without`, of the themes in their order."""
    found = []
    for theme in newest().themes.standing().order_by("number"):
        others = theme.citations.exclude(person=without).exclude(person=None).values("person").distinct().count()
        found.append([theme.key, theme.contributors, others])
    return found
