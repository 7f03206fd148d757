"""Doors that strangers try: redirects, forwarded addresses, sessions, formulas in files, strange queries."""

import csv
import io

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from accounts.actions import address_of
from accounts.models import Spending
from methods.documents import guard
from polls.models import Question
from tests.factories import PASSWORD, make_person
from tests.permissions.world import World
from tests.safety.pages import body_of

pytestmark = pytest.mark.django_db
ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/\\evil.example", "\\\\evil.example", "https:evil.example",
    "javascript:alert(1)", "///evil.example", "http:///evil.example", "/\t/evil.example", "https://testserver@evil.example",
]  # fmt: skip
LISTS = [
    "/", "/search/", "/consultations/", "/consultations/mine/", "/polls/", "/polls/{poll.pk}/results/", "/forums/bus/",
    "/forums/bus/{talk.pk}/", "/opinions/{conversation.pk}/statements/", "/consultations/bus/comments/",
    "/consultations/clauses/{clause.pk}/", "/consultations/comments/{comment.pk}/", "/summaries/bus/",
    "/summaries/bus/{build.pk}/contributions/", "/summaries/bus/{build.pk}/themes/stops/", "/summaries/bus/work/",
    "/moderation/", "/moderation/log/", "/moderation/cases/{case.pk}/", "/jobs/", "/inbox/", "/inbox/mine/",
    "/opinions/{conversation.pk}/", "/api/v1/consultations/", "/api/v1/documents/", "/api/v1/clauses/",
    "/api/v1/comments/", "/api/v1/polls/", "/api/v1/conversations/", "/api/v1/statements/", "/api/v1/threads/",
    "/api/v1/posts/", "/api/v1/themes/", "/api/v1/themes/{theme.pk}/citations/",
]  # fmt: skip
# Both read of everything a little, and as often however much there is: the analysts' desk, and the public summary.
MOST = {"/summaries/bus/work/": 30, "/summaries/bus/": 48}
NAMES = [
    "page", "q", "sort", "order", "ordering", "after", "tag", "phase", "area", "organisation", "state", "kind", "all",
    "reply", "to", "voters", "stance", "language", "page_size", "place", "reason", "decided", "fragment", "next",
    "consultation", "clause", "format", "o", "place", "space", "version", "document",
]  # fmt: skip
VALUES = [
    "-1",
    "99999999999999999999999",
    "\x00",
    "²",
    "٣",
    "'; DROP TABLE x; --",
    "%",
    "_",
    "[]",
    "a" * 5000,
    "é\ud7ff",
    "1e9",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_next_never_leads_to_another_site(client: Client, target: str):
    person = make_person()
    person.user.set_password(PASSWORD)
    person.user.save()
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    for path in ("/language/", "/theme/"):
        answer = client.post(path, {"language": "en", "theme": "dark", "next": target})
        assert (answer.status_code, answer["Location"]) == (302, "/")
    form = {"login": person.user.email, "password": PASSWORD, "next": target}
    answer = client.post("/account/login/", form)
    assert "evil" not in answer.get("Location", "")
    assert "javascript" not in answer.get("Location", "")
    page = body_of(client.get("/account/logout/", {"next": target}))
    assert 'href="javascript:' not in page
    assert "evil" not in client.post("/account/logout/", {"next": target}).get("Location", "")


def test_session_is_a_new_one_after_sign_in(client: Client):
    person = make_person()
    person.user.set_password(PASSWORD)
    person.user.save()
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    session = client.session
    session["guest"] = "00000000-0000-0000-0000-000000000000"
    session.save()
    before = client.cookies["sessionid"].value
    client.post("/account/login/", {"login": person.user.email, "password": PASSWORD})
    after = client.cookies["sessionid"].value
    assert client.session["_auth_user_id"] == str(person.user.pk)
    assert before != after
    thief = Client()
    thief.cookies["sessionid"] = before
    assert thief.get("/account/").status_code == 302
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (0, "1.1.1.1", "9.9.9.9"),
        (1, "1.1.1.1", "1.1.1.1"),
        (1, "6.6.6.6, 1.1.1.1", "1.1.1.1"),
        (2, "6.6.6.6, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "9.9.9.9"),
        (1, "", "9.9.9.9"),
    ],
)
def test_forwarded_address_is_believed_as_far_as_proxies_are_trusted(trusted: int, forwarded: str, expected: str):
    request = RequestFactory().get("/", REMOTE_ADDR="9.9.9.9", HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(TRUSTED_PROXIES=trusted):
        assert address_of(request) == expected


def test_forged_forwarded_address_starts_no_new_counter(closed_world: World):
    url = f"/moderation/flag/comment/{closed_world.it.other.pk}/"
    for number in range(5):
        Client(headers={"X-Forwarded-For": f"1.1.1.{number}"}).post(url, {"reason": "spam"})
    assert list(Spending.objects.filter(key__startswith="flag:a").values_list("key", "count")) == [
        ("flag:a127.0.0.1", 5)
    ]


@given(st.text(max_size=40), st.sampled_from(["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"]))
def test_no_cell_of_a_file_is_a_formula(text: str, first: str):
    cell = str(guard(first + text))
    assert cell[0] not in "=+-@\t\r＝＋－＠"
    assert text.strip("\t\r\n\x00") == "" or cell.endswith(text[-1])


def test_files_of_the_site_hold_no_formula(closed_world: World, client: Client):
    poll = closed_world.it.poll
    options = [{"key": "o1", "text": "=HYPERLINK(1)"}, {"key": "o2", "text": "-1"}]
    Question.objects.filter(poll=poll).update(text="@SUM(1)", options=options)
    type(poll).objects.filter(pk=poll.pk).update(title="@SUM(1)")
    for url in (f"/polls/{poll.pk}/results.csv", f"/polls/{poll.pk}/receipts.csv", "/moderation/log.csv"):
        text = body_of(client.get(url)).removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > 1
        assert [cell for row in rows for cell in row if cell[:1] in tuple("=+@\t\r")] == []


@pytest.mark.parametrize("pattern", LISTS)
def test_strange_queries_break_nothing_and_cost_little(closed_world: World, browsers: dict[str, Client], pattern: str):
    url = pattern.format(**vars(closed_world.it))
    role = "moderator" if pattern.startswith("/moderation") else "organiser"
    for number, value in enumerate(VALUES):
        query = dict.fromkeys(NAMES, value) if number % 2 else dict.fromkeys(NAMES[: 12 + number], value)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = browsers[role].get(url, query)
        body_of(answer)
        assert answer.status_code in (200, 302, 400, 404), (value[:20], answer.status_code)
        asked = [one for one in queries if "SAVEPOINT" not in one["sql"]]
        assert len(asked) <= MOST.get(pattern, 20), (value[:20], len(asked))


def test_hosts_that_are_not_ours_are_refused(client: Client):
    assert client.get("/", HTTP_HOST="evil.example").status_code == 400
