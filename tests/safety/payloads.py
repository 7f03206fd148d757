"""Texts that try to become scripts, and their way into every field that people fill in."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.models import Participant
from consultations.actions import publish_version, save_draft
from consultations.models import Comment, Tag, TaggedConsultation
from consultations.models.tags import normalise_tag
from forums.models import Post, Thread, ThreadTag
from moderation.actions import open_case
from moderation.models import Case, Decision
from moderation.richtext import render
from opinions.models import Statement
from polls.models import Elector, Poll, Question, Remark, RollObjection
from summaries.models import Citation, Place, Theme, ThemeDecision
from tests.factories import make_consultation
from tests.permissions.world import World

CLASSICS = [
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
    "'><svg onload=alert(1)>", "<svg/onload=alert(1)//", "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))", "![x](x\" onerror=\"alert(1))", "<javascript:alert(1)>", "<iframe srcdoc='<script>'>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "{{constructor.constructor('alert(1)')()}}",
    "\" autofocus onfocus=alert(1) x=\"", "<body onpageshow=alert(1)>", "</textarea><script>alert(1)</script>",
    "<style>@import 'javascript:alert(1)'</style>", "<details open ontoggle=alert(1)>",
    "`<img src=x onerror=alert(1)>`",
    "x onclick=alert(1)", "<!--><script>alert(1)</script>-->", "]]><script>alert(1)</script>",
    "<base href=//evil.example>",
]  # fmt: skip


def corpus(folder: Path, number: int) -> list[str]:
    """`number` payloads of the collected corpus, spread over it, those first that would show a window."""
    lines = (folder / "markup" / "dompurify.jsonl").read_text().splitlines()
    found = [payload for payload in map(json.loads, lines) if "alert" in payload or " on" in payload]
    return found[:: max(1, len(found) // number)][:number]


def plant(world: World, payloads: list[str]) -> SimpleNamespace:
    """Write every payload into every field, as rows, past the forms: what is stored must be harmless when shown."""
    it, now = world.it, timezone.now()
    who = [Participant.objects.create(name=one[:60]) for one in payloads]
    it.consultations = [
        make_consultation(it.office, title=one[:160], question=one[:240], decided=one, changeable=one,
                          responsible=one[:160], legal_basis=one[:240])
        for one in payloads[:45]
    ]  # fmt: skip
    facts = {"space": it.consultation.space, "language": "en"}
    texts: list[dict[str, Any]] = [
        {"author": person, "body": one, "html": render(one), **facts} for person, one in zip(who, payloads, strict=True)
    ]
    Comment.objects.bulk_create(
        Comment(consultation=it.consultation, clause=it.clause, stance="oppose", **text) for text in texts
    )
    Remark.objects.bulk_create(Remark(poll=it.poll, **text) for text in texts)
    Statement.objects.bulk_create(
        Statement(conversation=it.conversation, number=100 + n, **text) for n, text in enumerate(texts)
    )
    threads = Thread.objects.bulk_create(
        Thread(board=it.board, title=text["body"][:140], author=text["author"], listed_at=now, last_number=1)
        for text in texts
    )
    Post.objects.bulk_create(Post(thread=thread, number=1, **text) for thread, text in zip(threads, texts, strict=True))
    Post.objects.bulk_create(Post(thread=it.talk, number=10 + n, **text) for n, text in enumerate(texts))
    it.talk.last_number = 10 + len(texts)
    it.talk.save()
    _tags(world, payloads, threads)
    _polls(world, payloads)
    _summary(world, payloads)
    _decisions(world, payloads)
    _draft(world, payloads)
    return it


def _tags(world: World, payloads: list[str], threads: list[Thread]) -> None:
    for number, one in enumerate(payloads):
        tag, _made = Tag.objects.get_or_create(slug=normalise_tag(one[:90])[:100], defaults={"name": one[:100]})
        ThreadTag.objects.create(tag=tag, content_object=threads[number])
        if number < 8:
            TaggedConsultation.objects.get_or_create(tag=tag, content_object=world.it.consultation)


def _polls(world: World, payloads: list[str]) -> None:
    it = world.it
    asked = Question.objects.get(poll=it.live_poll)
    first = len(asked.options)
    options = [{"key": f"x{at}", "text": one[:200], "note": one[:200]} for at, one in enumerate(payloads, first)]
    asked.options, asked.help = asked.options + options, payloads[0]
    asked.save()
    Poll.objects.filter(pk=it.poll.pk).update(electorate="invited", objections_until=it.poll.opens_at)
    Elector.objects.bulk_create(
        Elector(poll=it.poll, number=number, label=one[:120], email=f"x{number}@example.org")
        for number, one in enumerate(payloads[:45], 1)
    )
    RollObjection.objects.bulk_create(
        RollObjection(poll=it.poll, author=world.people["citizen"], text=one[:1000], reason=one[:600],
                      accepted=True if number % 2 else None, answered_at=timezone.now() if number % 2 else None)
        for number, one in enumerate(payloads[:45])
    )  # fmt: skip
    it.open_poll = Poll.objects.create(
        consultation=it.consultation, space=it.consultation.space, title=payloads[0][:240], asks_remark=True,
        opens_at=timezone.now() - timezone.timedelta(days=1), closes_at=timezone.now() + timezone.timedelta(days=1),
        published_at=timezone.now(), level=0,
    )  # fmt: skip
    Question.objects.create(
        poll=it.open_poll, key="q1", position=1, text=payloads[1][:240], rule="plurality", options=options[:30]
    )


def _summary(world: World, payloads: list[str]) -> None:
    it = world.it
    comments = list(Comment.objects.filter(body__in=payloads))
    for number, one in enumerate(payloads, 2):
        label = one[:160]
        theme = Theme.objects.create(
            build=it.build, key=f"x{number}", number=number, label=label, found_label=label, phrases=[label, one[:60]],
            contributions=1, distinct=1, contributors=1, stances={"oppose": 1}, languages={"en": 1},
        )  # fmt: skip
        ThemeDecision.objects.create(theme=theme, outcome="adopted", reason=one)
        if number - 2 < len(comments):
            comment = comments[number - 2]
            Citation.objects.create(
                build=it.build, theme=theme, source_key=comment.source_key, kind="comment", place=Place.THEMED,
                quote=comment.body, quote_rank=1, start=0, end=len(comment.body), language="en",
            )  # fmt: skip


def _decisions(world: World, payloads: list[str]) -> None:
    """Cases about the comments, some still open, and decisions whose reasons are payloads."""
    for number, comment in enumerate(Comment.objects.filter(body__in=payloads).select_related("space")):
        case = open_case(item=comment)
        if number % 2:
            Case.objects.filter(pk=case.pk).update(closed_at=timezone.now())
            Decision.objects.create(case=case, outcome="approve", reasons=comment.body)


def _draft(world: World, payloads: list[str]) -> None:
    """A third version whose clauses and title are payloads; its changes against the first are shown too."""
    source = "\n\n".join(f"## Article {n}\n\n{one.replace(chr(0), '')}" for n, one in enumerate(payloads, 1))
    version = save_draft(
        person=world.people["organiser"], consultation=world.it.consultation, document=world.it.document,
        title=payloads[0][:200], source=source, note=payloads[1][:300],
    )  # fmt: skip
    publish_version(person=world.people["organiser"], version=version)
    world.it.new_version = version
