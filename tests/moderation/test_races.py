"""Two moderators, or many reporters, at the same moment. On PostgreSQL, where transactions really run side by side."""

import pytest

from forums.models import Post
from moderation import actions
from moderation.chain import verify
from moderation.models import AuditEntry, Case, Decision, Flag, Outcome
from tests.factories import make_person
from tests.forums.factories import make_post
from tests.forums.test_actions import together
from tests.moderation.factories import make_flagged, make_moderator

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_one_of_many_moderators_decides_and_the_others_are_told():
    case = make_flagged()
    moderators = [make_moderator(case) for _ in range(8)]
    problems = together(8, lambda n: actions.decide(case=case, person=moderators[n], outcome=Outcome.APPROVE))
    decision = Decision.objects.get()
    assert [type(problem) for problem in problems] == [actions.AlreadyDecided] * 7
    assert {problem.decision for problem in problems} == {decision}
    assert AuditEntry.objects.count() == 1


def test_one_of_many_moderators_gets_the_claim():
    case = make_flagged()
    moderators = [make_moderator(case) for _ in range(8)]
    taken: list[bool] = []
    assert together(8, lambda n: taken.append(actions.claim(case=case, person=moderators[n]))) == []
    assert sorted(taken) == [False] * 7 + [True]


def test_many_reports_at_once_make_one_case():
    post = make_post()
    people = [make_person() for _ in range(8)]
    assert together(16, lambda n: actions.flag(item=post, person=people[n % 8], reason="spam")) == []
    assert (Case.objects.count(), Flag.objects.count()) == (1, 8)


def test_reports_while_a_decision_falls_are_never_lost():
    case = make_flagged()
    post, moderator = Post.objects.get(pk=case.object_id), make_moderator(case)
    people = [make_person() for _ in range(8)]

    def act(n: int) -> None:
        if n == 4:
            actions.decide(case=case, person=moderator, outcome=Outcome.APPROVE)
        else:
            actions.flag(item=post, person=people[n], reason="illegal")

    assert together(8, act) == []
    assert Flag.objects.count() == 8
    decided_at = Decision.objects.get().decided_at
    assert not Flag.objects.filter(case=case, created_at__gt=decided_at).exists()


def test_different_cases_are_decided_at_once_into_one_chain():
    first = make_flagged()
    thread = first.item.thread
    cases = [first, *(make_flagged(make_post(thread)) for _ in range(7))]
    moderator = make_moderator(first)
    assert together(8, lambda n: actions.decide(case=cases[n], person=moderator, outcome=Outcome.APPROVE)) == []
    assert verify(AuditEntry.objects.order_by("id")).good == 8
