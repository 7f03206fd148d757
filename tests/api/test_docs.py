"""The schema is sound, every operation of it answers, and its page and the feed are fit for people and readers."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from drf_spectacular.validation import validate_schema

from api.docs import sections
from tests.factories import make_consultation

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def schema(client, db) -> dict:
    return json.loads(client.get("/api/openapi.json").content)


def test_schema_is_valid_and_the_same_in_both_forms(client, schema):
    validate_schema(schema)
    answer = client.get("/api/openapi.yaml")
    assert yaml.safe_load(answer.content) == schema
    assert answer["Content-Type"].startswith("application/vnd.oai.openapi")


def test_schema_is_made_without_warnings(tmp_path, db):
    call_command("spectacular", file=str(tmp_path / "schema.yaml"), fail_on_warn=True, validate=True)


def test_every_operation_answers(client, world, schema):
    operations = [(path, method) for path, methods in schema["paths"].items() for method in methods]
    assert len(operations) == 22
    assert {method for _path, method in operations} == {"get"}
    ids = {
        "consultations": "bus", "documents": world.document.pk, "clauses": world.clause.pk,
        "comments": world.clause.comments.first().pk, "polls": world.poll.pk, "conversations": world.conversation.pk,
        "statements": world.conversation.statements.first().pk,
        "threads": world.consultation.board.threads.exclude(listed_at=None).first().pk,
        "posts": world.consultation.board.threads.exclude(listed_at=None).first().posts.first().pk,
        "themes": world.theme.pk,
    }  # fmt: skip
    for path, _method in operations:
        name = path.split("/")[3]
        answer = client.get(re.sub(r"\{\w+\}", str(ids[name]), path))
        assert answer.status_code == 200, path


def test_answers_hold_exactly_what_the_schema_says(client, world, schema):
    for path, methods in schema["paths"].items():
        if "{" in path:
            continue
        page = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        rows = schema["components"]["schemas"][page["$ref"].rpartition("/")[2]]["properties"]["results"]["items"]
        known = schema["components"]["schemas"][rows["$ref"].rpartition("/")[2]]["properties"]
        row = json.loads(client.get(path).content)["results"][0]
        assert set(row) == set(known), path


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_lists_every_operation(client, schema, language):
    client.cookies["django_language"] = language
    answer = client.get("/api/")
    page = answer.content.decode()
    assert page.count("<h1") == 1
    assert [path for path in schema["paths"] if f"GET {path}" not in page] == []
    assert len(re.findall(r"id=\"curl-", page)) == len(schema["paths"])
    assert re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*src=)", page) is None
    ids = re.findall(r"\sid=\"([^\"]+)\"", page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["id", "en"])
def test_examples_fit_and_parameters_have_words(language):
    from django.utils import translation

    with translation.override(language):
        operations = [one for section in sections(language) for one in section.operations]
    assert len(operations) == 22
    for one in operations:
        assert json.loads(one.answer)
        assert one.summary
        assert one.curl.startswith("curl 'http")
        assert "{" not in one.curl
        assert [
            parameter.name for parameter in one.parameters if not parameter.words and parameter.place == "query"
        ] == []


def test_feed_is_atom_with_published_consultations_only(client, db):
    make_consultation(title="SECRET", published=False)
    shown = make_consultation(title="Bus & market <b>", slug="bus-market")
    answer = client.get("/api/consultations.xml")
    feed = ET.fromstring(answer.content)
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Bus & market <b>"]
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}link").get("href").endswith("/consultations/bus-market/")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == shown.organisation.name
    assert feed.findtext(f"{ATOM}updated")


def test_feed_and_page_are_for_reading_only():
    for address in ("/api/", "/api/consultations.xml", "/api/openapi.json"):
        assert Client().post(address).status_code == 405
