"""Boards, threads and posts for tests, made by the room's own actions."""

import itertools
from typing import Any

from accounts.models import Participant
from consultations.models import Consultation
from forums.actions import open_board, reply, start_thread
from forums.models import Board, Post, Thread
from tests.factories import make_consultation, make_person

_numbers = itertools.count(1)


def make_board(consultation: Consultation | None = None, **fields: Any) -> Board:
    """The forum of a consultation."""
    return open_board(consultation=consultation or make_consultation(**fields))


def make_thread(board: Board | None = None, *, author: Participant | None = None, **fields: Any) -> Thread:
    """A thread with its first post by somebody with an account."""
    number = next(_numbers)
    post = start_thread(
        board=board or make_board(),
        person=author or make_person(),
        title=fields.pop("title", f"The market square {number}"),
        body=fields.pop("body", f"The stalls need shade, reason {number}."),
        **fields,
    )
    return Thread.objects.select_related("board__consultation", "board__space").get(pk=post.thread_id)


def make_post(
    thread: Thread | None = None, *, author: Participant | None = None, body: str = "", **fields: Any
) -> Post:
    """A reply in a thread."""
    body = body or f"I would plant trees there, thought {next(_numbers)}."
    return reply(thread=thread or make_thread(), person=author or make_person(), body=body, **fields)


def fill(thread: Thread, number: int, author: Participant) -> None:
    """Add posts quickly until `thread` has `number` of them."""
    first = thread.posts.get(number=1)
    rows = [
        Post(
            thread=thread,
            number=n,
            parent=first if n % 3 == 0 else None,
            space=thread.board.space,
            author=author,
            body=f"Post {n} of many.",
            html=f"<p>Post {n} of <strong>many</strong>, with a sentence or two about the market square.</p>",
            language="en",
            receipt=f"R{thread.pk}-{n}"[:14],
        )
        for n in range(2, number + 1)
    ]
    Post.objects.bulk_create(rows, batch_size=500)
    Thread.objects.filter(pk=thread.pk).update(last_number=number, post_count=number)
