"""People: guests, identification, roles, limits, erasure."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import RequestFactory

from accounts import actions
from accounts.models import Consent, Level, Participant, PrivacyNotice, Spending, User
from accounts.rules import TooMany, has_consented, has_role
from realtime.models import TopicVersion
from tests.factories import make_comment, make_consultation, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of_visitor(rf: RequestFactory):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7")
    request.session = SessionStore()
    request.person = None
    return request


def test_visitor_becomes_guest_once(request_of_visitor):
    PrivacyNotice.objects.create(version=1, text_id="Teks", text_en="Text")
    guest = actions.ensure_person(request=request_of_visitor)
    assert actions.ensure_person(request=request_of_visitor) == guest
    assert Participant.objects.count() == 1
    assert request_of_visitor.session["guest"] == str(guest.key)
    assert has_consented(guest)


def test_identify_hands_the_guests_acts_to_the_account(request_of_visitor):
    guest = actions.ensure_person(request=request_of_visitor)
    comment = make_comment(author=guest)
    user = User.objects.create_user("siti@example.org")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    person = actions.identify(request=request_of_visitor, user=user)
    comment.refresh_from_db()
    assert comment.author == person
    assert person.level == Level.EMAIL
    assert list(Participant.objects.all()) == [person]
    assert "guest" not in request_of_visitor.session


def test_identify_twice_keeps_one_participant(request_of_visitor):
    user = User.objects.create_user("siti@example.org")
    first = actions.identify(request=request_of_visitor, user=user)
    assert actions.identify(request=request_of_visitor, user=user) == first


def test_unconfirmed_address_raises_no_level(request_of_visitor):
    user = User.objects.create_user("siti@example.org")
    assert actions.identify(request=request_of_visitor, user=user).level == Level.NONE


def test_roles_are_told_to_open_pages():
    office = make_organisation()
    person = make_person()
    membership = actions.give_role(user=person.user, organisation=office, role="moderator")
    fresh = Participant.objects.get(pk=person.pk)
    assert has_role(fresh, office, "moderator")
    actions.take_role(membership=membership)
    fresh = Participant.objects.get(pk=person.pk)
    assert not has_role(fresh, office)
    assert TopicVersion.objects.get(key=f"user.{person.user_id}").version == 2


def test_spend_stops_at_the_limit_and_names_the_wait(request_of_visitor):
    for _ in range(3):
        actions.spend(key="comment", request=request_of_visitor, limit=3, seconds=3600)
    with pytest.raises(TooMany) as refused:
        actions.spend(key="comment", request=request_of_visitor, limit=3, seconds=3600)
    assert 0 < refused.value.wait <= 3600


def test_spend_counts_each_person_apart(request_of_visitor):
    actions.spend(key="comment", request=request_of_visitor, limit=1, seconds=3600)
    request_of_visitor.person = make_person()
    actions.spend(key="comment", request=request_of_visitor, limit=1, seconds=3600)
    assert Spending.objects.count() == 2


def test_forged_header_is_no_new_address(rf, settings):
    request = rf.get("/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert actions.address_of(request) == "192.0.2.7"
    settings.TRUSTED_PROXIES = 1
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.2.3.4, 198.51.100.1")
    assert actions.address_of(request) == "198.51.100.1"


def test_erasing_leaves_no_trace_of_name_address_or_text():
    PrivacyNotice.objects.create(version=1, text_id="Teks", text_en="Text")
    person = make_person("Wulandari Unik", email="wulandari@example.org")
    actions.give_consent(person=person)
    comment = make_comment(author=person, body="Kata-kata unik milik saya")
    actions.erase_person(person=person)
    person.refresh_from_db()
    comment.refresh_from_db()
    assert (person.user, person.name, person.level) == (None, "", Level.NONE)
    assert person.erased_at is not None
    assert "unik" not in comment.body + comment.html
    assert not User.objects.filter(email="wulandari@example.org").exists()
    assert Consent.objects.count() == 0


def test_export_names_every_room():
    person = make_person("Siti")
    comment = make_comment(author=person, body="Halte di depan pasar")
    data = actions.export_person(person=person)
    assert data["accounts"]["name"] == "Siti"
    assert comment.body in str(data["consultations"])


def test_make_organiser_twice_changes_nothing():
    facts = {"email": "kantor@example.org", "name": "Kantor", "organisation": "Dinas Contoh", "slug": "dinas"}
    user, made = actions.make_organiser(**facts)
    again, made_again = actions.make_organiser(**facts)
    assert (user, made, made_again) == (again, True, False)
    assert sorted(user.memberships.values_list("role", flat=True)) == ["analyst", "moderator", "organiser"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_spend_holds_under_fifty_at_once(rf):
    refused = []

    def one() -> None:
        request = rf.get("/", REMOTE_ADDR="192.0.2.9")
        request.person = None
        try:
            actions.spend(key="login", request=request, limit=5, seconds=86_400)
        except TooMany:
            refused.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 45


def test_visible_consultations_follow_roles():
    hidden = make_consultation(published=False)
    assert not type(hidden).objects.visible_to(None).exists()
    member = make_person(role="analyst", organisation=hidden.organisation)
    assert type(hidden).objects.visible_to(member).get() == hidden
