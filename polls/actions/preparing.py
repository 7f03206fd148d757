"""Preparing a poll: organisers create, change and publish it; once it has opened, what counts is frozen."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from accounts.models import Participant
from consultations.models import Consultation
from moderation.actions import record
from polls.actions.roll import draw_up, hold_unopened
from polls.models import RULES, Observer, Poll, Question
from polls.rules import NotReady, check_size, suits_mode
from realtime.actions import atomic, publish

WHO = ("electorate", "area_id", "level", "fixes_roll")  # what a roll of accounts is drawn up by


@atomic()
def create_poll(
    *,
    consultation: Consultation,
    questions: Sequence[Question],
    observers: Sequence[tuple[str, str]] = (),
    person: Participant | None = None,
    **fields: Any,
) -> Poll:
    """Make a draft of a poll in `consultation`. questions: unsaved, in their order. observers: names and e-mail
    addresses of those who may open sealed ballots. fields: those of `Poll`.

    Returns the poll. It is seen by organisers only until it is published.
    """
    poll = Poll.objects.create(consultation=consultation, space=consultation.space, **fields)
    _write_questions(poll, questions)
    _name_observers(poll, observers)
    record(verb="poll.create", person=person, target=f"poll:{poll.pk}", facts={})
    return poll


@atomic()
def edit_poll(
    *,
    poll: Poll,
    questions: Sequence[Question],
    observers: Sequence[tuple[str, str]] = (),
    person: Participant | None = None,
    **fields: Any,
) -> Poll:
    """Change a poll that has not opened. Returns it. Publishes `poll.<id>`.

    Where it is changed who may vote, a roll of accounts is drawn up anew. Raises PollFrozen once it has opened, and
    RollRefused when a published poll would have a roll that is too small for its secrecy.
    """
    before = hold_unopened(poll)
    Poll.objects.filter(pk=poll.pk).update(**fields)
    poll.questions.all().delete()
    _write_questions(poll, questions)
    poll.observers.all().delete()
    _name_observers(poll, observers)
    record(verb="poll.edit", person=person, target=f"poll:{poll.pk}", facts={"fields": sorted(fields)})
    publish(poll.topic)
    after = Poll.objects.get(pk=poll.pk)
    if any(getattr(before, name) != getattr(after, name) for name in WHO):
        after.roll_size = draw_up(after)
    if after.is_published:
        check_size(after, after.roll_size)
    return after


@atomic()
def publish_poll(*, poll: Poll, person: Participant | None = None) -> Poll:
    """Show the poll to everybody; it opens by its dates. Publishes `poll.<id>` and its consultation's topic.

    A roll of accounts is drawn up now. Raises NotReady where its mode could not keep what it promises, and RollRefused
    when a fixed roll is too small for the poll's secrecy.
    """
    verdict = suits_mode(poll)
    if not verdict:
        raise NotReady(verdict)
    now = timezone.now()
    if Poll.objects.filter(pk=poll.pk, published_at=None).update(published_at=now):
        poll = Poll.objects.select_related("consultation").get(pk=poll.pk)
        check_size(poll, draw_up(poll))
        record(verb="poll.publish", person=person, target=f"poll:{poll.pk}", facts={})
        publish(poll.topic, poll.consultation.topic)
    return Poll.objects.get(pk=poll.pk)


def _name_observers(poll: Poll, observers: Sequence[tuple[str, str]]) -> None:
    Observer.objects.bulk_create(Observer(poll=poll, name=name, email=email) for name, email in observers)


def _write_questions(poll: Poll, questions: Sequence[Question]) -> None:
    """Their keys are q1, q2, … in their order; without a rule of its own a question is counted as is usual."""
    for number, question in enumerate(questions, 1):
        question.pk, question.poll, question.key, question.position = None, poll, f"q{number}", number
        question.rule = question.rule or RULES[question.kind][0]
    Question.objects.bulk_create(questions)
