"""Votes are counted once, conversations follow their dates, people take their acts with them or are erased."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from moderation.actions import decide
from moderation.models import Case, HouseRule
from opinions import actions, privacy, rules
from opinions.models import Conversation, Statement, Vote
from opinions.topics import may_listen, snapshot
from realtime.models import TopicVersion
from tests.factories import make_consultation, make_person
from tests.opinions.factories import make_conversation, make_statement, make_votes

pytestmark = pytest.mark.django_db


def counts(statement):
    return Statement.objects.values_list("agree_count", "disagree_count", "pass_count").get(pk=statement.pk)


def version(key):
    return TopicVersion.objects.filter(key=key).values_list("version", flat=True).first() or 0


def test_the_last_answer_counts():
    person = make_person()
    statement = make_statement()
    seen = []
    for value in (1, 1, -1, 0, 1):
        actions.cast_vote(person=person, statement=statement, value=value)
        seen.append(counts(statement))
    assert seen == [(1, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 0, 0)]
    assert Vote.objects.count() == 1


def test_voters_are_people_not_answers():
    conversation = make_conversation(statements=2)
    one, two = conversation.statements.all()
    first, second = make_person(), make_person()
    actions.cast_vote(person=first, statement=one, value=1)
    actions.cast_vote(person=first, statement=two, value=0)
    actions.cast_vote(person=second, statement=two, value=0)
    conversation.refresh_from_db()
    assert conversation.voter_count == 2


def test_vote_publishes_only_when_something_changed():
    statement, person = make_statement(), make_person()
    topic = statement.conversation.topic
    actions.cast_vote(person=person, statement=statement, value=1)
    after = version(topic)
    actions.cast_vote(person=person, statement=statement, value=1)
    assert (after, version(topic)) == (1, 1)


def test_database_keeps_one_vote_each():
    statement, person = make_statement(), make_person()
    Vote.objects.create(statement=statement, person=person, value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(statement=statement, person=person, value=-1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(statement=statement, person=make_person(), value=2)


def test_recount_repairs_counts():
    statement = make_statement()
    make_votes(statement, 1, 1, -1, 0)
    Statement.objects.update(agree_count=90, disagree_count=0)
    Conversation.objects.update(voter_count=7)
    actions.recount(conversation=statement.conversation)
    assert counts(statement) == (2, 1, 1)
    assert Conversation.objects.get().voter_count == 4


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        (None, None, "open"),
        (-1, 1, "open"),
        (0, None, "open"),
        (1, 2, "planned"),
        (-2, -1, "closed"),
        (-2, 0, "closed"),
        (None, 1, "open"),
        (None, 0, "closed"),
        (-1, None, "open"),
    ],
)
def test_conversation_is_open_from_opening_until_just_before_closing(monkeypatch, opens, closes, state):
    now = timezone.now()
    conversation = make_conversation(
        statements=0,
        opens_at=None if opens is None else now + timedelta(hours=opens),
        closes_at=None if closes is None else now + timedelta(hours=closes),
    )
    monkeypatch.setattr(timezone, "now", lambda: now)
    assert conversation.state == state


def test_own_dates_stand_above_the_phase_of_the_consultation():
    ahead = timezone.now() + timedelta(days=1)
    conversation = make_conversation(make_consultation(phase="closed"), statements=1, closes_at=ahead)
    assert conversation.is_open
    assert bool(rules.may_take_part(make_person(), conversation))


@pytest.mark.parametrize(
    ("phase", "state"), [("draft", "planned"), ("open", "open"), ("deliberation", "closed"), ("answered", "closed")]
)
def test_without_dates_the_phase_decides(phase, state):
    assert make_conversation(make_consultation(phase=phase), statements=0).state == state


def test_drafts_are_for_organisers():
    conversation = make_conversation(statements=1, published=False)
    organiser = make_person(role="organiser", organisation=conversation.consultation.organisation)
    elsewhere = make_person(role="organiser")
    people = (None, make_person(), elsewhere, organiser)
    assert [Conversation.objects.visible_to(person).count() for person in people] == [0, 0, 0, 1]
    assert [Statement.objects.visible_to(person).count() for person in people] == [0, 0, 0, 1]
    assert [may_listen(person, str(conversation.pk)) for person in people] == [False, False, False, True]


@pytest.mark.parametrize("key", ["", "x", "1.5", "-1", "9" * 40, "²"])
def test_strange_topics_are_not_heard(key):
    assert may_listen(None, key) is False


def test_snapshot_counts_shown_statements_only():
    conversation = make_conversation(statements=2)
    one, two = conversation.statements.all()
    make_votes(one, 1, -1)
    make_votes(two, 0)
    Statement.objects.filter(pk=two.pk).update(hidden_at=timezone.now())
    assert snapshot(str(conversation.pk)) == {"voters": 3, "statements": 1, "answers": 2, "structure": "open 1"}


def test_moderator_hides_a_statement_and_pages_hear_it():
    conversation = make_conversation(make_consultation(mode="before"), statements=0)
    office = conversation.consultation.organisation
    statement = actions.write_statement(
        person=make_person(), conversation=conversation, body="Buses are too loud at night.", language="en"
    )
    case = Case.objects.get()
    assert (statement.is_shown, case.item) == (False, statement)
    assert conversation.question in case.item.context()["where"]
    before = version(conversation.topic)
    rule = HouseRule.objects.create(organisation=office, number=1, title_id="a", title_en="b", text_id="c", text_en="d")
    decide(
        case=case, person=make_person(role="moderator", organisation=office), outcome="hide", rule=rule, reasons="Why."
    )
    statement.refresh_from_db()
    assert statement.hidden_at is not None
    assert version(conversation.topic) == before + 1


def test_guest_acts_become_those_of_the_account_and_its_own_answer_counts():
    guest, person = make_person(guest=True), make_person()
    conversation = make_conversation(statements=2)
    one, two = conversation.statements.all()
    for who, statement, value in ((guest, one, 1), (guest, two, -1), (person, one, -1)):
        actions.cast_vote(person=who, statement=statement, value=value)
    written = make_statement(conversation, author=guest)
    privacy.adopt(guest, person)
    written.refresh_from_db()
    conversation.refresh_from_db()
    assert (counts(one), counts(two)) == ((0, 1, 0), (0, 1, 0))
    assert (written.author, conversation.voter_count) == (person, 1)
    assert Vote.objects.filter(person=guest).count() == 0


def close(conversation):
    past = timezone.now() - timedelta(minutes=1)
    Conversation.objects.filter(pk=conversation.pk).update(closes_at=past)


def test_erased_people_leave_no_answer_in_open_conversations():
    person, neighbour = make_person(), make_person()
    statement = make_statement(make_conversation(statements=0))
    for one in (person, neighbour):
        actions.cast_vote(person=one, statement=statement, value=1)
    before = version(statement.conversation.topic)
    privacy.erase(person)
    actions.cast_vote(person=make_person(), statement=statement, value=1)  # the same address, a new account
    assert counts(statement) == (2, 0, 0)
    assert Conversation.objects.get().voter_count == 2
    assert version(statement.conversation.topic) == before + 2


def test_export_tells_everything_and_erase_keeps_the_counts_of_closed_conversations():
    person = make_person()
    conversation = make_conversation(statements=0)
    mine = make_statement(conversation, author=person, body="My own secret words.")
    other = make_statement(conversation)
    actions.cast_vote(person=person, statement=other, value=-1)
    told = privacy.export(person)
    assert [one["text"] for one in told["statements"]] == ["My own secret words."]
    assert [(one["statement"], one["answer"]) for one in told["answers"]] == [(other.number, "disagree")]
    close(conversation)
    privacy.erase(person)
    mine.refresh_from_db()
    assert (mine.body, mine.html, mine.author, mine.is_shown) == ("", "", None, False)
    assert counts(other) == (0, 1, 0)
