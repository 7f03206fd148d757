"""Setting votes aside before they are unlinked: proposed by one person of the organisation, decided by a second one.

Neither sees a choice. A vote that is set aside stays in its box and in the ledger, and does not count. What each of
them did stands in the audit, and everybody reads why.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from methods.smallcells import LIMIT
from moderation.actions import record
from polls import keys
from polls.actions.bursts import entries_in
from polls.aside_rules import AsideRefused, may_decide_aside, may_propose_aside
from polls.models import Aside, AsideProposal, Ballot, Elector, PendingPaper, Poll, Results, RollEntry
from realtime.actions import atomic, publish


@atomic()
def propose_aside(
    *, poll: Poll, person: Participant, reason: str, burst: int | None = None, place: int = 0
) -> AsideProposal:
    """Propose that votes do not count: those of the burst that begins at `burst` (seconds since 1970), or the one of
    the `place` with this number on the list of an invited poll.

    In a detached poll their papers wait until it is decided. Writes the audit. Publishes `poll.<id>`. Raises
    AsideRefused.
    """
    poll = _held(poll)
    verdict = may_propose_aside(person, poll)
    if not verdict:
        raise AsideRefused(verdict)
    if burst is not None:
        kind, found = Aside.BURST, list(entries_in(poll, burst).values_list("pk", flat=True))
        if len(found) < LIMIT:
            raise AsideRefused(no(_("Fewer than ten votes are left in this burst: nothing is shown of so few.")))
    else:
        kind = Aside.CODE
        if not Elector.objects.filter(poll=poll, number=place).exclude(code_hash=None).exists():
            raise AsideRefused(no(_("No code was given out for this place on the list.")))
        found = list(RollEntry.objects.filter(poll=poll, elector__number=place).values_list("pk", flat=True))
    entries = [key.hex for key in found]
    proposal = AsideProposal.objects.create(
        poll=poll, kind=kind, reason=reason, entries=entries, proposed=len(entries), proposed_by=person
    )
    Poll.objects.filter(pk=poll.pk).update(undecided_asides=F("undecided_asides") + 1)
    _record("poll.aside_proposed", person, proposal)
    publish(poll.topic)
    return proposal


@atomic()
def decide_aside(*, proposal: AsideProposal, person: Participant, accept: bool, answer: str) -> AsideProposal:
    """Set aside what was proposed by somebody else, or refuse that, with reasons.

    accept: what can still be found is set aside, of a detached poll what waits for its batch. Writes the audit.
    Publishes `poll.<id>`, and `poll.results.<id>` where a visible result changes. Raises AsideRefused.
    """
    poll = _held(proposal.poll)
    proposal = AsideProposal.objects.select_for_update().get(pk=proposal.pk)
    verdict = may_decide_aside(person, poll, proposal)
    if not verdict:
        raise AsideRefused(verdict)
    number = _set_aside(poll, proposal) if accept else 0
    proposal.entries, proposal.set_aside, proposal.accepted, proposal.answer = [], number, accept, answer
    proposal.decided_by, proposal.decided_at = person, timezone.now()
    proposal.save()
    Poll.objects.filter(pk=poll.pk).update(undecided_asides=F("undecided_asides") - 1)
    _record("poll.aside_accepted" if accept else "poll.aside_refused", person, proposal)
    publish(poll.topic)
    if number and not poll.is_secret and poll.results != Results.AFTER_CLOSING:
        publish(poll.results_topic)
    return proposal


def _held(poll: Poll) -> Poll:
    """The poll locked, as casting, releasing and closing lock it before they look at its ballots."""
    return Poll.objects.select_for_update(of=("self",), no_key=True).select_related("consultation").get(pk=poll.pk)


def _set_aside(poll: Poll, proposal: AsideProposal) -> int:
    """Take the votes of these roll entries out of the count. Returns how many. A place whose code somebody else had
    used is free again for a new code."""
    entries = RollEntry.objects.filter(poll=poll, pk__in=proposal.entries)
    people = [entry.voter for entry in entries.select_related("voter") if entry.voter]
    number = _ballots(poll, people, proposal.kind)
    if proposal.kind == Aside.CODE and number:
        entries.update(elector=None)
    Poll.objects.filter(pk=poll.pk).update(ballot_count=F("ballot_count") - number)
    return number


def _ballots(poll: Poll, people: Sequence[Participant], kind: str) -> int:
    """Mark the ballots of `people`, which nothing links to them any more, or their papers that wait."""
    boxes = max(len(poll.boxes), 1)
    if not poll.is_secret:
        voted = Ballot.objects.of(poll).counted().filter(voter__in=people)
        return _marked(list(voted.values_list("pk", flat=True)), kind) // boxes
    own = [keys.pseudonym(poll.key_name, person.key) for person in people]
    if poll.is_detached:
        return PendingPaper.objects.of(poll).filter(pseudonym__in=own, set_aside="").update(set_aside=kind) // boxes
    voted = Ballot.objects.of(poll).counted().filter(pseudonym__in=own)
    return _marked(list(voted.values_list("pk", flat=True)), kind) // boxes


def _marked(found: Sequence[UUID], kind: str) -> int:
    rows = Ballot.objects.filter(pk__in=found)
    return rows.update(set_aside=kind, voter=None, pseudonym=None, form_hash=None)


def _record(verb: str, person: Participant, proposal: AsideProposal) -> None:
    facts: dict[str, object] = {"proposal": proposal.pk, "kind": proposal.kind}
    if proposal.counts:
        facts |= {"proposed": proposal.proposed, "set_aside": proposal.set_aside}
    record(verb=verb, person=person, target=f"poll:{proposal.poll_id}", facts=facts)
