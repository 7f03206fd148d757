"""The workbench in the browser's eyes: what it shows, what its forms do, what is said when something is wrong."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Participant
from summaries import actions
from summaries.models import Build, Citation
from tests.factories import make_comment, make_person, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def analyst(build: Build) -> Participant:
    return make_person("Ana Lista", role="analyst", organisation=build.consultation.organisation)


@pytest.fixture
def desk(analyst: Participant) -> Client:
    return sign_in(Client(headers={"accept-language": "en"}), analyst)


def url(name: str, build: Build, *more: object) -> str:
    return reverse(f"summaries:{name}", args=[build.consultation.slug, build.pk, *more])


def text_of(response) -> str:
    return response.content.decode()


def first_sources(theme, count: int = 1) -> list[str]:
    return sorted(theme.citations.filter(copy_of="").values_list("source_key", flat=True))[:count]


def test_bench_lists_all_themes_and_what_is_beside_them(desk, build):
    response = desk.get(build.get_absolute_url())
    text = text_of(response)
    standing = list(build.themes.standing())
    assert [one.theme for one in response.context["themes"]] == standing
    assert all(f"?theme={theme.key}" in text for theme in standing)
    assert "?place=unassigned" in text
    for name in build.counts["lens"]:
        assert f"?lens={name}" in text
    assert text.count("<h1") == 1


def test_open_theme_shows_its_contributions_with_boxes(desk, build):
    theme = build.themes.standing().first()
    response = desk.get(build.get_absolute_url(), {"theme": theme.key})
    assert [one.citation.theme_id for one in response.context["listed"]] == [theme.pk] * theme.contributions
    assert text_of(response).count('name="source"') == theme.contributions
    fragment = desk.get(build.get_absolute_url(), {"theme": theme.key, "fragment": "1"})
    assert "<html" not in text_of(fragment)
    assert 'id="pane"' in text_of(fragment)
    assert "fragment=" not in text_of(fragment)


def test_search_finds_words_in_the_theme_and_in_all(desk, build):
    response = desk.get(build.get_absolute_url(), {"q": "kambing"})
    (found,) = response.context["listed"]
    assert "Kambing" in found.source.body
    secret = desk.get(build.get_absolute_url(), {"q": "SECRET"})
    assert list(secret.context["listed"]) == []
    theme = build.themes.standing().first()
    inside = desk.get(build.get_absolute_url(), {"q": "kambing", "theme": theme.key})
    assert list(inside.context["listed"]) == []


@pytest.mark.parametrize("query", ["?place=nowhere", "?stance=anger", "?lens=x"])
def test_unknown_lists_are_not_there(desk, build, query):
    assert desk.get(build.get_absolute_url() + query).status_code == 404


def test_campaigns_can_be_counted_out(desk, build):
    held = build.themes.standing().exclude(outside_campaigns=0).filter(contributions__gt=0)
    theme = next((one for one in held if one.outside_campaigns < one.contributions), None)
    response = desk.get(build.get_absolute_url(), {"campaigns": "without"})
    counted = {one.theme.pk: one.numbers.contributions for one in response.context["themes"]}
    assert counted == {one.pk: one.outside_campaigns for one in build.themes.standing()}
    assert theme is None or counted[theme.pk] < theme.contributions


def test_move_by_form_and_undo(desk, build):
    first, second = build.themes.standing()[:2]
    key = first_sources(first)[0]
    sent = {"source": [key], "to": second.key, "origin": first.key, "seen": build.edition}
    response = desk.post(url("move", build), sent, follow=True)
    assert f"1 contribution moved from “{first.label}” to “{second.label}”" in text_of(response)
    assert second.citations.filter(source_key=key).exists()
    edit = build.edits.get()
    response = desk.post(url("undo", build), {"edit": edit.pk}, follow=True)
    assert "Taken back" in text_of(response)
    assert first.citations.filter(source_key=key).exists()


def test_move_without_a_target_keeps_what_was_chosen(desk, build):
    theme = build.themes.standing().first()
    chosen = first_sources(theme, 2)
    sent = {"source": chosen, "to": "new", "label": "", "origin": theme.key}
    response = desk.post(url("move", build), sent)
    assert response.status_code == 422
    assert "A name has 1 to 160 signs." in text_of(response)
    assert sorted(one.citation.source_key for one in response.context["listed"] if one.chosen) == chosen
    assert '<option value="new" selected>' in text_of(response)
    assert desk.post(url("move", build), {"to": theme.key}).status_code == 422
    assert desk.post(url("move", build), {"source": chosen, "origin": theme.key}).status_code == 422
    assert build.edits.count() == 0


def test_split_by_hand_and_by_the_methods_proposal(desk, build):
    theme = max(build.themes.standing(), key=lambda one: one.distinct)
    sent = {"source": first_sources(theme, 2), "to": "new", "label": "Atap", "origin": theme.key}
    assert desk.post(url("move", build), sent).status_code == 302
    assert build.edits.get().verb == "split"
    assert build.themes.standing().filter(label="Atap").exists()
    parts = desk.get(url("split", build, theme.key)).context["parts"]
    response = desk.post(url("split", build, theme.key), {"label": "Nama saya"})
    assert response.status_code == 422
    assert ('value="Nama saya"' in text_of(response)) == bool(parts)
    if parts:
        assert desk.post(url("split", build, theme.key), {"part": parts[0].key}).status_code == 302
        assert build.edits.filter(verb="split").count() == 2


def test_merge_by_form(desk, build):
    first, second = build.themes.standing()[:2]
    page = desk.get(url("merge", build), {"theme": [first.key, second.key]})
    assert text_of(page).count('name="into"') == 2
    sent = {"theme": [first.key, second.key], "into": second.key, "seen": build.edition}
    assert desk.post(url("merge", build), sent).status_code == 302
    assert build.themes.get(pk=first.pk).retired_at is not None
    lone = desk.get(url("merge", build), {"theme": [second.key]}, follow=True)
    assert "Mark two themes at least" in text_of(lone)
    assert desk.get(url("theme", build, first.key)).status_code == 404


def test_name_and_description_are_kept_together(desk, build):
    theme = build.themes.standing().first()
    long = {"label": "Halte", "description": "x" * 2001}
    response = desk.post(url("rename", build, theme.key), long)
    assert response.status_code == 422
    assert build.edits.count() == 0
    desk.post(url("rename", build, theme.key), {"label": "Halte", "description": "Letak halte."})
    theme.refresh_from_db()
    assert (theme.label, theme.description) == ("Halte", "Letak halte.")
    assert sorted(build.edits.values_list("verb", flat=True)) == ["describe", "rename"]


def test_stale_form_says_what_was_done_and_loses_nothing(desk, build):
    theme = build.themes.standing().first()
    colleague = make_person("Budi Satu", role="organiser", organisation=build.consultation.organisation)
    actions.rename_theme(theme=theme, person=colleague, label="Nama dari Budi")
    sent = {"label": "Nama dari Ana", "description": "Panjang lebar.", "seen": "0"}
    response = desk.post(url("rename", build, theme.key), sent)
    text = text_of(response)
    assert response.status_code == 409
    for words in ("Budi Satu", "Nama dari Budi", "Nama dari Ana", "Panjang lebar."):
        assert words in text
    theme.refresh_from_db()
    assert theme.label == "Nama dari Budi"
    build.refresh_from_db()
    assert desk.post(url("rename", build, theme.key), sent | {"seen": str(build.edition)}).status_code == 302
    theme.refresh_from_db()
    assert theme.label == "Nama dari Ana"


def test_review_history_and_comparison(desk, build):
    theme = build.themes.standing().first()
    assert desk.post(url("review", build, theme.key)).status_code == 302
    history = text_of(desk.get(url("history", build)))
    assert f"“{theme.label}” reviewed" in history
    assert "There is no earlier summary" in text_of(desk.get(url("compare", build)))
    make_comment(build.consultation, body="Halte pasar perlu peta.", language="id")
    after = build_summary(build.consultation)
    changes = desk.get(url("compare", after)).context["changes"]
    both = {one.theme.key for kind in ("grown", "shrunk", "same") for one in changes[kind]}
    assert both | {one.theme.key for one in changes["new"]} == set(after.themes.values_list("key", flat=True))
    assert both | {one.theme.key for one in changes["gone"]} == set(build.themes.values_list("key", flat=True))


def test_published_summary_has_no_handles(desk, build):
    publish_summary(build)
    theme = build.themes.standing().first()
    text = text_of(desk.get(build.get_absolute_url(), {"theme": theme.key}))
    assert 'name="source"' not in text
    assert "stays as people read it" in text
    response = desk.post(url("review", build, theme.key), follow=True)
    assert "Build the next one to change themes" in text_of(response)
    assert build.edits.count() == 0


def test_campaign_page_has_three_counts_and_additions(desk, build):
    campaign = build.campaigns.get()
    make_comment(
        build.consultation, language="id",
        body="Kami warga pasar menolak halte baru karena menutup jalan masuk kios kami. Kios saya nomor tujuh.",
    )  # fmt: skip
    after = build_summary(build.consultation)
    (grown,) = after.campaigns.all()
    assert (campaign.contributions, grown.contributions, grown.distinct) == (4, 5, 2)
    text = text_of(desk.get(url("campaign", after, grown.pk)))
    assert "Kios saya nomor tujuh" in text
    assert text.count("the same words, nothing added") == 3
    assert "One text, sent 5 times" in text


@pytest.mark.parametrize("query", ["", "?theme={key}", "?place=unassigned", "?q=halte", "?campaigns=without"])
def test_bench_asks_as_often_for_many_as_for_few(django_assert_max_num_queries, desk, analyst, build, query):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        theme = build.themes.standing().first()
        with CaptureQueriesContext(connection) as found:
            assert desk.get(build.get_absolute_url() + query.format(key=theme.key)).status_code == 200
        return len(found)

    theme = max(build.themes.standing(), key=lambda one: one.distinct)
    before = queries()
    for number in range(3):
        key = first_sources(theme)[0]
        actions.split_theme(build=build, person=analyst, key=theme.key, sources=[key], label=f"Baru {number}")
    newest = build.edits.first()
    actions.undo_edit(build=build, person=analyst, edit=newest.pk)
    assert queries() <= before + 1  # the newest edit is read as well
    assert before <= 45


def test_bench_speaks_indonesian(build, analyst):
    desk = sign_in(Client(headers={"accept-language": "id"}), analyst)
    theme = build.themes.standing().first()
    text = text_of(desk.get(build.get_absolute_url(), {"theme": theme.key}))
    for words in ("Move the chosen to", "Name and describe", "Beside the themes", "put here by the method"):
        assert words not in text


def test_who_put_what_where_is_said(desk, build, analyst):
    first, second = build.themes.standing()[:2]
    key = first_sources(first)[0]
    actions.move_contributions(build=build, person=analyst, sources=[key], to=second.key, origin=first.key)
    text = text_of(desk.get(build.get_absolute_url(), {"theme": second.key}))
    assert "put here by Ana Lista" in text.replace("<bdi>", "").replace("</bdi>", "")
    assert Citation.objects.filter(build=build, assigned_by=analyst).count() == 1
