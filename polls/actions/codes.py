"""One-time codes: given out once, used once. Binding a place on the roll to a person is one statement that a constraint
guards; nothing is looked up before.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.actions import record
from polls import codes
from polls.models import Elector, Poll, RollEntry
from polls.rules import CodeRefused, TwoPlaces
from realtime.actions import atomic

SLIPS = 100  # printed at once


@dataclass(frozen=True)
class Slip:
    """What is printed for one place on the roll; the code is nowhere else."""

    elector: Elector
    code: str


@atomic()
def issue_codes(*, poll: Poll, person: Participant | None = None) -> list[Slip]:
    """Codes for the next hundred places of an invited roll that have none yet, in the order of the list.

    Of two presses at once each place gets one code. Writes the audit. Raises CodeRefused when the poll is closed.
    """
    _may_issue(poll)
    waiting = Elector.objects.filter(poll=poll, code_hash=None)
    slips = [Slip(elector, codes.new()) for elector in waiting[:SLIPS]]
    for slip in slips:
        slip.elector.code_hash = codes.hashed(slip.code)
    Elector.objects.bulk_update([slip.elector for slip in slips], ["code_hash"])
    if slips:
        record(verb="poll.codes", person=person, target=f"poll:{poll.pk}", facts={"issued": len(slips)})
    return slips


@atomic()
def replace_code(*, poll: Poll, elector: Elector, person: Participant | None = None) -> Slip:
    """A new code for a slip that was lost. The old one is dead, and so is its use, unless a vote was cast with it.

    Tells nobody whether it was used or a vote was cast. Writes the audit with the opaque key of the place. Raises
    CodeRefused when the poll is closed.
    """
    _may_issue(poll)
    code = codes.new()
    held = Elector.objects.get(poll=poll, pk=elector.pk)
    more = 1 if held.code_hash else 0
    Elector.objects.filter(pk=held.pk).update(code_hash=codes.hashed(code), codes_replaced=F("codes_replaced") + more)
    Elector.objects.filter(pk=held.pk, entry=None).update(voter=None)
    record(verb="poll.code_replaced", person=person, target=f"poll:{poll.pk}", facts={"place": held.pk.hex})
    return Slip(held, code)


@atomic()
def use_code(*, poll: Poll, code: str, person: Participant) -> Elector:
    """Let `person` stand in the place of the roll that `code` (as typed) belongs to; done again it changes nothing.

    Returns the place. Raises CodeRefused with what to do, TwoPlaces when `person` stands in another place already.
    """
    elector = find_elector(poll=poll, code=code)
    if elector.voter_id == person.pk:
        return elector
    if is_spent(elector, person):
        raise _used()
    free = Elector.objects.filter(pk=elector.pk, code_hash=elector.code_hash, voter=None)
    try:
        with transaction.atomic():
            taken = free.update(voter=person)
    except IntegrityError:
        raise TwoPlaces(
            _("Somebody on this device, or with this account, has used a code in this poll already.")
        ) from None
    if not taken:
        raise _used()
    return elector


def find_elector(*, poll: Poll, code: str, paper: bool = False) -> Elector:
    """The place on the roll of `poll` that `code` (as typed) opens; nothing is used up. paper: it comes from a paper
    ballot, which may be entered for a while after closing. Raises CodeRefused."""
    if not poll.is_invited or not poll.is_published:
        raise CodeRefused(_("In this poll no codes are used."))
    if poll.is_complete if paper else poll.is_closed:
        raise CodeRefused(_("This poll is closed, and its codes have expired."))
    tidy = codes.read(code)
    if not tidy:
        raise CodeRefused(_("A code has 16 letters and digits, such as K7QM-2X04-9HRT-1B8N. Please type it again."))
    elector = Elector.objects.select_related("poll").filter(code_hash=codes.hashed(tidy)).first()
    if elector is None:
        raise CodeRefused(
            _("This code is not known. Please compare it with your slip. Of several slips only the newest counts.")
        )
    if elector.poll_id != poll.pk:
        raise CodeRefused(_("This code belongs to another poll: %(title)s.") % {"title": elector.poll.title})
    return elector


def is_spent(elector: Elector, person: Participant | None) -> bool:
    """Whether somebody other than `person` stands in this place, or has voted in it."""
    if elector.voter_id is not None:
        return person is None or elector.voter_id != person.pk
    return RollEntry.objects.filter(elector=elector).exists()


def _used() -> CodeRefused:
    return CodeRefused(
        _(
            "This code has been used already. If that was you, go on with the device or account with which you used "
            "it. If it was not, tell the organisers: they can give you a new code."
        )
    )


def _may_issue(poll: Poll) -> None:
    """Locks the poll, as casting a ballot does: whoever votes meanwhile has voted before the code is replaced."""
    held = Poll.objects.select_for_update(no_key=True).get(pk=poll.pk)
    if not held.is_invited or held.is_closed:
        raise CodeRefused(_("Codes are given out only in polls with a list, until they close."))
