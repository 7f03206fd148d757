"""Verbs of paper ballots: two people type the sheets of a bundle, neither sees what the other typed until both have
finished, and only when both agree on every sheet is the whole bundle put into the boxes.

A difference ends when one of the two types the sheet again; nobody can overrule the other, and nobody is both.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from moderation.actions import record
from polls.actions.answers import BLANK, Answer, canonical, is_asked
from polls.actions.casting import known_cell
from polls.actions.strips import redeem_strip
from polls.actions.unnamed import put_in_unnamed
from polls.models import Bundle, Channel, Poll, Sheet
from polls.rules import VoteRefused, may_enter_paper
from realtime.actions import atomic

CELL = "cell"  # where a reading holds the group that the voter marked
Reading = dict[str, str]


@dataclass(frozen=True)
class Standing:
    """How far a bundle is. first, second: sheets that each of the two has still to type; differing: sheets that they
    read differently, told when both have typed all of them.
    """

    first: list[int]
    second: list[int]
    differing: list[int]

    @property
    def is_ready(self) -> bool:
        """Whether the bundle can be put in."""
        return not (self.first or self.second or self.differing)


@atomic()
def open_bundle(*, poll: Poll, number: int, size: int, person: Participant) -> Bundle:
    """Begin to type bundle `number` of `size` sheets, which `person` has counted. Returns it. Writes the audit.

    Raises VoteRefused when no paper can be entered now, or there is such a bundle already.
    """
    _may(poll, person)
    try:
        with transaction.atomic():
            bundle = Bundle.objects.create(poll=poll, number=number, size=size, entered_by=person)
    except IntegrityError:
        raise VoteRefused(no(_("There is a bundle with this number already. Each needs its own."))) from None
    _record("bundle.open", person, bundle)
    return bundle


@atomic()
def restart_bundle(*, bundle: Bundle, size: int, person: Participant) -> Bundle:
    """Throw away what was typed of a bundle that is not in the boxes, and let `person` begin again with `size` sheets.

    Returns it. Writes the audit. Raises VoteRefused.
    """
    held = _held(bundle, person)
    held.sheets.all().delete()
    held.size, held.entered_by, held.checked_by = size, person, None
    held.save()
    _record("bundle.restart", person, held)
    return held


@atomic()
def type_sheet(*, bundle: Bundle, number: int, answers: Mapping[str, Answer], cell: str, person: Participant) -> None:
    """Keep how `person` reads sheet `number`: the first to type is who opened the bundle, the second is the first other
    person who comes when all sheets are typed, and stays it.

    answers: as in `casting.cast_ballot`; what is not there was left empty. Nothing typed is changed any more once the
    second person has begun, but for sheets that both have typed differently. Writes the audit when the second begins.
    Raises VoteRefused and InvalidChoice.
    """
    held = _held(bundle, person)
    reading = read_sheet(held.poll, answers, cell)
    where = standing(held)
    if not 1 <= number <= held.size:
        raise VoteRefused(no(_("This bundle has no such sheet.")))
    if held.entered_by_id == person.pk:
        if held.checked_by_id is not None and number not in where.differing:
            raise VoteRefused(no(_("The other person has begun to check. This sheet stands as it is.")))
        Sheet.objects.update_or_create(bundle=held, number=number, defaults={"first": reading})
        return
    _take_check(held, where, person)
    if number not in where.second and number not in where.differing:
        raise VoteRefused(no(_("You have typed this sheet already.")))
    Sheet.objects.filter(bundle=held, number=number).update(second=reading)


@atomic()
def enter_strip(*, bundle: Bundle, code: str, person: Participant) -> int:
    """Use up the code of a strip that was torn off a sheet of `bundle`. Returns how many its strips are now.

    Nothing says which strip belongs to which sheet; which were in the bundle is not kept either. Raises CodeRefused for
    a code that is not known, VoteRefused for one with which a vote was cast.
    """
    held = _held(bundle, person)
    redeem_strip(held.poll, code)
    Bundle.objects.filter(pk=held.pk).update(strips=F("strips") + 1)
    return held.strips + 1


@atomic()
def put_in_bundle(*, bundle: Bundle, person: Participant) -> bool:
    """Put the ballots of a bundle on which both agree into the boxes, all at once, and delete its sheets.

    Nothing says which ballot was which sheet. Returns False when it was done already. Writes the audit. Publishes
    `poll.<id>`, and `poll.results.<id>` where a visible result has changed. Raises VoteRefused.
    """
    held = Bundle.objects.select_for_update(of=("self",)).select_related("poll__consultation").get(pk=bundle.pk)
    if held.put_in_at is not None:
        return False
    _may(held.poll, person)
    if person.pk not in (held.entered_by_id, held.checked_by_id) or None in (held.entered_by_id, held.checked_by_id):
        raise VoteRefused(no(_("One of the two who typed this bundle puts it in.")))
    if not standing(held).is_ready:
        raise VoteRefused(no(_("Both must have typed all sheets, and read them alike.")))
    if held.poll.is_invited and held.strips != held.size:
        text = _(
            "%(sheets)s sheets and %(strips)s strips: there must be as many. Count both again; nothing was put in."
        )
        raise VoteRefused(no(text % {"sheets": held.size, "strips": held.strips}))
    votes = [(sheet.first, sheet.first[CELL]) for sheet in held.sheets.all()]
    put_in_unnamed(held.poll, votes, Channel.PAPER, until="paper_until")
    held.sheets.all().delete()
    Bundle.objects.filter(pk=held.pk).update(put_in_at=timezone.now())
    _record("bundle.put_in", person, held)
    return True


def standing(bundle: Bundle) -> Standing:
    """How far `bundle` is. One query."""
    if bundle.put_in_at is not None:
        return Standing([], [], [])
    sheets = {sheet.number: sheet for sheet in bundle.sheets.all()}
    numbers = range(1, bundle.size + 1)
    first = [number for number in numbers if number not in sheets]
    second = [number for number in numbers if number not in sheets or sheets[number].second is None]
    both = not first and not second
    return Standing(first, second, [one.number for one in sheets.values() if both and one.first != one.second])


def read_sheet(poll: Poll, answers: Mapping[str, Answer], cell: str = "") -> Reading:
    """The papers of a sheet by question key, and its group. On paper every question may be left empty, and what was
    answered to a question that this voter was not asked is left out. Raises InvalidChoice."""
    reading: Reading = {CELL: known_cell(poll, cell)}
    for box in poll.boxes:
        answer = answers.get(box.key)
        reading[box.key] = canonical(box, answer) if answer and is_asked(box, reading) else BLANK
    return reading


def _held(bundle: Bundle, person: Participant) -> Bundle:
    """The bundle locked, where `person` may type and it is not in the boxes yet. Raises VoteRefused."""
    held = Bundle.objects.select_for_update(of=("self",)).select_related("poll__consultation").get(pk=bundle.pk)
    _may(held.poll, person)
    if held.put_in_at is not None:
        raise VoteRefused(no(_("This bundle is in the boxes. Nothing of it can be changed any more.")))
    return held


def _take_check(bundle: Bundle, where: Standing, person: Participant) -> None:
    """Let `person` be the second one, if nobody is. The bundle is locked, and a constraint refuses one person twice."""
    if bundle.checked_by_id == person.pk:
        return
    if bundle.checked_by_id is not None:
        raise VoteRefused(no(_("Somebody else checks this bundle already.")))
    if where.first:
        raise VoteRefused(no(_("The first person has not typed all sheets yet.")))
    Bundle.objects.filter(pk=bundle.pk).update(checked_by=person)
    _record("bundle.check", person, bundle)


def _may(poll: Poll, person: Participant) -> None:
    verdict = may_enter_paper(person, poll)
    if not verdict:
        raise VoteRefused(verdict)


def _record(verb: str, person: Participant, bundle: Bundle) -> None:
    """Who did what with which bundle; nothing of what stands on the sheets."""
    facts = {"bundle": bundle.number, "sheets": bundle.size}
    record(verb=verb, person=person, target=f"poll:{bundle.poll_id}", facts=facts)
