"""The closing task: every minute, and so also after a restart, closed polls are unlinked from their voters."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from polls.actions import close_polls


@db_periodic_task(crontab(minute="*"))
def close_poll() -> None:
    """Destroy the keys of polls that have closed, and what links their ballots to voters."""
    close_polls()
