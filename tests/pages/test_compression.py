"""Who gets compressed pages."""

import gzip

import pytest
from django.urls import reverse

from tests.factories import make_person, sign_in

pytestmark = pytest.mark.django_db
READS_GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


def test_strangers_get_compressed_pages(client):
    answer = client.get(reverse("pages:help"), **READS_GZIP)
    assert answer["Content-Encoding"] == "gzip"
    assert b"<h1>" in gzip.decompress(answer.content)
    assert "Accept-Encoding" in answer["Vary"]


def test_browsers_that_cannot_read_it_get_plain_pages(client):
    assert "Content-Encoding" not in client.get(reverse("pages:help"))


@pytest.mark.parametrize("guest", [True, False])
def test_pages_of_people_are_never_compressed(client, guest):
    sign_in(client, make_person("Wulan", guest=guest))
    answer = client.get(reverse("pages:help"), **READS_GZIP)
    assert "Content-Encoding" not in answer
    assert b"<h1>" in answer.content
