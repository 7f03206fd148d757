"""How many have voted: raised with each vote, and with it in secret polls the steps in which a result is shown."""

import json
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import no
from polls.actions.counting import sums
from polls.models import DepartedVoter, Poll, Results
from polls.rules import STEP, AlreadyVoted, VoteRefused
from realtime.actions import publish


def count_in(poll: Poll, more: int, *, until: str = "closes_at", mark: str = "") -> None:
    """Raise the turnout by `more`, and show a step of the result where one is full; in detached polls steps follow
    batches.

    until: the field of `Poll` that says when such ballots come too late. mark: as in `raise_count`. Raises VoteRefused
    when it is too late. Publishes `poll.<id>`, and `poll.results.<id>` where what may be seen has changed.
    """
    count, pending = raise_count(poll, more, until, mark)
    publish(poll.topic)
    if poll.results == Results.AFTER_CLOSING or poll.is_detached:
        return
    if not poll.is_secret or release_step(poll, count, pending):
        publish(poll.results_topic)


def raise_count(poll: Poll, more: int, until: str = "closes_at", mark: str = "") -> tuple[int, dict[str, Any]]:
    """The turnout after `more` ballots and the sums that wait, from the statement that raises it.

    It also waits for the closing task and for a batch that is being released, and refuses what comes after closing.
    mark: of the voter's address (see `DepartedVoter`), "" where that is not asked. Raises VoteRefused.
    """
    meta, quote = Poll._meta, connection.ops.quote_name
    departed = quote(DepartedVoter._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quote(meta.db_table)} SET ballot_count = ballot_count + %s "  # noqa: S608 (no input)
            f"WHERE id = %s AND unlinked_at IS NULL AND {quote(until)} > %s "
            f"AND NOT EXISTS (SELECT 1 FROM {departed} WHERE poll_id = %s AND mark = %s) "
            "RETURNING ballot_count, pending",
            [more, poll.pk, connection.ops.adapt_datetimefield_value(timezone.now()), poll.pk, mark],
        )
        row = cursor.fetchone()
    if row is None and mark and DepartedVoter.objects.filter(poll=poll, mark=mark).exists():
        raise AlreadyVoted(no(_("This e-mail address has voted here already, with an account that was deleted. "
                                "That vote stands.")))  # fmt: skip
    if row is None:
        raise VoteRefused(no(_("This poll is closed.")))
    pending = row[1] if isinstance(row[1], dict) else json.loads(row[1])
    return row[0], pending


def release_step(poll: Poll, count: int, pending: dict[str, Any]) -> bool:
    """Release the sums of the step before, once ten more ballots stand behind them. count: ballots that are in now.

    One step behind, because the final result is a publication too: it must also differ by ten ballots.
    """
    if count - pending.get("count", 0) < STEP:
        return False
    now = {"sums": sums(poll), "count": count}
    Poll.objects.filter(pk=poll.pk).update(released=pending, pending=now)
    return bool(pending)
