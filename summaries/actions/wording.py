"""What people write beside a summary: the version in easy language, translations of quotes, census figures."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from consultations.models import Consultation
from moderation.actions import record
from moderation.richtext import render, tidy
from realtime.actions import atomic, publish
from summaries.models import Build, Census, Citation, EasyRead, Translation
from summaries.rules import may_build

EASY = 20_000
QUOTE = 4000
SOURCE, AS_OF = 200, 40


@atomic()
def write_easy_read(*, consultation: Consultation, person: Participant, language: str, body: str) -> EasyRead | None:
    """Keep the summary of `consultation` in easy language: Markdown with headings, at most 20,000 signs, in `language`.

    It is read beside the published summary at once; an empty `body` takes it away. Writes the audit. Returns the row,
    None where there is none any more. Publishes `summary.<consultation>` and `consultation.<id>`.
    Raises PermissionDenied, and ValidationError for a text that is too long.
    """
    _allow(person, consultation)
    words = tidy(body)
    if len(words) > EASY:
        raise ValidationError(_("The text is too long: at most 20,000 signs."), code="body")
    rows = EasyRead.objects.filter(consultation=consultation, language=language)
    row = None
    if words:
        fields = {
            "body": words,
            "html": render(words, official=True),
            "written_by": person,
            "written_at": timezone.now(),
        }
        row, _new = EasyRead.objects.update_or_create(consultation=consultation, language=language, defaults=fields)
    else:
        rows.delete()
    record(verb="summary.easy", person=person, target=f"consultation:{consultation.pk}", facts={"language": language})
    publish(Build(consultation=consultation).topic, consultation.topic)
    return row


@atomic()
def translate_quote(*, citation: Citation, person: Participant, language: str, text: str) -> Translation | None:
    """Keep what the quote of `citation` says in `language`, as a person's translation; an empty `text` takes it away.

    It stands in place of a machine's. Returns the row, None where there is none any more. Publishes
    `summary.<consultation>`. Raises PermissionDenied, and ValidationError for a text of more than 4,000 signs, for what
    is no quote, and for the quote's own language.
    """
    consultation = citation.build.consultation
    _allow(person, consultation)
    words = tidy(text)
    if not citation.quote:
        raise ValidationError(_("Only quotes are translated."), code="text")
    if citation.language == language:
        raise ValidationError(_("The quote is in this language already."), code="text")
    if len(words) > QUOTE:
        raise ValidationError(_("The translation is too long: at most 4,000 signs."), code="text")
    row = None
    if words:
        fields = {"text": words, "machine": "", "made_by": person, "made_at": timezone.now()}
        row, _new = Translation.objects.update_or_create(citation=citation, language=language, defaults=fields)
    else:
        Translation.objects.filter(citation=citation, language=language).delete()
    publish(citation.build.topic)
    return row


@atomic()
def set_census(
    *, consultation: Consultation, person: Participant, rows: Sequence[Sequence[str | int]], source: str, as_of: str
) -> Census:
    """Keep who lives where, for `consultation`: [code of an area, its name, inhabitants], with `source` and year.

    Writes the audit. Returns the figures. Publishes `summary.<consultation>` and `consultation.<id>`.
    Raises PermissionDenied, and ValidationError without rows, without a source or without a year.
    """
    _allow(person, consultation)
    where, when = " ".join(tidy(source).split()), " ".join(tidy(as_of).split())
    if not rows:
        raise ValidationError(_("There are no figures."), code="rows")
    if not 1 <= len(where) <= SOURCE:
        raise ValidationError(_("Say where the figures come from, in at most 200 signs."), code="source")
    if not 1 <= len(when) <= AS_OF:
        raise ValidationError(_("Say of which year the figures are, in at most 40 signs."), code="as_of")
    fields = {
        "rows": [list(row) for row in rows], "source": where, "as_of": when, "added_by": person,
        "added_at": timezone.now(),
    }  # fmt: skip
    census, _new = Census.objects.update_or_create(consultation=consultation, defaults=fields)
    facts = {"rows": len(rows)}
    record(verb="summary.census", person=person, target=f"consultation:{consultation.pk}", facts=facts)
    publish(Build(consultation=consultation).topic, consultation.topic)
    return census


def _allow(person: Participant, consultation: Consultation) -> None:
    verdict = may_build(person, consultation)
    if not verdict:
        raise PermissionDenied(verdict.reason)
