"""Words that were withdrawn, hidden or changed after publication go within minutes; counts stay, and a note says so."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.actions import erase_person
from consultations.actions import edit_comment
from consultations.models import Comment
from summaries.actions.revising import revise, revise_all
from summaries.models import Build, Citation, Dispute, Export, Revision, Translation
from summaries.revisions import notes
from tests.factories import make_person
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def build(settings: Any, tmp_path: Path) -> Build:
    settings.VAR_DIR = tmp_path
    return publish_summary(build_summary(make_heard()))


def quoted(build: Build) -> tuple[Citation, Comment]:
    """A quote of `build`, and the comment that it is from."""
    citation = Citation.objects.filter(build=build, kind="comment").exclude(quote="").order_by("pk").first()
    assert citation is not None
    return citation, Comment.objects.get(pk=citation.source_key.partition(":")[2])


def sums(build: Build) -> list[tuple[str, int, int, int]]:
    return list(build.themes.order_by("pk").values_list("key", "contributions", "distinct", "contributors"))


def withdraw(comment: Comment) -> None:
    Comment.objects.filter(pk=comment.pk).update(body="", html="", hidden_at=timezone.now())


def test_withdrawn_words_are_deleted_and_noted_and_counts_stay(build: Build) -> None:
    citation, comment = quoted(build)
    Translation.objects.create(citation=citation, language="en", text="In English")
    before = sums(build)
    withdraw(comment)
    assert revise(build=build) == 2
    citation.refresh_from_db()
    assert (citation.quote, citation.start, citation.end) == ("", None, None)
    assert citation.quote_rank is not None
    assert Translation.objects.count() == 0
    assert sums(build) == before
    (note,) = notes(build)
    assert note.theme == citation.theme
    assert note.cause == "withdrawn"
    assert note.words.endswith(
        f": a quote was removed from the theme “{citation.theme.label}”: withdrawn by its author. The counts stay."
    )
    assert revise(build=build) == 0


def test_notes_are_said_in_the_readers_language(build: Build) -> None:
    _citation, comment = quoted(build)
    withdraw(comment)
    revise(build=build)
    with translation.override("id"):
        (note,) = notes(build)
    assert "ditarik oleh penulisnya" in note.words


def test_changed_words_are_deleted_and_noted(build: Build) -> None:
    citation, comment = quoted(build)
    edit_comment(comment=comment, body="Something else entirely.", stance="support", language="en")
    revise(build=build)
    citation.refresh_from_db()
    assert citation.quote == ""
    assert [note.cause for note in notes(build)] == ["changed"]


def test_words_added_to_a_text_leave_its_quote(build: Build) -> None:
    citation, comment = quoted(build)
    edit_comment(comment=comment, body=f"{comment.body} Terima kasih.", stance=comment.stance, language="id")
    assert revise(build=build) == 0
    citation.refresh_from_db()
    assert citation.quote != ""


def test_hidden_words_come_back_with_their_source(build: Build) -> None:
    citation, comment = quoted(build)
    Comment.objects.filter(pk=comment.pk).update(hidden_at=timezone.now())
    revise(build=build)
    assert [note.cause for note in notes(build)] == ["hidden"]
    Comment.objects.filter(pk=comment.pk).update(hidden_at=None)
    revise(build=build)
    citation.refresh_from_db()
    assert (notes(build), bool(citation.quote)) == ([], True)


def test_drafts_lose_words_without_a_note(settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path
    draft = build_summary(make_heard())
    citation, comment = quoted(draft)
    withdraw(comment)
    revise(build=draft)
    citation.refresh_from_db()
    assert (citation.quote, Revision.objects.count()) == ("", 0)


def test_somebody_who_is_erased_takes_their_words_along(build: Build) -> None:
    citation, comment = quoted(build)
    person = comment.author
    words = citation.quote
    Dispute.objects.create(build=build, source_key=citation.source_key, person=person, words="I meant the school")
    before = sums(build)
    erase_person(person=person)
    citation.refresh_from_db()
    assert (citation.quote, citation.person, sums(build)) == ("", None, before)
    assert [note.cause for note in notes(build)] == ["erased"]
    assert not Citation.objects.filter(quote=words).exists()
    assert list(Dispute.objects.values_list("person", "words")) == [(None, "")]
    assert revise(build=build) == 0


def test_files_made_before_are_deleted(build: Build) -> None:
    Export.objects.create(consultation=build.consultation, build=build, format="csv", owner=make_person())
    _citation, comment = quoted(build)
    withdraw(comment)
    revise(build=build)
    assert Export.objects.count() == 0


def test_clock_looks_at_what_changed_lately(build: Build) -> None:
    _citation, comment = quoted(build)
    withdraw(comment)
    Build.objects.filter(pk=build.pk).update(published_at=timezone.now() - timedelta(days=3))
    Comment.objects.update(created_at=timezone.now() - timedelta(days=4))
    assert revise_all(since=timezone.now() + timedelta(minutes=1)) == 0
    assert revise_all(since=timezone.now() - timedelta(minutes=15)) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_revising_asks_the_same_number_of_questions(
    build: Build, number: int, django_assert_max_num_queries: Any
) -> None:
    rows = Citation.objects.filter(build=build, kind="comment").exclude(quote="")[:number]
    for citation in rows:
        withdraw(Comment.objects.get(pk=citation.source_key.partition(":")[2]))
    with django_assert_max_num_queries(QUESTIONS):
        revise(build=build)


QUESTIONS = 34  # the open data package is asked for anew; one for each of the four kinds that may be quoted
