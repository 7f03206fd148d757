"""Writing, changing and supporting comments; what is hidden stays hidden; a double press is one comment."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from consultations import actions
from consultations.models import Clause, Comment, Support
from consultations.topics import clause as clause_facts
from moderation.models import Case, Decision, HouseRule
from realtime.models import TopicVersion
from tests import factories

TEXT = "The stop should stand before the school."


def send(client, clause, **fields):
    return client.post(clause.get_absolute_url(), {"stance": "changes", "body": TEXT, "language": "en"} | fields)


def test_comment_is_written_counted_and_receipted(signed_in, clause, citizen):
    answer = send(signed_in, clause)
    comment = Comment.objects.get()
    clause.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, f"/consultations/receipts/{comment.receipt}/")
    assert (comment.author, comment.stance, comment.body, comment.is_shown) == (citizen, "changes", TEXT, True)
    assert clause.comment_count == 1
    assert TopicVersion.objects.filter(key__in=[clause.topic, comment.consultation.topic]).count() == 2
    assert comment.receipt in signed_in.get(answer.url).content.decode()


def test_guest_comments_and_waits_for_a_moderator(client, clause):
    answer = send(client, clause)
    comment = Comment.objects.get()
    assert (comment.author.is_guest, comment.is_shown, Case.objects.get().item) == (True, False, comment)
    clause.refresh_from_db()
    assert clause.comment_count == 0
    assert "moderator" in client.get(answer.url, headers={"Accept-Language": "en"}).content.decode()
    assert TEXT in client.get(clause.get_absolute_url()).content.decode()
    assert TEXT not in Client().get(clause.get_absolute_url()).content.decode()
    assert TEXT not in Client().get(answer.url).content.decode()


def test_double_press_makes_one_comment_and_one_receipt(signed_in, clause):
    assert send(signed_in, clause).url == send(signed_in, clause).url
    assert Comment.objects.count() == 1


def test_same_words_later_are_a_second_comment(signed_in, clause):
    send(signed_in, clause)
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=2), fingerprint=None)
    send(signed_in, clause)
    assert Comment.objects.count() == 2


@pytest.mark.parametrize(
    "fields",
    [{"stance": ""}, {"stance": "hate"}, {"body": ""}, {"body": " \u200b\n"}, {"body": "x" * 9000},
     {"body": "https://a.example " * 21}, {"body": "> " * 30 + "deep"}],
)  # fmt: skip
def test_bad_comment_is_refused_with_what_was_typed(signed_in, clause, fields):
    answer = send(signed_in, clause, **fields)
    page = answer.content.decode()
    assert (answer.status_code, Comment.objects.count()) == (400, 0)
    assert 'role="alert"' in page
    if fields.get("body", TEXT).strip(" \u200b\n"):
        assert fields.get("body", TEXT)[:40].strip().replace(">", "&gt;") in page


def test_hostile_words_are_words(signed_in, clause):
    send(signed_in, clause, body="<script>alert(1)</script> [x](javascript:alert(1))")
    page = signed_in.get(clause.get_absolute_url()).content.decode()
    assert ("<script>alert" in page, 'href="javascript' in page) == (False, False)


def test_reply_takes_the_place_of_its_thread(signed_in, clause):
    first = factories.make_comment(clause=clause)
    reply = factories.make_comment(parent=first)
    answer = signed_in.post(reply.get_absolute_url(), {"body": "I agree, and the hours too."})
    written = Comment.objects.latest("id")
    first.refresh_from_db()
    assert answer.status_code == 302
    assert (written.parent, written.root, written.clause, written.stance) == (reply, first, clause, "")
    assert first.reply_count == 2
    page = signed_in.get(f"{first.get_absolute_url()}?to={reply.pk}").content.decode()
    assert f'action="{reply.get_absolute_url()}"' in page


def test_address_of_a_reply_leads_into_its_thread(client, clause):
    first = factories.make_comment(clause=clause)
    reply = factories.make_comment(parent=first)
    assert client.get(reply.get_absolute_url()).url == f"{first.get_absolute_url()}#comment-{reply.pk}"


@pytest.mark.parametrize("phase", ["draft", "deliberation", "closed", "answered"])
def test_comment_outside_the_open_phase_is_refused_and_kept_in_the_form(client, citizen, phase):
    clause = Clause.objects.filter(
        version__document=factories.make_document(factories.make_consultation(phase=phase))
    ).first()
    answer = send(factories.sign_in(client, citizen), clause)
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
    assert TEXT in answer.content.decode()


def test_support_is_counted_once_and_taken_back(signed_in, clause, citizen):
    comment = factories.make_comment(clause=clause)
    path = f"/consultations/comments/{comment.pk}/support/"
    seen = []
    for data in ({}, {}, {"withdraw": "1"}, {"withdraw": "1"}):
        assert signed_in.post(path, data).status_code == 302
        comment.refresh_from_db()
        seen.append((comment.support_count, Support.objects.filter(person=citizen).count()))
    assert seen == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_support_needs_an_account_and_leads_back(client, clause):
    comment = factories.make_comment(clause=clause)
    answer = client.post(f"/consultations/comments/{comment.pk}/support/")
    assert answer.url.startswith("/account/login/?next=%2Fconsultations%2Fcomments%2F")
    assert client.get(f"/consultations/comments/{comment.pk}/support/").status_code == 405


def test_own_comment_is_changed_within_fifteen_minutes(signed_in, clause, citizen):
    comment = factories.make_comment(clause=clause, author=citizen, stance="oppose")
    path = f"/consultations/comments/{comment.pk}/edit/"
    assert signed_in.post(path, {"stance": "support", "body": "Better so.", "language": "en"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.body, comment.stance, comment.edited_at is not None) == ("Better so.", "support", True)
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    late = signed_in.post(path, {"stance": "support", "body": "Too late.", "language": "en"})
    assert (late.status_code, "Too late." in late.content.decode()) == (403, True)
    comment.refresh_from_db()
    assert comment.body == "Better so."


def test_hidden_comment_leaves_its_place_and_no_word(client, clause, citizen):
    secret = factories.make_comment(clause=clause, author=citizen, body="zebra crossing", stance="oppose")
    factories.make_comment(parent=secret, body="a reply that stays")
    Comment.objects.filter(pk=secret.pk).update(hidden_at=timezone.now())
    secret.refresh_from_db()
    secret.after_decision()
    pages = [client.get(f"{clause.get_absolute_url()}{end}").content.decode() for end in ("", "sheet/", "comments/")]
    assert [("zebra" in page, "a reply that stays" in page) for page in pages] == [(False, True)] * 3
    assert (clause_facts(str(clause.pk))["stances"]["oppose"], clause_facts(str(clause.pk))["comments"]) == (0, 1)
    own = factories.sign_in(client, citizen).get(clause.get_absolute_url()).content.decode()
    assert "zebra" in own


def test_author_reads_the_reason(client, clause, citizen):
    comment = factories.make_comment(clause=clause, author=citizen, body="zebra crossing", hidden_at=timezone.now())
    office = comment.consultation.organisation
    rule = HouseRule.objects.create(
        organisation=office, number=3, title_id="Sopan", title_en="Be polite", text_id="…", text_en="…"
    )
    case = Case.objects.create(item=comment, space=comment.space, closed_at=timezone.now())
    Decision.objects.create(case=case, author=citizen, outcome="hide", rule=rule, reasons="It insults the driver.")
    factories.sign_in(client, citizen)
    for path in (clause.get_absolute_url(), f"/consultations/receipts/{comment.receipt}/", "/consultations/mine/"):
        assert "It insults the driver." in client.get(path).content.decode()
    assert "It insults the driver." not in Client().get(clause.get_absolute_url()).content.decode()


def test_pages_of_twenty_by_cursor_hold_each_comment_once(client, clause):
    made = [factories.make_comment(clause=clause, support_count=n % 3).pk for n in range(45)]
    for sort in ("newest", "support"):
        seen, path = [], f"{clause.get_absolute_url()}comments/?sort={sort}"
        while path:
            page = client.get(path).content.decode()
            seen += [int(pk) for pk in re.findall(r'id="comment-(\d+)"', page)]
            more = re.search(r'data-more="([^"]+)"', page)
            path = more[1].replace("&amp;", "&") if more else ""
        assert (len(seen), sorted(seen)) == (45, made)


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "1-2-3", "٣", "", "1-"])
def test_cursor_that_is_none_is_the_first_page(client, clause, after):
    comment = factories.make_comment(clause=clause)
    for sort in ("newest", "support", "author"):
        page = client.get(clause.get_absolute_url(), {"sort": sort, "after": after})
        assert (page.status_code, f'id="comment-{comment.pk}"' in page.content.decode()) == (200, True)


def fill(clause, number):
    author = factories.make_person()
    Comment.objects.bulk_create(
        [
            Comment(
                consultation=clause.version.document.consultation,
                space=clause.version.document.consultation.space,
                clause=clause, author=author, stance="support", body=f"Reason {n}.", html=f"<p>Reason {n}.</p>",
            )
            for n in range(number)
        ],
        batch_size=500,
    )  # fmt: skip


def test_clause_page_takes_as_many_queries_for_5000_comments_as_for_20(signed_in, clause):
    counts = []
    for number in (20, 4980):
        fill(clause, number)
        first = Comment.objects.latest("id")
        for _ in range(5):
            factories.make_comment(parent=first)
        with CaptureQueriesContext(connection) as queries:
            signed_in.get(clause.get_absolute_url())
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18


def test_comment_takes_few_queries(signed_in, clause):
    signed_in.get(clause.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        send(signed_in, clause)
    assert len([one for one in queries if "SAVEPOINT" not in one["sql"]]) <= 11


def test_stale_clause_keeps_the_comment_and_says_so(signed_in, document, clause):
    version = actions.save_draft(
        person=None, consultation=document.consultation, document=document, title="Draft",
        source="## Article 1\nThe bus stops at place number one only.\n## Article 2\nThe bus stops at place number 2.",
    )  # fmt: skip
    actions.publish_version(person=None, version=version)
    answer = send(signed_in, clause)
    comment = Comment.objects.get()
    assert comment.clause == clause
    receipt = signed_in.get(answer.url, headers={"Accept-Language": "en"}).content.decode()
    assert "A newer version of the draft has been published" in receipt
    current = version.clauses.get(key=clause.key)
    page = signed_in.get(current.get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert (TEXT in page, "Said about version 1; this wording has changed since." in page) == (True, True)
    assert clause_facts(str(current.pk))["comments"] == 1


def test_comment_on_unchanged_wording_says_nothing_of_versions(client, document):
    second = Clause.objects.get(version__document=document, key="article-2")
    factories.make_comment(clause=second, body=TEXT)
    version = actions.save_draft(
        person=None, consultation=document.consultation, document=document, title="Draft",
        source="## Article 2\nThe bus stops at place number 2.",
    )  # fmt: skip
    actions.publish_version(person=None, version=version)
    page = client.get(version.clauses.get().get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert (TEXT in page, "Said about version" in page) == (True, False)


def test_writing_too_often_names_the_wait(signed_in, clause, settings):
    answers = [send(signed_in, clause, body=f"{TEXT} {n}").status_code for n in range(11)]
    assert answers == [302] * 10 + [429]
