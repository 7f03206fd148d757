"""Who may open which page, order which file, hear which topic. The table of all addresses is tests/permissions."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Participant
from realtime.topics import find as find_topic
from summaries import actions
from summaries.models import Build, Export
from tests.factories import make_comment, make_consultation, make_organisation, make_person, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db
LOGIN, SEEN, REFUSED, HIDDEN, DONE = "login", 200, 403, 404, 302
# By url name: method, then the answer to anonymous, citizen, moderator and analyst elsewhere, analyst, organiser —
# first for a draft summary, then for a published one.
ROWS = {
    "list": ("get", [SEEN] * 6, [SEEN] * 6),
    "public": ("get", [SEEN] * 6, [SEEN] * 6),
    "overview": ("get", [LOGIN, REFUSED, REFUSED, REFUSED, SEEN, SEEN], [LOGIN, REFUSED, REFUSED, REFUSED, SEEN, SEEN]),
    "start": ("post", [LOGIN, REFUSED, REFUSED, REFUSED, DONE, DONE], [LOGIN, REFUSED, REFUSED, REFUSED, DONE, DONE]),
    "export": ("post", [LOGIN, REFUSED, REFUSED, REFUSED, DONE, DONE], [LOGIN, REFUSED, REFUSED, REFUSED, DONE, DONE]),
    "build": ("get", [HIDDEN] * 4 + [SEEN] * 2, [SEEN] * 6),
    "contributions": ("get", [HIDDEN] * 4 + [SEEN] * 2, [SEEN] * 6),
    "theme": ("get", [HIDDEN] * 4 + [SEEN] * 2, [SEEN] * 6),
    "decide": ("get", [HIDDEN] * 4 + [SEEN] * 2, [LOGIN, REFUSED, REFUSED, REFUSED, SEEN, SEEN]),
    "rename": ("get", [HIDDEN] * 4 + [SEEN] * 2, [LOGIN, REFUSED, REFUSED, REFUSED, DONE, DONE]),
    "publish": ("get", [HIDDEN] * 4 + [SEEN] * 2, [LOGIN, REFUSED, REFUSED, REFUSED, DONE, DONE]),
    "download": ("get", [HIDDEN] * 6, [HIDDEN] * 6),
}


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def people(build: Build) -> list[Participant | None]:
    own = build.consultation.organisation
    return [
        None,
        make_person(),
        make_person(role="moderator", organisation=own),
        make_person(role="analyst", organisation=make_organisation()),
        make_person(role="analyst", organisation=own),
        make_person(role="organiser", organisation=own),
    ]


def address(name: str, build: Build) -> str:
    slug, theme = build.consultation.slug, build.themes.first()
    if name == "list":
        return reverse("summaries:list")
    if name == "download":
        export = Export.objects.create(consultation=build.consultation, format="csv", owner=make_person())
        return export.get_absolute_url()
    if name in ("theme", "decide", "rename"):
        return reverse(f"summaries:{name}", args=[slug, build.pk, theme.key])
    if name in ("build", "contributions", "publish"):
        return reverse(f"summaries:{name}", args=[slug, build.pk])
    return reverse(f"summaries:{name}", args=[slug])


def answer(person: Participant | None, method: str, url: str) -> int | str:
    client = sign_in(Client(), person) if person else Client()
    response = getattr(client, method)(url, {"format": "csv"} if method == "post" else {})
    if response.status_code == 302 and "login" in response["Location"]:
        return LOGIN
    return response.status_code


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("published", [False, True])
def test_addresses_answer_by_role(name, published, build, people):
    if published:
        publish_summary(build)
    method, draft, public = ROWS[name]
    url = address(name, build)
    assert [answer(person, method, url) for person in people] == (public if published else draft)


def test_summary_of_an_unpublished_consultation_does_not_exist_for_others(client):
    consultation = make_heard(published=False)
    build = publish_summary(build_summary(consultation))
    for name in ("public", "build", "contributions", "theme"):
        assert client.get(address(name, build)).status_code == 404


@pytest.mark.parametrize("name", ["start", "export"])
def test_get_changes_nothing(name, build, people):
    assert answer(people[4], "get", address(name, build)) == 405
    assert Export.objects.count() == 0


@pytest.mark.parametrize("name", ["decide", "rename", "publish"])
def test_posts_by_others_change_nothing(name, build, people):
    publish_summary(build) if name != "publish" else None
    for person in people[:4]:
        answer(person, "post", address(name, build))
    build.refresh_from_db()
    assert [theme.decision for theme in build.themes.all()] == [None] * build.themes.count()
    assert set(build.themes.values_list("renamed_at", flat=True)) == {None}
    assert build.is_published == (name != "publish")


def test_topic_is_heard_by_those_who_work_on_the_summary(build, people):
    topic, number = find_topic(build.topic)
    assert [topic.may_listen(person, number) for person in people] == [False, False, False, False, True, True]
    assert [topic.may_listen(people[4], wrong) for wrong in ("", "x", "999999", "9" * 30, "-1")] == [False] * 5


def test_topic_carries_no_words(build):
    topic, number = find_topic(build.topic)
    assert topic.snapshot(number) == {
        "build": build.pk,
        "themes": build.themes.count(),
        "decided": 0,
        "published": False,
        "structure": f"{build.pk}:0:False:0:0",
    }


def test_unfinished_build_is_seen_by_nobody(build, people):
    make_comment(build.consultation, body="Halte pasar perlu peta.")
    waiting = actions.begin_build(person=people[4], consultation=build.consultation)
    assert [answer(person, "get", waiting.get_absolute_url()) for person in people] == [404] * 6


def test_superseded_build_is_not_decided_on(build, people):
    make_comment(build.consultation, body="Halte pasar perlu peta.")
    build_summary(build.consultation)
    assert answer(people[4], "get", address("decide", build)) == 403
    assert answer(people[4], "get", build.get_absolute_url()) == 200


def test_draft_consultations_of_another_office_do_not_exist(client):
    consultation = make_consultation(published=False)
    stranger = make_person(role="analyst", organisation=make_organisation())
    for name in ("overview", "public"):
        url = reverse(f"summaries:{name}", args=[consultation.slug])
        assert answer(stranger, "get", url) == 404


def test_export_is_its_owners_alone(build, people, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    owner = people[4]
    export = actions.start_export(
        person=owner, consultation=build.consultation, build=build, format="csv", language="id"
    )
    actions.write_export(export=export, build=build, progress=lambda share, step: None)
    url = export.get_absolute_url()
    assert url.endswith(f"/{export.token}.csv")
    assert len(export.token) == 32
    assert [answer(person, "get", url) for person in people] == [404, 404, 404, 404, 200, 404]
    assert answer(owner, "get", url.replace(".csv", ".pdf")) == 404
    owner.user.memberships.all().delete()
    assert answer(owner, "get", url) == 404


def test_export_ends_with_the_day_and_with_the_session(build, people, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    owner = people[4]
    export = actions.start_export(
        person=owner, consultation=build.consultation, build=build, format="json", language="en"
    )
    actions.write_export(export=export, build=build, progress=lambda share, step: None)
    client = sign_in(Client(), owner)
    assert client.get(export.get_absolute_url()).status_code == 200
    client.logout()
    assert client.get(export.get_absolute_url()).status_code == 404
    assert 23 < (export.expires_at - timezone.now()).total_seconds() / 3600 <= 24
    Export.objects.update(expires_at=timezone.now())
    assert sign_in(client, owner).get(export.get_absolute_url()).status_code == 404
