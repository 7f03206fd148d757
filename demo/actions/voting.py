"""Lets people vote in the stories' polls. Polls that are over were open while the votes were cast, then closed."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import Level, Participant
from consultations.models import Consultation
from demo.actions.people import Crowd
from demo.actions.preparing import on_day
from demo.stories import PollPlan, Story
from polls.actions import (
    cast_ballot,
    create_poll,
    issue_codes,
    list_electors,
    open_bundle,
    publish_poll,
    put_in_bundle,
    settle_poll,
    type_sheet,
    use_code,
)
from polls.models import Breakdown, Elector, Electorate, Poll, Question, district_of, districts, listed
from realtime.actions import atomic


@atomic()
def vote(*, story: Story, consultation: Consultation, crowd: Crowd, chance: Random) -> list[Poll]:
    """Hold the polls of `story` with their votes, each by somebody else, in random order. Returns the polls."""
    return [_hold(plan, consultation, crowd, chance) for plan in story.polls]


def _hold(plan: PollPlan, consultation: Consultation, crowd: Crowd, chance: Random) -> Poll:
    organiser = crowd.known["organiser"]
    opens, closes = on_day(plan.opens), on_day(plan.closes)
    meanwhile = max(closes, timezone.now() + timedelta(hours=1))
    poll = create_poll(
        consultation=consultation,
        questions=_questions(plan),
        person=organiser,
        title=plan.question,
        mode=plan.mode,
        results=plan.results,
        level=Level.INVITED if plan.households else plan.level,
        electorate=Electorate.INVITED if plan.households else Electorate.EVERYONE,
        requirements=dict(plan.requirements),
        breakdown=plan.breakdown,
        cells=districts(crowd.home) if plan.breakdown == Breakdown.AREA else [],
        paper_until=meanwhile if plan.papers else None,
        lot_source=plan.lot[0],
        lot_fallback=plan.lot[1],
        opens_at=opens,
        closes_at=meanwhile,
        created_at=opens - timedelta(days=1),
    )
    if plan.households:
        houses = [Elector(label=f"Rumah tangga {number}") for number in range(1, plan.households + 1)]
        list_electors(poll=poll, electors=houses, person=organiser)
    poll = publish_poll(poll=poll, person=organiser)
    Poll.objects.filter(pk=poll.pk).update(published_at=opens - timedelta(hours=1))
    poll.published_at = opens - timedelta(hours=1)
    _vote_in(poll, plan, crowd, chance)
    if closes <= timezone.now():
        Poll.objects.filter(pk=poll.pk).update(closes_at=closes, paper_until=closes if plan.papers else None)
        settle_poll(poll_id=poll.pk)
    return poll


def _vote_in(poll: Poll, plan: PollPlan, crowd: Crowd, chance: Random) -> None:
    """Each vote by somebody else, in random order; then the paper."""
    organiser = crowd.known["organiser"]
    ballots = [(answers, texts) for answers, texts, count in _sheets(plan) for _number in range(count)]
    chance.shuffle(ballots)
    people = chance.sample(crowd.people, len(ballots))
    for slip, person in zip(issue_codes(poll=poll, person=organiser) if plan.households else [], people, strict=False):
        use_code(poll=poll, code=slip.code, person=person)
    codes = [code for code, _name in poll.groups]
    for (answers, texts), person in zip(ballots, people, strict=True):
        cell = district_of(person.area, codes) if codes else ""
        cast_ballot(poll=poll, person=person, answers=answers, texts=texts, language="id", cell=cell)
    _type_papers(poll, plan.papers, organiser, crowd.known["clerk"])


def _type_papers(poll: Poll, papers: str, first: Participant, second: Participant) -> None:
    """The bundle of paper ballots, typed twice and put in."""
    if not papers:
        return
    bundle = open_bundle(poll=poll, number=1, size=len(papers), person=first)
    for person in (first, second):
        for number, option in enumerate(papers, 1):
            type_sheet(bundle=bundle, number=number, answers={"q1": [f"o{option}"]}, cell="", person=person)
    put_in_bundle(bundle=bundle, person=second)


def _questions(plan: PollPlan) -> list[Question]:
    if plan.survey:
        return [Question(**one) for one in plan.survey]
    settings = {"max_choices": plan.max_choices} if plan.max_choices > 1 else {}
    options = listed(plan.options)
    return [Question(text=plan.question, kind=plan.kind, rule=plan.rule, options=options, settings=settings)]


def _sheets(plan: PollPlan) -> list[tuple[Mapping[str, Any], Mapping[str, str], int]]:
    nothing: dict[str, str] = {}
    single = [({"q1": [f"o{number}" for number in choice]}, nothing, count) for choice, count in plan.votes]
    return [*single, *plan.sheets]
