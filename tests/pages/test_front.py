"""Home: what is open, what closes soonest first; what became of it. Search finds what may be seen."""

import pytest
from django.urls import reverse

from pages.front import open_now
from tests.factories import make_comment, make_consultation, make_document, make_person, sign_in

pytestmark = pytest.mark.django_db


def test_home_shows_open_published_consultations_only(client):
    shown = make_consultation(title="Rute bus kota")
    make_consultation(title="Masih rancangan", published=False)
    make_consultation(title="Sudah ditutup", phase="closed")
    assert [one.consultation for one in open_now(None)] == [shown]
    text = client.get(reverse("pages:home")).content.decode()
    assert "Rute bus kota" in text
    assert "Masih rancangan" not in text


def test_home_counts_what_is_shown(client):
    consultation = make_consultation()
    make_comment(consultation)
    make_comment(consultation, held_at=consultation.created_at)
    assert [(one.said, one.votes) for one in open_now(None)] == [(1, 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_home_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    for _ in range(number):
        make_comment(make_consultation())
    with django_assert_num_queries(6):
        client.get(reverse("pages:home"))


def test_empty_home_offers_one_act(client):
    text = client.get(reverse("pages:home")).content.decode()
    assert text.count('class="empty"') == 1


def test_search_finds_each_word_in_what_may_be_seen(client):
    consultation = make_consultation(title="Rute bus kota")
    make_document(consultation)
    make_comment(consultation, body="Halte di depan pasar terlalu sempit")
    make_comment(consultation, body="Halte di depan pasar rahasia", hidden_at=consultation.created_at)
    text = client.get(reverse("pages:search"), {"q": "pasar halte"}).content.decode()
    assert "terlalu sempit" in text
    assert "rahasia" not in text


def test_search_of_nothing_says_so(client):
    text = client.get(reverse("pages:search"), {"q": "tidakadayangsepertiini"}).content.decode()
    assert text.count('class="empty"') == 1


@pytest.mark.parametrize("query", ["%", "_", "\x00", "'; DROP TABLE x", "a" * 5000, "<script>", "&q=", "%s"])
def test_search_bears_nonsense(client, query):
    make_comment(make_consultation())
    assert client.get(reverse("pages:search"), {"q": query}).status_code == 200


def test_drafts_are_found_by_their_office_only(client):
    hidden = make_consultation(title="Rancangan rahasia", published=False)
    assert b"Rancangan rahasia" not in client.get(reverse("pages:search"), {"q": "rahasia"}).content
    sign_in(client, make_person(role="organiser", organisation=hidden.organisation))
    assert b"Rancangan rahasia" in client.get(reverse("pages:search"), {"q": "rahasia"}).content
