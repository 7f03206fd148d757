"""Pages for readers: what stands on them, how many queries they take, what is refused."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Clause, Consultation
from tests import factories


def test_list_shows_published_consultations_only(client, consultation):
    factories.make_consultation(published=False, title="Secret plan")
    page = client.get("/consultations/").content.decode()
    assert re.findall(r'<h2><a href="([^"]+)"', page) == [f"/consultations/{consultation.slug}/"]


def test_list_puts_what_closes_soonest_first(client, db):
    closed = factories.make_consultation(phase="closed")
    late = factories.make_consultation()
    soon = factories.make_consultation()
    soon.phases.filter(kind="open").update(ends_at=timezone.now() + timezone.timedelta(days=1))
    page = client.get("/consultations/").content.decode()
    assert re.findall(r'<h2><a href="/consultations/([^"/]+)/"', page) == [soon.slug, late.slug, closed.slug]


@pytest.mark.parametrize(
    ("query", "found"),
    [("?phase=open", True), ("?phase=closed", False), ("?q=bus", True), ("?q=harbour", False), ("?tag=TRAM", True),
     ("?tag=train", False), ("?area=31.71", True), ("?area=99", True), ("?organisation=office-of-buses", True),
     ("?order=title", True), ("?order=author", True), ("?phase=x%00y", True)],
)  # fmt: skip
def test_list_is_filtered(client, db, query, found):
    from accounts.models import Area
    from consultations.actions import ensure_tags
    from consultations.models import TaggedConsultation

    office = factories.make_organisation(slug="office-of-buses")
    one = factories.make_consultation(office, title="Bus", area=Area.objects.create(name="Central", code="31.71"))
    TaggedConsultation.objects.create(content_object=one, tag=ensure_tags(names=["Tram"])[0])
    answer = client.get(f"/consultations/{query}")
    assert answer.status_code == 200
    assert (f"/consultations/{one.slug}/" in answer.content.decode()) is found


def test_empty_list_says_what_will_be_here(client, db):
    assert "No consultation yet" in client.get("/consultations/", headers={"Accept-Language": "en"}).content.decode()


@pytest.mark.parametrize("path", ["", "draft/", "comments/"])
def test_pages_of_a_draft_are_for_its_organisation(client, db, path):
    hidden = factories.make_consultation(published=False)
    factories.make_document(hidden)
    member = factories.make_person(role="auditor", organisation=hidden.organisation)
    assert client.get(f"/consultations/{hidden.slug}/{path}").status_code == 404
    assert factories.sign_in(Client(), member).get(f"/consultations/{hidden.slug}/{path}").status_code == 200


def test_consultation_has_its_four_lines(client, consultation, document):
    page = client.get(consultation.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    lines = [consultation.decided, consultation.changeable, consultation.responsible, "You are here"]
    assert [line in page for line in lines] == [True] * 4
    assert page.count("<h1") == 1


def test_unpublished_version_is_for_organisers(client, consultation, organiser):
    document = factories.make_document(consultation, published=False)
    clause = Clause.objects.get(version__document=document, position=1)
    paths = [f"/consultations/{consultation.slug}/draft/{document.pk}/1/", clause.get_absolute_url()]
    assert [client.get(path).status_code for path in paths] == [404, 404]
    assert [factories.sign_in(client, organiser).get(path).status_code for path in paths] == [200, 200]


def test_draft_has_a_button_with_its_count_at_each_clause(client, document, clause):
    factories.make_comment(clause=clause)
    page = client.get(f"/consultations/{document.consultation.slug}/draft/").content.decode()
    found = re.findall(r'class="clause__count" href="([^"]+)".*?data-live-field="clauses\.\d+">(\d+)<', page)
    rows = Clause.objects.filter(version__document=document)
    assert found == [(row.get_absolute_url(), str(row.comment_count)) for row in rows]


@pytest.mark.parametrize("clauses", [3, 100])
def test_draft_takes_few_queries(client, consultation, clauses, django_assert_max_num_queries):
    factories.make_document(consultation, clauses=clauses)
    with django_assert_max_num_queries(8):
        client.get(f"/consultations/{consultation.slug}/draft/")


def test_list_takes_as_many_queries_for_three_as_for_one(client, db, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        factories.make_comment(factories.make_consultation())
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/consultations/")
        counts.append(len(queries))
        factories.make_comment(factories.make_consultation())
    assert counts[0] == counts[1] <= 8
    assert Consultation.objects.count() == 4
