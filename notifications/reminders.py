"""Reminders of polls: one e-mail, and one notice where there is an account, to everybody who has not voted.

Each is claimed before it is sent, so that nobody gets one twice, whichever run or worker sends it; the claims, which
tell who had not voted, are deleted when the last is sent. A mail server that is away is tried again each minute.
"""

import logging
from hashlib import sha256
from smtplib import SMTPException, SMTPServerDisconnected

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from notifications import actions
from notifications.models import Amount, Mailing
from notifications.words import until
from polls.actions import due_reminders, those_to_remind
from polls.models import Elector, Reminder

logger = logging.getLogger(__name__)
signer = Signer(salt="notifications.reminders")


def send_due() -> None:
    """Send what is due. What fails is logged; it keeps no other reminder from going out."""
    for reminder in due_reminders():
        try:
            send(reminder)
        except OSError:
            logger.exception("Reminder %s is tried again: the mail server does not answer.", reminder.pk)


def send(reminder: Reminder) -> None:
    """Send `reminder` to everybody who has not had it yet. Raises OSError when the mail server does not answer."""
    for elector in those_to_remind(reminder).iterator(chunk_size=500):
        address = address_of(elector)
        key = sha256(address.encode()).hexdigest() if address else ""
        if actions.claim_reminder(reminder=reminder, elector=elector, address=key) and address:
            try:
                message(reminder, elector, address).send()
            except SMTPServerDisconnected as away:
                actions.give_back_reminder(reminder=reminder, address=key)
                raise OSError from away
            except SMTPException:  # this address is refused: it is not asked again
                logger.warning("One address of reminder %s was refused.", reminder.pk)
            except OSError:
                actions.give_back_reminder(reminder=reminder, address=key)
                raise
    actions.end_reminder(reminder=reminder)


def address_of(elector: Elector) -> str:
    """Where an e-mail goes: what the list says, else the confirmed address of the account, unless it wants none."""
    if elector.email:
        return elector.email
    user = elector.voter.user if elector.voter else None
    if user is None or not user.is_active or Mailing.objects.filter(person=elector.voter, amount=Amount.NONE).exists():
        return ""
    confirmed = EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()
    return user.email if confirmed else ""


def message(reminder: Reminder, elector: Elector, address: str) -> EmailMessage:
    """The reminder as plain text, with a link that ends them. It names nobody: a family may share the address."""
    poll, user = reminder.poll, elector.voter.user if elector.voter else None
    end = settings.PUBLIC_URL + reverse("notifications:stop", args=[token_of(elector)])
    with translation.override((user.language if user else "") or poll.consultation.language or settings.LANGUAGE_CODE):
        context = {
            "poll": poll,
            "where": poll.consultation.title,
            "until": until(poll.closes_at),
            "address": settings.PUBLIC_URL + poll.get_absolute_url(),
            "invited": poll.is_invited,
            "stop": end,
            "service_name": settings.SERVICE_NAME,
        }
        body = render_to_string("notifications/reminder.txt", context)
        subject = _("%(service)s: you can still vote") % {"service": settings.SERVICE_NAME}
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, body, to=[address], headers=headers)


def token_of(elector: Elector) -> str:
    """What the link holds that ends the reminders of one poll; it opens nothing else and never expires."""
    return signer.sign(elector.pk.hex)


def elector_of(token: str) -> Elector | None:
    """Whose link it is; None for a token that we did not make."""
    try:
        return Elector.objects.select_related("poll").filter(pk=signer.unsign(token)).first()
    except BadSignature:
        return None
