"""Casting a ballot: the roll's constraint gives each person one vote, and a repeated form the same receipt."""

import hashlib
import json
import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Participant
from accounts.rules import no
from polls import keys
from polls.actions.counting import sums
from polls.actions.remarks import leave_remark
from polls.models import Ballot, Poll, PollKind, Results, RollEntry
from polls.rules import STEP, AlreadyVoted, InvalidChoice, StaleForm, VoteRefused, may_vote
from realtime.actions import atomic, publish

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receipt:
    """What the voter keeps: a short `code` of the commitment. `changed`: an earlier vote was replaced."""

    code: str
    changed: bool = False


@atomic()
def cast_ballot(
    *,
    poll: Poll,
    person: Participant,
    choice: Sequence[str],
    form_key: str = "",
    replaces: str | None = None,
    remark: str = "",
    language: str = "",
) -> Receipt:
    """Put the vote of `person` into the box of `poll`, or replace it while the poll is open and allows that.

    choice: keys of options; one, a set, or a ranking with the best first. form_key: a random text of the form; the
    same form sent again gives the same receipt. replaces: `own_revision` as the form saw it ("" for a first vote),
    so that an old form never overwrites a newer vote; None replaces whatever is there. remark: the optional "why".
    Returns the receipt. Publishes `poll.<id>`, and `poll.results.<id>` where a visible result has changed.
    Raises VoteRefused (AlreadyVoted, StaleForm) and InvalidChoice.
    """
    verdict = may_vote(person, poll)
    if not verdict:
        raise VoteRefused(verdict)
    text = canonical(poll, choice)
    form_hash = _hash(f"{person.key}|{form_key or secrets.token_hex(16)}")
    first = enter(poll, person)
    if first:
        paper = seal(Ballot(poll=poll, choice=text, form_hash=form_hash))
        if poll.is_confidential:
            paper.pseudonym = _pseudonym(poll, person)
        else:
            paper.voter = person
        paper.save(force_insert=True)
        _count(poll)
    else:
        _raise_count(poll, 0)  # from the poll to its ballots, as the closing goes, or each could wait for the other
        paper = _find(poll, person)
        if paper.form_hash == form_hash:
            return Receipt(short(paper.commitment))
        _may_replace(poll, paper, replaces)
        paper.choice, paper.form_hash = text, form_hash
        seal(paper).save(update_fields=["choice", "form_hash", "nonce", "commitment"])
        if not poll.is_confidential and poll.results != Results.AFTER_CLOSING:
            publish(poll.results_topic)
    if first and poll.asks_remark and remark.strip():
        leave_remark(poll=poll, person=person, body=remark, language=language)
    return Receipt(short(paper.commitment), changed=not first)


def own_revision(poll: Poll, person: Participant | None) -> str:
    """A mark of the vote that `person` has in the box now, which changes with it; "" without one."""
    if person is None or not RollEntry.objects.filter(poll=poll, voter=person).exists():
        return ""
    paper = own_ballot(poll, person)
    return _revision(paper) if paper else "gone"


def own_ballot(poll: Poll, person: Participant) -> Ballot | None:
    """The ballot of `person` while it can be found: by name in open polls, by pseudonym until closing in others."""
    if not poll.is_confidential:
        return Ballot.objects.filter(poll=poll, voter=person).first()
    if poll.unlinked_at or poll.is_closed:
        return None
    try:
        pseudonym = keys.pseudonym(poll.key_name, person.key)
    except keys.KeyDamaged:
        return None
    return Ballot.objects.filter(poll=poll, pseudonym=pseudonym).first()


def canonical(poll: Poll, choice: Sequence[str]) -> str:
    """The choice as JSON with one spelling for one meaning. Raises InvalidChoice with a reason for the voter."""
    chosen = list(choice)
    known = {option.key for option in poll.choices}
    if not chosen:
        raise InvalidChoice(_("Please choose first. Nothing was sent yet."))
    if any(not isinstance(key, str) or key not in known for key in chosen):
        raise InvalidChoice(_("This choice does not belong to this poll. Please choose again."))
    if len(set(chosen)) < len(chosen):
        raise InvalidChoice(_("An answer was chosen twice. Please choose each only once."))
    if poll.kind == PollKind.SINGLE and len(chosen) > 1:
        raise InvalidChoice(_("Please choose only one answer."))
    if poll.kind == PollKind.SEVERAL and len(chosen) > poll.max_choices:
        limit = poll.max_choices
        text = ngettext("Please choose at most %(limit)s answer.", "Please choose at most %(limit)s answers.", limit)
        raise InvalidChoice(text % {"limit": limit})
    ordered = chosen if poll.kind == PollKind.RANKING else sorted(chosen)
    return json.dumps(ordered, ensure_ascii=True, separators=(",", ":"))


