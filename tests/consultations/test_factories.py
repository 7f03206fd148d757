"""The factories stand: what they make is what they say."""

import pytest
from django.test import Client

from consultations.models import Comment, Consultation
from tests import factories


@pytest.mark.parametrize("phase", ["draft", "open", "deliberation", "closed", "answered"])
def test_consultation_stands_in_its_phase(db, phase):
    assert factories.make_consultation(phase=phase).phase().kind == phase


def test_comment_counts_are_kept(db):
    clause = factories.make_document(clauses=2).versions.get().clauses.first()
    comment = factories.make_comment(clause=clause)
    factories.make_comment(parent=comment)
    clause.refresh_from_db()
    comment.refresh_from_db()
    assert (clause.comment_count, comment.reply_count) == (2, 1)
    assert Comment.objects.visible_to(None).count() == 2


def test_draft_is_seen_by_its_organisation_only(db):
    consultation = factories.make_consultation(published=False)
    member = factories.make_person(role="analyst", organisation=consultation.organisation)
    assert list(Consultation.objects.visible_to(member)) == [consultation]
    assert list(Consultation.objects.visible_to(factories.make_person())) == []


@pytest.mark.parametrize("guest", [True, False])
def test_signed_in_client_is_the_person(db, guest):
    person = factories.make_person("Ibu Sari", guest=guest)
    client = factories.sign_in(Client(), person)
    assert client.get("/").wsgi_request.person == person
