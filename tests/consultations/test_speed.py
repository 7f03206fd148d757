"""Weights and processor time of the draft page: a hundred clauses on a slow line, four hundred on a small server."""

import gzip

import pytest

from consultations.models import Clause
from tests import factories

WORDS = "Jarak antara halte dan halte berikutnya paling jauh tiga ratus meter, diukur sepanjang jalan nomor "


@pytest.fixture
def draft(consultation):
    def make(number):
        document = factories.make_document(consultation, clauses=number)
        for clause in Clause.objects.filter(version__document=document):
            clause.body = f"{WORDS}{clause.pk * 7919} {hash(clause.pk * 31)}"
            clause.html = f"<p>{clause.body}</p>"
            clause.comment_count = clause.pk % 9
            clause.save()
        return f"/consultations/{consultation.slug}/draft/"

    return make


def test_draft_of_a_hundred_clauses_is_light(client, draft):
    page = client.get(draft(100)).content
    assert len(gzip.compress(page)) <= 20_000
