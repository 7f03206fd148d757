"""One e-mail a day for people who want it: what they have not read yet, in their language. Never an empty one.

A digest is claimed before it is sent, so that two workers never send it twice; when the mail server refuses, the
claim is given back and the next hour tries again.
"""

import logging
from collections.abc import Iterator
from smtplib import SMTPException

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Participant
from notifications import actions
from notifications.models import Amount, Notice
from notifications.words import say

logger = logging.getLogger(__name__)
DAYTIME = range(7, 20)  # hours of the installation's zone; after a night without a worker it is sent later that day
MOST = 20  # notices in one e-mail
signer = Signer(salt="notifications.unsubscribe")


def is_time() -> bool:
    """Whether people may get e-mail at this hour."""
    return timezone.localtime().hour in DAYTIME


def send_all() -> int:
    """Send everybody's digest who wants one and has something to read. Returns how many were sent."""
    return sum(send(person) for person in _waiting())


def send(person: Participant) -> bool:
    """Send `person` their digest. Returns whether there was something to send, and it was sent."""
    notices = actions.claim_digest(person=person)
    if not notices:
        return False
    try:
        message(person, notices).send()
    except (OSError, SMTPException):
        logger.exception("The digest of participant %s could not be sent.", person.pk)
        actions.give_back_digest(person=person, notices=notices)
        return False
    return True


def message(person: Participant, notices: list[Notice]) -> EmailMessage:
    """The digest of `notices` for `person`, as plain text in their language, with a link that ends the digests."""
    assert person.user is not None
    end = settings.PUBLIC_URL + reverse("notifications:unsubscribe", args=[token_of(person)])
    with translation.override(person.user.language or settings.LANGUAGE_CODE):
        count = len(notices)
        subject = ngettext("%(count)d notice for you", "%(count)d notices for you", count) % {"count": count}
        context = {
            "name": person.name,
            "rows": [(say(one), settings.PUBLIC_URL + one.url) for one in notices[:MOST]],
            "more": max(count - MOST, 0),
            "inbox": settings.PUBLIC_URL + reverse("notifications:inbox"),
            "unsubscribe": end,
            "service_name": settings.SERVICE_NAME,
        }
        body = render_to_string("notifications/digest.txt", context)
        subject = _("%(service)s: %(subject)s") % {"service": settings.SERVICE_NAME, "subject": subject}
    headers = {"List-Unsubscribe": f"<{end}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(subject, body, to=[person.user.email], headers=headers)


def token_of(person: Participant) -> str:
    """What the link holds that ends the digests of `person`; it opens nothing else and never expires."""
    return signer.sign(person.key.hex)


def person_of(token: str) -> Participant | None:
    """Whose link it is; None for a token that we did not make."""
    try:
        return Participant.objects.filter(key=signer.unsign(token), erased_at=None).first()
    except BadSignature:
        return None


def _waiting() -> Iterator[Participant]:
    """People with a confirmed address and notices that were not mailed; guests have no address."""
    confirmed = EmailAddress.objects.filter(verified=True, primary=True).values("user")
    people = Participant.objects.filter(
        pk__in=Notice.objects.to_mail().values("person"), user__in=confirmed, user__is_active=True
    )
    wanted = people.exclude(mailing__amount=Amount.NONE).select_related("user").order_by("pk")
    return wanted.iterator(chunk_size=500)
