"""A small world in one of four states, with something of every kind in it, and the seven who look at it.

Everything that is not public in a state says SECRET. In `hidden` the consultation is open and the author's texts were
hidden by a moderator, with reasons.
"""

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from accounts.models import Organisation, Participant
from consultations.models import Clause, Version
from jobs.models import Job, State
from moderation.actions import decide, flag, house_rule
from moderation.models import Case, Decision, FlagReason, Moderated
from moderation.richtext import render
from notifications import reminders
from notifications.digests import token_of
from notifications.models import Notice
from polls.models import AsideProposal, Bundle, Elector, Poll, Remark
from summaries.models import (
    Audit,
    AuditItem,
    Build,
    Campaign,
    Citation,
    Dispute,
    EasyRead,
    Export,
    Package,
    PersonalFind,
    Place,
    Suggestion,
    Theme,
)  # fmt: skip
from tests.factories import make_comment, make_consultation, make_document, make_organisation, make_person
from tests.forums.factories import make_board, make_post, make_thread
from tests.opinions.factories import make_conversation, make_statement, make_votes
from tests.polls.factories import cast, make_poll

STATES = ("draft", "open", "closed", "hidden")
ROLES = ("anonymous", "citizen", "author", "moderator", "analyst", "organiser", "staff")
REASONS = "It names a neighbour."


@dataclass(frozen=True)
class World:
    """`people` by role (None: anonymous, and `stranger`, who has every role in another organisation); `it`: rows."""

    state: str
    people: dict[str, Participant | None]
    it: SimpleNamespace


def make_world(state: str) -> World:
    """Everything there is, in `state`."""
    office = make_organisation("Transport office", slug="office")
    people = make_people(office)
    shown = state in ("open", "closed")
    mark = "" if shown else "SECRET "
    consultation = make_consultation(
        office,
        slug="bus",
        title="SECRET plan" if state == "draft" else "Bus route 4",
        phase={"hidden": "open"}.get(state, state),
        published=state != "draft",
    )
    it = SimpleNamespace(office=office, consultation=consultation)
    _texts(it, mark, people)
    _votes(it, state, mark, people)
    _summary(it, state, mark, people)
    _cases(it, people)
    it.notice = Notice.objects.create(
        person=people["author"], kind="reply", key="reply:1", url=it.comment.get_absolute_url(),
        facts={"mark": 1, "where": "SECRET notice", "text": "comment"},
    )  # fmt: skip
    it.token = token_of(people["author"])
    it.stop = reminders.token_of(Elector.objects.create(poll=it.poll))
    if state == "hidden":
        for item in (it.comment, it.first, it.post, it.statement, it.remark):
            hide(item, people["moderator"])
            item.refresh_from_db()
    return World(state, people, it)


def make_people(office: Organisation) -> dict[str, Participant | None]:
    roles = ("moderator", "analyst", "organiser")
    people: dict[str, Participant | None] = {"anonymous": None}
    people |= {name: make_person(name.title(), email=f"{name}@example.org") for name in ("citizen", "author")}
    people |= {role: make_person(role.title(), role=role, organisation=office) for role in roles}
    people["staff"] = make_person("Staff", staff=True)
    people["stranger"] = make_person("Stranger", roles={make_organisation("Elsewhere", slug="elsewhere"): list(roles)})
    for person in filter(None, people.values()):  # as real accounts have one; allauth would add it when read
        EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    return people


def hide(item: Moderated, moderator: Participant | None) -> Decision:
    """What a moderator does with a text that breaks a rule."""
    case = flag(item=item, person=make_person(), reason=FlagReason.PRIVATE).case
    rule = house_rule(organisation=item.space.organisation, number=1)
    return decide(case=case, person=moderator, outcome="hide", rule=rule, reasons=REASONS)


def _texts(it: SimpleNamespace, mark: str, people: dict[str, Any]) -> None:
    """A draft in two versions, the second not published; a comment, a thread and a post by the author."""
    author = people["author"]
    it.document = make_document(it.consultation, title="Draft" if it.consultation.is_published else "SECRET draft")
    it.clause = Clause.objects.filter(version__document=it.document).first()
    it.version = Version.objects.get(document=it.document)
    it.next_version = Version.objects.create(document=it.document, number=2, source="## Article 1\n\nSECRET wording")
    it.next_clause = Clause.objects.create(
        version=it.next_version, key="article-1", position=1, kind="article", number="1", heading="Article 1",
        body="SECRET wording", html=render("SECRET wording"), change="reworded",
        difference=[["gone", "The bus"], ["new", "SECRET wording"]],
    )  # fmt: skip
    it.comment = make_comment(clause=it.clause, author=author, body=f"{mark}comment on the stop", stance="oppose")
    it.other = make_comment(clause=it.clause, body="Somebody else likes this stop.", stance="support")
    it.board = make_board(it.consultation)
    it.thread = make_thread(it.board, author=author, title=f"{mark}thread on shade", body=f"{mark}first post on shade")
    it.first = it.thread.posts.get(number=1)
    it.talk = make_thread(it.board, title="Trees on the square")
    it.post = make_post(it.talk, author=author, body=f"{mark}post on trees")


