"""Personal data is found at a build, masked in what is published, and kept only where a person decides so."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Participant
from consultations.models import Comment, Consultation
from opinions.models import Conversation
from summaries.actions.personal import keep_find
from summaries.models import Build, Citation, PersonalFind, Translation
from summaries.personal import Mask
from summaries.sources import find
from tests.factories import make_comment, make_person, sign_in
from tests.opinions.factories import make_statement, make_votes
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db
BODY = "Halte pasar terlalu jauh, hubungi saya di 0812-3456-7890 atau warga@contoh.id untuk bertemu."


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.fixture
def consultation() -> Consultation:
    found = make_heard()
    make_comment(found, body=BODY, language="id", stance="oppose")
    return found


@pytest.fixture
def build(consultation: Consultation) -> Build:
    return build_summary(consultation)


@pytest.fixture
def analyst(build: Build) -> Participant:
    return make_person(role="analyst", organisation=build.consultation.organisation)


def source_of(build: Build) -> Any:
    key = Comment.objects.get(body=BODY).source_key
    return find(build.consultation, [key])[key]


def quote_all(build: Build) -> Citation:
    """Makes the whole comment a quote."""
    citation = Citation.objects.get(build=build, source_key=source_of(build).source_key, rank=0)
    theme = build.themes.standing().first()
    citation.theme, citation.place, citation.lens = theme, "themed", ""
    citation.quote, citation.start, citation.end, citation.quote_rank = BODY, 0, len(BODY), 1
    citation.save()
    return citation


def test_build_notes_places_and_kinds_and_no_words(build: Build) -> None:
    rows = PersonalFind.objects.filter(build=build).order_by("start")
    assert [(row.kind, BODY[row.start : row.end]) for row in rows] == [
        ("telephone", "0812-3456-7890"), ("email", "warga@contoh.id"),
    ]  # fmt: skip


def test_text_is_masked_visibly_in_the_readers_language(build: Build) -> None:
    source = source_of(build)
    assert Mask.of(build).text(source.source_key, BODY) == (
        "Halte pasar terlalu jauh, hubungi saya di [telephone number removed] atau [e-mail address removed] "
        "untuk bertemu."
    )
    with translation.override("id"):
        assert "[nomor telepon dihapus]" in Mask.of(build).text(source.source_key, BODY)


@pytest.mark.parametrize(
    ("start", "end"), [(0, 25), (0, 50), (45, 60), (30, 70), (43, 55), (60, len(BODY)), (0, len(BODY))]
)
def test_masked_quote_is_part_of_the_masked_text(build: Build, start: int, end: int) -> None:
    source, mask = source_of(build), Mask.of(build)
    spans = mask.spans(source.source_key, BODY)
    masked, first, last = mask.cut(BODY, spans, start, end)
    assert mask.text(source.source_key, BODY)[first:last] == masked
    assert "0812" not in masked
    assert "3456" not in masked


def test_kept_find_is_readable_recorded_and_carried_on(build: Build, analyst: Participant) -> None:
    find_ = PersonalFind.objects.get(build=build, kind="telephone")
    keep_find(find=find_, person=analyst, kept=True)
    source = source_of(build)
    assert "0812-3456-7890" in Mask.of(build).text(source.source_key, BODY)
    make_comment(build.consultation, body="Halte sekolah perlu lampu.", language="id")
    later = build_summary(build.consultation)
    carried = PersonalFind.objects.get(build=later, kind="telephone")
    assert carried.kept_by == analyst
    keep_find(find=carried, person=analyst, kept=False)
    assert "0812" not in Mask.of(later).text(source.source_key, BODY)


def test_number_that_an_edit_put_there_is_masked_too(build: Build) -> None:
    source = replace(source_of(build), body="Hubungi 0813-1111-2222 saja.")
    assert Mask.of(build).source(source).body == "Hubungi [telephone number removed] saja."


def test_public_pages_show_no_number_and_the_comment_stays(client: Client, build: Build) -> None:
    quote_all(build)
    publish_summary(build)
    theme = build.themes.standing().first()
    slug = build.consultation.slug
    for address in (f"/summaries/{slug}/", theme.get_absolute_url(), f"/summaries/{slug}/{build.pk}/contributions/"):
        page = client.get(address).content.decode()
        assert "0812-3456-7890" not in page, address
    assert "nomor telepon dihapus" in client.get(theme.get_absolute_url()).content.decode()
    assert Comment.objects.get(body=BODY).body == BODY


def test_translations_show_no_number(client: Client, build: Build) -> None:
    citation = quote_all(build)
    Citation.objects.filter(pk=citation.pk).update(language="id")
    Translation.objects.create(citation=citation, language="en", text="Too far, call me on 0812-3456-7890.")
    publish_summary(build)
    client.cookies["django_language"] = "en"
    text = client.get(f"/summaries/{build.consultation.slug}/").content.decode()
    assert "Too far, call me on [telephone number removed]." in text


def test_statements_that_are_shared_show_no_number(client: Client, consultation: Consultation) -> None:
    conversation = Conversation.objects.get(consultation=consultation)
    body = "Halte pasar perlu atap, kata 0812-3456-7890."
    conversation.last_number = conversation.statements.count()
    statement = make_statement(conversation, body=body)
    make_votes(statement, *[1] * 10)
    publish_summary(build_summary(consultation))
    text = client.get(f"/summaries/{consultation.slug}/").content.decode()
    assert "Halte pasar perlu atap" in text.split('id="ground"')[1]
    assert "0812-3456-7890" not in text


def test_campaign_pages_show_no_number(client: Client, consultation: Consultation) -> None:
    for _ in range(3):
        make_comment(consultation, body=BODY, language="id", stance="oppose")
    build = publish_summary(build_summary(consultation))
    mine = {comment.source_key for comment in Comment.objects.filter(body=BODY)}
    (campaign,) = [one for one in build.campaigns.all() if one.original in mine]
    base = f"/summaries/{consultation.slug}/{build.pk}/campaigns/"
    for address in (base, f"{base}{campaign.pk}/", f"/summaries/{consultation.slug}/"):
        page = client.get(address).content.decode()
        assert "Halte pasar terlalu jauh" in page
        assert "0812-3456-7890" not in page, address


def test_programs_read_masked_quotes_too(client: Client, build: Build) -> None:
    citation = quote_all(build)
    publish_summary(build)
    (quote,) = [
        one
        for one in client.get(f"/api/v1/themes/{citation.theme_id}/").json()["quotes"]
        if one["source_key"] == citation.source_key
    ]
    assert "0812-3456-7890" not in quote["quote"]
    assert "[nomor telepon dihapus]" in quote["quote"]


def test_publishing_warns_of_personal_data_in_quotes(client: Client, build: Build, analyst: Participant) -> None:
    quote_all(build)
    sign_in(client, analyst)
    address = f"/summaries/{build.consultation.slug}/{build.pk}/publish/"
    words = f"/summaries/{build.consultation.slug}/{build.pk}/personal/"
    assert words in client.get(address).content.decode()
    for one in PersonalFind.objects.filter(build=build):
        keep_find(find=one, person=analyst, kept=True)
    assert words not in client.get(address).content.decode()


def test_quoted_finds_stand_first_with_what_is_around(client: Client, build: Build, analyst: Participant) -> None:
    quote_all(build)
    page = sign_in(client, analyst).get(f"/summaries/{build.consultation.slug}/{build.pk}/personal/").content.decode()
    assert "<mark>0812-3456-7890</mark> atau" in page
    assert "/moderation/" in page


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_the_same_number_of_questions(
    client: Client, build: Build, analyst: Participant, number: int, django_assert_num_queries: Any
) -> None:
    PersonalFind.objects.all().delete()
    for comment in Comment.objects.shown().filter(consultation=build.consultation)[:number]:
        PersonalFind.objects.create(build=build, source_key=comment.source_key, kind="plate", start=0, end=5)
    sign_in(client, analyst)
    with django_assert_num_queries(QUESTIONS):
        client.get(f"/summaries/{build.consultation.slug}/{build.pk}/personal/")


QUESTIONS = 9
