"""From rows to a summary: what is gathered, where everything stands, what survives a new build and a killed worker."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import jobs.actions
from consultations.models import Comment
from jobs.models import Job, State
from jobs.run import perform
from methods.text import default_embedder, passage_keys
from summaries import actions
from summaries.actions import embedding
from summaries.actions.building import WORDS
from summaries.models import Build, Citation, Place, Theme, Vector
from summaries.sources import find, gather, public_keys
from tests.factories import make_comment, make_consultation, make_person
from tests.summaries.factories import CAMPAIGN, LEFT_OUT, READ, build_summary, make_heard

pytestmark = pytest.mark.django_db


def texts_of(build: Build) -> dict[str, str]:
    return {one.source_key: one.body for one in gather(build.consultation).contributions}


def test_gather_reads_all_four_kinds_and_no_more():
    heard = gather(make_heard())
    kinds = [one.kind for one in heard.contributions]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"comment": 24, "post": 2, "remark": 2, "statement": 3}
    assert heard.reasons == LEFT_OUT
    assert not any("SECRET" in f"{one.body}{one.html}{one.where}" for one in heard.contributions)


def test_gather_names_where_and_who():
    heard = gather(make_heard())
    by_kind = {one.kind: one for one in heard.contributions}
    assert str(by_kind["post"].where) == "Halte pasar"
    assert str(by_kind["remark"].where) == "Rute mana?"
    assert by_kind["remark"].author is None
    assert by_kind["comment"].author is not None
    assert all(one.url.startswith("/") for one in heard.contributions)


def test_public_keys_are_those_of_gather():
    consultation = make_heard()
    heard = gather(consultation)
    keys = {one.source_key for one in heard.contributions}
    assert public_keys(consultation) == keys
    assert set(find(consultation, keys | set(heard.left_out))) == keys


def test_gather_asks_as_often_for_many_as_for_few():
    few, many = make_heard(), make_heard()
    for number in range(30):
        make_comment(many, body=f"Halte nomor {number}")
    with CaptureQueriesContext(
        connection,
    ) as first:
        gather(few)
    with CaptureQueriesContext(connection) as second:
        gather(many)
    assert len(first) == len(second) == 4


def test_input_hash_follows_text_and_not_order():
    consultation = make_heard()
    before = gather(consultation).input_hash("m")
    assert gather(consultation).input_hash("m") == before
    assert gather(consultation).input_hash("n") != before
    Comment.objects.filter(consultation=consultation, body=CAMPAIGN).update(hidden_at=timezone.now())
    assert gather(consultation).input_hash("m") != before


def test_coverage_adds_up():
    build = build_summary(make_heard())
    counts = build.counts
    assert counts["read"] == READ
    assert counts["n"] == READ + sum(LEFT_OUT.values())
    assert counts["themed"] + counts["unassigned"] + counts["left_out"] == counts["n"]
    ledger = Citation.objects.filter(build=build, rank=0)
    assert ledger.count() == counts["n"]
    assert ledger.values("source_key").distinct().count() == counts["n"]
    assert {place: ledger.filter(place=place).count() for place in Place.values} == {
        place: counts[place] for place in Place.values
    }
    assert counts["reasons"] == LEFT_OUT
    assert counts["copies"] == 3
    assert counts["distinct"] == READ - 3
    assert counts["anonymous"] == 2
    assert counts["contributors"] == READ - 2


def test_theme_numbers_open_their_lists():
    build = build_summary(make_heard())
    assert build.themes.count() >= 2
    for theme in build.themes.all():
        assert theme.citations.count() == theme.contributions
        assert theme.citations.filter(copy_of="").count() == theme.distinct
        assert theme.citations.exclude(person=None).values("person").distinct().count() == theme.contributors
        assert sum(theme.stances.values()) == theme.citations.exclude(stance="").count()


def test_quotes_are_exact_substrings_of_their_sources():
    build = build_summary(make_heard())
    texts = texts_of(build)
    quotes = Citation.objects.filter(build=build).exclude(quote_rank=None)
    assert quotes.count() >= build.themes.count()
    for citation in quotes:
        assert texts[citation.source_key][citation.start : citation.end] == citation.quote != ""


def test_hidden_text_is_nowhere_in_a_build():
    build = build_summary(make_heard())
    rows = [list(Citation.objects.values()), list(Theme.objects.values()), build.counts]
    assert "SECRET" not in json.dumps(rows, default=str)
    for citation in Citation.objects.filter(build=build, place=Place.LEFT_OUT):
        assert (citation.quote, citation.person_id, citation.language, citation.stance) == ("", None, "", "")


def test_same_input_gives_the_build_that_is_there():
    consultation = make_heard()
    build = build_summary(consultation)
    with pytest.raises(actions.Unchanged) as raised:
        actions.start_build(person=make_person(), consultation=consultation)
    assert raised.value.build == build
    assert Build.objects.count() == 1
    assert Job.objects.count() == 0


def test_input_that_turns_out_to_be_the_same_leaves_one_build():
    consultation = make_heard()
    build = build_summary(consultation)
    extra = make_comment(consultation, body="Halte pasar penuh.")
    waiting = actions.begin_build(person=None, consultation=consultation)
    Comment.objects.filter(pk=extra.pk).delete()
    assert actions.make_build(build=waiting, progress=lambda share, step: None) == build
    assert list(Build.objects.all()) == [build]


def test_theme_keys_names_and_decisions_survive_a_new_build():
    consultation = make_heard()
    person = make_person(role="analyst", organisation=consultation.organisation)
    first = build_summary(consultation)
    theme = first.themes.first()
    actions.rename_theme(theme=theme, person=person, label="Halte dan pasar")
    actions.decide_theme(theme=theme, person=person, outcome="partly", reason="Satu halte ditambah.")
    make_comment(consultation, body="Halte pasar perlu tempat sepeda.", language="id")
    second = build_summary(consultation)
    kept = second.themes.get(key=theme.key)
    assert kept.label == "Halte dan pasar"
    assert kept.found_label != "Halte dan pasar"
    assert kept.renamed_by == person
    assert (kept.decision.outcome, kept.decision.reason, kept.decision.decided_by) == (
        "partly", "Satu halte ditambah.", person,
    )  # fmt: skip
    assert kept.decision.decided_at == theme.decision.decided_at


def test_job_builds_and_tells_its_steps():
    consultation = make_heard()
    job = actions.start_build(person=make_person(), consultation=consultation)
    heard = []
    perform(job.pk, report=lambda share, words: heard.append((share, words)))
    job.refresh_from_db()
    build = Build.objects.get()
    assert (job.state, job.error) == (State.DONE, "")
    assert job.result == {"url": build.get_absolute_url(), "build": build.pk}
    assert [share for share, _ in heard] == sorted(share for share, _ in heard)
    steps = list(dict.fromkeys(words for _, words in heard))
    assert steps[0] == "Gathering what people said"
    assert steps[-1] == "Writing the summary"


def test_second_press_gives_the_running_job():
    consultation = make_heard()
    job = actions.start_build(person=make_person(), consultation=consultation)
    assert actions.start_build(person=make_person(), consultation=consultation) == job
    assert Build.objects.count() == 1


def test_worker_killed_while_making_vectors_leaves_those_that_are_made(monkeypatch):
    monkeypatch.setattr(embedding, "BATCH", 4)
    consultation = make_heard()
    job = actions.start_build(person=make_person(), consultation=consultation)

    def die(share: float, words: str) -> None:
        if words == WORDS["vectors"] and share > 0.2:
            raise Killed

    with pytest.raises(Killed):
        perform(job.pk, report=die)
    made = Vector.objects.count()
    assert 0 < made < READ
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timezone.timedelta(minutes=5))
    jobs.actions.queue_stale()
    perform(job.pk)
    bodies = {one.body for one in gather(consultation).contributions}
    assert Vector.objects.count() == len(passage_keys(bodies, default_embedder())) > made


def test_vectors_are_made_once_and_in_the_background(monkeypatch):
    consultation = make_heard()
    an_hour_ago = timezone.now() - timezone.timedelta(hours=1)
    made = embedding.embed_recent(since=an_hour_ago, most=5)
    assert (made, Vector.objects.count()) == (5, 5)
    rest = embedding.embed_recent(since=an_hour_ago, most=1000)
    assert embedding.embed_recent(since=an_hour_ago, most=1000) == 0
    assert embedding.embed_recent(since=timezone.now(), most=1000) == 0
    assert Vector.objects.count() == 5 + rest
    secret = passage_keys(["SECRET hidden words about the bus", "SECRET held words about the bus"], default_embedder())
    assert not Vector.objects.filter(pk__in=secret).exists()
    build_summary(consultation)
    assert Vector.objects.count() == 5 + rest


def test_kept_vectors_change_nothing():
    consultation = make_heard()
    first = build_summary(consultation)
    themes = list(first.themes.values_list("key", "label", "contributions", "phrases"))
    first.delete()
    assert Vector.objects.exists()
    second = build_summary(consultation)
    assert list(second.themes.values_list("key", "label", "contributions", "phrases")) == themes


def test_vectors_that_no_build_uses_are_forgotten():
    build_summary(make_heard())
    kept = Vector.objects.first()
    Vector.objects.update(used_at=timezone.now() - timezone.timedelta(days=91))
    Vector.objects.filter(pk=kept.pk).update(used_at=timezone.now() - timezone.timedelta(days=89))
    embedding.forget_vectors()
    assert [vector.pk for vector in Vector.objects.all()] == [kept.pk]


class Killed(BaseException):
    """What a worker that is killed looks like from within."""


def test_job_killed_half_way_then_run_again_gives_one_build():
    consultation = make_heard()
    job = actions.start_build(person=make_person(), consultation=consultation)

    def die(share: float, words: str) -> None:
        if share > 0.5:
            raise Killed

    with pytest.raises(Killed):
        perform(job.pk, report=die)
    assert list(Build.objects.finished()) == []
    assert Citation.objects.count() == 0
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timezone.timedelta(minutes=5))
    jobs.actions.queue_stale()
    perform(job.pk)
    build = Build.objects.get()
    assert build.finished_at is not None
    assert Citation.objects.filter(rank=0).count() == build.counts["n"]
    perform(job.pk)
    assert Build.objects.count() == 1


def test_failure_while_writing_leaves_nothing(monkeypatch):
    consultation = make_heard()
    waiting = actions.begin_build(person=None, consultation=consultation)
    monkeypatch.setattr("summaries.actions.writing._counts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.make_build(build=waiting, progress=lambda share, step: None)
    assert (Theme.objects.count(), Citation.objects.count()) == (0, 0)
    assert Build.objects.finished().count() == 0


def test_cancelled_job_leaves_no_build_and_the_next_press_starts_anew():
    consultation = make_heard()
    job = actions.start_build(person=make_person(), consultation=consultation)
    perform(job.pk, report=lambda share, words: jobs.actions.cancel(job=job) if share > 0.3 else None)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    assert Build.objects.finished().count() == 0
    again = actions.start_build(person=make_person(), consultation=consultation)
    assert again != job
    perform(again.pk)
    assert Build.objects.finished().count() == 1


def test_nothing_said_gives_an_empty_summary():
    build = build_summary(make_consultation())
    assert build.is_empty
    assert build.counts["n"] == build.themes.count() == 0
