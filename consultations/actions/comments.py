"""Comments are written, changed and supported; a double press makes one row and one receipt."""

import hashlib
import time
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Participant
from consultations.models import Clause, Comment, Consultation, Support
from moderation.actions import receive
from moderation.richtext import render, tidy
from realtime.actions import atomic, publish

WINDOW = 60  # seconds in which the same words at the same place are the same comment


@atomic()
def write_comment(
    *,
    person: Participant,
    consultation: Consultation,
    body: str,
    clause: Clause | None = None,
    parent: Comment | None = None,
    stance: str = "",
    language: str = "",
) -> Comment:
    """Write a comment on `clause`, on the whole (None), or in reply to `parent` (whose place it takes).

    Returns the comment, held when its space or its author asks for review; the one that is there already when the
    same person sends the same words to the same place within a minute. Publishes the consultation and the clause.
    Raises ValidationError when the text is beyond its limits.
    """
    body = tidy(body)
    if parent:
        clause, stance = parent.clause, ""
    place = f"{consultation.pk}/{clause.pk if clause else ''}/{parent.pk if parent else ''}/{stance}"
    window = int(time.time() // WINDOW)
    prints = [_fingerprint(person, place, body, window - back) for back in (0, 1)]
    earlier = timezone.now() - timedelta(seconds=WINDOW)
    same: Comment | None = Comment.objects.filter(fingerprint__in=prints, created_at__gte=earlier).first()
    if same:
        return same
    comment = Comment(
        consultation=consultation,
        space=consultation.space,
        clause=clause,
        parent=parent,
        root_id=(parent.root_id or parent.pk) if parent else None,
        author=person,
        stance=stance,
        body=body,
        html=render(body),
        language=language,
        fingerprint=prints[0],
    )
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError:  # the same form arrived twice at once
        return Comment.objects.get(fingerprint=prints[0])
    receive(item=comment)
    if comment.is_shown:
        _count(comment)
    return comment


@atomic()
def edit_comment(*, comment: Comment, body: str, stance: str = "", language: str = "") -> Comment:
    """Change the words of a comment; in spaces that are read first it is held again. Publishes as writing does.

    Raises ValidationError when the text is beyond its limits.
    """
    comment.body = tidy(body)
    comment.html = render(comment.body)
    comment.language = language
    comment.edited_at = timezone.now()
    comment.fingerprint = None
    if comment.parent_id is None:
        comment.stance = stance
    comment.save(update_fields=["body", "html", "language", "stance", "edited_at", "fingerprint"])
    receive(item=comment)
    comment.after_decision()
    return comment


@atomic()
def support_comment(*, person: Participant, comment: Comment) -> bool:
    """`comment` speaks for `person` too. Returns False when it did already. Publishes as writing does."""
    try:
        with transaction.atomic():
            Support.objects.create(comment=comment, person=person)
    except IntegrityError:
        return False
    Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") + 1)
    publish(*comment.topics())
    return True


@atomic()
def withdraw_support(*, person: Participant, comment: Comment) -> bool:
    """Take the support of `person` back. Returns False when there was none. Publishes as writing does."""
    gone, _rows = Support.objects.filter(comment=comment, person=person).delete()
    if not gone:
        return False
    Comment.objects.filter(pk=comment.pk).update(support_count=F("support_count") - 1)
    publish(*comment.topics())
    return True


def _count(comment: Comment) -> None:
    """Counters and topics of a comment that everybody sees from now on."""
    if comment.root_id:
        Comment.objects.filter(pk=comment.root_id).update(reply_count=F("reply_count") + 1)
    if comment.clause_id:
        Clause.objects.filter(pk=comment.clause_id).update(comment_count=F("comment_count") + 1)
    publish(*comment.topics())


def _fingerprint(person: Participant, place: str, body: str, window: int) -> str:
    return hashlib.sha256(f"{person.pk}|{place}|{window}|{body}".encode()).hexdigest()
