"""Organisers: facts, phases, drafts, the list before publishing, publishing."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from consultations import actions, rules
from consultations.forms import free_slug
from consultations.models import Clause, Consultation, Document, Phase, Tag, Version
from moderation.models import AuditEntry
from tests import factories

DAY = timedelta(days=1)
LAW = "## Article 1\nThe bus stops at the market.\n## Article 2\nIt runs until ten at night."


@pytest.fixture
def office(db):
    return factories.make_organisation()


@pytest.fixture
def desk(client, office):
    return factories.sign_in(client, factories.make_person(role="organiser", organisation=office))


def facts(office, **fields):
    return {
        "organisation": office.pk, "title": "Night bus", "slug": "", "question": "Shall it run at night?",
        "decided": "A night bus.", "changeable": "Its hours.", "legal_basis": "", "responsible": "Transport office",
        "contact": "", "answer_due_at": "2030-05-01T12:00", "language": "en", "area": "", "tags": "Bus, bus , Night",
        "mode": "before",
    } | fields  # fmt: skip


def phase_rows(*spans, total=4):
    data = {"phase-TOTAL_FORMS": str(total), "phase-INITIAL_FORMS": str(total)}
    for index in range(total):
        kind, start, end = spans[index] if index < len(spans) else ("closed", None, None)
        data |= {
            f"phase-{index}-kind": kind,
            f"phase-{index}-title": "",
            f"phase-{index}-starts_at": start.strftime("%Y-%m-%dT%H:%M") if start else "",
            f"phase-{index}-ends_at": end.strftime("%Y-%m-%dT%H:%M") if end else "",
        }
    return data


def test_consultation_is_prepared_from_nothing_to_published(desk, office):
    answer = desk.post("/consultations/new/", facts(office))
    one = Consultation.objects.get()
    assert (answer.url, one.slug, one.space.mode, one.is_published) == (
        "/consultations/night-bus/phases/", "night-bus", "before", False,
    )  # fmt: skip
    assert sorted(Tag.objects.values_list("slug", flat=True)) == ["bus", "night"]
    assert desk.get("/consultations/night-bus/phases/").status_code == 200
    now = timezone.localtime()
    rows = phase_rows(("open", now - DAY, now + 20 * DAY), ("deliberation", now + 20 * DAY, None))
    assert desk.post("/consultations/night-bus/phases/", rows).status_code == 302
    draft = {"title": "Regulation", "source": LAW}
    preview = desk.post("/consultations/night-bus/text/", draft | {"act": "preview"}).content.decode()
    assert ("It runs until ten at night." in preview, Version.objects.count()) == (True, 0)
    assert desk.post("/consultations/night-bus/text/", draft | {"act": "publish"}).status_code == 302
    assert [step.done for step in rules.checklist(Consultation.objects.get())] == [True] * 6
    assert desk.post("/consultations/night-bus/publish/").url == "/consultations/night-bus/"
    assert Consultation.objects.get().is_open
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == [
        "consultation.create", "consultation.phases", "version.publish", "consultation.publish",
    ]  # fmt: skip


def test_publishing_names_what_is_missing(desk, office):
    desk.post("/consultations/new/", facts(office, answer_due_at=""))
    desk.post("/consultations/night-bus/publish/")
    page = desk.get("/consultations/night-bus/prepare/", headers={"Accept-Language": "en"}).content.decode()
    assert not Consultation.objects.get().is_published
    assert "Still missing: the day by which an answer is due; a phase that is open for comments and votes" in page


@pytest.mark.parametrize(
    "fields",
    [{"title": ""}, {"title": "x" * 200}, {"slug": "new"}, {"slug": "a b"}, {"organisation": "0"}, {"mode": "never"},
     {"language": "xx"}, {"tags": "a,b,c,d,e,f,g,h,i"}, {"contact": "nobody"}, {"answer_due_at": "soon"}],
)  # fmt: skip
def test_wrong_facts_are_refused_with_what_was_typed(desk, office, fields):
    answer = desk.post("/consultations/new/", facts(office, **fields))
    assert (answer.status_code, Consultation.objects.count()) == (400, 0)
    assert "Shall it run at night?" in answer.content.decode()


def test_forged_fields_change_nothing(desk, office):
    desk.post("/consultations/new/", facts(office, published_at="2020-01-01", space="1", created_at="2001-01-01"))
    one = Consultation.objects.get()
    assert (one.published_at, one.created_at.year > 2001) == (None, True)


def test_organisation_of_somebody_else_is_refused(desk, office):
    other = factories.make_organisation()
    assert desk.post("/consultations/new/", facts(other)).status_code == 400


def test_taken_short_name_is_an_error_also_at_the_same_moment(office):
    one = factories.make_consultation(slug="night-bus")
    values = {
        name: getattr(one, name)
        for name in ("title", "slug", "question", "decided", "changeable", "responsible", "language")
    }
    with pytest.raises(ValidationError) as refused:
        actions.create_consultation(person=None, organisation=office, **values)
    assert list(refused.value.message_dict) == ["slug"]
    assert free_slug("Night bus") == "night-bus-2"


NOW = timezone.now()


@pytest.mark.parametrize(
    "spans",
    [
        [("open", NOW, NOW - DAY)],
        [("open", NOW, NOW + 5 * DAY), ("closed", NOW + 4 * DAY, None)],
        [("open", NOW, None), ("closed", NOW + 4 * DAY, None)],
        [("open", None, NOW)],
        [("party", NOW, NOW + DAY)],
    ],
)
def test_wrong_phases_are_refused_and_nothing_changes(client, consultation, organiser, spans):
    before = list(Phase.objects.values_list("kind", "starts_at"))
    answer = factories.sign_in(client, organiser).post(
        f"/consultations/{consultation.slug}/phases/", phase_rows(*spans)
    )
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode() or "errorlist" in answer.content.decode()
    assert list(Phase.objects.values_list("kind", "starts_at")) == before


def test_phases_that_touch_do_not_overlap(consultation):
    spans = [("open", NOW, NOW + DAY), ("closed", NOW + DAY, None)]
    rows = [{"kind": kind, "title": "", "starts_at": start, "ends_at": end} for kind, start, end in spans]
    made = actions.set_phases(person=None, consultation=consultation, phases=rows)
    assert [consultation.phase(at).kind for at in (NOW, NOW + DAY)] == ["open", "closed"]
    assert len(made) == 2


def test_short_open_phase_is_warned_of(client, consultation, organiser):
    rows = phase_rows(("open", timezone.localtime(), timezone.localtime() + 5 * DAY))
    path = f"/consultations/{consultation.slug}/phases/"
    page = factories.sign_in(client, organiser).post(path, rows, follow=True, headers={"Accept-Language": "en"})
    assert "shorter than 14 days" in page.content.decode()


def test_next_version_keeps_keys_and_shows_words(client, consultation, organiser):
    document = Document.objects.create(consultation=consultation, title="Law", language="en")
    keep = {"person": None, "consultation": consultation, "document": document, "title": "Law"}
    actions.publish_version(person=None, version=actions.save_draft(**keep, source=LAW))
    factories.make_comment(clause=Clause.objects.get(key="article-2"))
    changed = "## Article 1\nWe write minutes.\n## Article 2\nThe bus stops at the market.\n## Article 3\n"
    version = actions.save_draft(**keep, source=changed + "It runs until eleven at night.")
    actions.publish_version(person=None, version=version)
    assert list(version.clauses.values_list("number", "key", "change")) == [
        ("1", "article-1~2", "new"), ("2", "article-1", "moved"), ("3", "article-2", "reworded"),
    ]  # fmt: skip
    page = client.get(f"/consultations/{consultation.slug}/draft/{document.pk}/2/changes/").content.decode()
    assert ("<del>ten</del>" in page, "<ins>eleven</ins>" in page) == (True, True)
    draft = client.get(f"/consultations/{consultation.slug}/draft/").content.decode()
    assert f'data-live-field="clauses.{version.clauses.get(key="article-2").pk}">1<' in draft


def test_unpublished_version_is_replaced_and_published_once(consultation):
    keep = {"person": None, "consultation": consultation, "title": "Law"}
    first = actions.save_draft(**keep, document=None, source=LAW)
    second = actions.save_draft(**keep, document=first.document, source="## Article 1\nOther.")
    assert list(Version.objects.values_list("pk", "number")) == [(second.pk, 1)]
    actions.publish_version(person=None, version=second)
    at = second.published_at
    assert actions.publish_version(person=None, version=second).published_at == at


@pytest.mark.parametrize("source", ["", " \n ", "## x\n" * 2001, "\x00"])
def test_draft_without_clauses_or_with_too_many_is_refused(client, consultation, organiser, source):
    path = f"/consultations/{consultation.slug}/text/"
    answer = factories.sign_in(client, organiser).post(path, {"title": "Law", "source": source, "act": "publish"})
    assert (answer.status_code, Version.objects.count()) == (400, 0)


ORGANISERS = ["edit", "phases", "text", "prepare"]


@pytest.mark.parametrize("page", ORGANISERS)
@pytest.mark.parametrize("role", ["moderator", "analyst", "auditor"])
def test_other_roles_may_not_prepare(client, consultation, page, role):
    person = factories.make_person(role=role, organisation=consultation.organisation)
    assert factories.sign_in(client, person).get(f"/consultations/{consultation.slug}/{page}/").status_code == 403


@pytest.mark.parametrize("page", ORGANISERS)
def test_pages_of_preparation_are_for_organisers(client, consultation, organiser, page):
    path = f"/consultations/{consultation.slug}/{page}/"
    assert client.get(path).url == f"/account/login/?next=%2Fconsultations%2F{consultation.slug}%2F{page}%2F"
    assert factories.sign_in(client, organiser).get(path).status_code == 200


def test_publishing_is_for_organisers(client, consultation, document):
    version = document.versions.get()
    person = factories.make_person(role="organiser")
    factories.sign_in(client, person)
    for path in ("publish/", f"versions/{version.pk}/publish/"):
        assert client.post(f"/consultations/{consultation.slug}/{path}").status_code == 403
        assert client.get(f"/consultations/{consultation.slug}/{path}").status_code == 405
