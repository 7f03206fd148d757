"""Publishing tells each contributor what became of their words: quoted, with theme, decision and changed clause."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from accounts.actions import erase_person
from accounts.models import Participant
from consultations.models import Clause, Comment, Version
from moderation.richtext import render
from notifications import actions, digests
from notifications.models import Notice
from notifications.words import Words, say
from summaries.models import Build, Citation, Dispute, Theme, ThemeDecision
from tests.factories import make_comment, make_document, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def build() -> Build:
    return publish_summary(build_summary(make_heard(title="Bus")))


def author_in(theme: Theme) -> Participant:
    person = theme.citations.filter(kind="comment").exclude(person=None).first().person
    assert person is not None
    return person


def words_of(person: Participant) -> Words:
    return say(Notice.objects.get(person=person, kind="answer"))


def decide(theme: Theme, **fields: Any) -> ThemeDecision:
    return ThemeDecision.objects.create(theme=theme, outcome="partly", reason="Atap direncanakan.", **fields)


def reworded(build: Build) -> tuple[Clause, Clause]:
    """A clause, and what became of it in the next published version."""
    document = make_document(build.consultation)
    old = Clause.objects.get(version__document=document, key="article-1")
    version = Version.objects.create(document=document, number=2, source="x", published_at=timezone.now())
    new = Clause.objects.create(
        version=version, key="article-1", position=1, kind="article", number="1", heading="Article 1",
        body="The bus stops at the school.", html=render("The bus stops at the school."), change="reworded",
        difference=[["same", "Article 1\nThe bus stops at "], ["gone", "place number 1"], ["new", "the school"],
                    ["same", "."]],
    )  # fmt: skip
    return old, new


def test_notice_quotes_ones_own_words(build: Build) -> None:
    theme = build.themes.first()
    author = author_in(theme)
    body = Comment.objects.get(author=author).body
    actions.gather(person=author)
    words = words_of(author)
    assert words.own == (body if len(body) <= 160 else f"{body[:159].rstrip()}…")
    assert words.language == "id"


def test_one_notice_for_a_theme_and_not_for_each_text(build: Build) -> None:
    theme = build.themes.first()
    author = author_in(theme)
    first, second = theme.citations.exclude(person=author).order_by("pk")[:2]
    Citation.objects.filter(pk__in=[first.pk, second.pk]).update(person=author)
    actions.gather(person=author)
    assert words_of(author).more == "And 2 more texts of yours."


def test_changed_clause_is_shown_word_by_word(client: Client, build: Build) -> None:
    theme = build.themes.first()
    author = author_in(theme)
    old, new = reworded(build)
    decide(theme, clause=old)
    actions.gather(person=author)
    words = words_of(author)
    assert (words.clause, words.clause_url, words.change) == (
        "Article 1", new.get_absolute_url(), "Changed in version 2:",
    )  # fmt: skip
    assert (words.before, words.now) == (
        "Article 1 The bus stops at place number 1.",
        "Article 1 The bus stops at the school.",
    )
    page = sign_in(client, author).get("/inbox/").content.decode()
    assert "<del>place number 1</del><ins>the school</ins>" in page


def test_clause_that_did_not_change_is_only_named(build: Build) -> None:
    theme = build.themes.first()
    old, new = reworded(build)
    new.version.published_at = None
    new.version.save()
    decide(theme, clause=old)
    actions.gather(person=author_in(theme))
    words = words_of(author_in(theme))
    assert (words.clause, words.change, words.difference) == ("Article 1", "", ())


def test_version_that_follows_a_decision_is_told_once_more(build: Build) -> None:
    theme = build.themes.first()
    author = author_in(theme)
    old, new = reworded(build)
    Version.objects.filter(pk=new.version_id).update(published_at=None)
    decide(theme, clause=old, decided_at=timezone.now() - timedelta(days=2))
    actions.gather(person=author)
    actions.mark_all_read(person=author)
    Version.objects.filter(pk=new.version_id).update(published_at=timezone.now())
    assert actions.gather(person=author) == 1
    notice = Notice.objects.get(person=author, kind="answer")
    assert (notice.read_at, say(notice).change) == (None, "Changed in version 2:")
    assert actions.gather(person=author) == 0


def test_what_was_told_is_not_told_again_by_the_next_summary(build: Build) -> None:
    theme = build.themes.first()
    author = author_in(theme)
    decide(theme)
    assert actions.gather(person=author) == 1
    make_comment(build.consultation, body="Halte pasar harus lebih dekat ke pintu timur.", language="id")
    publish_summary(build_summary(build.consultation))
    keys = set(Notice.objects.filter(person=author).values_list("key", flat=True))
    actions.gather(person=author)
    again = Notice.objects.filter(person=author)
    assert {notice.key for notice in again} >= keys
    assert again.get(key=f"theme:{build.consultation_id}:{theme.key}").read_at is None


def test_somebody_who_was_erased_is_told_nothing(build: Build) -> None:
    author = author_in(build.themes.first())
    erase_person(person=author)
    actions.gather_recent()
    assert not Notice.objects.filter(person=author).exists()


def test_hidden_words_are_not_quoted(build: Build) -> None:
    author = author_in(build.themes.first())
    Comment.objects.filter(author=author).update(hidden_at=timezone.now())
    actions.gather(person=author)
    assert words_of(author).own == ""


def test_digest_says_what_was_written_decided_and_changed_in_the_readers_language(build: Build) -> None:
    theme = build.themes.first()
    author = author_in(theme)
    EmailAddress.objects.create(user=author.user, email=author.user.email, verified=True, primary=True)
    author.user.language = "id"
    author.user.save()
    decide(theme, clause=reworded(build)[0])
    actions.gather(person=author)
    assert digests.send(author)
    (message,) = mail.outbox
    assert Comment.objects.get(author=author).body[:60] in message.body
    assert "Atap direncanakan." in message.body
    assert "Keputusan: diterima sebagian" in message.body
    assert "  - Article 1 The bus stops at place number 1.\n  + Article 1 The bus stops at the school." in message.body


def test_answer_to_misread_words_reaches_their_author_guests_too(build: Build) -> None:
    citation = build.citations.filter(kind="comment").exclude(person=None).first()
    author = citation.person
    dispute = Dispute.objects.create(build=build, theme=citation.theme, source_key=citation.source_key, person=author)
    actions.gather(person=author)
    before = Notice.objects.filter(person=author).count()
    Dispute.objects.filter(pk=dispute.pk).update(
        settlement="moved", moved_to="Tarif", reason="You speak about fares.", settled_at=timezone.now()
    )
    actions.gather(person=author)
    notice = Notice.objects.get(person=author, key=f"dispute:{dispute.pk}")
    assert Notice.objects.filter(person=author).count() == before + 1
    assert say(notice).title == (
        "You said that you were misread in “Bus”. From the next summary on your words belong to the theme “Tarif”."
    )
    assert (say(notice).text, notice.url) == ("You speak about fares.", f"{build.get_absolute_url()}#mine")


@pytest.mark.parametrize("number", [1, 3])
def test_telling_asks_the_same_number_of_questions(build: Build, number: int, django_assert_num_queries: Any) -> None:
    theme = build.themes.first()
    decide(theme, clause=reworded(build)[0])
    authors = list(theme.citations.filter(kind="comment").exclude(person=None).values_list("person", flat=True))
    Citation.objects.filter(build=build).exclude(theme=theme, person__in=authors[:number]).update(person=None)
    with django_assert_num_queries(QUESTIONS):
        actions.gather_recent()
    assert Notice.objects.filter(kind="answer").count() == number


QUESTIONS = 29