def short(commitment: str) -> str:
    """The receipt's code: the first 64 bits of the commitment in groups of four."""
    return "-".join(commitment[i : i + 4] for i in range(0, 16, 4)).upper()


def enter(poll: Poll, person: Participant) -> bool:
    """Write the roll entry; False when the constraint says that there is one. Nothing is looked up before."""
    entry = RollEntry(poll=poll, voter=person)
    meta, quote = RollEntry._meta, connection.ops.quote_name
    fields = [meta.pk, *(field for field in meta.concrete_fields if not field.primary_key)]
    columns = [quote(str(field.column)) for field in fields]
    values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({', '.join(columns)}) VALUES (%s, %s, %s) "  # noqa: S608 (no input)
            f"ON CONFLICT ({', '.join(columns[1:])}) DO NOTHING",
            values,
        )
        return bool(cursor.rowcount == 1)


def _pseudonym(poll: Poll, person: Participant) -> str:
    try:
        return keys.pseudonym(poll.key_name, person.key)
    except keys.KeyDamaged:
        logger.critical("The key of poll %s is damaged: nobody can vote until it is put back.", poll.pk)
        problem = _("No vote can be taken here now, because of a fault of the server. Please tell the organisers.")
        raise VoteRefused(no(problem)) from None


def _find(poll: Poll, person: Participant) -> Ballot:
    paper = own_ballot(poll, person)
    if paper is None:
        raise AlreadyVoted(no(_("You have voted already. This vote can no longer be found, so it stands as it is.")))
    return paper


def _may_replace(poll: Poll, paper: Ballot, replaces: str | None) -> None:
    if not poll.allows_change:
        raise AlreadyVoted(no(_("You have voted already. In this poll a vote cannot be changed.")))
    if replaces is not None and replaces != _revision(paper):
        raise StaleForm(
            no(_("You have voted already, perhaps in another window. If you send again, that vote is replaced."))
        )


def _count(poll: Poll) -> None:
    """One ballot more: raise the turnout, and release a step of the result where one is full."""
    count, pending = _raise_count(poll, 1)
    publish(poll.topic)
    if poll.results == Results.AFTER_CLOSING:
        return
    if not poll.is_confidential or _release_step(poll, count, pending):
        publish(poll.results_topic)


def _raise_count(poll: Poll, more: int) -> tuple[int, dict[str, Any]]:
    """The turnout after `more` ballots and the sums that wait, from the statement that raises it.

    It also waits for the closing task, and refuses what comes after it.
    """
    meta, quote = Poll._meta, connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} SET ballot_count = ballot_count + %s "  # noqa: S608 (no input)
            "WHERE id = %s AND unlinked_at IS NULL AND closes_at > %s RETURNING ballot_count, pending",
            [more, poll.pk, connection.ops.adapt_datetimefield_value(timezone.now())],
        )
        row = cursor.fetchone()
    if row is None:
        raise VoteRefused(no(_("This poll is closed.")))
    pending = row[1] if isinstance(row[1], dict) else json.loads(row[1])
    return row[0], pending


def _release_step(poll: Poll, count: int, pending: dict[str, Any]) -> bool:
    """Release the sums of the step before, once ten more ballots stand behind them.

    One step behind, because the final result is a publication too: it must also differ by ten ballots.
    """
    if count - pending.get("count", 0) < STEP:
        return False
    now = {"sums": sums(poll), "count": count}
    Poll.objects.filter(pk=poll.pk).update(released=pending, pending=now)
    return bool(pending)


def seal(paper: Ballot) -> Ballot:
    """The ballot with a fresh nonce, and its commitment to choice and nonce."""
    paper.nonce = secrets.token_hex(32)
    paper.commitment = _hash(f"{paper.choice}|{paper.nonce}")
    return paper


def _revision(paper: Ballot) -> str:
    return (paper.form_hash or "")[:16]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
