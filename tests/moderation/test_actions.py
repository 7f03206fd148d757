"""Reporting, claiming, deciding, taking back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import Membership, Participant
from forums.models import Post, Thread
from moderation import actions
from moderation.house_rules import RULES
from moderation.models import AuditEntry, Case, Decision, Flag, FlagReason, HouseRule, Outcome
from moderation.rules import is_settled, may_decide, may_flag, may_undo
from realtime.models import TopicVersion
from tests.factories import make_person
from tests.forums.factories import make_post
from tests.moderation.factories import make_flagged, make_held, make_moderator

pytestmark = pytest.mark.django_db


def rule_of(case: Case, number: int = 1) -> HouseRule:
    return actions.house_rule(organisation=case.space.organisation, number=number)


def test_reports_of_one_text_are_merged_one_a_person():
    post, person = make_post(), make_person()
    first = actions.flag(item=post, person=person, reason=FlagReason.SPAM)
    again = actions.flag(item=post, person=person, reason=FlagReason.ILLEGAL)
    other = actions.flag(item=post, person=make_person(), reason=FlagReason.FALSE)
    assert (first, first.case) == (again, other.case)
    assert (Case.objects.count(), Flag.objects.count()) == (1, 2)


def test_report_publishes_the_queue_of_the_organisation():
    case = make_flagged()
    assert TopicVersion.objects.get(key=f"moderation.{case.space.organisation_id}").version > 0


def test_own_text_cannot_be_reported():
    post = make_post()
    assert not may_flag(post.author, post)
    assert may_flag(make_person(), post)
    assert may_flag(None, post)


def test_hiding_hides_tells_why_and_counts_anew():
    case = make_flagged()
    thread = Thread.objects.get(pk=case.item.thread_id)
    decision = actions.decide(
        case=case, person=make_moderator(case), outcome=Outcome.HIDE, rule=rule_of(case), reasons="It insults."
    )
    case.refresh_from_db()
    post = Post.objects.get(pk=case.object_id)
    assert (post.is_shown, post.hidden_at, case.closed_at) == (False, decision.decided_at, decision.decided_at)
    assert (decision.reasons, decision.author) == ("It insults.", post.author)
    assert Thread.objects.get(pk=thread.pk).post_count == thread.post_count - 1
    assert AuditEntry.objects.get().verb == "case.hide"


def test_approving_shows_a_held_text():
    case = make_held()
    actions.decide(case=case, person=make_moderator(case), outcome=Outcome.APPROVE)
    assert Post.objects.get(pk=case.object_id).is_shown is True


@pytest.mark.parametrize(("language", "begin"), [("en", "We hid your text"), ("id", "Tulisan Anda kami sembunyikan")])
def test_usual_statement_is_in_the_authors_language(language, begin):
    case = make_flagged()
    case.author.user.language = language
    case.author.user.save()
    decision = actions.decide(case=case, person=make_moderator(case), outcome=Outcome.HIDE, rule=rule_of(case, 2))
    assert decision.reasons.startswith(begin)
    assert RULES[1][f"title_{language}"] in decision.reasons


def test_hiding_needs_a_rule():
    case = make_flagged()
    with pytest.raises(ValidationError):
        actions.decide(case=case, person=make_moderator(case), outcome=Outcome.HIDE)
    assert Decision.objects.count() == 0


def test_second_decision_is_told_of_the_first():
    case = make_flagged()
    first = actions.decide(case=case, person=make_moderator(case), outcome=Outcome.APPROVE)
    with pytest.raises(actions.AlreadyDecided) as conflict:
        actions.decide(case=case, person=make_moderator(case), outcome=Outcome.HIDE, rule=rule_of(case))
    assert conflict.value.decision == first
    assert Post.objects.get(pk=case.object_id).is_shown is True


def test_nobody_decides_about_their_own_text():
    case = make_flagged()
    author = Participant.objects.get(pk=case.author_id)
    Membership.objects.create(organisation=case.space.organisation, user=author.user, role="moderator")
    assert not may_decide(author, case)
    with pytest.raises(PermissionDenied):
        actions.decide(case=case, person=author, outcome=Outcome.APPROVE)


def test_moderators_of_other_organisations_cannot_decide():
    case, stranger = make_flagged(), make_person(role="moderator")
    with pytest.raises(PermissionDenied):
        actions.decide(case=case, person=stranger, outcome=Outcome.APPROVE)


def test_claim_lasts_ten_minutes_and_names_the_holder():
    case = make_flagged()
    one, two = make_moderator(case), make_moderator(case)
    assert actions.claim(case=case, person=one) is True
    case = Case.objects.get(pk=case.pk)
    assert actions.claim(case=case, person=two) is False
    verdict = may_decide(two, case)
    assert (verdict.allowed, one.name in verdict.reason) == (False, True)
    Case.objects.filter(pk=case.pk).update(claimed_at=timezone.now() - timedelta(minutes=10))
    assert may_decide(two, Case.objects.get(pk=case.pk))
    assert actions.claim(case=case, person=two) is True


def test_free_cases_are_oldest_first_without_own_and_claimed_ones():
    old = make_flagged()
    moderator = make_moderator(old)
    thread = old.item.thread
    claimed = make_flagged(make_post(thread))
    own = make_flagged(make_post(thread, author=moderator))
    new = make_flagged(make_post(thread))
    actions.claim(case=claimed, person=make_moderator(old))
    free = Case.objects.free_for(moderator, timezone.now() - timedelta(minutes=10))
    assert list(free) == [old, new]
    assert own not in free


def test_undo_puts_everything_back_as_it_was():
    case = make_held()
    before = Post.objects.get(pk=case.object_id).held_at
    moderator = make_moderator(case)
    decision = actions.decide(case=case, person=moderator, outcome=Outcome.HIDE, rule=rule_of(case))
    again = actions.undo(decision=decision, person=moderator)
    post = Post.objects.get(pk=case.object_id)
    assert (post.held_at, post.hidden_at) == (before, None)
    assert (Case.objects.get(pk=again.pk).closed_at, Decision.objects.standing().count()) == (None, 0)
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["case.hide", "case.undo"]


def test_undo_is_for_who_decided_within_a_minute_once():
    case = make_held()
    moderator = make_moderator(case)
    decision = actions.decide(case=case, person=moderator, outcome=Outcome.APPROVE)
    assert may_undo(moderator, decision)
    assert not may_undo(make_moderator(case), decision)
    decision.decided_at -= timedelta(seconds=60)
    assert not may_undo(moderator, decision)


def test_undo_gives_way_to_a_new_report():
    case = make_flagged()
    moderator = make_moderator(case)
    decision = actions.decide(case=case, person=moderator, outcome=Outcome.APPROVE)
    newer = make_flagged(Post.objects.get(pk=case.object_id), reason=FlagReason.ILLEGAL)
    with pytest.raises(PermissionDenied):
        actions.undo(decision=decision, person=moderator)
    assert list(Case.objects.open()) == [newer]


def test_text_that_stood_after_reports_is_settled_until_edited():
    case = make_flagged()
    post = Post.objects.get(pk=case.object_id)
    assert is_settled(post) is False
    actions.decide(case=case, person=make_moderator(case), outcome=Outcome.APPROVE)
    assert is_settled(post) is True
    post.edited_at = timezone.now()
    assert is_settled(post) is False


def test_many_are_decided_with_one_reason_and_the_rest_says_why():
    first = make_flagged()
    moderator = make_moderator(first)
    thread = first.item.thread
    own = make_flagged(make_post(thread, author=moderator))
    gone = make_flagged(make_post(thread))
    actions.decide(case=gone, person=make_moderator(first), outcome=Outcome.APPROVE)
    done, left = actions.decide_many(cases=[first, own, gone], person=moderator, outcome=Outcome.HIDE, number=4)
    assert [decision.case for decision in done] == [first]
    assert [case for case, _reason in left] == [own, gone]


def test_latest_decision_of_items_of_several_kinds_in_one_query(django_assert_num_queries):
    cases = [make_flagged() for _ in range(3)]
    for case in cases[:2]:
        actions.decide(case=case, person=make_moderator(case), outcome=Outcome.APPROVE)
    posts = [Post.objects.get(pk=case.object_id) for case in cases]
    with django_assert_num_queries(1):
        found = Decision.objects.latest_for(posts)
    assert set(found) == {posts[0].source_key, posts[1].source_key}
    assert Decision.objects.latest_for([]) == {}
