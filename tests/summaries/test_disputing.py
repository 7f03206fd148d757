"""Authors say that they were misread, somebody looks again and answers, and how often it happens is public."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone, translation

from accounts.models import Participant
from summaries.actions.disputing import dispute_place, settle_dispute
from summaries.actions.holding import hold_answer
from summaries.disputes import own_words, rate
from summaries.models import Build, Citation, Dispute, Holding
from tests.factories import make_consultation, make_person, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def build() -> Build:
    return publish_summary(build_summary(make_heard()))


@pytest.fixture
def analyst(build: Build) -> Participant:
    return make_person(role="analyst", organisation=build.consultation.organisation)


def mine(build: Build) -> tuple[Citation, Participant]:
    citation = Citation.objects.filter(build=build, kind="comment", place="themed", copy_of="").order_by("pk").first()
    assert citation is not None
    assert citation.person is not None
    return citation, citation.person


def begin(build: Build) -> Dispute:
    citation, author = mine(build)
    return dispute_place(build=build, person=author, source_key=citation.source_key, words="I meant the school.")


def test_author_disputes_once_at_a_time(build: Build) -> None:
    citation, _author = mine(build)
    first = begin(build)
    assert (first.theme, first.words) == (citation.theme, "I meant the school.")
    with pytest.raises(PermissionDenied):
        begin(build)
    assert Dispute.objects.count() == 1


def test_guest_may_say_so_too(client: Client, build: Build) -> None:
    citation, _author = mine(build)
    guest = make_person(guest=True)
    Citation.objects.filter(pk=citation.pk).update(person=guest)
    sign_in(client, guest)
    address = f"/summaries/{build.consultation.slug}/{build.pk}/misread/{citation.source_key}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"words": ""}).status_code == 302
    assert Dispute.objects.get().person == guest


def test_nobody_else_and_nothing_that_was_not_read(build: Build, analyst: Participant) -> None:
    citation, author = mine(build)
    with pytest.raises(PermissionDenied):
        dispute_place(build=build, person=analyst, source_key=citation.source_key)
    with pytest.raises(PermissionDenied):
        dispute_place(build=build, person=author, source_key="comment:999999")
    Build.objects.filter(pk=build.pk).update(published_at=None)
    build.refresh_from_db()
    with pytest.raises(PermissionDenied):
        dispute_place(build=build, person=author, source_key=citation.source_key)


def test_too_long_an_explanation_is_given_back(client: Client, build: Build) -> None:
    citation, author = mine(build)
    address = f"/summaries/{build.consultation.slug}/{build.pk}/misread/{citation.source_key}/"
    response = sign_in(client, author).post(address, {"words": "w" * 2001})
    assert (response.status_code, Dispute.objects.count()) == (422, 0)
    assert "w" * 2001 in response.content.decode()


def test_twentieth_in_an_hour_is_the_last(client: Client, build: Build) -> None:
    citation, author = mine(build)
    sign_in(client, author)
    address = f"/summaries/{build.consultation.slug}/{build.pk}/misread/{citation.source_key}/"
    statuses = []
    for _ in range(21):
        statuses.append(client.post(address, {"words": ""}).status_code)
        Dispute.objects.all().delete()
    assert statuses == [302] * 20 + [429]


def test_kept_words_stay_and_may_be_disputed_again(build: Build, analyst: Participant) -> None:
    dispute = begin(build)
    settle_dispute(dispute=dispute, person=analyst, settlement="kept", reason="You speak about stops.")
    dispute.refresh_from_db()
    assert (dispute.settlement, dispute.settled_by) == ("kept", analyst)
    assert begin(build).pk != dispute.pk


def test_moved_words_stand_elsewhere_from_the_next_summary_on(build: Build, analyst: Participant) -> None:
    dispute = begin(build)
    other = build.themes.standing().exclude(pk=dispute.theme_id).first()
    sums = list(build.themes.order_by("pk").values_list("key", "contributions"))
    settle_dispute(dispute=dispute, person=analyst, settlement="moved", reason="Right.", to=other.key)
    dispute.refresh_from_db()
    assert dispute.moved_to == other.label
    assert list(build.themes.order_by("pk").values_list("key", "contributions")) == sums
    later = build_summary(build.consultation)
    place = Citation.objects.get(build=later, source_key=dispute.source_key, rank=0)
    assert place.theme is not None
    assert place.theme.key == other.key


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"settlement": "kept", "reason": " "}, "reason"),
        ({"settlement": "lost", "reason": "x"}, "settlement"),
        ({"settlement": "moved", "reason": "x", "to": "nowhere"}, "to"),
    ],
)
def test_incomplete_answers_are_refused(build: Build, analyst: Participant, sent: dict[str, str], code: str) -> None:
    with pytest.raises(ValidationError) as found:
        settle_dispute(dispute=begin(build), person=analyst, **sent)
    assert found.value.code == code


def test_second_answer_is_refused_and_nothing_typed_is_lost(client: Client, build: Build, analyst: Participant) -> None:
    dispute = begin(build)
    settle_dispute(dispute=dispute, person=analyst, settlement="kept", reason="First.")
    address = f"/summaries/{build.consultation.slug}/work/misread/{dispute.pk}/"
    response = sign_in(client, analyst).post(address, {"settlement": "kept", "reason": "Second."})
    assert response.status_code == 422
    dispute.refresh_from_db()
    assert dispute.reason == "First."


def test_rate_says_of_how_many(build: Build, analyst: Participant) -> None:
    assert rate(build).sentence == "Nobody has said that one of the 31 contributions was misread."
    settle_dispute(dispute=begin(build), person=analyst, settlement="kept", reason="Right here.")
    begin(build)
    found = rate(build)
    assert (found.disputed, found.disputing, found.moved, found.kept, found.open) == (1, 1, 0, 0, 1)
    assert found.sentence.startswith("Of 31 contributions, 1 (3.2%) were called misread by those who wrote them (1 of")


def test_own_words_are_ones_own_alone(build: Build) -> None:
    citation, author = mine(build)
    assert [one.source_key for one in own_words(build, author)] == [citation.source_key]
    assert own_words(build, make_person()) == own_words(build, None) == []


def test_author_sees_state_on_the_public_page(client: Client, build: Build) -> None:
    _citation, author = mine(build)
    sign_in(client, author)
    address = f"/summaries/{build.consultation.slug}/"
    english = {"accept-language": "en"}
    assert "This was misread" in client.get(address, headers=english).content.decode()
    begin(build)
    page = client.get(address, headers=english).content.decode()
    assert "It waits to be looked at again." in page
    assert "This was misread" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_queue_asks_the_same_number_of_questions(
    client: Client, build: Build, analyst: Participant, number: int, django_assert_num_queries: Any
) -> None:
    for citation in Citation.objects.filter(build=build, kind="comment", rank=0).exclude(person=None)[:number]:
        dispute_place(build=build, person=citation.person, source_key=citation.source_key)
    sign_in(client, analyst)
    with django_assert_num_queries(QUESTIONS):
        client.get(f"/summaries/{build.consultation.slug}/work/misread/")


QUESTIONS = 10


def test_holding_statement_is_read_by_everybody_beside_the_day_that_was_set(client: Client) -> None:
    consultation = make_consultation(phase="deliberation")
    organiser = make_person(role="organiser", organisation=consultation.organisation)
    until = timezone.now() + timedelta(days=90)
    hold_answer(consultation=consultation, person=organiser, words="We are still counting buses.", answer_at=until)
    due = consultation.answer_due_at
    consultation.refresh_from_db()
    assert consultation.answer_due_at == due
    page = client.get(f"/summaries/{consultation.slug}/").content.decode()
    assert "We are still counting buses." in page


def test_holding_statement_needs_words_a_future_and_a_role() -> None:
    consultation = make_consultation(phase="deliberation")
    organiser = make_person(role="organiser", organisation=consultation.organisation)
    later, before = timezone.now() + timedelta(days=9), timezone.now() - timedelta(days=1)
    with pytest.raises(PermissionDenied):
        hold_answer(consultation=consultation, person=make_person(), words="x", answer_at=later)
    for words, at in ((" ", later), ("x" * 1001, later), ("x", before)):
        with pytest.raises(ValidationError):
            hold_answer(consultation=consultation, person=organiser, words=words, answer_at=at)
    assert Holding.objects.count() == 0
