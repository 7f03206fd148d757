"""The open data of a published summary: made in the background, fetched by everybody, checked by its own script."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import erase_person
from consultations.models import Comment
from jobs.models import Job, State
from jobs.run import perform
from methods.documents import recover, to_package
from polls.actions import close_polls
from summaries import actions
from summaries.actions.personal import keep_find, write_finds
from summaries.actions.revising import revise
from summaries.models import Build, Census, Citation, Package, PersonalFind
from summaries.report import report_of
from summaries.sources import gather
from tests.factories import make_comment, make_person
from tests.summaries.factories import build_summary, make_heard, place_people, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR_DIR = tmp_path
    return tmp_path / "packages"


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def analyst(build: Build) -> Any:
    return make_person(role="analyst", organisation=build.consultation.organisation)


def work() -> list[State]:
    """What the worker does now, job by job."""
    jobs = list(Job.objects.filter(kind="summaries.package", state=State.QUEUED).order_by("pk"))
    for job in jobs:
        perform(job.pk)
        job.refresh_from_db()
    return [State(job.state) for job in jobs]


def address(build: Build) -> str:
    return reverse("summaries:package", args=[build.consultation.slug, build.pk])


def fetch(client: Client, build: Build) -> bytes:
    return b"".join(client.get(address(build)).streaming_content)  # type: ignore[attr-defined]


def rows_of(package: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        rows = csv.DictReader(io.StringIO(parts.read(name).decode(), newline=""))
        return [{key: recover(cell) for key, cell in row.items()} for row in rows]


def verified(package: bytes, place: Path, *arguments: str) -> tuple[int, str]:
    """The package, checked as a stranger would: unpacked, by its own script, without anything else."""
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        parts.extractall(place)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(place / "verify.py"), *arguments], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


def package_of(build: Build) -> bytes:
    with translation.override("en"):
        return to_package(report_of(build, "en", for_package=True))


def test_publishing_offers_a_package_that_checks_itself(
    build: Build, analyst: Any, client: Client, tmp_path: Path
) -> None:
    assert client.get(address(build)).status_code == 404
    actions.publish_build(build=build, person=analyst)
    assert client.get(address(build)).status_code == 503
    assert work() == [State.DONE]
    content = fetch(client, build)
    row = Package.objects.get()
    assert sha256(content).hexdigest() == row.sha256
    assert verified(content, tmp_path / "out", "--expect", row.seal) == (0, "")
    assert len(rows_of(content, "contributions.csv")) == build.count("n")
    assert b"SECRET" not in b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    client.cookies["django_language"] = "en"
    page = client.get(reverse("summaries:public", args=[build.consultation.slug])).content.decode()
    assert address(build) in page
    assert row.seal in page
    assert row.sha256 in page


def test_package_of_a_draft_is_for_nobody(build: Build, client: Client) -> None:
    assert actions.request_package(build=build) is None
    assert client.get(address(build)).status_code == 404
    assert work() == []


def test_decision_after_publication_stands_in_the_next_package(build: Build, analyst: Any, client: Client) -> None:
    actions.publish_build(build=build, person=analyst)
    work()
    before = Package.objects.get().seal
    theme = build.themes.get(number=1)
    theme.build.refresh_from_db()
    actions.decide_theme(theme=theme, person=analyst, outcome="adopted", reason="Halte dipindahkan.")
    actions.decide_theme(theme=theme, person=analyst, outcome="partly", reason="Satu halte dipindahkan.")
    assert work() == [State.DONE, State.DONE]  # the second finds that nothing is left to do
    content = fetch(client, build)
    assert [row["reason"] for row in rows_of(content, "decisions.csv")] == ["Satu halte dipindahkan."]
    assert Package.objects.get().seal != before


def test_words_that_were_hidden_since_are_not_handed_out(
    build: Build, analyst: Any, client: Client, folder: Path, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    actions.publish_build(build=build, person=analyst)
    work()
    citation = Citation.objects.filter(build=build, kind="comment").exclude(quote_rank=None).first()
    assert citation is not None
    said = Comment.objects.filter(pk=citation.source_key.split(":")[1])
    body = said.get().body
    said.update(hidden_at=timezone.now())
    assert client.get(address(build)).status_code == 503
    with django_capture_on_commit_callbacks(execute=True):
        revise(build=build)
    work()
    content = fetch(client, build)
    assert [path.name for path in folder.iterdir()] == [Package.objects.get().file]
    (row,) = [row for row in rows_of(content, "contributions.csv") if row["id"] == citation.source_key]
    assert (row["text"], row["removed"]) == ("", "yes")
    assert body not in {row["text"] for row in rows_of(content, "contributions.csv")}
    assert verified(content, tmp_path / "out") == (0, "")


def test_package_still_checks_after_somebody_was_erased(
    build: Build, analyst: Any, client: Client, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    actions.publish_build(build=build, person=analyst)
    work()
    citation = Citation.objects.filter(build=build, kind="comment", place="themed").exclude(person=None).first()
    assert citation is not None
    assert citation.person is not None
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=citation.person)
    work()
    content = fetch(client, build)
    assert verified(content, tmp_path / "out") == (0, "")
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert json.loads(parts.read("datapackage.json"))["rembuk"]["contributors_gone"] == 1


def test_two_packages_share_no_pseudonym_and_tell_no_account(build: Build) -> None:
    first, second = (
        {row["id"]: row["author"] for row in rows_of(package_of(build), "contributions.csv")} for _ in range(2)
    )
    assert first.keys() == second.keys()
    assert not (set(first.values()) & set(second.values())) - {""}
    assert {key for key, name in first.items() if name} == {key for key, name in second.items() if name}


def test_one_author_has_one_pseudonym_in_a_package_and_another_in_the_next_consultation() -> None:
    person = make_person()
    names = []
    for _ in range(2):
        consultation = make_heard()
        for body in ("Halte pasar gelap.", "Tarif pelajar mahal sekali."):
            make_comment(consultation, body=body, author=person)
        build = build_summary(consultation)
        mine = set(Citation.objects.filter(build=build, person=person).values_list("source_key", flat=True))
        found = {row["author"] for row in rows_of(package_of(build), "contributions.csv") if row["id"] in mine}
        assert len(found) == 1
        names += found
    assert names[0] != names[1]


def test_personal_data_is_masked_and_quotes_are_part_of_the_masked_text(tmp_path: Path) -> None:
    consultation = make_heard()
    body = "Hubungi saya di 0812-3456-7890 atau budi@contoh.id, halte pasar perlu atap."
    mine = make_comment(consultation, body=body)
    build = build_summary(consultation)
    row = Citation.objects.get(build=build, source_key=mine.source_key, rank=0)
    if row.theme is None:
        row.theme, row.place = build.themes.get(number=1), "themed"
    start = body.index("0812")
    Citation.objects.filter(build=build, source_key=mine.source_key).exclude(pk=row.pk).update(
        quote_rank=None, quote=""
    )
    row.quote, row.start, row.end, row.quote_rank = body[start:], start, len(body), 9
    row.save()
    content = package_of(build)
    (said,) = [one for one in rows_of(content, "contributions.csv") if one["id"] == mine.source_key]
    assert "0812" not in said["text"]
    assert "budi@" not in said["text"]
    assert "halte pasar perlu atap" in said["text"]
    (cited,) = [
        one for one in rows_of(content, "citations.csv") if one["contribution"] == mine.source_key and one["quote"]
    ]
    assert cited["quote"] == said["text"][int(cited["start"]) : int(cited["end"])]
    assert cited["quote"].startswith("[")


def test_personal_data_that_a_person_kept_stays(analyst: Any, django_capture_on_commit_callbacks: Any) -> None:
    consultation = make_heard()
    mine = make_comment(consultation, body="Telepon kantor 0812-3456-7890 tidak pernah diangkat.")
    build = build_summary(consultation)
    write_finds(build=build, before=None, heard=gather(consultation).contributions)
    person = make_person(role="analyst", organisation=consultation.organisation)
    with django_capture_on_commit_callbacks(execute=True):
        keep_find(find=PersonalFind.objects.get(source_key=mine.source_key), person=person, kept=True)
    (said,) = [one for one in rows_of(package_of(build), "contributions.csv") if one["id"] == mine.source_key]
    assert said["text"] == mine.body


def test_groups_of_fewer_than_ten_are_withheld(build: Build) -> None:
    rows = rows_of(package_of(build), "groups.csv")
    assert rows
    assert all(row["contributors"] == "" or int(row["contributors"]) >= 10 for row in rows)


def test_areas_are_those_of_the_page_so_that_two_publications_tell_no_more_than_one(build: Build) -> None:
    """The census has districts: villages below them, of which some are small, stand nowhere."""
    place_people(build, {"33.01.01": 10, "33.01.02": 2, "33.02": 12})
    rows = [["33.01", "North", 400], ["33.02", "East", 600]]
    Census.objects.create(consultation=build.consultation, rows=rows, source="Office", as_of="2025")
    with translation.override("en"):
        report = report_of(build, "en", for_package=True)
    areas = [(one.group, one.contributors, one.inhabitants) for one in report.groups if one.dimension == "area"]
    assert areas == [("North", 12, 400), ("East", 12, 600)]
    assert report.voices[-1] == "Source: Office, 2025."


def test_polls_that_are_over_can_be_counted_again_from_the_package(build: Build, tmp_path: Path) -> None:
    close_polls()
    with zipfile.ZipFile(io.BytesIO(package_of(publish_summary(build)))) as parts:
        parts.extractall(tmp_path / "opened")
    (folder,) = (tmp_path / "opened/polls").iterdir()
    ended = [
        subprocess.run([sys.executable, program.name], cwd=program.parent, timeout=60).returncode
        for program in (folder / "recount.py", tmp_path / "opened/verify.py")
    ]
    assert ended == [0, 0]
