"""Files of summaries: what stands in them, what never does, and how long they last; the two commands."""

import csv
import io
import json
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

import jobs.actions
from accounts.actions import erase_person
from consultations.models import Comment
from jobs.models import Job, State
from jobs.run import perform
from methods.documents import FORMATS
from methods.documents.report import place_of_each
from polls.models import Poll
from summaries import actions, privacy, tasks
from summaries.models import Build, Citation, Export, Format
from summaries.report import report_of
from summaries.views.files import TYPES
from tests.factories import make_comment, make_consultation, make_person, sign_in
from tests.needs import ROOT
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    return tmp_path / "exports"


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def analyst(build):
    return make_person(role="analyst", organisation=build.consultation.organisation)


def report(build: Build, language: str = "en"):
    with translation.override(language):
        return report_of(build, language)


def test_formats_are_those_of_the_documents():
    assert set(Format.values) == set(FORMATS)
    assert {name: made.content_type for name, made in FORMATS.items()} == TYPES


def test_every_figure_is_traced_to_contributions(build):
    made = report(build)
    ids = {entry.id for entry in made.contributions}
    assert len(ids) == len(made.contributions) == build.counts["n"]
    for figure in made.key_figures:
        assert not figure.contribution_ids or len(figure.contribution_ids) == figure.value
        assert set(figure.contribution_ids) <= ids
    for theme in made.themes:
        assert len(theme.contribution_ids) == theme.contributions
        assert set(theme.contribution_ids) <= ids
        for quote in theme.quotes:
            assert quote.text in next(entry.text for entry in made.contributions if entry.id == quote.source_id)
    places = list(place_of_each(made).values())
    assert places.count("left_out") == build.counts["left_out"]
    assert len(made.unassigned) == build.counts["unassigned"]


def test_report_says_what_was_decided(build, analyst):
    actions.decide_theme(theme=build.themes.first(), person=analyst, outcome="partly", reason="Satu halte.")
    decision = report(build, "id").themes[0].decision
    assert (decision.reason, decision.by) == ("Satu halte.", build.consultation.responsible)
    assert decision.decided_at.tzinfo is not None


def test_report_carries_polls_that_everybody_may_see(build):
    (poll,) = report(build).polls
    assert poll.question == "Rute mana?"


def test_report_and_page_say_where_a_result_does_not_hold(build, client):
    publish_summary(build)
    poll = Poll.objects.published().get(consultation=build.consultation)
    poll.requirements = {"majority": {"share": "1/2", "of": "valid", "more": True}}
    poll.save()
    (told,) = report(build).polls
    assert "nothing is decided" in told.sentence
    assert not [row for row in told.rows if row.winner]
    page = client.get(build.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "nothing is decided" in page


def test_words_hidden_since_are_in_no_file(build, analyst):
    citation = Citation.objects.filter(build=build, kind="comment").exclude(quote_rank=None).first()
    body = Comment.objects.get(pk=citation.source_key.split(":")[1]).body
    Comment.objects.filter(body=body).update(hidden_at=timezone.now())
    made = report(build)
    entry = next(entry for entry in made.contributions if entry.id == citation.source_key)
    assert (entry.text, entry.where, entry.url) == ("", "", "")
    assert entry.id in {one.id for one in made.left_out}
    assert [quote for theme in made.themes for quote in theme.quotes if quote.source_id == citation.source_key] == []
    for name in ("csv", "json", "docx", "xlsx", "package"):
        assert body.encode() not in unpacked(name, FORMATS[name].make(made))


def unpacked(name: str, content: bytes) -> bytes:
    if name not in ("docx", "xlsx", "package"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"".join(parts.read(part) for part in parts.namelist())


@pytest.mark.parametrize("name", Format.values)
def test_button_makes_a_file_that_its_owner_fetches(name, build, analyst, client, folder):
    sign_in(client, analyst)
    sent = {"format": name, "build": build.pk}
    response = client.post(reverse("summaries:export", args=[build.consultation.slug]), sent)
    export = Export.objects.get()
    assert response["Location"] == reverse("jobs:job", args=[export.job_id])
    perform(export.job_id)
    export.refresh_from_db()
    assert export.job.state == State.DONE
    assert export.job.result["url"] == export.get_absolute_url()
    assert [path.name for path in folder.iterdir()] == [f"{export.token}.{FORMATS[name].extension}"]
    fetched = client.get(export.get_absolute_url())
    content = b"".join(fetched.streaming_content)
    assert len(content) == export.size > 500
    assert fetched["Content-Type"] == TYPES[name]
    assert fetched["Content-Disposition"].startswith("attachment;")
    assert fetched["Content-Disposition"].rstrip('"').endswith(f"-{name}.{FORMATS[name].extension}")
    assert fetched["Cache-Control"] == "private, no-store, max-age=0, no-cache, must-revalidate"
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert b"SECRET" not in unpacked(name, content)


def test_csv_has_a_row_for_each_contribution(build, analyst):
    content = FORMATS["csv"].make(report(build, "id")).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(content)))) == build.counts["n"] + 1


