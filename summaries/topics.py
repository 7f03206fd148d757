"""What an open page of a summary hears: that it was built, decided or published, and how much has come since."""

from typing import Any

from accounts.models import Participant
from consultations.models import Consultation
from realtime.topics import register
from summaries.models import Build
from summaries.rules import may_build


def _find(consultation_id: str) -> Consultation | None:
    if not consultation_id.isascii() or not consultation_id.isdigit() or len(consultation_id) > 18:
        return None
    return Consultation.objects.filter(pk=int(consultation_id)).first()


def may_listen(person: Participant | None, consultation_id: str) -> bool:
    """Whether `person` works on the summary of this consultation."""
    consultation = _find(consultation_id)
    return consultation is not None and bool(may_build(person, consultation))


def snapshot(consultation_id: str) -> dict[str, Any]:
    """The newest build, how many themes of it are decided, and what must be drawn anew when it changes. No words."""
    builds = Build.objects.filter(consultation=int(consultation_id))
    newest = builds.finished().newest().first()
    waiting = builds.filter(finished_at=None).first()
    themes = newest.themes.standing().count() if newest else 0
    decided = newest.themes.standing().exclude(decisions=None).distinct().count() if newest else 0
    published = bool(newest and newest.is_published)
    return {
        "build": newest.pk if newest else None,
        "themes": themes,
        "decided": decided,
        "published": published,
        "structure": ":".join(
            str(part)
            for part in (
                newest.pk if newest else 0,
                waiting.pk if waiting else 0,
                published,
                newest.edition if newest else 0,
                decided,
            )
        ),
    }


register("summary", may_listen=may_listen, snapshot=snapshot)
