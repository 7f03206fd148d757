"""The task of the clock: every minute, and so also after a restart, ledgers are kept and closed polls are settled."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from polls.actions import close_polls, keep_ledgers


@db_periodic_task(crontab(minute="*"))
def close_poll() -> None:
    """Settle polls that have closed: unlink, close the ledger, count, publish; list new ballots of open ones."""
    close_polls()
    keep_ledgers()
