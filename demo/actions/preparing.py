"""Prepares the stories' consultations with phases and texts, and the classroom in which Burlington is counted."""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Level, Organisation
from consultations.actions import create_consultation, publish_version, save_draft, set_phases
from consultations.models import Consultation, PhaseKind
from consultations.models import Version as Text
from demo.actions.people import Crowd
from demo.stories import Story, burlington, town
from polls.actions import create_poll, import_ballots, publish_poll, settle_poll
from polls.models import CountingRule, Poll, Question, QuestionKind, listed
from realtime.actions import atomic


def on_day(days: float) -> datetime:
    """The moment `days` from now (before, if negative); whole days at nine in the morning."""
    moment = timezone.localtime(timezone.now() + timedelta(days=days))
    return moment.replace(hour=9, minute=0, second=0, microsecond=0) if days == int(days) else moment


@atomic()
def plant_story(*, story: Story, crowd: Crowd) -> Consultation:
    """Create and publish the consultation of `story` with its phases and its first text. Returns it."""
    organiser = crowd.known["organiser"]
    consultation = create_consultation(
        person=organiser,
        tags=story.tags,
        organisation=crowd.office,
        area=crowd.home,
        title=story.title,
        slug=story.slug,
        language="id",
        question=story.question,
        decided=story.decided,
        changeable=story.changeable,
        legal_basis=story.legal_basis,
        responsible=story.responsible,
        contact=crowd.office.contact,
        answer_due_at=on_day(story.answer_due),
        created_at=on_day(story.created),
    )
    phases = [
        {"kind": kind, "title": title, "starts_at": on_day(start), "ends_at": None if end is None else on_day(end)}
        for kind, title, start, end in story.phases
    ]
    set_phases(person=organiser, consultation=consultation, phases=phases)
    add_text(story=story, number=1, consultation=consultation, crowd=crowd)
    _show(consultation, on_day(story.versions[0].day))
    return consultation


@atomic()
def add_text(*, story: Story, number: int, consultation: Consultation, crowd: Crowd) -> Text:
    """Publish version `number` of the draft of `story`, dated by its day. Returns it."""
    plan = story.versions[number - 1]
    version = save_draft(
        person=crowd.known["organiser"],
        consultation=consultation,
        document=consultation.documents.first(),
        title=story.document,
        source=story.text(plan.file),
        note=plan.note,
    )
    version = publish_version(person=crowd.known["organiser"], version=version)
    Text.objects.filter(pk=version.pk).update(created_at=on_day(plan.day), published_at=on_day(plan.day))
    return version


@atomic()
def plant_classroom(*, crowd: Crowd) -> Poll:
    """Burlington's ballots as a finished poll in a consultation of its own. Returns the poll."""
    name, slug, contact = town.CLASSROOM
    person = crowd.known["organiser"]
    consultation = create_consultation(
        person=None,
        tags=("aturan hitung",),
        organisation=Organisation.objects.create(name=name, slug=slug, contact=contact),
        title=burlington.TITLE,
        slug=burlington.SLUG,
        language="id",
        question=burlington.QUESTION,
        decided=burlington.DECIDED,
        changeable=burlington.CHANGEABLE,
        responsible=name,
        contact=contact,
        created_at=burlington.OPENED,
    )
    spans = [
        {"kind": PhaseKind.OPEN, "title": "", "starts_at": burlington.OPENED, "ends_at": burlington.CLOSED},
        {"kind": PhaseKind.CLOSED, "title": "", "starts_at": burlington.CLOSED, "ends_at": None},
    ]
    set_phases(person=None, consultation=consultation, phases=spans)
    _show(consultation, burlington.OPENED)
    options = listed(burlington.CANDIDATES)
    asked = Question(text=burlington.POLL, kind=QuestionKind.RANKING, rule=CountingRule.IRV, options=options)
    poll = create_poll(
        consultation=consultation,
        questions=[asked],
        person=person,
        title=burlington.POLL,
        level=Level.NONE,  # nobody here knows more of those who voted then
        opens_at=burlington.OPENED,
        closes_at=burlington.CLOSED,
    )
    poll = publish_poll(poll=poll, person=person)
    Poll.objects.filter(pk=poll.pk).update(published_at=burlington.OPENED, created_at=burlington.OPENED)
    import_ballots(poll=poll, profiles=burlington.profiles(), person=person)
    settle_poll(poll_id=poll.pk)
    return poll


def _show(consultation: Consultation, at: datetime) -> None:
    """Publish it as of `at`. The action would refuse: for it a consultation must lie ahead."""
    Consultation.objects.filter(pk=consultation.pk).update(published_at=at)
    consultation.refresh_from_db(fields=["published_at"])
