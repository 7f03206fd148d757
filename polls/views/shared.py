"""What several pages of this room begin with."""

import hashlib
import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac

from polls import pictures
from polls.actions import QuestionResult
from polls.models import Poll, QuestionKind
from polls.rules import may_create
from polls.splits import split_views

HELPED = {QuestionKind.BUDGET, QuestionKind.CONSENT}


def find_poll(request: HttpRequest, poll_id: int) -> Poll:
    """The poll, where the visitor may see it; otherwise 404. Roles are asked for only where it is not public."""
    poll = get_object_or_404(Poll.objects.select_related("consultation"), pk=poll_id)
    public = poll.is_published and poll.consultation.is_published
    if not public and not may_create(request.person, poll.consultation):
        raise Http404
    return poll


def modules(poll: Poll) -> list[str]:
    """Scripts that help with the questions of this poll; a page loads no others."""
    ranked = ["js/ranking.js"] if any(one.kind == QuestionKind.RANKING for one in poll.sheet) else []
    helped = any(one.show_if or one.is_valued or one.kind in HELPED for one in poll.sheet)
    return ranked + (["js/questions.js"] if helped else [])


def with_pictures(result: QuestionResult, *, final: bool) -> dict[str, Any]:
    """A result and its pictures, as `polls/_question_result.html` takes them."""
    return {
        "result": result,
        "bars": pictures.result_bars(result) if final else None,
        "run_off": pictures.run_off(result),
        "stages": pictures.stages(result),
        "histograms": pictures.histograms(result),
        "heading": pictures.heading(result.question),
        "splits": split_views(result),
    }


def guest_key(poll: Poll, form_key: str) -> uuid.UUID | None:
    """One form sent twice at once by a visitor without a session is one guest, and so one vote."""
    if not form_key:
        return None
    digest = salted_hmac("polls.guest", f"{poll.pk}|{form_key}", algorithm="sha256").digest()
    return uuid.UUID(bytes=hashlib.sha256(digest).digest()[:16], version=4)
