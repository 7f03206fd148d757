"""The inbox shows what is new at once, changes nothing when it is read, and is nobody else's."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_person, export_person
from accounts.privacy import rooms
from notifications import actions, privacy
from notifications.models import Mailing, Notice
from notifications.topics import may_listen, snapshot
from realtime.snapshots import is_key
from realtime.topics import find
from summaries.models import ThemeDecision
from tests.factories import make_comment, make_consultation, make_person, sign_in
from tests.forums.factories import make_post
from tests.moderation.factories import moderator_of
from tests.notifications.test_gathering import hide
from tests.opinions.factories import make_statement
from tests.polls.factories import cast, make_poll
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db
INBOX = "/inbox/"


def make_notices(person, count, **fields):
    """Notices about replies, each on a day of its own."""
    facts = {"mark": 1, "text": "comment", "where": "Bus"}
    rows = [Notice(person=person, kind="reply", key=f"k{n}", url="/help/", facts=facts, **fields) for n in range(count)]
    return Notice.objects.bulk_create(rows)


def test_inbox_shows_what_just_happened_and_writes_nothing(client):
    comment = make_comment(body="You are all fools.")
    hide(comment)
    text = sign_in(client, comment.author).get(INBOX).content.decode()
    assert text.count('class="row"') == 1
    assert "It insults a neighbour." in text
    assert "You are all fools." in text
    assert Notice.objects.count() == 0


def test_marking_as_read_notes_it(client):
    comment = make_comment()
    make_comment(parent=comment)
    sign_in(client, comment.author)
    actions.gather(person=comment.author)
    key = Notice.objects.get().key
    assert client.post(reverse("notifications:read"), {"key": key}).url == INBOX
    assert Notice.objects.get().read_at is not None
    assert "badge--open" not in client.get(INBOX).content.decode()


def test_marking_what_was_not_noted_yet_works_and_may_lead_on(client):
    comment = make_comment()
    reply = make_comment(parent=comment)
    key = f"reply:comment:{comment.pk}:{timezone.localdate().isoformat()}"
    sign_in(client, comment.author)
    assert client.post(reverse("notifications:read"), {"key": key, "go": "1"}).url == reply.get_absolute_url()


def test_marking_all_leaves_other_people_alone(client):
    person, other = make_person(), make_person()
    make_notices(person, 3)
    make_notices(other, 2)
    sign_in(client, person).post(reverse("notifications:read"))
    assert Notice.objects.filter(person=person).unread().count() == 0
    assert Notice.objects.filter(person=other).unread().count() == 2


@pytest.mark.parametrize("key", ["k0", "nothing", "x" * 5000])
def test_notices_of_others_and_unknown_ones_do_not_exist(client, key):
    make_notices(make_person(), 1)
    assert sign_in(client, make_person()).post(reverse("notifications:read"), {"key": key}).status_code == 404
    assert Notice.objects.unread().count() == 1


def test_strangers_and_guests_have_an_inbox_too(client):
    answer = client.get(INBOX)
    assert (answer.status_code, answer.content.decode().count('class="empty"')) == (200, 1)
    guest = make_person(guest=True)
    make_comment(parent=make_comment(author=guest))
    text = sign_in(client, guest).get(INBOX).content.decode()
    assert text.count('class="row"') == 1
    assert client.post(reverse("notifications:mailing"), {"amount": "all"}).status_code == 302
    assert Mailing.objects.count() == 0


def test_inbox_has_pages_with_unread_ones_first(client):
    person = make_person()
    make_notices(person, 21, read_at=timezone.now())
    unread = Notice.objects.create(
        person=person, kind="reply", key="new", url="/help/", facts={"mark": 1, "text": "comment", "where": "Pasar"},
        created_at=timezone.now() - timezone.timedelta(days=80),
    )  # fmt: skip
    first = sign_in(client, person).get(INBOX)
    assert first.context["rows"][0][0].pk == unread.pk
    assert len(first.context["rows"]) == 20
    assert len(client.get(INBOX, {"page": 2}).context["rows"]) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_inbox_asks_the_same_number_of_questions(client, number, django_assert_num_queries):
    comment = make_comment()
    sign_in(client, comment.author)
    for _ in range(number):
        make_comment(parent=comment)
        hide(make_comment(comment.consultation, author=comment.author))
    make_notices(comment.author, number)
    ContentType.objects.clear_cache()  # so that the order of tests does not matter
    with django_assert_num_queries(OF_INBOX):
        client.get(INBOX)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("name", ["comments", "posts", "statements", "remarks", "votes"])
def test_contributions_ask_the_same_number_of_questions(client, name, number, django_assert_num_queries):
    person = make_person()
    for _ in range(number):
        consultation = make_consultation()
        make_comment(consultation, author=person)
        make_post(author=person)
        make_statement(author=person)
        cast(make_poll(consultation), "o1", person=person)
    sign_in(client, person)
    ContentType.objects.clear_cache()  # so that the order of tests does not matter
    with django_assert_num_queries(OF_MINE[name]):
        client.get(reverse("notifications:mine_of", args=[name]))


OF_INBOX = 23  # four of them for content types, which a running server remembers
OF_MINE = {"comments": 12, "posts": 12, "statements": 12, "remarks": 8, "votes": 9}


def test_what_became_of_ones_words_stands_beside_them(client):
    consultation = make_heard()
    build = build_summary(consultation)
    theme = build.themes.first()
    citation = theme.citations.filter(kind="comment").exclude(person=None).first()
    ThemeDecision.objects.create(theme=theme, outcome="adopted", reason="A roof is planned.")
    sign_in(client, citation.person)
    address = reverse("notifications:mine")
    before = client.get(address).content.decode()
    assert "A roof is planned." not in before
    publish_summary(build)
    after = client.get(address).content.decode()
    assert "A roof is planned." in after
    assert theme.get_absolute_url() in after


def test_hidden_text_stands_with_rule_and_reasons_for_its_author_only(client):
    comment = make_comment(body="You are all fools.")
    hide(comment)
    address = reverse("notifications:mine")
    assert "It insults a neighbour." in sign_in(client, comment.author).get(address).content.decode()
    assert "fools" not in sign_in(Client(), make_person()).get(address).content.decode()


def test_unknown_kind_of_contribution_is_not_found(client):
    assert client.get(reverse("notifications:mine_of", args=["secrets"])).status_code == 404


def test_choice_of_email_is_kept_and_nonsense_refused(client):
    person = make_person()
    sign_in(client, person)
    client.post(reverse("notifications:mailing"), {"amount": "all"})
    client.post(reverse("notifications:mailing"), {"amount": "everything!"})
    assert Mailing.objects.get(person=person).amount == "all"


def test_only_the_owner_hears_how_much_is_unread():
    person, staff = make_person(), make_person(staff=True)
    make_notices(person, 2)
    number = str(person.user_id)
    assert snapshot(number) == {"unread": 2, "badge": "2", "structure": 2}
    listeners = [person, staff, None, make_person(guest=True)]
    assert [may_listen(one, number) for one in listeners] == [True, False, False, False]
    assert not may_listen(person, "x")
    assert is_key(f"inbox.{number}")
    assert find(f"inbox.{number}") is not None


def test_header_listens_to_ones_own_inbox(client):
    person = make_person()
    assert f'data-live="inbox.{person.user_id}"' in sign_in(client, person).get(INBOX).content.decode()


def test_moderators_see_nothing_of_other_peoples_inbox(client):
    comment = make_comment()
    hide(comment)
    actions.gather(person=comment.author)
    moderator = moderator_of(comment.space.organisation)
    assert sign_in(client, moderator).get(INBOX).content.decode().count('class="row"') == 0


def test_what_concerned_a_guest_is_told_to_the_account():
    guest, person = make_person(guest=True), make_person()
    make_comment(parent=make_comment(author=guest))
    actions.gather_recent()
    for room in rooms():
        room.adopt(guest, person)
    assert [notice.kind for notice in Notice.objects.filter(person=person)] == ["reply"]


def test_export_erasure_and_adoption():
    guest, person = make_person(guest=True), make_person()
    make_notices(guest, 3)
    make_notices(person, 1)
    privacy.adopt(guest, person)
    assert sorted(Notice.objects.filter(person=person).values_list("key", flat=True)) == ["k0", "k1", "k2"]
    assert Notice.objects.filter(person=guest).count() == 0
    actions.choose_amount(person=person, amount="all")
    held = export_person(person=person)["notifications"]
    assert (len(held["notices"]), held["by_email"]) == (3, "all")
    erase_person(person=person)
    assert (Notice.objects.count(), Mailing.objects.count()) == (0, 0)
