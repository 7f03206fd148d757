"""The list of summaries: published ones for everybody, work for those who do it."""

import pytest
from django.urls import reverse

from tests.factories import make_consultation, make_person, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


def test_readers_find_published_summaries_only(client):
    answered, waiting = make_heard(title="Sudah dijawab"), make_heard(title="Belum dijawab")
    publish_summary(build_summary(answered))
    build_summary(waiting)
    text = client.get(reverse("summaries:list")).content.decode()
    assert "Sudah dijawab" in text
    assert "Belum dijawab" not in text


def test_analysts_find_their_work_and_nobody_elses(client):
    own, other = make_consultation(title="Milik sendiri"), make_consultation(title="Milik orang lain")
    sign_in(client, make_person(role="analyst", organisation=own.organisation))
    text = client.get(reverse("summaries:list")).content.decode()
    assert reverse("summaries:overview", args=[own.slug]) in text
    assert reverse("summaries:overview", args=[other.slug]) not in text
    page = client.get(own.get_absolute_url()).content.decode()
    assert reverse("summaries:overview", args=[own.slug]) in page


def test_empty_list_offers_one_act(client):
    assert client.get(reverse("summaries:list")).content.decode().count('class="empty"') == 1


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_the_same_number_of_questions(client, django_assert_num_queries, number):
    for _ in range(number):
        publish_summary(build_summary(make_heard()))
    with django_assert_num_queries(2):
        client.get(reverse("summaries:list"))
