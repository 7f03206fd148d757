"""What open threads and boards listen to: how many posts there are, and which is the newest. No texts."""

from typing import Any

from django.db.models import Count, Max

from accounts.models import Participant
from forums.models import Board, Post, Thread
from realtime.topics import register


def may_hear_thread(person: Participant | None, number: str) -> bool:
    """Whoever may see the thread."""
    return _is_number(number) and Thread.objects.visible_to(person).filter(pk=number).exists()


def thread(number: str) -> dict[str, Any]:
    """`posts` (shown) and `structure`, the number of the newest shown post."""
    shown = Post.objects.filter(thread=int(number)).shown()
    return shown.aggregate(posts=Count("pk"), structure=Max("number", default=0))


def may_hear_board(person: Participant | None, number: str) -> bool:
    """Whoever may see the consultation."""
    return _is_number(number) and Board.objects.visible_to(person).filter(pk=number).exists()


def board(number: str) -> dict[str, Any]:
    """`threads` (listed) and `structure`, the newest of them."""
    listed = Thread.objects.filter(board=int(number), listed_at__isnull=False)
    return listed.aggregate(threads=Count("pk"), structure=Max("pk", default=0))


def _is_number(number: str) -> bool:
    return number.isascii() and number.isdigit() and len(number) < 19


register("thread", may_listen=may_hear_thread, snapshot=thread)
register("board", may_listen=may_hear_board, snapshot=board)
