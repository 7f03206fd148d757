"""What pages say: a draft with handles, the published summary, lists behind numbers, forms that lose nothing."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.models import Comment
from jobs.run import perform
from moderation.models import AuditEntry
from summaries import actions
from summaries.models import Build, Citation, Place, ThemeDecision
from tests.factories import make_comment, make_consultation, make_document, make_person, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def analyst(build):
    return make_person(role="analyst", organisation=build.consultation.organisation)


@pytest.fixture
def desk(client, analyst):
    """A browser in which the analyst has signed in, in English."""
    client.cookies["django_language"] = "en"
    return sign_in(client, analyst)


def page(client, name: str, *args, **query) -> str:
    response = client.get(reverse(f"summaries:{name}", args=args), query)
    assert response.status_code == 200
    text = response.content.decode()
    assert len(re.findall(r"<h1[ >]", text)) == 1
    return text


def test_overview_leads_from_the_button_to_the_summary(client):
    consultation = make_heard()
    client.cookies["django_language"] = "en"
    sign_in(client, make_person(role="analyst", organisation=consultation.organisation))
    assert "31 contributions wait" in page(client, "overview", consultation.slug)
    start = reverse("summaries:start", args=[consultation.slug])
    assert client.post(start).status_code == 302
    waiting = page(client, "overview", consultation.slug)
    assert "<progress" in waiting
    assert '<noscript><meta http-equiv="refresh"' in waiting
    perform(Build.objects.get().job_id)
    done = page(client, "overview", consultation.slug)
    assert Build.objects.get().get_absolute_url() in done
    assert "<progress" not in done
    again = client.post(start, follow=True)
    assert "Nothing has changed" in again.content.decode()
    assert Build.objects.count() == 1


def test_overview_says_what_has_come_since(desk, build):
    for number in range(3):
        make_comment(build.consultation, body=f"Halte pasar perlu peta nomor {number}.")
    Comment.objects.filter(consultation=build.consultation, body__contains="kursi dan lampu").update(
        hidden_at=timezone.now()
    )
    text = page(desk, "overview", build.consultation.slug)
    assert "3 contributions have come since" in text
    assert "1 contribution in it was hidden or withdrawn since" in text


def test_page_shows_numbers_that_add_up_and_open_their_lists(desk, build):
    text = page(desk, "build", build.consultation.slug, build.pk, preview="1")
    counts = build.counts
    for place, words in [("themed", "in themes"), ("unassigned", "in no theme"), ("left_out", "left out")]:
        assert f"{counts[place]} {words}" in text
        url = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
        assert f"{url}?place={place}" in text
        listed = desk.get(f"{url}?place={place}")
        assert listed.context["page"].paginator.count == counts[place]
    assert f"{counts['n']} received" in text


def test_every_number_equals_the_list_that_it_opens(desk, build):
    response = desk.get(build.get_absolute_url(), {"preview": "1"})
    ledger = response.context["ledger"]
    numbers = [ledger.themed, ledger.unassigned, ledger.left_out, ledger.copies]
    for one in [*numbers, *ledger.kinds, *ledger.reasons, *ledger.lens]:
        assert desk.get(one.url).context["page"].paginator.count == one.value, one.url
    counted = {"copies": build.counts["copies"], "distinct": build.counts["distinct"]}
    every = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    for choice, count in (("yes", counted["copies"]), ("no", counted["distinct"])):
        assert desk.get(every, {"copies": choice}).context["page"].paginator.count == count
    for one in response.context["campaigns"]:
        assert desk.get(one.url).context["page"].paginator.count == one.campaign.contributions
    for view in response.context["themes"]:
        assert desk.get(view.url, {"copies": "no"}).context["page"].paginator.count == view.theme.distinct
        assert desk.get(view.url).context["page"].paginator.count == view.theme.contributions
        for stance, count in view.theme.stances.items():
            assert desk.get(view.url, {"stance": stance}).context["page"].paginator.count == count


def test_quotes_stand_in_their_language_and_link_to_their_source(desk, build):
    text = page(desk, "build", build.consultation.slug, build.pk, preview="1")
    quoted = Citation.objects.filter(build=build, quote_rank__lte=2)  # the page of a theme has the others
    for citation in quoted.filter(kind="comment"):
        assert reverse("consultations:comment", args=[citation.source_key.split(":")[1]]) in text
    assert '<blockquote lang="jv" dir="auto">' in text


def test_no_page_shows_hidden_words(desk, build):
    publish_summary(build)
    slug = build.consultation.slug
    pages = [
        page(desk, "build", slug, build.pk),
        page(desk, "public", slug),
        page(desk, "contributions", slug, build.pk),
    ]
    pages.append(page(desk, "contributions", slug, build.pk, place="left_out"))
    pages += [page(desk, "theme", slug, build.pk, theme.key) for theme in build.themes.all()]
    assert [text for text in pages if "SECRET" in text] == []


def test_words_hidden_since_leave_the_published_page_and_numbers_stay(client, build):
    publish_summary(build)
    client.cookies["django_language"] = "en"
    citation = Citation.objects.filter(build=build, kind="comment", quote_rank=1).first()
    before = page(client, "public", build.consultation.slug)
    assert citation.quote in before
    Comment.objects.filter(pk=citation.source_key.split(":")[1]).update(hidden_at=timezone.now())
    after = page(client, "public", build.consultation.slug)
    assert citation.quote not in after
    assert "One quote was removed" in after
    assert f"{build.counts['read']} contributions" in after
    assert citation.quote not in page(client, "theme", build.consultation.slug, build.pk, citation.theme.key)


def test_words_changed_since_are_not_quoted(client, build):
    publish_summary(build)
    client.cookies["django_language"] = "en"
    citation = Citation.objects.filter(build=build, kind="comment").exclude(quote_rank=None).first()
    Comment.objects.filter(pk=citation.source_key.split(":")[1]).update(body="Saya berubah pikiran tentang halte.")
    after = page(client, "public", build.consultation.slug)
    assert citation.quote not in after
    assert "One quote was removed" in after


def test_published_page_names_the_theme_of_ones_own_words(client, build):
    publish_summary(build)
    client.cookies["django_language"] = "en"
    citation = Citation.objects.filter(build=build, place=Place.THEMED, kind="comment").first()
    assert "Your words" not in page(client, "public", build.consultation.slug)
    sign_in(client, citation.person)
    text = page(client, "public", build.consultation.slug)
    assert "Your words" in text
    assert citation.theme.get_absolute_url() in text
    assert reverse("summaries:misread", args=[build.consultation.slug, build.pk, citation.source_key]) in text


def test_public_page_before_publication_says_when(client, build):
    client.cookies["django_language"] = "en"
    text = page(client, "public", build.consultation.slug)
    assert "No summary has been published yet" in text
    assert build.themes.first().label not in text


def test_decision_is_kept_audited_and_read_in_public(desk, build, analyst):
    publish_summary(build)
    make_document(build.consultation)
    theme = build.themes.first()
    url = reverse("summaries:decide", args=[build.consultation.slug, build.pk, theme.key])
    clause = desk.get(url).context["form"].fields["clause"].queryset[1]
    sent = {"outcome": "adopted", "reason": "Halte ditambah.\n\nMulai Juli.", "clause": clause.pk}
    assert desk.post(url, sent).status_code == 302
    decision = theme.decisions.get()
    assert (decision.outcome, decision.clause, decision.decided_by) == ("adopted", clause, analyst)
    entry = AuditEntry.objects.get(verb="theme.decide")
    assert entry.target == f"theme:{theme.pk}"
    assert "Halte" not in str(entry.facts)
    text = page(desk, "public", build.consultation.slug)
    assert "Mulai Juli." in text
    assert reverse("consultations:clause", args=[clause.pk]) in text


def test_decision_pressed_twice_is_one(desk, build):
    theme = build.themes.first()
    url = reverse("summaries:decide", args=[build.consultation.slug, build.pk, theme.key])
    sent = {"outcome": "adopted", "reason": "Halte ditambah.", "seen": "0"}
    assert [desk.post(url, sent).status_code for _ in range(3)] == [302, 302, 302]
    assert theme.decisions.count() == AuditEntry.objects.filter(verb="theme.decide").count() == 1


def test_decision_on_what_a_colleague_decided_meanwhile_is_shown_first_and_loses_nothing(desk, build):
    theme = build.themes.first()
    url = reverse("summaries:decide", args=[build.consultation.slug, build.pk, theme.key])
    assert '<input type="hidden" name="seen" value="0">' in desk.get(url).content.decode()
    colleague = make_person("Budi", role="analyst", organisation=build.consultation.organisation)
    theirs = actions.decide_theme(theme=theme, person=colleague, outcome="partly", reason="Satu halte saja.")
    sent = {"outcome": "adopted", "reason": "Dua halte ditambah.", "seen": "0"}
    refused = desk.post(url, sent)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert re.search("Budi</?[a-z]*>? has decided about this theme meanwhile", text)
    assert ("Satu halte saja." in text, "Dua halte ditambah." in text) == (True, True)
    assert theme.decisions.get() == theirs
    assert f'name="seen" value="{theirs.pk}"' in text
    assert desk.post(url, sent | {"seen": str(theirs.pk)}).status_code == 302
    assert theme.decisions.first().reason == "Dua halte ditambah."


def test_decision_on_a_theme_that_was_merged_or_superseded_meanwhile_is_refused_and_loses_nothing(desk, build):
    first, second = build.themes.standing()[:2]
    url = reverse("summaries:decide", args=[build.consultation.slug, build.pk, second.key])
    sent = {"outcome": "adopted", "reason": "Dua halte ditambah.", "seen": "0"}
    colleague = make_person("Budi", role="analyst", organisation=build.consultation.organisation)
    actions.merge_themes(build=build, person=colleague, keys=[second.key], into=first.key)
    merged = desk.post(url, sent)
    assert (merged.status_code, desk.get(url).status_code) == (422, 404)
    assert ("was merged or emptied" in merged.content.decode(), "Dua halte" in merged.content.decode()) == (True, True)
    make_comment(build.consultation, body="Halte pasar perlu peta.")
    build_summary(build.consultation)
    late = desk.post(url.replace(second.key, first.key), sent)
    assert late.status_code == 409
    assert ("A newer summary" in late.content.decode(), "Dua halte" in late.content.decode()) == (True, True)
    assert not ThemeDecision.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"outcome": "adopted", "reason": "   "},
        {"outcome": "burnt", "reason": "kept words"},
        {"outcome": "adopted", "reason": "kept words" * 500},
        {"outcome": "adopted", "reason": "kept words", "clause": "999999"},
        {"outcome": "adopted", "reason": "kept words", "clause": "x' OR 1=1"},
    ],
)
def test_bad_decisions_keep_what_was_typed(desk, build, sent):
    theme = build.themes.first()
    response = desk.post(reverse("summaries:decide", args=[build.consultation.slug, build.pk, theme.key]), sent)
    assert response.status_code == 422
    text = response.content.decode()
    assert "Nothing that you wrote is lost." in text
    assert ("kept words" in text) == ("kept words" in sent.get("reason", ""))
    assert theme.decisions.count() == 0


def test_clause_of_another_consultation_is_refused(build, analyst):
    other = make_document(make_consultation()).current().clauses.first()
    with pytest.raises(Exception, match="another consultation"):
        actions.decide_theme(theme=build.themes.first(), person=analyst, outcome="adopted", reason="x", clause=other)


def test_renaming_keeps_who_and_what_was_proposed(desk, build, analyst):
    theme = build.themes.first()
    url = reverse("summaries:rename", args=[build.consultation.slug, build.pk, theme.key])
    assert desk.post(url, {"label": " "}).status_code == 422
    assert desk.post(url, {"label": "x" * 161}).status_code == 422
    assert desk.post(url, {"label": "Halte <b>pasar</b>"}).status_code == 302
    theme.refresh_from_db()
    assert (theme.label, theme.renamed_by, theme.found_label != theme.label) == ("Halte <b>pasar</b>", analyst, True)
    text = page(desk, "theme", build.consultation.slug, build.pk, theme.key)
    assert "Halte &lt;b&gt;pasar&lt;/b&gt;" in text
    assert f"The method had proposed “{theme.found_label}”" in text
    assert analyst.name not in text.split("<main")[1].split("</main>")[0]


def test_publishing_warns_of_open_themes_and_happens_once(desk, build):
    url = reverse("summaries:publish", args=[build.consultation.slug, build.pk])
    total = build.themes.count()
    assert f"{total} of {total} themes have no decision yet" in desk.get(url).content.decode()
    assert desk.post(url).status_code == 302
    build.refresh_from_db()
    first = build.published_at
    assert first is not None
    assert desk.post(url).status_code == 302
    build.refresh_from_db()
    assert build.published_at == first
    assert AuditEntry.objects.filter(verb="summary.publish").count() == 1


def test_newest_published_summary_is_the_public_one(client, build, analyst):
    actions.publish_build(build=build, person=analyst)
    make_comment(build.consultation, body="Halte pasar perlu peta.", language="id")
    newer = build_summary(build.consultation)
    url = reverse("summaries:public", args=[build.consultation.slug])
    assert client.get(url).context["build"] == build
    actions.publish_build(build=newer, person=analyst)
    assert client.get(url).context["build"] == newer


def test_polls_show_only_what_everybody_may_see(desk, build):
    text = page(desk, "build", build.consultation.slug, build.pk, preview="1")
    assert "Rute mana?" in text
    assert "SECRET" not in text


def test_empty_summary_says_so(client):
    consultation = make_consultation()
    client.cookies["django_language"] = "en"
    sign_in(client, make_person(role="analyst", organisation=consultation.organisation))
    build = build_summary(consultation)
    text = page(client, "build", consultation.slug, build.pk)
    assert "Nothing was said" in text
    assert reverse("summaries:publish", args=[consultation.slug, build.pk]) not in text


@pytest.mark.parametrize("query", ["place=x", "kind='", "stance=love", "copies=1", "lens=..", "reason=%00"])
def test_lists_refuse_unknown_filters(desk, build, query):
    url = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    assert desk.get(f"{url}?{query}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", ""])
def test_pages_that_are_none_give_a_page(desk, build, number):
    url = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    assert desk.get(url, {"page": number}).status_code == 200
    assert desk.get(build.get_absolute_url(), {"page": number}).status_code == 200


APART = (
    "The bus stop at the market is too far from the eastern door.",
    "Old trees on the square need water and shade for birds.",
    "A library with books for children should open on Sundays.",
)


def queries(client, url: str) -> int:
    client.get(url)  # what is read once per process
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_lists_ask_as_often_for_many_as_for_one(client):
    counts, themes = [], []
    for contributions in (1, 3):
        consultation = make_consultation()
        for body in APART[:contributions]:
            comment = make_comment(consultation, body=body, stance="oppose")
            make_comment(consultation, body=comment.body, stance="support")
            make_comment(consultation, body=comment.body)
        build = publish_summary(build_summary(consultation))
        themes.append(build.themes.count())
        slug = consultation.slug
        counts.append(
            [
                queries(client, reverse("summaries:public", args=[slug])),
                queries(client, reverse("summaries:contributions", args=[slug, build.pk])),
                queries(client, build.themes.first().get_absolute_url()),
            ]
        )
    assert themes[0] < themes[1]
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 36


def test_theme_pages_keep_the_colours_that_their_reader_chose(desk, build):
    desk.cookies["theme"] = "dark"
    theme = build.themes.first()
    for name in ("theme", "decide", "rename", "split", "translate"):
        text = page(desk, name, build.consultation.slug, build.pk, theme.key)
        assert '<html lang="en" data-theme="dark">' in text, name
        assert text.count('aria-pressed="true"') == 1, name


@pytest.mark.parametrize("number", [1, 3])
def test_overview_asks_as_often_for_many_as_for_one(desk, build, analyst, number):
    for at in range(number - 1):
        make_comment(build.consultation, body=f"Halte pasar perlu peta nomor {at}.", language="id")
        newest = build_summary(build.consultation)
        for theme in newest.themes.all()[:number]:
            actions.decide_theme(theme=theme, person=analyst, outcome="adopted", reason="Ya.")
    first = reverse("summaries:overview", args=[build.consultation.slug])
    assert queries(desk, first) == (14 if number == 1 else 15)  # a list of earlier ones, where there are several


def test_no_page_has_inline_scripts_or_styles(desk, build):
    text = page(desk, "build", build.consultation.slug, build.pk)
    assert re.findall(r"<[^>]*\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", text) == []
