"""A consultation as large as a town's, with its rows: comments with a stance, posts, answers in a poll, statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Area, Organisation, Participant, User
from consultations.models import Clause, Comment, Consultation
from demo.mixed import MixedCorpus
from forums.models import Board, Post, Thread, recount
from methods.text import Text
from moderation.models import Moderated
from moderation.richtext import render
from opinions.models import Conversation, Statement
from polls.models import Remark
from tests.factories import make_consultation, make_document
from tests.polls.factories import make_poll

BATCH = 1000
CLAUSES = 40
THREAD = 25  # posts in each
LEVELS = (1, 1, 1, 2, 0, 1, 3, 1, 0, 4)
EVERY = {Post: 11, Remark: 17, Statement: 160}  # of those without a stance every so-many-th is one


@dataclass(frozen=True)
class Large:
    """The consultation, and the keys of each petition's copies and of the minority's texts."""

    consultation: Consultation
    petitions: tuple[tuple[str, ...], ...]
    minority: tuple[str, ...]


def make_large(corpus: MixedCorpus, organisation: Organisation | None = None, **fields: Any) -> Large:
    """`corpus` as a consultation that is over; its people have accounts, levels and areas."""
    facts = {"phase": "closed", "language": "id", "title": "Rencana tata kota", "slug": "tata-kota"} | fields
    consultation = make_consultation(organisation, **facts)
    clauses = list(make_document(consultation, clauses=CLAUSES).versions.get().clauses.order_by("position"))
    people = _people(sorted({text.author for text in corpus.texts if text.author}))
    marked = {*corpus.minority, *(key for keys in corpus.petitions for key in keys)}
    kinds: dict[type[Moderated], list[Text]] = {Comment: [], Post: [], Remark: [], Statement: []}
    for number, text in enumerate(corpus.texts):
        free = text.stance is None and text.id not in marked
        kinds[next((kind for kind, every in EVERY.items() if free and number % every == 5), Comment)].append(text)
    keys = _comments(consultation, clauses, kinds[Comment], people)
    keys |= _posts(consultation, kinds[Post], people)
    keys |= _remarks(consultation, kinds[Remark], people)
    keys |= _statements(consultation, kinds[Statement], people)
    petitions = tuple(tuple(keys[one] for one in ids) for ids in corpus.petitions)
    return Large(consultation, petitions, tuple(keys[one] for one in corpus.minority))


def _people(names: Sequence[str]) -> Mapping[str | None, Participant]:
    """An account for each name."""
    areas = [*Area.objects.order_by("code"), None]
    users = User.objects.bulk_create(
        [User(email=f"{name}@large.example", password="!") for name in names], batch_size=BATCH
    )
    made = [
        Participant(user=user, name=f"Warga {name}", level=LEVELS[at % len(LEVELS)], area=areas[at % len(areas)])
        for at, (name, user) in enumerate(zip(names, users, strict=True))
    ]
    return dict(zip(names, Participant.objects.bulk_create(made, batch_size=BATCH), strict=True))


def _facts(consultation: Consultation, texts: Sequence[Text]) -> Iterator[dict[str, Any]]:
    """What every kind of text has; the texts came one after another on twenty days, and were read by nobody yet."""
    began = timezone.now() - timedelta(days=45)
    for at, text in enumerate(texts):
        yield {
            "space": consultation.space,
            "body": text.body,
            "html": render(text.body),
            "language": text.language or "",
            "created_at": began + timedelta(days=20) * (at / len(texts)),
        }


def _kept(kind: type[Moderated], rows: Sequence[Any], texts: Sequence[Text]) -> dict[str, str]:
    """Id of each text → the key of its row, once the rows are written."""
    made = kind._default_manager.bulk_create(rows, batch_size=BATCH)
    return {text.id: row.source_key for text, row in zip(texts, made, strict=True)}


def _comments(
    consultation: Consultation, clauses: Sequence[Clause], texts: Sequence[Text], people: Mapping[str | None, Any]
) -> dict[str, str]:
    rows = [
        Comment(
            consultation=consultation, clause=clauses[at * at % CLAUSES] if at % 3 else None, stance=text.stance or "",
            author=people[text.author], **facts,
        )
        for at, (text, facts) in enumerate(zip(texts, _facts(consultation, texts), strict=True))
    ]  # fmt: skip
    keys = _kept(Comment, rows, texts)
    for clause in clauses:
        clause.comment_count = Comment.objects.filter(clause=clause).count()
    Clause.objects.bulk_update(clauses, ["comment_count"])
    return keys


def _posts(consultation: Consultation, texts: Sequence[Text], people: Mapping[str | None, Any]) -> dict[str, str]:
    board = Board.objects.create(consultation=consultation, space=consultation.space, title="Forum")
    now = timezone.now()
    threads = [
        Thread.objects.create(
            board=board, title=texts[at].body[:70], author=people[texts[at].author], listed_at=now, last_number=THREAD
        )
        for at in range(0, len(texts), THREAD)
    ]
    rows = [
        Post(thread=threads[at // THREAD], number=at % THREAD + 1, author=people[text.author], **facts)
        for at, (text, facts) in enumerate(zip(texts, _facts(consultation, texts), strict=True))
    ]
    keys = _kept(Post, rows, texts)
    for thread in threads:
        recount(thread.pk)
    return keys


def _remarks(consultation: Consultation, texts: Sequence[Text], people: Mapping[str | None, Any]) -> dict[str, str]:
    poll = make_poll(consultation, state="closed", title="Apa yang paling penting bagi Anda?")
    rows = [
        Remark(poll=poll, author=people[text.author], **facts)
        for text, facts in zip(texts, _facts(consultation, texts), strict=True)
    ]
    return _kept(Remark, rows, texts)


def _statements(consultation: Consultation, texts: Sequence[Text], people: Mapping[str | None, Any]) -> dict[str, str]:
    conversation = Conversation.objects.create(
        consultation=consultation, space=consultation.space, question="Apa pendapat Anda?", last_number=len(texts),
        published_at=timezone.now(),
    )  # fmt: skip
    rows = [
        Statement(conversation=conversation, number=number, author=people[text.author], **facts)
        for number, (text, facts) in enumerate(zip(texts, _facts(consultation, texts), strict=True), 1)
    ]
    return _kept(Statement, rows, texts)
