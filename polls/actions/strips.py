"""Codes of people who vote without a device: torn off a paper ballot, or shown at a desk. Used up here, apart from any
ballot, so that the same person cannot vote on the web too.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.rules import no
from polls.actions.codes import find_elector
from polls.models import Poll, RollEntry
from polls.rules import VoteRefused


def redeem_strip(poll: Poll, code: str) -> None:
    """Say that whoever has this place on the roll has voted: the constraint gives each place one vote.

    code: as typed. Part of actions. Raises CodeRefused for one that is not known, VoteRefused for a second vote.
    """
    place = find_elector(poll=poll, code=code, paper=True)
    try:
        with transaction.atomic():
            RollEntry.objects.create(poll=poll, elector=place)
    except IntegrityError:
        raise VoteRefused(no(_("With this code a vote was cast already. It counts once."))) from None