def test_json_names_the_input(build):
    data = json.loads(FORMATS["json"].make(report(build)))
    assert data["stamp"]["input_hash"] == build.input_hash
    assert data["traces"]


def test_workbook_opens(build):
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].make(report(build))))
    assert len(book.sheetnames) == 10


def test_report_asks_no_more_for_many_than_for_few(build):
    big = make_heard()
    for number in range(40):
        make_comment(big, body=f"Halte pasar nomor {number} perlu atap.")
    big = build_summary(big)
    someone = make_person(role="analyst", organisation=big.consultation.organisation)
    for theme in big.themes.all():
        actions.decide_theme(theme=theme, person=someone, outcome="adopted", reason="Ya.")
    counts = []
    for one in (build, big):
        with CaptureQueriesContext(connection) as asked:
            report(Build.objects.get(pk=one.pk))
        counts.append(len(asked))
    assert abs(counts[0] - counts[1]) <= 3  # a question for each kind that is quoted: four kinds there are


def test_unknown_format_is_refused_with_a_word(build, analyst, client):
    sign_in(client, analyst)
    for sent in ({}, {"format": "exe"}, {"format": "../pdf"}):
        response = client.post(reverse("summaries:export", args=[build.consultation.slug]), sent, follow=True)
        assert "PDF, DOCX, XLSX, CSV" in response.content.decode()
    assert Export.objects.count() == 0


def test_summary_of_another_consultation_is_not_exported(build, analyst, client):
    other = build_summary(make_consultation())
    sign_in(client, analyst)
    client.post(reverse("summaries:export", args=[build.consultation.slug]), {"format": "csv", "build": other.pk})
    assert Export.objects.get().build is None


def test_export_without_a_summary_builds_first():
    consultation = make_heard()
    person = make_person(role="analyst", organisation=consultation.organisation)
    export = actions.start_export(person=person, consultation=consultation, format="csv", language="id")
    perform(export.job_id)
    export.refresh_from_db()
    assert export.is_ready
    assert export.build == actions.newest_build(consultation)


def test_export_that_was_killed_is_made_again_once(build, analyst, folder):
    export = actions.start_export(
        person=analyst, consultation=build.consultation, build=build, format="csv", language="id"
    )

    class Killed(BaseException):
        pass

    def die(share: float, words: str) -> None:
        if share > 0.9:
            raise Killed

    with pytest.raises(Killed):
        perform(export.job_id, report=die)
    assert not folder.exists() or list(folder.iterdir()) == []
    Job.objects.filter(pk=export.job_id).update(heartbeat_at=timezone.now() - timezone.timedelta(minutes=5))
    jobs.actions.queue_stale()
    perform(export.job_id)
    assert len(list(folder.iterdir())) == 1


def test_disk_that_refuses_is_told(build, analyst, folder):
    folder.write_text("a file where the folder should be")
    export = actions.start_export(
        person=analyst, consultation=build.consultation, build=build, format="csv", language="id"
    )
    perform(export.job_id)
    export.refresh_from_db()
    assert (export.job.state, export.job.error) == (State.FAILED, tasks.NO_ROOM)
    assert export.file == ""


