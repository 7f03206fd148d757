"""Takes over ballots of a vote that was held elsewhere and published, so that it can be shown and counted here."""

from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from moderation.actions import record
from polls.actions.answers import Answer
from polls.actions.casting import fill_in
from polls.actions.receipts import seal
from polls.models import Ballot, Poll
from polls.rules import VoteRefused
from realtime.actions import atomic, publish

BATCH = 1000


@atomic()
def import_ballots(
    *, poll: Poll, profiles: Iterable[tuple[Mapping[str, Answer], int]], person: Participant | None = None
) -> int:
    """Put published ballots into the empty box of `poll`, whose voting is over.

    profiles: answers by question (as in `cast_ballot`) with how many people gave them. Nobody stands in the roll for
    them, and no ballot leads to a person. Writes the audit. Returns how many people voted. Publishes `poll.<id>` and
    `poll.results.<id>`. Raises VoteRefused while people can vote or when there are votes, and InvalidChoice.
    """
    box = Poll.objects.select_for_update().get(pk=poll.pk)
    if not box.is_complete or box.ballot_count or box.roll.exists():
        raise VoteRefused(no(_("Ballots can be imported only into a poll that is over and has no votes.")))
    papers, voted = [], 0
    for answers, count in profiles:
        choices = fill_in(box, answers)
        voted += count
        for question in box.boxes:
            papers += [seal(Ballot(question=question, choice=choices[question.key])) for _number in range(count)]
    Ballot.objects.bulk_create(papers, batch_size=BATCH)
    Poll.objects.filter(pk=box.pk).update(ballot_count=voted, unlinked_at=timezone.now())
    record(verb="poll.import", person=person, target=f"poll:{box.pk}", facts={"ballots": voted})
    publish(box.topic, box.results_topic)
    return voted
