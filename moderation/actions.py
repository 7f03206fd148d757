"""Receives texts and reports, claims and decides cases, and writes the audit. The only place where rows are written."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from rapidfuzz import fuzz, process

from accounts.models import Participant
from moderation import chain, richtext, rules
from moderation.models import AuditEntry, AuditHead, Case, Hint, Moderated, Space
from realtime.actions import atomic, publish

NEAR_COPY = 92  # of 100, by RapidFuzz' ratio
COMPARED = 50  # newest texts of the same author
SHORTEST_COPY = 40  # signs; shorter texts are alike by chance


@atomic()
def receive(*, item: Moderated) -> Case | None:
    """Take in a text that was just created or edited; to be called in the same transaction.

    Checks its limits, holds it when its author is a guest or its space is read before publication, and opens a case
    when it is held or nearly the same as another text of its author. Sets `item.held_at`.
    Returns the open case, or None when there is nothing to review. Publishes `moderation.<organisation>`.
    Raises ValidationError when the text is beyond the limits of `richtext.limits`.
    """
    richtext.limits(item.body)
    held = rules.is_held_first(item)
    hint = _hint(item, held)
    if held and item.held_at is None:
        item.held_at = timezone.now()
        item.save(update_fields=["held_at"])
    if not hint:
        return None
    case = open_case(item=item, held=held, hint=hint)
    publish(topic(item.space))
    return case


def topic(space: Space) -> str:
    """What the queues of the organisation of `space` listen to."""
    return f"moderation.{space.organisation_id}"


@atomic()
def open_case(*, item: Moderated, held: bool = False, hint: str = "") -> Case:
    """The open case of `item`; made when there is none. Two at once end with one, because a constraint says so."""
    kind = ContentType.objects.get_for_model(item)
    one = {"content_type": kind, "object_id": item.pk, "closed_at": None}
    case = Case.objects.filter(**one).first()
    if case is None:
        try:
            with transaction.atomic():
                return Case.objects.create(**one, space=item.space, author_id=item.author_id, held=held, hint=hint)
        except IntegrityError:
            case = Case.objects.get(**one)
    if held and not case.held:
        case.held, case.hint = True, hint
        case.save(update_fields=["held", "hint"])
    return case


@atomic()
def record(*, verb: str, person: Participant | None, target: str, facts: dict[str, Any]) -> AuditEntry:
    """Append an act to the audit. `verb` such as `case.hide`, `target` such as `post:12`, `facts` small and JSON-ready.

    Facts hold no names and no text of people: entries can never be erased. Returns the entry.
    """
    head, _made = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": chain.START})
    act: dict[str, Any] = {
        "at": timezone.now(),
        "verb": verb,
        "actor": str(person.key) if person else "",
        "target": target,
        "facts": facts,
    }
    entry = AuditEntry.objects.create(**act, previous=head.hash, hash=chain.link(previous=head.hash, **act))
    AuditHead.objects.filter(pk=1).update(hash=entry.hash, length=head.length + 1)
    return entry


def _hint(item: Moderated, held: bool) -> str:
    if _is_copy(item):
        return Hint.COPY
    if not held:
        return ""
    return Hint.GUEST if item.author is None or item.author.is_guest else Hint.BEFORE


def _is_copy(item: Moderated) -> bool:
    """Whether the author wrote nearly the same in this space before. Different people may send one text: not hinted."""
    body = _plain(item.body)
    if item.author_id is None or len(body) < SHORTEST_COPY:
        return False
    others: Iterable[str] = (
        type(item)
        ._default_manager.filter(space=item.space_id, author=item.author_id)
        .exclude(pk=item.pk)
        .order_by("-created_at")
        .values_list("body", flat=True)[:COMPARED]
    )
    return process.extractOne(body, map(_plain, others), scorer=fuzz.ratio, score_cutoff=NEAR_COPY) is not None


def _plain(body: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", body[:2000]).casefold().split())
