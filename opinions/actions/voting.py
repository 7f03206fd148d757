"""People vote on statements and write them; counts change in the same transaction."""

from collections.abc import Iterable

from django.db.models import Case, Count, F, IntegerField, Value, When
from django.utils import timezone

from accounts.models import Participant
from moderation.actions import receive
from moderation.richtext import render, tidy
from opinions.models import COUNTERS, Conversation, Statement, Vote
from realtime.actions import atomic, publish


class AlreadySaid(Exception):
    """Somebody wrote this already; `statement` is theirs."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(str(statement))
        self.statement = statement


@atomic()
def cast_vote(*, person: Participant, statement: Statement, value: int) -> Vote:
    """Note what `person` thinks of `statement` (1 agree, −1 disagree, 0 pass); the last answer replaces earlier ones.

    Votes of a conversation queue at its row, so that nobody is counted twice. Publishes `conversation.<id>`.
    """
    conversation = Conversation.objects.select_for_update().get(pk=statement.conversation_id)
    vote, new = Vote.objects.get_or_create(statement=statement, person=person, defaults={"value": value})
    before = None if new else vote.value
    if before == value:
        return vote
    changes = {COUNTERS[value]: F(COUNTERS[value]) + 1}
    if before is None:
        others = Vote.objects.filter(person=person, statement__conversation=conversation).exclude(pk=vote.pk)
        if not others.exists():
            Conversation.objects.filter(pk=conversation.pk).update(voter_count=F("voter_count") + 1)
    else:
        vote.value, vote.created_at = value, timezone.now()
        vote.save(update_fields=["value", "created_at"])
        changes[COUNTERS[before]] = F(COUNTERS[before]) - 1
    Statement.objects.filter(pk=statement.pk).update(**changes)
    publish(conversation.topic)
    return vote


@atomic()
def write_statement(*, person: Participant | None, conversation: Conversation, body: str, language: str) -> Statement:
    """Add a statement; held when its space or its author asks for review. Its lines become one.

    Returns the statement, or the one that `person` wrote with the same words before. Publishes `conversation.<id>`.
    Raises AlreadySaid when somebody else's shown statement says the same, ValidationError beyond the limits of texts.
    """
    conversation = Conversation.objects.select_for_update().get(pk=conversation.pk)
    body = " ".join(tidy(body).split())
    others: Iterable[Statement] = conversation.statements.filter(body__iexact=body).order_by("number")
    for other in others:
        if person is not None and other.author_id == person.pk:
            return other
        if other.is_shown:
            raise AlreadySaid(other)
    conversation.last_number += 1
    conversation.save(update_fields=["last_number"])
    statement: Statement = Statement.objects.create(
        conversation=conversation,
        space_id=conversation.space_id,
        number=conversation.last_number,
        author=person,
        body=body,
        html=render(body),
        language=language,
    )
    receive(item=statement)
    publish(conversation.topic)
    return statement


@atomic()
def recount(*, conversation: Conversation) -> None:
    """Set all counts of `conversation` from its votes, one statement for each answer. Publishes `conversation.<id>`."""
    votes = Vote.objects.filter(statement__conversation=conversation).order_by()
    found = {
        (statement, value): count
        for statement, value, count in votes.values_list("statement", "value").annotate(count=Count("pk"))
    }
    changed: dict[str, dict[int, int]] = {name: {} for name in COUNTERS.values()}
    for pk, *held in conversation.statements.values_list("pk", *COUNTERS.values()):
        for (value, name), count in zip(COUNTERS.items(), held, strict=True):
            wanted = found.get((pk, value), 0)
            if wanted != count:
                changed[name][pk] = wanted
    for name, wanted_by_pk in changed.items():
        pairs = list(wanted_by_pk.items())
        for start in range(0, len(pairs), 200):
            part = dict(pairs[start : start + 200])
            whens = [When(pk=pk, then=Value(count)) for pk, count in part.items()]
            new = Case(*whens, output_field=IntegerField())
            Statement.objects.filter(pk__in=part).update(**{name: new})
    voters = votes.aggregate(n=Count("person", distinct=True))["n"]
    Conversation.objects.filter(pk=conversation.pk).update(voter_count=voters)
    publish(conversation.topic)
