"""Words beside a summary: easy language, translations, census figures. Nothing typed is lost, nothing unsafe kept."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.models import Comment
from moderation.models import AuditEntry
from summaries.actions.wording import set_census, translate_quote, write_easy_read
from summaries.models import Build, Census, Citation, EasyRead, Translation
from tests.factories import make_person, sign_in
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db

FIGURES = "code,name,inhabitants\n33.01,North,41.250\n33.02,South,9800\n"


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def analyst(build):
    return make_person("Ayu Analyst", role="analyst", organisation=build.consultation.organisation)


@pytest.fixture
def desk(client, analyst):
    client.cookies["django_language"] = "en"
    return sign_in(client, analyst)


def address(name: str, build: Build) -> str:
    return reverse(f"summaries:{name}", args=[build.consultation.slug])


def test_easy_text_is_kept_audited_and_read_by_all_once_the_summary_is_published(desk, build, analyst):
    sent = {"language": "id", "body": "## Apa kata warga?\n\nBanyak yang **setuju**."}
    assert desk.post(address("write_easy", build), sent).status_code == 302
    row = EasyRead.objects.get()
    assert row.html == "<h2>Apa kata warga?</h2>\n<p>Banyak yang <strong>setuju</strong>.</p>"
    assert (row.written_by, AuditEntry.objects.filter(verb="summary.easy").count()) == (analyst, 1)
    assert desk.get(address("easy", build)).status_code == 200
    desk.logout()
    assert desk.get(address("easy", build)).status_code == 404
    publish_summary(build)
    text = desk.get(address("easy", build)).content.decode()
    assert '<div class="written" lang="id"' in text
    assert analyst.name not in text
    assert address("easy", build) in desk.get(address("public", build)).content.decode()


def test_easy_text_keeps_no_html(build, analyst):
    body = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    html = write_easy_read(consultation=build.consultation, person=analyst, language="id", body=body).html
    assert [sign for sign in ("<script", "<img", "href=") if sign in html] == []


def test_easy_page_speaks_the_readers_language_where_it_can(client, build, analyst):
    publish_summary(build)
    for language, body in (("id", "Kata warga."), ("en", "What people said."), ("jv", "Ature warga.")):
        write_easy_read(consultation=build.consultation, person=analyst, language=language, body=body)
    client.cookies["django_language"] = "en"
    assert client.get(address("easy", build)).context["text"].language == "en"
    assert client.get(address("easy", build), {"language": "jv"}).context["text"].language == "jv"
    assert client.get(address("easy", build), {"language": "xx"}).context["text"].language == "en"
    write_easy_read(consultation=build.consultation, person=analyst, language="en", body="  ")
    assert client.get(address("easy", build)).context["text"].language == "id"
    assert sorted(EasyRead.objects.values_list("language", flat=True)) == ["id", "jv"]


def test_easy_page_without_a_text_is_not_found(client, build):
    publish_summary(build)
    assert client.get(address("easy", build)).status_code == 404


@pytest.mark.parametrize(
    "sent", [{"language": "xx", "body": "kept words"}, {"language": "id", "body": "kept words" * 2001}]
)
def test_bad_easy_text_keeps_what_was_typed(desk, build, sent):
    response = desk.post(address("write_easy", build), sent)
    assert (response.status_code, EasyRead.objects.count()) == (422, 0)
    assert "kept words" in response.content.decode()


def test_only_analysts_and_organisers_write_beside_a_summary(build):
    citizen = make_person()
    citation = Citation.objects.filter(build=build).exclude(quote="").first()
    with pytest.raises(PermissionDenied):
        write_easy_read(consultation=build.consultation, person=citizen, language="id", body="x")
    with pytest.raises(PermissionDenied):
        translate_quote(citation=citation, person=citizen, language="en", text="x")
    with pytest.raises(PermissionDenied):
        set_census(consultation=build.consultation, person=citizen, rows=[["1", "A", 2]], source="x", as_of="y")


def quoted(build: Build, language: str = "jv") -> Citation:
    return Citation.objects.filter(build=build, language=language, kind="comment").exclude(quote="").first()


def test_quotes_of_a_theme_are_translated_on_one_page(desk, build, analyst):
    citation = quoted(build)
    url = reverse("summaries:translate", args=[build.consultation.slug, build.pk, citation.theme.key])
    field = f"quote-{citation.pk}"
    assert field in desk.get(url).content.decode()
    assert desk.post(url, {field: "The market stop is far."}).status_code == 302
    row = Translation.objects.get()
    assert (row.text, row.language, row.machine, row.made_by) == ("The market stop is far.", "en", "", analyst)
    assert "The market stop is far." in desk.get(url).content.decode()
    too_long = desk.post(url, {field: "kept words" * 500})
    assert (too_long.status_code, "kept words" in too_long.content.decode()) == (422, True)
    assert desk.post(url, {field: " "}).status_code == 302
    assert Translation.objects.count() == 0


def test_a_person_takes_the_place_of_a_machine(build, analyst):
    citation = quoted(build)
    Translation.objects.create(citation=citation, language="en", text="Mashine words", machine="model 1")
    translate_quote(citation=citation, person=analyst, language="en", text="Human words")
    assert list(Translation.objects.values_list("text", "machine")) == [("Human words", "")]


def test_quotes_in_the_language_and_hidden_quotes_are_not_translated(desk, build, analyst):
    citation = quoted(build)
    url = reverse("summaries:translate", args=[build.consultation.slug, build.pk, citation.theme.key])
    assert citation.quote not in desk.get(url, {"language": "jv"}).content.decode()
    with pytest.raises(ValidationError, match="already"):
        translate_quote(citation=citation, person=analyst, language="jv", text="x")
    Comment.objects.filter(pk=citation.source_key.split(":")[1]).update(hidden_at=citation.build.finished_at)
    assert citation.quote not in desk.get(url).content.decode()


def census_form(**sent: object) -> dict[str, object]:
    return {"source": "Statistics office", "as_of": "2025"} | sent


def test_census_comes_from_a_file(desk, build, analyst):
    file = SimpleUploadedFile("figures.csv", FIGURES.encode("utf-8-sig"), "text/csv")
    assert desk.post(address("census", build), census_form(file=file)).status_code == 302
    kept = Census.objects.get()
    assert kept.rows == [["33.01", "North", 41250], ["33.02", "South", 9800]]
    assert (kept.source, kept.as_of, kept.added_by) == ("Statistics office", "2025", analyst)
    assert AuditEntry.objects.get(verb="summary.census").facts == {"rows": 2}
    assert "33.01,North,41250" in desk.get(address("census", build)).content.decode()


def test_census_is_typed_and_typed_again(desk, build):
    assert desk.post(address("census", build), census_form(rows="33.01;North;400")).status_code == 302
    assert desk.post(address("census", build), census_form(rows="33.02\tSouth\t500")).status_code == 302
    assert Census.objects.get().rows == [["33.02", "South", 500]]


def test_bad_file_names_its_lines_and_stands_in_the_field(desk, build):
    file = SimpleUploadedFile(
        "figures.csv", b"33.01,North,400\n33.02,South\n33.01,East,5\n33.04,West,many\n", "text/csv"
    )
    response = desk.post(address("census", build), census_form(file=file))
    text = response.content.decode()
    assert (response.status_code, Census.objects.count()) == (422, 0)
    for words in ("Line 2 has 2 columns", "Line 3 has the code 33.01, which line 1 has already", "Line 4: “many”"):
        assert words in text
    assert "33.04,West,many" in text
    assert "Statistics office" in text


@pytest.mark.parametrize(
    "sent",
    [
        {"rows": ""},
        {"rows": "33.01,North,400", "source": " "},
        {"rows": "33.01,North,400", "as_of": ""},
        {"file": SimpleUploadedFile("x.csv", b"\xff\xfe\x00", "text/csv")},
        {"file": SimpleUploadedFile("x.csv", b"1,a,2\n" * 40_000, "text/csv")},
    ],
)
def test_census_refuses_what_it_cannot_read(desk, build, sent):
    response = desk.post(address("census", build), census_form(**sent))
    assert (response.status_code, Census.objects.count()) == (422, 0)
    assert ("33.01,North,400" in response.content.decode()) == ("33.01,North,400" in sent.get("rows", ""))
