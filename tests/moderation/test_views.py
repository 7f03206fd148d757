"""The moderators' pages, and what everybody may open."""

import csv
import io
import re

import pytest
from django.urls import reverse

from forums.models import Post
from methods.documents.safe import recover
from moderation import actions
from moderation.models import Case, Decision, Flag, FlagReason, HouseRule, Outcome
from moderation.topics import may_listen, snapshot
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.forums.factories import make_post, make_thread
from tests.moderation.factories import make_flagged, make_held, make_moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def flagged() -> Case:
    return make_flagged()


@pytest.fixture
def moderator(client, flagged):
    person = make_moderator(flagged)
    sign_in(client, person)
    return person


def decide(client, case, **fields):
    return client.post(reverse("moderation:decide", args=[case.pk]), fields)


def test_queue_shows_all_kinds_of_reasons_oldest_first(client, flagged, moderator):
    held = make_held(flagged.item.thread)
    page = client.get(reverse("moderation:queue"))
    assert [case.pk for case in page.context["page_of_cases"].object_list] == [flagged.pk, held.pk]
    assert flagged.item.body in page.content.decode()


@pytest.mark.parametrize(("why", "index"), [("offensive", 0), ("held", 1)])
def test_queue_is_filtered_by_reason(client, flagged, moderator, why, index):
    cases = [flagged, make_held(flagged.item.thread)]
    page = client.get(reverse("moderation:queue"), {"why": why})
    assert list(page.context["page_of_cases"].object_list) == [cases[index]]


def test_queue_ignores_nonsense_in_the_address(client, flagged, moderator):
    for query in ("?why=x", "?page=x", "?decided=x", "?kind=1'--", "?decided=99999999999999999999"):
        assert client.get(reverse("moderation:queue") + query).status_code == 200


def test_queue_says_when_nothing_waits(client, flagged, moderator):
    actions.decide(case=flagged, person=moderator, outcome=Outcome.APPROVE)
    assert len(client.get(reverse("moderation:queue")).context["page_of_cases"].object_list) == 0


@pytest.mark.parametrize("number", [1, 3])
def test_queue_asks_as_often_for_three_as_for_one(client, flagged, moderator, number, django_assert_num_queries):
    for _ in range(number - 1):
        make_flagged(make_post(flagged.item.thread))
    client.get(reverse("moderation:queue"))
    with django_assert_num_queries(8):
        client.get(reverse("moderation:queue"))


def test_case_shows_the_text_in_its_context(client, flagged, moderator):
    page = client.get(reverse("moderation:case", args=[flagged.pk])).content.decode()
    assert flagged.item.get_absolute_url() in page
    assert flagged.item.thread.title in page
    assert page.count("<h1") == 1


def test_looking_at_a_case_changes_nothing(client, flagged, moderator):
    client.get(reverse("moderation:case", args=[flagged.pk]))
    assert Case.objects.get().claimed_by is None


def test_decision_leads_to_the_next_case_claimed(client, flagged, moderator):
    following = make_flagged(make_post(flagged.item.thread))
    answer = decide(client, flagged, outcome="approve")
    decision = Decision.objects.get()
    assert answer["Location"] == reverse("moderation:case", args=[following.pk]) + f"?decided={decision.pk}"
    assert Case.objects.get(pk=following.pk).claimed_by == moderator
    assert reverse("moderation:undo", args=[decision.pk]) in client.get(answer["Location"]).content.decode()


def test_last_decision_leads_back_to_the_queue(client, flagged, moderator):
    assert decide(client, flagged, outcome="approve")["Location"].startswith(reverse("moderation:queue") + "?decided=")


def test_hiding_without_a_rule_keeps_what_was_typed(client, flagged, moderator):
    answer = decide(client, flagged, outcome="hide", reasons="My long reasons")
    assert (answer.status_code, "My long reasons" in answer.content.decode()) == (422, True)
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("rule", ["99", "0", "-1", "x", "9" * 30])
def test_unknown_rules_are_refused(client, flagged, moderator, rule):
    assert decide(client, flagged, outcome="hide", rule=rule).status_code == 422


def test_late_decision_is_a_conflict_that_keeps_the_typed_reasons(client, flagged, moderator):
    other = make_moderator(flagged)
    actions.decide(case=flagged, person=other, outcome=Outcome.APPROVE)
    answer = decide(client, flagged, outcome="hide", rule="1", reasons="I thought long about this")
    page = answer.content.decode()
    assert (answer.status_code, other.name in page, "I thought long about this" in page) == (409, True, True)


def test_decision_is_refused_while_another_holds_the_case(client, flagged, moderator):
    other = make_moderator(flagged)
    actions.claim(case=flagged, person=other)
    answer = decide(client, flagged, outcome="hide", rule="1", reasons="Kept words")
    page = answer.content.decode()
    assert (answer.status_code, other.name in page, "Kept words" in page) == (403, True, True)


def test_undo_by_button(client, flagged, moderator):
    decide(client, flagged, outcome="hide", rule="1")
    answer = client.post(reverse("moderation:undo", args=[Decision.objects.get().pk]))
    assert answer["Location"] == reverse("moderation:case", args=[flagged.pk])
    assert Post.objects.get(pk=flagged.object_id).is_shown is True


def test_others_decisions_cannot_be_undone(client, flagged, moderator):
    decision = actions.decide(case=flagged, person=make_moderator(flagged), outcome=Outcome.APPROVE)
    assert client.post(reverse("moderation:undo", args=[decision.pk])).status_code == 404


