"""What the clock does: gather every minute, send digests by day, forget what is old."""

from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from notifications import actions, digests, reminders


@db_periodic_task(crontab(minute="*"), name="notifications.gather")
def gather() -> None:
    """Each minute: note what happened."""
    actions.gather_recent()


@db_periodic_task(crontab(minute="*"), name="notifications.send_reminders")
def send_reminders() -> None:
    """Each minute: reminders of polls that are due."""
    reminders.send_due()


@db_periodic_task(crontab(minute="5"), name="notifications.send_digests")
def send_digests() -> None:
    """Each hour, and by day only: one e-mail for everybody who wants one."""
    if digests.is_time():
        digests.send_all()


@db_periodic_task(crontab(hour="2", minute="17"), name="notifications.forget_old")
def forget_old() -> None:
    """Each night: delete what was read long ago."""
    actions.forget_old()
