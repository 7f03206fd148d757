"""What an open page of a summary hears: that it was built, decided or published, and how much has come since."""

from typing import Any

from accounts.models import Participant
from consultations.models import Consultation
from realtime.topics import register
from summaries.models import Build, Tally
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
    tally = newest.themes.standing().tally() if newest else Tally()
    return {
        "build": newest.pk if newest else None,
        "themes": tally.themes,
        "decided": tally.decided,
        "published": bool(newest and newest.is_published),
        "structure": structure(newest, builds.filter(finished_at=None).first(), tally),
    }


def structure(newest: Build | None, waiting: Build | None, tally: Tally) -> str:
    """What must be drawn anew when it changes: the newest build with its edits and decisions, the one being made."""
    own = (newest.pk, newest.is_published, newest.edition) if newest else (0, False, 0)
    return ":".join(str(part) for part in (own[0], waiting.pk if waiting else 0, *own[1:], tally.newest))


register("summary", may_listen=may_listen, snapshot=snapshot)
