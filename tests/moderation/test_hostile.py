"""Attempts on moderation: what is gone comes back, words change under a decision, rights that were lost."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.actions import erase_person, take_role
from accounts.models import Membership, Participant
from consultations.models import Comment
from forums.actions import edit_post
from forums.models import Post
from moderation import actions
from moderation.models import Case, Outcome
from tests.factories import make_comment, make_consultation, make_person, sign_in
from tests.moderation.factories import make_flagged, make_held, make_moderator

pytestmark = pytest.mark.django_db


def reported_comment() -> tuple[Comment, Case]:
    comment = make_comment(make_consultation(), author=make_person())
    return comment, actions.flag(item=comment, person=make_person(), reason="spam").case


def test_what_an_erased_person_wrote_does_not_come_back_by_a_decision() -> None:
    comment, case = reported_comment()
    erase_person(person=comment.author)
    assert Case.objects.open().count() == 0
    with pytest.raises(actions.AlreadyDecided):
        actions.decide(case=case, person=make_moderator(case), outcome=Outcome.APPROVE)
    assert Comment.objects.shown().count() == 0


def test_what_an_erased_person_wrote_does_not_come_back_when_a_decision_is_taken_back() -> None:
    comment, case = reported_comment()
    moderator = make_moderator(case)
    rule = actions.house_rule(organisation=case.space.organisation, number=1)
    decision = actions.decide(case=case, person=moderator, outcome=Outcome.HIDE, rule=rule)
    erase_person(person=comment.author)
    actions.undo(decision=decision, person=moderator)
    assert Comment.objects.shown().count() == 0


def test_who_moderates_no_longer_takes_nothing_back() -> None:
    case = make_flagged()
    moderator = make_moderator(case)
    decision = actions.decide(case=case, person=moderator, outcome=Outcome.APPROVE)
    take_role(membership=Membership.objects.get(user=moderator.user))
    with pytest.raises(PermissionDenied):
        actions.undo(decision=decision, person=Participant.objects.get(pk=moderator.pk))


def test_a_moderator_shows_only_the_words_that_they_have_read(client: Client) -> None:
    case = make_held()
    moderator = make_moderator(case)
    sign_in(client, moderator)
    page = client.get(reverse("moderation:case", args=[case.pk]))
    seen = page.context["seen"]
    edit_post(post=Post.objects.get(pk=case.object_id), body="Now I sell watches.")
    answer = client.post(reverse("moderation:decide", args=[case.pk]), {"outcome": "approve", "seen": seen})
    assert answer.status_code == 409
    assert Post.objects.shown().filter(pk=case.object_id).count() == 0
    again = answer.context["seen"]
    assert (
        client.post(reverse("moderation:decide", args=[case.pk]), {"outcome": "approve", "seen": again}).status_code
        == 302
    )
    assert Post.objects.shown().filter(pk=case.object_id).count() == 1


def test_the_operators_log_forgets_the_address_of_an_erased_person() -> None:
    person, operator = make_person(email="siti@example.org"), make_person(staff=True)
    assert person.user is not None
    assert operator.user is not None
    for row in (person.user, person):
        LogEntry.objects.create(
            user=operator.user, content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk),
            object_repr="siti@example.org", action_flag=CHANGE, change_message="",
        )  # fmt: skip
    erase_person(person=person)
    assert set(LogEntry.objects.values_list("object_repr", flat=True)) == {""}
