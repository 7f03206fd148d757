"""Pages of strangers come from memory until something is committed; what concerns one person never does."""

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consultations.models import Consultation
from pages.unchanged import Watch
from tests.factories import make_consultation, make_person, sign_in
from tests.forums.factories import make_thread

LIST = "/consultations/"


@pytest.fixture
def consultation(transactional_db, settings):
    place = settings.MIDDLEWARE.index("pages.compression.CompressionMiddleware")
    others = settings.MIDDLEWARE
    settings.MIDDLEWARE = [*others[:place], "pages.unchanged.UnchangedMiddleware", *others[place:]]
    return make_consultation(title="Bus route")


def read(client: Client, path: str = LIST, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


def test_second_stranger_is_answered_without_reading_rows(consultation):
    client = Client()
    first = read(client)

    def reads_rows() -> bool:
        with CaptureQueriesContext(connection) as queries:
            assert read(client) == first
        return any("snapshot" not in query["sql"] for query in queries.captured_queries)

    assert not all(reads_rows() for _ in range(50))  # others may commit in between: they share a server of PostgreSQL


def test_stranger_who_has_the_page_gets_304(consultation):
    client = Client()
    tag = client.get(LIST)["ETag"]
    again = client.get(LIST, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert "Content-Security-Policy" in again


def test_compressed_page_keeps_its_tag_when_it_is_made_anew(consultation):
    client = Client()
    first = client.get(LIST, headers={"accept-encoding": "gzip"})
    assert first["Content-Encoding"] == "gzip"
    make_person()  # a commit that the page does not show
    again = client.get(LIST, headers={"accept-encoding": "gzip", "if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_commit_is_seen_at_once(consultation):
    client = Client()
    assert "Bus route" in read(client)
    Consultation.objects.update(title="Tram line")
    assert "Tram line" in read(client)


def test_language_and_colours_have_pages_of_their_own(consultation):
    client = Client()
    assert 'lang="id"' in read(client)
    assert 'lang="en"' in read(client, **{"accept-language": "en"})
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in read(client)
    assert 'data-theme="dark"' not in read(Client())


def test_page_with_a_token_is_made_for_each(consultation):
    path = make_thread().get_absolute_url()
    tokens = {Client().get(path).cookies["csrftoken"].value for _ in range(2)}
    assert len(tokens) == 2


def test_somebody_known_gets_a_page_of_their_own(consultation):
    stranger = read(Client())
    person = make_person("Sri")
    assert "Sri" in read(sign_in(Client(), person))
    assert read(Client()) == stranger


def test_private_answers_and_state_of_the_server_are_not_kept(consultation):
    client = Client()
    for path in ("/healthz", "/readyz", "/consultations/mine/"):
        assert client.get(path).get("Cache-Control", "") != "no-cache", path


def test_nothing_is_known_inside_a_transaction(transactional_db):
    watch = Watch()
    assert any(watch.state() == watch.state() for _ in range(50))  # others may commit in between, on PostgreSQL
    state = watch.state()
    with transaction.atomic():
        assert watch.state() is None
    make_person()
    assert watch.state() != state
