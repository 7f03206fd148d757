"""Takes over ballots of a vote that was held elsewhere and published, so that it can be shown and counted here."""

from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from moderation.actions import record
from polls.actions.casting import canonical, seal
from polls.models import Ballot, Poll
from polls.rules import VoteRefused
from realtime.actions import atomic, publish

BATCH = 1000


@atomic()
def import_ballots(
    *, poll: Poll, profiles: Iterable[tuple[Sequence[str], int]], person: Participant | None = None
) -> int:
    """Put published ballots into the empty box of `poll`, whose voting is over.

    profiles: choices (as in `cast_ballot`) with how many people cast each. Nobody stands in the roll for them, and no
    ballot leads to a person. Writes the audit. Returns how many ballots there are. Publishes `poll.<id>` and
    `poll.results.<id>`. Raises VoteRefused while people can vote or when there are votes, and InvalidChoice.
    """
    box = Poll.objects.select_for_update().get(pk=poll.pk)
    if not box.is_closed or box.ballot_count or box.roll.exists():
        raise VoteRefused(no(_("Ballots can be imported only into a poll that is over and has no votes.")))
    papers = []
    for choice, count in profiles:
        text = canonical(box, choice)
        papers += [seal(Ballot(poll=box, choice=text)) for _number in range(count)]
    Ballot.objects.bulk_create(papers, batch_size=BATCH)
    Poll.objects.filter(pk=box.pk).update(ballot_count=len(papers), unlinked_at=timezone.now())
    record(verb="poll.import", person=person, target=f"poll:{box.pk}", facts={"ballots": len(papers)})
    publish(box.topic, box.results_topic)
    return len(papers)