def _votes(it: SimpleNamespace, state: str, mark: str, people: dict[str, Any]) -> None:
    """A poll whose result is shown after closing, one with live results, a remark; a conversation."""
    author = people["author"]
    state = {"hidden": "open"}.get(state, state)
    it.poll = make_poll(it.consultation, state=state, results="after_closing", asks_remark=True)
    it.live_poll = make_poll(it.consultation, state=state, title="Which colour?")
    if state != "draft":
        for poll in (it.poll, it.live_poll):
            now = timezone.now()
            opens_at, closes_at = poll.opens_at, poll.closes_at
            Poll.objects.filter(pk=poll.pk).update(opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9))
            poll.refresh_from_db()
            cast(poll, "o1", person=author)
            cast(poll, "o2")
            Poll.objects.filter(pk=poll.pk).update(opens_at=opens_at, closes_at=closes_at)
            poll.refresh_from_db()
    Poll.objects.filter(pk=it.poll.pk).update(paper_until=F("closes_at"), has_desk=True)
    it.bundle = Bundle.objects.create(poll=it.poll, number=1, size=2, entered_by=people["organiser"])
    decided = {"accepted": False, "decided_at": timezone.now(), "answer": "It was a meeting."}
    it.aside = AsideProposal.objects.create(
        poll=it.poll, kind="code", reason="SECRET reason" if state == "draft" else "Somebody else used it.",
        proposed=0, **(decided if state == "closed" else {}),
    )  # fmt: skip
    Poll.objects.filter(pk=it.poll.pk).update(undecided_asides=int(state != "closed"))
    body = f"{mark}remark on the market"
    it.remark = Remark.objects.create(
        poll=it.poll, space=it.consultation.space, author=author, body=body, html=render(body)
    )
    it.conversation = make_conversation(it.consultation, statements=0, published=state != "draft")
    it.statement = make_statement(it.conversation, author=author, body=f"{mark}statement on roofs")
    make_votes(it.statement, 1, -1)
    it.second = make_statement(it.conversation, body="Lamps come first.")


def _summary(it: SimpleNamespace, state: str, mark: str, people: dict[str, Any]) -> None:
    """A summary of two themes (published when closed), an export with its file and a job, both of the analyst."""
    now = timezone.now()
    analyst = people["analyst"]
    closed = state == "closed"
    it.build = Build.objects.create(
        consultation=it.consultation, created_by=analyst, finished_at=now, published_at=now if closed else None,
        counts={
            "n": 2, "read": 2, "themed": 1, "unassigned": 1, "left_out": 0, "copies": 0, "distinct": 2,
            "contributors": 2, "anonymous": 0, "kinds": {"comment": 2}, "reasons": {}, "stances": {"oppose": 1},
            "languages": {"en": 2}, "lens": {}, "rare_stances": {}, "rare_languages": {}, "largest_copy": 0,
        },
    )  # fmt: skip
    label = "Stops" if closed else "SECRET theme"
    it.theme = Theme.objects.create(
        build=it.build, key="stops", number=1, label=label, found_label=label, phrases=[label], contributions=1,
        distinct=1, contributors=1, stances={"oppose": 1}, languages={"en": 1},
    )  # fmt: skip
    cited = {"build": it.build, "kind": "comment", "language": "en"}
    Citation.objects.create(
        theme=it.theme, source_key=it.comment.source_key, place=Place.THEMED, person=people["author"],
        stance="oppose", quote=it.comment.body, quote_rank=1, start=0, end=len(it.comment.body), **cited,
    )  # fmt: skip
    Citation.objects.create(source_key=it.other.source_key, place=Place.UNASSIGNED, person=it.other.author, **cited)
    it.find = PersonalFind.objects.create(
        build=it.build, source_key=it.comment.source_key, kind="telephone", start=0, end=4
    )
    it.suggestion = Suggestion.objects.create(
        build=it.build, theme=it.theme, kind="title", text="SECRET name", machine="SECRET model"
    )
    it.campaign = Campaign.objects.create(
        build=it.build, original=it.comment.source_key, contributions=3, distinct=1, contributors=3, levels={"1": 3}
    )
    audit = Audit.objects.create(build=it.build, seed=1, drawn_by=analyst)
    it.item = AuditItem.objects.create(
        audit=audit, theme=it.theme, stratum=it.theme.key, size=1, source_key=it.comment.source_key, position=1
    )
    it.dispute = Dispute.objects.create(
        build=it.build, source_key=it.other.source_key, person=it.other.author, words="SECRET meaning"
    )
    words = f"{'' if closed else 'SECRET '}easy words"
    EasyRead.objects.create(
        consultation=it.consultation, language="id", body=words, html=render(words), written_by=analyst
    )
    it.job = Job.objects.create(
        kind="summaries.build", owner=analyst, state=State.DONE, finished_at=now,
        result={"url": it.build.get_absolute_url()},
    )  # fmt: skip
    it.export = Export.objects.create(
        consultation=it.consultation, build=it.build, format="csv", owner=analyst, job=it.job, file="world.csv"
    )
    folder = settings.VAR_DIR / "exports"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / it.export.file).write_text("SECRET export\n")
    package = Package.objects.create(build=it.build, file=f"{state}-{it.build.pk}.zip", made_at=now)
    folder = settings.VAR_DIR / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / package.file).write_text("open data\n" if closed else "SECRET package\n")


def _cases(it: SimpleNamespace, people: dict[str, Any]) -> None:
    """An open case of a report, and a decision of a minute ago that let another text stand."""
    settled = make_comment(it.consultation, body="A settled text.")
    case = flag(item=settled, person=make_person(), reason=FlagReason.SPAM).case
    it.decision = decide(case=case, person=people["moderator"], outcome="approve")
    reported = make_comment(it.consultation, body="A reported text.")
    it.case: Case = flag(
        item=reported, person=people["citizen"], reason=FlagReason.FALSE, note="SECRET note of a report"
    ).case
