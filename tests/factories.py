"""People, organisations, consultations, drafts and comments for the tests of every room, with sensible defaults.

Rows are made directly, so that a test of one room does not depend on the actions of another.
"""

import itertools
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Organisation, Participant, User
from consultations.models import Clause, ClauseKind, Comment, Consultation, Document, Phase, PhaseKind, Version
from moderation.models import Mode, Space
from moderation.richtext import render

_numbers = itertools.count(1)
PASSWORD = "a long sentence for tests"
SPANS = {  # days from now: start and end of each phase, by the phase in which the consultation stands
    "draft": {"draft": (-7, 7), "open": (7, 28), "deliberation": (28, 42), "answered": (42, None)},
    "open": {"draft": (-14, -7), "open": (-7, 14), "deliberation": (14, 28), "answered": (28, None)},
    "deliberation": {"draft": (-42, -30), "open": (-30, -7), "deliberation": (-7, 7), "answered": (7, None)},
    "closed": {"draft": (-60, -50), "open": (-50, -20), "closed": (-20, None)},
    "answered": {"draft": (-60, -50), "open": (-50, -30), "deliberation": (-30, -5), "answered": (-5, None)},
}


def make_organisation(name: str = "", **fields: Any) -> Organisation:
    """An organisation with a name of its own."""
    number = next(_numbers)
    return Organisation.objects.create(
        name=name or f"Office {number}", slug=fields.pop("slug", f"office-{number}"), **fields
    )


def make_person(
    name: str = "",
    *,
    roles: dict[Organisation, list[str]] | None = None,
    role: str = "",
    organisation: Organisation | None = None,
    email: str = "",
    guest: bool = False,
    staff: bool = False,
    **fields: Any,
) -> Participant:
    """A participant with an account (none for a `guest`), and roles: `roles={organisation: ["moderator"]}`, or
    `role="moderator", organisation=…` for one.
    """
    number = next(_numbers)
    if guest:
        return Participant.objects.create(name=name, **fields)
    user = User(email=email or f"person{number}@example.org", is_staff=staff)
    user.set_unusable_password()
    user.save()
    fields.setdefault("level", 1)
    person = Participant.objects.create(user=user, name=name or f"Person {number}", **fields)
    wanted = dict(roles or {})
    if role:
        wanted[organisation or make_organisation()] = [role]
    for place, held in wanted.items():
        for one in held:
            Membership.objects.create(organisation=place, user=user, role=one)
    return person


def sign_in(client: Client, person: Participant) -> Client:
    """`client` as `person`: by the account, or by the session that remembers a guest."""
    if person.user:
        client.force_login(person.user)
    else:
        session = client.session
        session["guest"] = str(person.key)
        session.save()
    return client


def make_consultation(
    organisation: Organisation | None = None,
    *,
    phase: str = "open",
    published: bool = True,
    title: str = "",
    mode: str = Mode.AFTER,
    **fields: Any,
) -> Consultation:
    """A consultation that stands in `phase` (draft, open, deliberation, closed or answered)."""
    number = next(_numbers)
    organisation = organisation or make_organisation()
    title = title or f"Bus route {number}"
    now = timezone.now()
    facts = {
        "slug": f"bus-route-{number}",
        "language": "en",
        "question": "Where should the bus stop?",
        "decided": "A bus runs through the town.",
        "changeable": "The stops and the hours.",
        "responsible": "The transport office",
        "answer_due_at": now + timedelta(days=45),
        "published_at": now - timedelta(days=60) if published else None,
    }
    consultation = Consultation.objects.create(
        organisation=organisation,
        space=Space.objects.create(organisation=organisation, name=title, mode=mode),
        title=title,
        **(facts | fields),
    )
    for kind, (start, end) in SPANS[phase].items():
        Phase.objects.create(
            consultation=consultation,
            kind=PhaseKind(kind),
            starts_at=now + timedelta(days=start),
            ends_at=None if end is None else now + timedelta(days=end),
        )
    return consultation


def make_document(
    consultation: Consultation | None = None, *, clauses: int = 3, published: bool = True, title: str = "Draft"
) -> Document:
    """A document with one version of `clauses` articles, keyed `article-1`, `article-2`, …"""
    consultation = consultation or make_consultation()
    document = Document.objects.create(consultation=consultation, title=title, language="en")
    texts = [f"The bus stops at place number {number}." for number in range(1, clauses + 1)]
    version = Version.objects.create(
        document=document,
        number=1,
        source="\n\n".join(f"## Article {n}\n\n{text}" for n, text in enumerate(texts, 1)),
        published_at=timezone.now() - timedelta(days=20) if published else None,
    )
    Clause.objects.bulk_create(
        Clause(
            version=version,
            key=f"article-{n}",
            position=n,
            kind=ClauseKind.ARTICLE,
            number=str(n),
            heading=f"Article {n}",
            body=text,
            html=render(text),
        )
        for n, text in enumerate(texts, 1)
    )
    return document


def make_comment(
    consultation: Consultation | None = None,
    *,
    clause: Clause | None = None,
    parent: Comment | None = None,
    author: Participant | None = None,
    body: str = "",
    **fields: Any,
) -> Comment:
    """A shown comment on a clause, on the whole consultation, or in reply to `parent`; counts are kept."""
    number = next(_numbers)
    if parent:
        consultation, clause = parent.consultation, parent.clause
        fields.setdefault("root", parent.root or parent)
    if clause:
        consultation = clause.version.document.consultation
    consultation = consultation or make_consultation()
    body = body or f"The stop should be nearer to the school, reason {number}."
    comment = Comment.objects.create(
        consultation=consultation,
        space=consultation.space,
        clause=clause,
        parent=parent,
        author=author or make_person(),
        body=body,
        html=render(body),
        **fields,
    )
    comment.after_decision()
    return comment
