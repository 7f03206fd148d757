"""What happened to consultations: new polls and new phases; and to work that somebody started."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, Q
from django.urls import reverse

from consultations.models import Comment, Phase, PhaseKind
from forums.models import Post
from jobs.models import Job, State
from notifications.models import Kind
from notifications.scope import Event, Scope
from opinions.models import Statement, Vote
from polls.models import Poll, RollEntry

Taken = dict[tuple[int, int], datetime | None]  # (consultation, participant) → since when; None: not known


def openings(scope: Scope) -> Iterator[Event]:
    """Polls that have opened and phases that have begun, and last, where somebody took part."""
    opened = scope.recent("opens_at") | scope.recent("published_at")
    lasting = Q(ends_at=None) | Q(ends_at__gt=scope.until)
    begun = Phase.objects.filter(lasting, scope.recent("starts_at"), consultation__published_at__lte=scope.until)
    polls = list(Poll.objects.open().filter(opened).select_related("consultation"))
    phases = list(begun.exclude(kind=PhaseKind.DRAFT).select_related("consultation"))
    begins: list[Poll | Phase] = [*polls, *phases]
    places = {one.consultation_id for one in begins}
    taken = taken_part(scope, places) if places else {}
    yield from _polls(scope, polls, taken)
    for phase in phases:
        facts = {
            "phase": phase.kind,
            "title": phase.title,
            "where": phase.consultation.title,
            "language": phase.consultation.language,
            "ends_at": phase.ends_at.isoformat() if phase.ends_at else "",
        }
        url = phase.consultation.get_absolute_url()
        for person in _since_before(taken, phase.consultation_id, phase.starts_at):
            yield Event(person, Kind.PHASE, f"phase:{phase.pk}", url, phase.starts_at, facts)


def _polls(scope: Scope, polls: list[Poll], taken: Taken) -> Iterator[Event]:
    """Not told to those who have voted."""
    voted = set(RollEntry.objects.filter(scope.of("voter"), poll__in=polls).values_list("poll", "voter"))
    for poll in polls:
        at = _later(poll.opens_at, poll.published_at)
        facts = {
            "question": poll.title,
            "where": poll.consultation.title,
            "language": poll.consultation.language,
            "closes_at": poll.closes_at.isoformat(),
        }
        for person in _since_before(taken, poll.consultation_id, at):
            if (poll.pk, person) not in voted:
                yield Event(person, Kind.POLL, f"poll:{poll.pk}", poll.get_absolute_url(), at, facts)


def jobs(scope: Scope) -> Iterator[Event]:
    """Work that somebody started and that has ended, well or not."""
    ended = Job.objects.filter(scope.of("owner"), scope.recent("finished_at"), state__in=[State.DONE, State.FAILED])
    for job in ended:
        if job.owner_id is not None:
            url, at = reverse("jobs:job", args=[job.pk]), _later(job.finished_at)
            yield Event(job.owner_id, Kind.JOB, f"job:{job.pk}", url, at, {"work": job.kind, "state": job.state})


def taken_part(scope: Scope, consultations: set[int]) -> Taken:
    """Who in the scope took part in which of `consultations`, and since when. Of votes in polls no time is kept."""
    acts = (
        (Comment, "consultation", "author"),
        (Post, "thread__board__consultation", "author"),
        (Statement, "conversation__consultation", "author"),
        (Vote, "statement__conversation__consultation", "person"),
    )
    queries = [
        model._default_manager.filter(scope.of(who), **{f"{place}__in": consultations})
        .order_by()
        .values_list(place, who)
        .annotate(first=Min("created_at"))
        for model, place, who in acts
    ]
    taken: Taken = {}
    for where, person, first in queries[0].union(*queries[1:], all=True):
        before = taken.get((where, person))
        taken[where, person] = min(before, first) if before else first
    if scope.person is None and scope.is_short:  # whoever has voted by now was there in time
        voters = RollEntry.objects.filter(scope.of("voter"), poll__consultation__in=consultations)
        for where, person in voters.values_list("poll__consultation", "voter").distinct():
            taken.setdefault((where, person), None)
    return taken


def _since_before(taken: Taken, consultation: int, at: datetime) -> list[int]:
    return [person for (where, person), since in taken.items() if where == consultation and (not since or since <= at)]


def _later(*times: datetime | None) -> datetime:
    """The latest of the times that are known; at least one is."""
    return max(time for time in times if time is not None)
