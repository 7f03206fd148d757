"""Taking in texts: who is held, limits, near-copies, one open case."""

import pytest
from django.core.exceptions import ValidationError

from consultations.models import Comment
from moderation.actions import receive
from moderation.models import Case, Hint, Mode
from moderation.rules import may_write
from tests.factories import make_comment, make_consultation, make_person

LONG = "The bus should stop near the school, because children walk along the busy road every morning."


def test_text_of_an_account_is_shown_at_once(db):
    comment = make_comment(author=make_person())
    assert receive(item=comment) is None
    assert (comment.is_shown, Case.objects.count()) == (True, 0)


def test_text_of_a_guest_is_held(db):
    comment = make_comment(author=make_person(guest=True))
    case = receive(item=comment)
    comment.refresh_from_db()
    assert (case.held, case.hint, comment.is_shown, case.author) == (True, Hint.GUEST, False, comment.author)


def test_text_without_an_author_is_held(db):
    comment = make_comment()
    Comment.objects.filter(pk=comment.pk).update(author=None)
    assert receive(item=Comment.objects.get(pk=comment.pk)).held is True


def test_space_that_is_read_before_holds_everybody(db):
    comment = make_comment(make_consultation(mode=Mode.BEFORE))
    assert receive(item=comment).hint == Hint.BEFORE


def test_receiving_twice_keeps_one_open_case(db):
    comment = make_comment(author=make_person(guest=True))
    assert receive(item=comment) == receive(item=comment)
    assert Case.objects.count() == 1


def test_near_copy_of_ones_own_text_is_hinted_but_shown(db):
    consultation, person = make_consultation(), make_person()
    make_comment(consultation, author=person, body=LONG)
    copy = make_comment(consultation, author=person, body=LONG.upper() + "!")
    case = receive(item=copy)
    assert (case.hint, case.held, copy.is_shown) == (Hint.COPY, False, True)


def test_same_text_by_different_people_is_not_hinted(db):
    consultation = make_consultation()
    make_comment(consultation, body=LONG)
    assert receive(item=make_comment(consultation, body=LONG)) is None


@pytest.mark.parametrize(
    ("body", "code"),
    [("a" * 8193, "long"), ("http://a.id " * 21, "links"), ("> " * 21 + "deep", "nesting")],
)
def test_text_beyond_the_limits_is_refused(db, body, code):
    comment = make_comment(body=body)
    with pytest.raises(ValidationError) as refused:
        receive(item=comment)
    assert refused.value.code == code


def test_who_has_many_texts_waiting_must_wait(db):
    consultation, guest = make_consultation(), make_person(guest=True)
    for _ in range(20):
        assert may_write(guest, consultation.space)
        receive(item=make_comment(consultation, author=guest))
    verdict = may_write(guest, consultation.space)
    assert (verdict.allowed, verdict.step) == (False, "wait")


def test_unknown_visitors_may_write(db):
    assert may_write(None, make_consultation().space)
