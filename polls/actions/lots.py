"""Entering the public value of a lot, once it is known; the count that waited for it follows with the clock."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from moderation.actions import record
from polls.models import LotValue, Poll
from polls.rules import LotRefused, may_draw_lot
from realtime.actions import atomic, publish


@atomic()
def enter_lot_value(*, poll: Poll, value: str, place: str, fell_back: bool, person: Participant) -> LotValue:
    """Keep the value with which the lot of `poll` is drawn. place: where everybody can look it up. fell_back: it is the
    one that was named to take the place of the announced one.

    Entered once: it is never changed. Writes the audit. Publishes `poll.<id>`. Raises LotRefused.
    """
    held = Poll.objects.select_for_update().select_related("consultation").get(pk=poll.pk)
    verdict = may_draw_lot(person, held)
    if not verdict:
        raise LotRefused(verdict)
    try:
        found = LotValue.objects.create(poll=held, value=value, place=place, fell_back=fell_back)
    except IntegrityError:
        raise LotRefused(no(_("The value was entered already. It is never changed."))) from None
    facts = {"value": value, "place": place, "fell_back": fell_back}
    record(verb="poll.lot", person=person, target=f"poll:{held.pk}", facts=facts)
    publish(held.topic)
    return found