def test_bulk_decides_the_marked_with_one_reason(client, flagged, moderator):
    second = make_flagged(make_post(flagged.item.thread))
    third = make_flagged(make_post(flagged.item.thread))
    fields = {"cases": [flagged.pk, third.pk], "outcome": "hide", "rule": "4", "reasons": "Advertising"}
    client.post(reverse("moderation:bulk"), fields)
    assert list(Case.objects.open()) == [second]
    assert set(Decision.objects.values_list("reasons", flat=True)) == {"Advertising"}


def test_bulk_without_marks_keeps_what_was_typed(client, flagged, moderator):
    answer = client.post(reverse("moderation:bulk"), {"outcome": "hide", "rule": "4", "reasons": "Kept words"})
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (422, True)


def test_bulk_leaves_cases_of_other_organisations_alone(client, flagged, moderator):
    foreign = make_flagged()
    client.post(reverse("moderation:bulk"), {"cases": [foreign.pk], "outcome": "approve"})
    assert Case.objects.get(pk=foreign.pk).closed_at is None


def test_report_ends_in_a_receipt_and_a_case(client):
    post = make_post()
    answer = client.post(reverse("moderation:flag", args=["post", post.pk]), {"reason": "spam", "note": "Twice"})
    assert answer["Location"] == reverse("moderation:flagged", args=["post", post.pk])
    assert client.get(answer["Location"]).status_code == 200
    report = Flag.objects.get()
    assert (report.reason, report.note, report.person.is_guest) == ("spam", "Twice", True)


def test_report_without_a_reason_keeps_the_note(client):
    answer = client.post(reverse("moderation:flag", args=["post", make_post().pk]), {"note": "Kept words"})
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (422, True)


def test_settled_text_can_be_reported_as_illegal_only(client, flagged):
    actions.decide(case=flagged, person=make_moderator(flagged), outcome=Outcome.APPROVE)
    address = reverse("moderation:flag", args=["post", flagged.object_id])
    assert client.post(address, {"reason": "spam"}).status_code == 422
    assert client.post(address, {"reason": FlagReason.ILLEGAL}).status_code == 302


def test_log_tells_decisions_without_names(client, flagged):
    moderator = make_moderator(flagged)
    rule = actions.house_rule(organisation=flagged.space.organisation, number=2)
    actions.decide(case=flagged, person=moderator, outcome=Outcome.HIDE, rule=rule, reasons="A number was in it.")
    page = client.get(reverse("moderation:log")).content.decode()
    assert "A number was in it." in page
    for secret in (moderator.name, flagged.author.name, flagged.item.body):
        assert secret not in page


def test_log_as_csv_holds_no_formula(client, flagged):
    rule = actions.house_rule(organisation=flagged.space.organisation, number=2)
    words = '=HYPERLINK("http://evil","x")'
    actions.decide(case=flagged, person=make_moderator(flagged), outcome=Outcome.HIDE, rule=rule, reasons=words)
    body = b"".join(client.get(reverse("moderation:log_csv")).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [(row["outcome"], row["kind"], recover(row["reasons"])) for row in rows] == [("hide", "post", words)]
    assert rows[0]["reasons"][0] == "'"


@pytest.mark.parametrize("number", [1, 3])
def test_log_asks_as_often_for_three_as_for_one(client, number, django_assert_num_queries):
    for _ in range(number):
        case = make_flagged()
        actions.decide(case=case, person=make_moderator(case), outcome=Outcome.APPROVE)
    client.get(reverse("moderation:log"))
    with django_assert_num_queries(4):
        client.get(reverse("moderation:log"))


def test_log_and_rules_open_empty(client):
    assert client.get(reverse("moderation:log")).status_code == 200
    assert client.get(reverse("moderation:rules")).status_code == 200


def test_topic_counts_for_moderators_only(flagged):
    number = str(flagged.space.organisation_id)
    make_held(flagged.item.thread)
    newest = Case.objects.latest("pk").pk
    assert snapshot(number) == {"open": 2, "held": 1, "structure": newest}
    assert may_listen(make_moderator(flagged), number) is True
    for person in (None, make_person(), make_person(role="moderator"), make_person(guest=True)):
        assert may_listen(person, number) is False
    assert may_listen(make_moderator(flagged), "x") is False


def test_withdrawn_text_leaves_a_case_that_can_be_closed(client):
    thread = make_thread()
    case = make_held(thread)
    sign_in(client, make_moderator(case))
    Post.objects.filter(pk=case.object_id).delete()
    assert client.get(reverse("moderation:queue")).status_code == 200
    assert client.get(reverse("moderation:case", args=[case.pk])).status_code == 200
    decide(client, case, outcome="approve")
    assert Case.objects.open().count() == 0


def test_offices_with_the_same_rules_share_one_list(client):
    for name in ("Dinas Pasar", "Dinas Taman", "Dinas Jalan"):
        organisation = make_organisation(name)
        make_consultation(organisation)
    words = {"title_id": "Santun", "title_en": "Kind", "text_id": "Santunlah.", "text_en": "Be kind."}
    HouseRule.objects.create(organisation=organisation, number=1, **words)
    page = client.get(reverse("moderation:rules"), headers={"Accept-Language": "id"}).content.decode()
    assert re.findall("<h2>(Dinas.*)</h2>", page) == ["Dinas Jalan", "Dinas Pasar · Dinas Taman"]
