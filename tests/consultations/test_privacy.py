"""Download, erasure and the handing over of what a guest wrote."""

from consultations import privacy
from consultations.models import Comment, Support
from tests import factories


def test_export_holds_comments_with_their_state(clause, citizen):
    comment = factories.make_comment(clause=clause, author=citizen, body="mine")
    other = factories.make_comment(clause=clause)
    Support.objects.create(comment=other, person=citizen)
    data = privacy.export(citizen)
    assert [(one["text"], one["state"], one["receipt"]) for one in data["comments"]] == [
        ("mine", "shown", comment.receipt)
    ]
    assert [one["comment"] for one in data["supports"]] == [other.pk]


def test_erasure_leaves_no_word_and_keeps_the_thread(client, clause, citizen):
    comment = factories.make_comment(clause=clause, author=citizen, body="zebra crossing", stance="oppose")
    reply = factories.make_comment(parent=comment)
    other = factories.make_comment(clause=clause, support_count=1)
    Support.objects.create(comment=other, person=citizen)
    privacy.erase(citizen)
    for one in (comment, other, clause):
        one.refresh_from_db()
    assert (comment.body, comment.html, comment.author, comment.stance) == ("", "", None, "")
    assert (other.support_count, clause.comment_count) == (0, 2)
    page = client.get(clause.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert ("zebra" in page, reply.body in page, "The author has deleted this comment." in page) == (False, True, True)


def test_guests_comments_go_to_the_account(clause, citizen):
    guest = factories.make_person(guest=True)
    mine = factories.make_comment(clause=clause, author=guest)
    both = factories.make_comment(clause=clause, support_count=2)
    for person in (guest, citizen):
        Support.objects.create(comment=both, person=person)
    privacy.adopt(guest, citizen)
    both.refresh_from_db()
    assert Comment.objects.get(pk=mine.pk).author == citizen
    assert (both.support_count, list(both.supports.values_list("person", flat=True))) == (1, [citizen.pk])