def test_files_go_when_their_day_is_over(build, analyst, folder, django_capture_on_commit_callbacks):
    exports = [
        actions.start_export(person=analyst, consultation=build.consultation, build=build, format=name, language="id")
        for name in ("csv", "json")
    ]
    for export in exports:
        actions.write_export(export=export, build=build, progress=lambda share, step: None)
    Export.objects.filter(pk=exports[0].pk).update(expires_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_exports.call_local()
    assert list(Export.objects.all()) == [exports[1]]
    assert [path.name for path in folder.iterdir()] == [exports[1].file]


def test_erased_people_leave_no_word_and_numbers_stay(
    client, build, analyst, folder, django_capture_on_commit_callbacks
):
    publish_summary(build)
    client.cookies["django_language"] = "en"
    citation = (
        Citation.objects.filter(build=build, kind="comment").exclude(quote_rank=None).exclude(person=None).first()
    )
    quote, person, theme = citation.quote, citation.person, citation.theme
    assert privacy.export(person)["citations"][0]["quote"] == quote
    export = actions.start_export(
        person=analyst, consultation=build.consultation, build=build, format="csv", language="id"
    )
    actions.write_export(export=export, build=build, progress=lambda share, step: None)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(person=person)
    citation.refresh_from_db()
    assert (citation.quote, citation.start, citation.person) == ("", None, None)
    assert list(folder.iterdir()) == []
    contributors = theme.contributors
    theme.refresh_from_db()
    assert theme.contributors == contributors
    text = client.get(reverse("summaries:public", args=[build.consultation.slug])).content.decode()
    assert quote not in text
    assert "One quote was removed" in text


def test_words_of_a_guest_become_the_accounts(build):
    guest, person = make_person(guest=True), make_person()
    Citation.objects.filter(build=build, rank=0, kind="statement").update(person=guest)
    privacy.adopt(guest, person)
    assert Citation.objects.filter(person=person).count() == 3
    assert Citation.objects.filter(person=guest).count() == 0


def test_summarise_does_what_the_button_does(capsys):
    consultation = make_heard()
    call_command("summarise", consultation.slug)
    build = Build.objects.get()
    told = capsys.readouterr()
    assert f"{build.counts['read']} contributions of {build.counts['n']} received" in told.out
    assert "100 %" not in told.out
    assert "Gathering what people said" in told.err
    assert build.job.state == State.DONE
    call_command("summarise", consultation.slug, verbosity=0)
    assert "Nothing has changed" in capsys.readouterr().out
    assert Build.objects.count() == 1


@pytest.mark.parametrize("name", Format.values)
def test_export_writes_the_file_without_a_worker(name, tmp_path):
    consultation = make_heard()
    output = tmp_path / f"summary.{name}"
    call_command("export", consultation.slug, format=name, output=output, verbosity=0)
    assert output.stat().st_size > 500
    assert Export.objects.count() == 0


def test_export_of_nothing_says_so(tmp_path, capsys):
    consultation = make_consultation()
    output = tmp_path / "empty.json"
    call_command("export", consultation.slug, format="json", output=output, verbosity=0)
    assert "Nothing was said" in capsys.readouterr().out
    assert json.loads(output.read_bytes())["contributions"] == []


def test_commands_fail_with_a_clear_sentence(tmp_path):
    consultation = make_heard()
    with pytest.raises(CommandError, match=r"There is no consultation “nowhere”\. There are: "):
        call_command("summarise", "nowhere")
    with pytest.raises(CommandError, match="There is no consultation “nowhere”"):
        call_command("export", "nowhere", format="csv", output=tmp_path / "x.csv")
    with pytest.raises(CommandError, match="does not exist"):
        call_command("export", consultation.slug, format="csv", output=tmp_path / "none" / "x.csv")
    with pytest.raises(CommandError, match="is a folder"):
        call_command("export", consultation.slug, format="csv", output=tmp_path)
    with pytest.raises(CommandError, match="invalid choice"):
        call_command("export", consultation.slug, "--format", "exe", "--output", str(tmp_path / "x"))
    assert Build.objects.count() == 0


def test_commands_name_a_build_that_is_going_on(tmp_path):
    consultation = make_heard()
    job = actions.start_build(person=make_person(), consultation=consultation)
    with pytest.raises(CommandError, match=rf"is being built already \(job {job.pk}\)"):
        call_command("summarise", consultation.slug)


def test_addresses_load_without_the_libraries_of_the_methods():
    code = (
        "import django, sys; django.setup(); import config.urls; from django.urls import reverse; "
        "reverse('summaries:public', args=['x']); "
        "print([name for name in ('numpy', 'sklearn', 'scipy', 'docx', 'openpyxl', 'typst') if name in sys.modules])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"DJANGO_SETTINGS_MODULE": "config.settings", "SECRET_KEY": "x", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
