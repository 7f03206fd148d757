"""The electoral roll: drawn up, listed, frozen by the opening, emptied by the closing. Nobody is shown who has voted.

Everything that changes it locks the poll first and is refused once the poll has opened.
"""

from collections.abc import Sequence
from secrets import SystemRandom

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Area, Participant
from accounts.rules import no
from methods import ledger
from moderation.actions import record
from polls.models import Elector, Electorate, Poll, RollEntry
from polls.rules import PollFrozen, RollRefused, VoteRefused, check_size
from realtime.actions import atomic, publish

MAX_ROLL = 20_000
BATCH = 1000


@atomic()
def list_electors(*, poll: Poll, electors: Sequence[Elector], person: Participant | None = None) -> int:
    """Add `electors` (unsaved, with label and e-mail, in their order) to the roll of an invited poll. Returns its size.

    Writes the audit. Publishes `poll.<id>`. Raises PollFrozen once the poll has opened, RollRefused for a roll that
    is too long or not a list.
    """
    poll = hold_unopened(poll)
    if not poll.is_invited:
        raise RollRefused(_("This poll has no list of people who are invited."))
    size = Elector.objects.filter(poll=poll).count()
    if size + len(electors) > MAX_ROLL:
        raise RollRefused(_("A roll has at most %(limit)s places.") % {"limit": MAX_ROLL})
    last = Elector.objects.filter(poll=poll).aggregate(last=Max("number"))["last"] or 0
    for number, elector in enumerate(electors, last + 1):
        elector.poll, elector.number = poll, number
    Elector.objects.bulk_create(electors, batch_size=BATCH)
    return _changed(poll, person, {"added": len(electors)})


@atomic()
def strike_elector(*, poll: Poll, elector: Elector, person: Participant | None = None) -> int:
    """Take `elector` off the roll, and its code with it. Returns the size that is left.

    Writes the audit. Publishes `poll.<id>`. Raises PollFrozen, and RollRefused where a secret poll that is published
    would keep fewer than ten.
    """
    poll = hold_unopened(poll)
    Elector.objects.filter(poll=poll, pk=elector.pk).delete()
    size = _changed(poll, person, {"struck": 1})
    if poll.is_published:
        check_size(poll, size)
    return size


def draw_up(poll: Poll) -> int | None:
    """Set the roll of `poll` as its rules say: of accounts now, of a list as it is; none where no roll is fixed.

    Part of actions that have locked the poll. Returns the size, None without a fixed roll.
    """
    electors = Elector.objects.filter(poll=poll)
    if not poll.is_invited:
        electors.delete()
        if poll.fixes_roll and poll.is_published:
            people = eligible(poll).values_list("pk", flat=True)
            Elector.objects.bulk_create([Elector(poll=poll, voter_id=pk) for pk in people], batch_size=BATCH)
    size = electors.count() if poll.has_fixed_roll else None
    Poll.objects.filter(pk=poll.pk).update(roll_size=size)
    return size


def draw_in(poll: Poll, voter: Participant, person: Participant | None) -> None:
    """Put an account on a roll of accounts, once. Part of actions that have locked the poll."""
    Elector.objects.get_or_create(poll=poll, voter=voter)
    _changed(poll, person, {"added": 1})


def eligible(poll: Poll) -> QuerySet[Participant]:
    """Accounts that may vote by what is known of them now, in the order of nothing."""
    people = Participant.objects.filter(user__is_active=True, erased_at=None, level__gte=poll.level)
    if poll.electorate == Electorate.AREA and poll.area_id is not None:
        people = people.filter(area__in=Area.objects.within(poll.area_id))
    return people.order_by("key")


def roll_facts(poll: Poll) -> tuple[int | None, str]:
    """Size and hash of the roll for the opening of the ledger; None and "" where no roll is fixed."""
    if not poll.has_fixed_roll:
        return None, ""
    keys = [key.hex for key in Elector.objects.filter(poll=poll).values_list("pk", flat=True)]
    return len(keys), ledger.hash_of_roll(keys)


def empty_roll(poll: Poll) -> None:
    """Once voting has ended: keep the keys of the roll, which the ledger hashes, and nothing else; in random order."""
    keys = list(Elector.objects.filter(poll=poll).values_list("pk", flat=True))
    SystemRandom().shuffle(keys)
    if not keys:
        return
    RollEntry.objects.filter(poll=poll).update(elector=None)
    Elector.objects.filter(poll=poll).delete()
    Elector.objects.bulk_create([Elector(pk=key, poll=poll) for key in keys], batch_size=BATCH)
    poll.roll_objections.update(author=None, text="", reason="")


def hold_place(poll: Poll, person: Participant) -> Elector | None:
    """The place of `person` on a fixed roll; None where no roll is fixed.

    The poll is locked first, as where a code is replaced, so that nobody is let into the place meanwhile. Raises
    VoteRefused when there is none any more.
    """
    if not poll.has_fixed_roll:
        return None
    Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    place = Elector.objects.filter(poll=poll, voter=person).first()
    if place is None:
        raise VoteRefused(no(_("You are no longer on the electoral roll. Please enter your newest code."), "code"))
    return place


def hold_unopened(poll: Poll) -> Poll:
    """The poll locked. Raises PollFrozen when it has opened, whatever the caller's copy says."""
    held = Poll.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=poll.pk)
    if held.has_opened:
        raise PollFrozen(_("The poll has opened. Its roll, what people vote on, and how it is counted stand fast."))
    return held


def _changed(poll: Poll, person: Participant | None, facts: dict[str, int]) -> int:
    size = Elector.objects.filter(poll=poll).count()
    Poll.objects.filter(pk=poll.pk).update(roll_size=size)
    record(verb="poll.roll", person=person, target=f"poll:{poll.pk}", facts=facts | {"size": size})
    publish(poll.topic)
    return size
