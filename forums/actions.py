"""Opens boards, starts threads, writes and changes posts, keeps support. The only place where rows are written."""

import hashlib
import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import Participant
from consultations.actions import ensure_tags
from consultations.models import Consultation
from forums.models import Board, Post, PostSupport, Thread, ThreadTag
from moderation.actions import receive, record
from moderation.richtext import render, tidy
from realtime.actions import atomic, publish

WINDOW = 60  # seconds in which the same words at the same place are the same post


@atomic()
def open_board(*, consultation: Consultation, title: str = "", intro: str = "") -> Board:
    """Give `consultation` its forum, moderated where its comments are; the one that it has already stays as it is."""
    board, _made = Board.objects.get_or_create(
        consultation=consultation,
        defaults={"space": consultation.space, "title": title or consultation.title, "intro": intro},
    )
    return board


@atomic()
def start_thread(
    *, board: Board, person: Participant, title: str, body: str, tags: Sequence[str] = (), language: str = ""
) -> Post:
    """Start a thread on `board` with its first post. Returns the post, held when its space or author asks for review.

    The same person sending the same words within a minute gets the post that is there already. Publishes
    `board.<id>` and `thread.<id>`. Raises ValidationError when the text is beyond its limits.
    """
    body, title = tidy(body), " ".join(tidy(title).split())
    prints = _fingerprints(person, f"board/{board.pk}/{title}", body)
    same = _same(prints)
    if same:
        return same
    thread = Thread(board=board, title=title, author=person)
    post = Post(number=1, space=board.space, author=person, body=body, language=language, fingerprint=prints[0])
    try:
        with transaction.atomic():
            thread.save(force_insert=True)
            post.thread = thread
            _insert(post)
    except IntegrityError:  # the same form arrived twice at once
        twin: Post = Post.objects.select_related("thread__board__consultation").get(fingerprint=prints[0])
        return twin
    tag_thread(thread=thread, tags=tags)
    publish(f"board.{board.pk}")
    return post


@atomic()
def tag_thread(*, thread: Thread, tags: Sequence[str]) -> None:
    """Set the tags of `thread` by their names; one tag for all spellings."""
    rows = [ThreadTag(content_object=thread, tag=tag) for tag in ensure_tags(names=tags)]
    ThreadTag.objects.filter(content_object=thread).exclude(tag__in=[row.tag for row in rows]).delete()
    ThreadTag.objects.bulk_create(rows, ignore_conflicts=True)


@atomic()
def reply(*, thread: Thread, person: Participant, body: str, parent: Post | None = None, language: str = "") -> Post:
    """Write in `thread`, perhaps in reply to `parent`. Returns the post, held when its space or author asks for review.

    The thread is locked while the post takes its number, so numbers have no gaps and no twins. The same person sending
    the same words within a minute gets the post that is there already. Publishes `thread.<id>`.
    Raises ValidationError when the text is beyond its limits.
    """
    body = tidy(body)
    prints = _fingerprints(person, f"thread/{thread.pk}/{parent.pk if parent else ''}", body)
    locked = Thread.objects.select_for_update().get(pk=thread.pk)
    same = _same(prints)
    if same:
        return same
    post = Post(
        thread=thread,
        parent=parent,
        number=locked.last_number + 1,
        space=thread.board.space,
        author=person,
        body=body,
        language=language,
        fingerprint=prints[0],
    )
    _insert(post)
    return post


@atomic()
def edit_post(*, post: Post, body: str) -> Post:
    """Change the words of a post and mark it as edited; in spaces that are read first it is held again.

    Publishes `thread.<id>`. Raises ValidationError when the text is beyond its limits.
    """
    post.body = tidy(body)
    post.html = render(post.body)
    post.edited_at = timezone.now()
    post.fingerprint = None
    post.save(update_fields=["body", "html", "edited_at", "fingerprint"])
    receive(item=post)
    post.after_decision()
    return post


@atomic()
def set_support(*, post: Post, person: Participant, wanted: bool) -> bool:
    """Let `post` speak for `person` too, or no longer. Returns whether something changed. Publishes `thread.<id>`."""
    if wanted:
        try:
            with transaction.atomic():
                PostSupport.objects.create(post=post, person=person)
        except IntegrityError:
            return False
    elif not PostSupport.objects.filter(post=post, person=person).delete()[0]:
        return False
    step = 1 if wanted else -1
    Post.objects.filter(pk=post.pk).update(support_count=F("support_count") + step)
    if post.number == 1:
        Thread.objects.filter(pk=post.thread_id).update(support_count=F("support_count") + step)
    publish(f"thread.{post.thread_id}")
    return True


@atomic()
def curate_thread(
    *, thread: Thread, person: Participant, pinned: bool | None = None, closed: bool | None = None
) -> Thread:
    """Pin or unpin, close or open `thread` (None leaves it). Written to the audit. Publishes board and thread."""
    now = timezone.now()
    for field, wanted, words in (("pinned_at", pinned, ("pin", "unpin")), ("closed_at", closed, ("close", "open"))):
        if wanted is None or wanted == (getattr(thread, field) is not None):
            continue
        setattr(thread, field, now if wanted else None)
        verb = words[0] if wanted else words[1]
        record(verb=f"thread.{verb}", person=person, target=f"thread:{thread.pk}", facts={"board": thread.board_id})
    thread.save(update_fields=["pinned_at", "closed_at"])
    publish(f"board.{thread.board_id}", thread.topic)
    return thread


def _insert(post: Post) -> None:
    """Save a new post, let moderation take it in, and count it when it is shown."""
    post.html = render(post.body)
    post.save(force_insert=True)
    receive(item=post)
    facts: dict[str, Any] = {"last_number": post.number}
    if post.is_shown:
        facts |= {"post_count": F("post_count") + 1, "last_post_at": post.created_at}
        if post.number == 1:
            facts["listed_at"] = post.created_at
    Thread.objects.filter(pk=post.thread_id).update(**facts)
    publish(f"thread.{post.thread_id}")


def _same(prints: Sequence[str]) -> Post | None:
    earlier = timezone.now() - timedelta(seconds=WINDOW)
    posts = Post.objects.select_related("thread__board__consultation")
    found: Post | None = posts.filter(fingerprint__in=prints, created_at__gte=earlier).first()
    return found


def _fingerprints(person: Participant, place: str, body: str) -> list[str]:
    """What two sendings of one form have in common, in this minute and in the one before."""
    window = int(time.time() // WINDOW)
    facts = (f"{person.pk}|{place}|{window - back}|{body}" for back in (0, 1))
    return [hashlib.sha256(fact.encode()).hexdigest() for fact in facts]
