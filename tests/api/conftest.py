"""A consultation with something of every kind in it, and as much beside it that nobody may read."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from consultations.models import Clause
from opinions.models import Conversation, Statement
from polls.models import Poll
from summaries.models import Theme
from tests.factories import make_comment, make_consultation, make_document
from tests.forums.factories import make_board, make_post, make_thread
from tests.opinions.factories import make_conversation, make_statement, make_votes
from tests.polls.factories import cast, make_poll
from tests.summaries.factories import build_summary, make_heard, publish_summary


@pytest.fixture
def world(db) -> SimpleNamespace:
    """Public rows of every kind; every text that nobody may read holds the word SECRET."""
    consultation = make_heard(slug="bus")
    document = make_document(consultation)
    make_document(consultation, published=False, title="SECRET draft")
    clause = Clause.objects.filter(version__document=document).first()
    make_comment(clause=clause, stance="support", language="en")
    poll = make_poll(consultation)
    cast(poll, "o1")
    hidden = make_poll(consultation, results="after_closing", title="Closed box?")
    cast(hidden, "o2")
    conversation = Conversation.objects.get()
    make_votes(conversation.statements.first(), 1, -1)
    conversation.last_number = 3
    make_statement(conversation, body="SECRET statement that is held", held_at=timezone.now())
    make_conversation(consultation, published=False, question="SECRET conversation")
    secret = make_consultation(published=False, title="SECRET consultation", slug="secret")
    make_comment(secret, body="SECRET comment on a draft")
    make_document(secret, title="SECRET document")
    make_poll(secret, title="SECRET poll")
    make_statement(make_conversation(secret, question="SECRET too"), body="SECRET statement of a draft")
    make_post(make_thread(make_board(secret), title="SECRET thread"), body="SECRET post in a draft")
    build = publish_summary(build_summary(consultation))
    draft = make_heard()
    build_summary(draft)
    Theme.objects.exclude(build=build).update(label="SECRET theme")
    return SimpleNamespace(
        consultation=consultation, document=document, clause=clause, poll=poll, hidden=hidden,
        conversation=conversation, build=build, theme=build.themes.first(), secret=secret,
        secret_poll=Poll.objects.get(title="SECRET poll"), secret_theme=Theme.objects.exclude(build=build).first(),
        secret_statement=Statement.objects.get(body="SECRET statement that is held"),
    )  # fmt: skip
