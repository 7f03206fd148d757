"""What becomes of somebody's votes and statements when they identify themselves, or are erased."""

from django.utils import timezone

from accounts.models import Participant
from opinions.actions.voting import recount
from opinions.models import Conversation, Statement, Vote
from realtime.actions import atomic, publish


@atomic()
def adopt_acts(*, guest: Participant, person: Participant) -> None:
    """Hand what `guest` did to `person`; where both answered a statement, the account's own answer counts.

    Publishes the conversations concerned.
    """
    Statement.objects.filter(author=guest).update(author=person)
    votes = Vote.objects.filter(person=guest)
    touched = list(Conversation.objects.filter(statements__votes__in=votes).distinct())
    votes.filter(statement__in=Vote.objects.filter(person=person).values("statement")).delete()
    votes.update(person=person)
    for conversation in touched:
        recount(conversation=conversation)


@atomic()
def erase_texts(*, person: Participant) -> None:
    """Blank and hide what `person` wrote, and take back their answers in conversations that are open.

    Otherwise one address could answer again and again with one new account after another. In closed conversations
    answers stay counted for a participant whom nothing names any more. Publishes the conversations concerned.
    """
    mine = Statement.objects.filter(author=person)
    touched = list(Conversation.objects.filter(statements__in=mine).distinct())
    answered = Conversation.objects.filter(statements__votes__person=person).select_related("consultation").distinct()
    for conversation in [one for one in answered if one.is_open]:
        Conversation.objects.select_for_update().get(pk=conversation.pk)  # votes queue at this row
        Vote.objects.filter(person=person, statement__conversation=conversation).delete()
        recount(conversation=conversation)
    mine.update(author=None, body="", html="", language="", origin="", held_at=None, hidden_at=timezone.now())
    publish(*(conversation.topic for conversation in touched))
