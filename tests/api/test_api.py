"""The interface reads what everybody may read, whoever asks, and refuses the rest in words that help."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import Participant, User
from consultations.models import Comment, Consultation
from forums.models import Post, Thread
from opinions.models import Conversation, Statement
from polls.models import Poll
from tests.factories import make_comment, make_consultation, make_document, make_person, sign_in
from tests.forums.factories import make_post, make_thread
from tests.opinions.factories import make_conversation, make_statement
from tests.polls.factories import cast, close, make_poll

LISTS = (
    "consultations", "documents", "clauses", "comments", "polls", "conversations", "statements", "threads", "posts",
    "themes",
)  # fmt: skip


@pytest.fixture
def api() -> APIClient:
    return APIClient()


def every(api: APIClient, name: str, **query: str) -> list[dict]:
    """All rows of a list, page by page."""
    address, rows = f"/api/v1/{name}/", []
    answer = api.get(address, query)
    while True:
        body = json.loads(answer.content)
        rows += body["results"]
        if body["next"] is None:
            assert len(rows) == body["count"]
            return rows
        answer = api.get(body["next"])


def identity(row: dict) -> str | int:
    return row["slug"] if "slug" in row else row["id"]


@pytest.mark.parametrize("name", LISTS)
def test_list_and_every_row_answer(api, world, name):
    rows = every(api, name)
    assert rows
    for row in rows[:3]:
        answer = api.get(f"/api/v1/{name}/{identity(row)}/")
        assert answer.status_code == 200
        alone = json.loads(answer.content)
        assert {key: value for key, value in alone.items() if key != "quotes"} == row


@pytest.mark.parametrize("role", ["", "organiser", "moderator", "staff"])
def test_nobody_reads_what_is_not_public(api, world, role):
    if role:
        person = make_person(role=role, organisation=world.secret.organisation) if role != "staff" else None
        sign_in(api, person or make_person(staff=True))
    for name in LISTS:
        told = json.dumps(every(api, name, page_size="100"))
        assert "SECRET" not in told, name


def test_people_appear_by_name_only(api, world):
    for name in LISTS:
        rows = every(api, name, page_size="100")
        told = json.dumps(rows)
        assert [person for person in Participant.objects.all() if str(person.key) in told] == []
        assert [user for user in User.objects.all() if user.email in told] == []
        assert "@" not in told
        assert not {"author_id", "person", "origin", "receipt", "fingerprint", "created_by", "contact"} & set(rows[0])


def test_author_is_the_name_that_is_shown(api, db):
    consultation = make_consultation()
    for author in (make_person("Sari"), make_person(guest=True), make_person("Gone", erased_at=timezone.now())):
        make_comment(consultation, author=author)
    assert [row["author"] for row in every(api, "comments", ordering="id")] == ["Sari", None, None]


def test_hidden_and_draft_rows_are_not_found(api, world):
    held = Comment.objects.exclude(held_at=None).first()
    thread, post = Thread.objects.filter(listed_at=None).first(), Post.objects.filter(thread__listed_at=None).first()
    conversation = Conversation.objects.get(question="SECRET conversation")
    addresses = (
        "consultations/secret", f"comments/{held.pk}", f"polls/{world.secret_poll.pk}",
        f"polls/{world.secret_poll.pk}/result", f"threads/{thread.pk}", f"posts/{post.pk}",
        f"conversations/{conversation.pk}", f"statements/{world.secret_statement.pk}",
        f"themes/{world.secret_theme.pk}", f"themes/{world.secret_theme.pk}/citations", "comments/999999999999999999",
        "nothing", "nothing/at/all",
    )  # fmt: skip
    for address in addresses:
        answer = api.get(f"/api/v1/{address}/")
        body = json.loads(answer.content)
        assert (answer.status_code, body["status"], answer["Content-Type"]) == (404, 404, "application/problem+json")
        assert body["help"]


def test_result_appears_when_everybody_may_see_it_and_never_before(api, world):
    answer = api.get(f"/api/v1/polls/{world.hidden.pk}/result/")
    body = json.loads(answer.content)
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert set(body) == {"type", "title", "status", "detail", "help"}
    poll = json.loads(api.get(f"/api/v1/polls/{world.hidden.pk}/").content)
    assert not {"rows", "winners", "released", "pending", "result"} & set(poll)
    close(world.hidden)
    body = json.loads(api.get(f"/api/v1/polls/{world.hidden.pk}/result/").content)
    assert (body["final"], body["questions"][0]["winners"], body["cast"]) == (True, ["Park"], 1)
    assert next((row["key"], row["votes"], row["share"]) for row in body["questions"][0]["rows"]) == ("o2", 1, 100.0)


def test_a_vote_does_not_open_the_result_to_programs(api, db):
    poll = make_poll(results="after_vote")
    voter = cast(poll, "o1")
    sign_in(api, voter)
    assert api.get(f"/api/v1/polls/{poll.pk}/result/").status_code == 403


def test_live_result_is_told(api, world):
    body = json.loads(api.get(f"/api/v1/polls/{world.poll.pk}/result/").content)
    assert (body["final"], body["counted"], [row["votes"] for row in body["questions"][0]["rows"]]) == (
        False,
        1,
        [1, 0, 0],
    )


def test_results_before_closing_do_not_differ_with_the_votes(api, db):
    answers = []
    for key in ("o1", "o2"):
        poll = make_poll(make_consultation(slug=f"world-{key}"), results="after_closing")
        cast(poll, key)
        row = json.loads(api.get(f"/api/v1/polls/{poll.pk}/").content)
        result = json.loads(api.get(f"/api/v1/polls/{poll.pk}/result/").content)
        for name in ("id", "url", "result_url", "consultation", "opens_at", "closes_at"):
            row.pop(name)
        answers.append((row, result))
    assert answers[0] == answers[1]


def test_themes_add_up_from_their_citations(api, world):
    for theme in every(api, "themes"):
        rows = every(api, f"themes/{theme['id']}/citations")
        assert len(rows) == theme["contributions"]
        alone = json.loads(api.get(f"/api/v1/themes/{theme['id']}/").content)
        assert {quote["source_key"] for quote in alone["quotes"]} <= {row["source_key"] for row in rows}


def test_quote_goes_when_its_source_is_hidden(api, world):
    address = f"/api/v1/themes/{world.theme.pk}/"
    quote = json.loads(api.get(address).content)["quotes"][0]
    kind, number = quote["source_key"].split(":")
    models = {"comment": Comment, "post": Post, "statement": Statement}
    models[kind].objects.filter(pk=number).update(hidden_at=timezone.now())
    left = [one["source_key"] for one in json.loads(api.get(address).content)["quotes"]]
    assert quote["source_key"] not in left


def test_filters_narrow_and_orders_order(api, world):
    make_comment(make_consultation(slug="other"), body="Elsewhere.", stance="oppose", language="min")
    assert {row["consultation"] for row in every(api, "comments", consultation="bus")} == {"bus"}
    assert [row["body"] for row in every(api, "comments", language="min")] == ["Elsewhere."]
    assert {row["stance"] for row in every(api, "comments", stance="oppose")} == {"oppose"}
    assert [row["clause"] for row in every(api, "comments", clause=str(world.clause.pk))] == [world.clause.pk]
    ids = [row["id"] for row in every(api, "comments", ordering="id")]
    assert ids == sorted(ids)
    assert [row["id"] for row in every(api, "comments", ordering="-id")] == ids[::-1]
    assert [row["number"] for row in every(api, "clauses", document=str(world.document.pk))] == ["1", "2", "3"]
    assert {row["state"] for row in every(api, "polls", state="open")} == {"open"}
    answers = [row["agree_count"] for row in every(api, "statements", ordering="-agree_count")]
    assert answers == sorted(answers, reverse=True)


HOSTILE = [
    "page=0", "page=-1", "page=999999999999999999999999", "page=x", "page_size=0", "page_size=100000", "page_size=-5",
    "ordering=password", "ordering=author__user__email", "ordering=-id,-id,id", "ordering=%00", "clause=1e400",
    "clause=NaN", "clause=99999999999999999999999", "clause=-1", "clause=1%20OR%201=1", "clause=%00",
    "consultation=%00",
    "consultation=" + "x" * 5000, "stance=xx", "since=yesterday", "since=9999999999-01-01",
    "since=0001-01-01T00:00:00Z",
    "language[]=id", "author__user__email=a@b.c", "format=xml", "page=%F0%9F%98%80", "stance=%27%3B%20DROP%20TABLE--",
    "page=1&page=2", "document=1%00", "thread=9223372036854775807", "conversation=9223372036854775808",
    "q=" + "a" * 300,
    "&".join(f"a{n}=1" for n in range(300)), "%ff=%fe", "page_size=100&ordering=-created_at", "root=0",
]  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_hostile_queries_are_answered_calmly(api, world, name):
    for query in HOSTILE:
        with CaptureQueriesContext(connection) as queries:
            answer = api.get(f"/api/v1/{name}/?{query}")
        assert answer.status_code in (200, 400, 404), query
        assert len(queries) <= 12, query
        body = json.loads(answer.content)
        if answer.status_code == 200:
            assert len(body["results"]) <= 100
        else:
            assert body["status"] == answer.status_code
            assert body["help"]


def test_unknown_parameters_are_named(api, db):
    body = json.loads(api.get("/api/v1/polls/?consultaton=bus").content)
    assert (body["status"], list(body["errors"])) == (400, ["consultaton"])
    assert "consultation, kind, ordering, page, page_size, state" in body["errors"]["consultaton"][0]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(api, world, method):
    before = [model.objects.count() for model in (Consultation, Comment, Poll, Statement, Post)]
    for name in LISTS:
        answer = getattr(api, method)(f"/api/v1/{name}/", {"title": "x"}, format="json")
        assert answer.status_code == 405
        assert json.loads(answer.content)["help"].startswith(("This interface is for reading", "Antarmuka ini"))
    assert before == [model.objects.count() for model in (Consultation, Comment, Poll, Statement, Post)]


def test_every_website_may_read_and_no_cookie_is_set(api, world):
    for address in ("/api/v1/comments/", "/api/v1/comments/0/", "/api/openapi.json", "/api/consultations.xml"):
        answer = api.get(address, headers={"origin": "https://elsewhere.example"})
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert not answer.cookies
        assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/api/v1/comments/", "/api/openapi.json", "/api/consultations.xml", "/api/"])
def test_what_has_not_changed_is_not_sent_again(api, world, address):
    first = api.get(address)
    assert first.status_code == 200
    again = api.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_change_is_sent(api, world):
    tag = api.get("/api/v1/comments/")["ETag"]
    make_comment(world.consultation)
    assert api.get("/api/v1/comments/", headers={"if-none-match": tag}).status_code == 200


def add_one(name: str) -> None:
    """One more row of a kind, in a consultation of its own."""
    if name == "consultations":
        make_consultation()
    elif name in ("documents", "clauses"):
        make_document(clauses=1)
    elif name == "comments":
        make_comment(clause=make_document(clauses=1).versions.get().clauses.get())
    elif name == "polls":
        make_poll()
    elif name == "conversations":
        make_conversation(statements=1)
    elif name == "statements":
        make_statement()
    elif name == "threads":
        make_thread(tags=["bus"])
    elif name == "posts":
        make_post()


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in LISTS if name != "themes"])
def test_query_count_is_the_same_for_one_and_three(api, name):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            add_one(name)
        with CaptureQueriesContext(connection) as queries:
            assert api.get(f"/api/v1/{name}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 6


def test_query_count_of_themes_does_not_depend_on_their_number(api, world):
    assert world.build.themes.count() >= 2
    with CaptureQueriesContext(connection) as all_of_them:
        api.get("/api/v1/themes/")
    world.build.themes.exclude(pk=world.theme.pk).delete()
    with CaptureQueriesContext(connection) as one:
        api.get("/api/v1/themes/")
    assert len(all_of_them) == len(one)
