"""Tells people that an answer is still being worked on, and by when it will come."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from consultations.models import Consultation
from moderation.actions import record
from moderation.richtext import tidy
from realtime.actions import atomic, publish
from summaries.models import Holding
from summaries.rules import may_hold

WORDS = 1000


@atomic()
def hold_answer(*, consultation: Consultation, person: Participant, words: str, answer_at: datetime) -> Holding:
    """Publish that the answer is still being worked on (`words`, 1 to 1,000 signs) and will come by `answer_at`.

    The day on which it was due stays as it is; both are shown. Writes the audit. Returns the statement. Publishes
    `consultation.<id>` and `summary.<consultation>`. Raises PermissionDenied, and ValidationError for empty or too
    long words, or a time that has passed.
    """
    verdict = may_hold(person, consultation)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    said = tidy(words)
    if not 1 <= len(said) <= WORDS:
        raise ValidationError(_("Please write at most 1,000 signs: why it takes longer."), code="words")
    if answer_at <= timezone.now():
        raise ValidationError(_("Please choose a day that is still to come."), code="answer_at")
    held = Holding.objects.create(consultation=consultation, words=said, answer_at=answer_at, said_by=person)
    facts = {"answer_at": answer_at.isoformat()}
    record(verb="answer.hold", person=person, target=f"consultation:{consultation.pk}", facts=facts)
    publish(consultation.topic, f"summary.{consultation.pk}")
    return held
