"""The frame around every page: landmarks, language, colours, people; and how forms are drawn in it."""

import re
from html.parser import HTMLParser

import pytest
from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from accounts.models import Participant, User
from tests.factories import make_person


class Tags(HTMLParser):
    """All start tags of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


class Sheet(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label="Name", help_text="As <others> see it")
    body = forms.CharField(label="Text", widget=forms.Textarea, required=False)
    stance = forms.ChoiceField(label="Stance", choices=[("a", "For"), ("b", "Against")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I agree", help_text="Version 3")
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> None:
        raise forms.ValidationError("Both are needed")


def frame(person: Participant | None = None, language: str = "en", **cookies: str) -> str:
    request = RequestFactory().get("/somewhere/?a=1&b=2")
    request.COOKIES |= cookies
    request.person = person
    with translation.override(language):
        return render_to_string("base.html", {}, request=request)


def test_frame_has_its_landmarks_once_each():
    page = Tags(frame())
    assert [len(page.all(tag)) for tag in ("header", "main", "aside", "footer")] == [1, 1, 1, 1]
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    assert page.all("main") == [{"id": "main", "tabindex": "-1"}]


def test_frame_asks_for_one_sheet_and_one_script():
    page = Tags(frame())
    assert [link["href"] for link in page.all("link") if link["rel"] == "stylesheet"] == ["/static/css/rembuk.css"]
    assert page.all("script") == [{"type": "module", "src": "/static/js/rembuk.js"}]


def test_frame_has_nothing_inline():
    html = frame()
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", html) == []


def test_an_empty_aside_is_empty_to_the_letter():
    """So that `:empty` hides it, and no landmark without content is announced."""
    assert re.search(r"<aside[^>]*></aside>", frame())
    assert '<div class="acts"></div>' in frame()


@pytest.mark.parametrize("language", ["id", "en"])
def test_frame_says_its_language_and_offers_the_other(language):
    page = Tags(frame(language=language))
    other = {"id": "en", "en": "id"}[language]
    assert page.all("html")[0]["lang"] == language
    assert [button["value"] for button in page.all("button") if button.get("name") == "language"] == [other]
    assert [b["lang"] for b in page.all("button") if b.get("name") == "language"] == [other]


@pytest.mark.parametrize(
    ("cookie", "attribute", "meta"),
    [("", None, "light dark"), ("dark", "dark", "dark"), ("light", "light", "light"), ('"><x', None, "light dark")],
)
def test_frame_has_the_colours_that_were_chosen(cookie, attribute, meta):
    page = Tags(frame(theme=cookie))
    assert page.all("html")[0].get("data-theme") == attribute
    assert [tag["content"] for tag in page.all("meta") if tag.get("name") == "color-scheme"] == [meta]


def test_frame_of_a_visitor_carries_no_form_token():
    assert "csrfmiddlewaretoken" not in frame()


def test_frame_keeps_the_page_for_the_way_back():
    page = Tags(frame())
    assert {field["value"] for field in page.all("input") if field.get("name") == "next"} == {"/somewhere/?a=1&b=2"}
    assert [a["href"] for a in page.all("a") if "login" in (a["href"] or "")] == [
        "/account/login/?next=/somewhere/%3Fa%3D1%26b%3D2"
    ]


@pytest.mark.django_db
def test_frame_of_a_signed_in_person_has_the_menu_and_signs_out_by_post():
    user = User.objects.create_user("sri@example.org")
    html = frame(Participant.objects.create(user=user, name="Sri <b>"))
    page = Tags(html)
    assert "<bdi>Sri &lt;b&gt;</bdi>" in html
    assert {"action": "/account/logout/", "method": "post"} in page.all("form")
    assert "csrfmiddlewaretoken" in html
    assert [a for a in page.all("a") if "login" in (a["href"] or "")] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "links"),
    [(None, set()), ("organiser", {"/consultations/new/"}), ("moderator", {"/moderation/"}), ("analyst", set())],
)
def test_menu_offers_what_the_roles_of_a_person_allow(role, links):
    person = make_person(role=role) if role else make_person()
    found = {a["href"] for a in Tags(frame(person)).all("a")}
    assert found & {"/consultations/new/", "/moderation/"} == links


def test_messages_are_announced_and_success_marks_what_was_kept_as_accepted():
    messages = [Message(constants.SUCCESS, "Sent <1>"), Message(constants.ERROR, "No")]
    html = render_to_string("components/_messages.html", {"messages": messages})
    page = Tags(html)
    assert page.all("div")[0] == {"class": "notices", "role": "status", "aria-live": "polite"}
    assert page.all("div")[1:] == [
        {"class": "notice notice--success", "data-accepted": None},
        {"class": "notice notice--error"},
    ]
    assert "Sent &lt;1&gt;" in html


@pytest.fixture
def broken() -> Sheet:
    return Sheet({"name": "", "stance": ""})


def test_field_ties_label_hint_and_error_to_its_control(broken):
    page = Tags(broken["name"].as_field_group())
    assert page.all("label") == [{"for": "id_name"}]
    control = page.all("input")[0]
    assert control["aria-describedby"] == "id_name_helptext id_name_error"
    assert control["aria-invalid"] == "true"
    ids = [attributes.get("id") for _tag, attributes in page.found]
    assert {"id_name", "id_name_helptext", "id_name_error"} <= set(ids)


def test_field_says_in_words_what_is_required():
    with translation.override("en"):
        form = Sheet()
        assert '<span class="field__mark">required</span>' in form["name"].as_field_group()
        assert "field__mark" not in form["body"].as_field_group()


def test_hint_is_escaped(broken):
    assert "As &lt;others&gt; see it" in broken["name"].as_field_group()


def test_radio_buttons_are_a_group_with_a_legend(broken):
    html = broken["stance"].as_field_group()
    page = Tags(html)
    assert page.all("fieldset") == [{"aria-describedby": "id_stance_error"}]
    assert "<legend>Stance" in html
    assert page.all("label") == [
        {"class": "choice", "for": "id_stance_0"},
        {"class": "choice", "for": "id_stance_1"},
    ]
    assert [option["value"] for option in page.all("input")] == ["a", "b"]


def test_checkbox_stands_in_its_label(broken):
    html = broken["agree"].as_field_group()
    page = Tags(html)
    assert page.all("label") == [{"class": "choice", "for": "id_agree"}]
    assert page.all("input")[0]["aria-describedby"] == "id_agree_helptext id_agree_error"


def test_whole_form_shows_each_field_once_and_what_is_wrong_with_all(broken):
    page = Tags(str(broken))
    assert sorted(str(tag["name"]) for tag in page.all("input")) == ["agree", "name", "next", "stance", "stance"]
    assert str(broken).count("Both are needed") == 1


def test_summary_of_errors_links_to_each_control_and_takes_the_focus(broken):
    html = render_to_string("components/_errors.html", {"form": broken})
    page = Tags(html)
    assert [a["href"] for a in page.all("a")] == ["#id_name", "#id_stance", "#id_agree"]
    assert page.all("div")[0]["tabindex"] == "-1"
    assert "autofocus" in page.all("div")[0]
    whole = Tags(html + str(broken))
    ids = {attributes.get("id") for _tag, attributes in whole.found}
    assert {str(a["href"]).removeprefix("#") for a in page.all("a")} <= ids


def test_summary_of_a_sound_form_is_nothing():
    assert render_to_string("components/_errors.html", {"form": Sheet()}).strip() == ""


def test_pager_keeps_what_else_stands_in_the_address():
    request = RequestFactory().get("/x/?q=bus&page=2")
    page = Paginator(range(60), 20).page(2)
    links = Tags(render_to_string("components/_pager.html", {"page": page}, request=request)).all("a")
    assert [(a["rel"], a["href"]) for a in links] == [("prev", "?q=bus&page=1"), ("next", "?q=bus&page=3")]


def test_pager_of_one_page_is_nothing():
    request = RequestFactory().get("/x/")
    assert (
        render_to_string("components/_pager.html", {"page": Paginator([1], 20).page(1)}, request=request).strip() == ""
    )


@pytest.mark.parametrize("stance", ["support", "changes", "oppose", "unsure", "question", "agree", "disagree", "pass"])
def test_stance_is_told_by_a_word_beside_its_pattern(stance):
    html = render_to_string("components/_stance.html", {"stance": stance})
    assert re.sub(r"<[^>]+>|\s", "", html) != ""
    assert Tags(html).all("svg")[0]["aria-hidden"] == "true"


def test_stances_have_patterns_of_their_own():
    drawings = {
        re.search(r"<svg.*</svg>", render_to_string("components/_stance.html", {"stance": stance}), re.S).group()
        for stance in ("support", "changes", "oppose", "unsure", "question")
    }
    assert len(drawings) == 5


def test_language_is_set_by_post_and_leads_back():
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/language/", {"language": "en", "next": "/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/?a=1")
    assert answer.cookies["django_language"].value == "en"


@pytest.mark.django_db
def test_language_is_kept_with_the_account():
    user = User.objects.create_user("sri@example.org", language="id")
    Participant.objects.create(user=user)
    client = Client()
    client.force_login(user)
    client.post("/language/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_preferences_lead_back_to_this_site_only(where):
    for address in ("/language/", "/theme/"):
        assert Client().post(address, {"language": "en", "theme": "dark", "next": where})["Location"] == "/"


def test_an_unknown_language_changes_nothing():
    assert "django_language" not in Client().post("/language/", {"language": "xx"}).cookies


def test_preferences_are_not_changed_by_reading():
    assert [Client().get(address).status_code for address in ("/language/", "/theme/")] == [405, 405]


def test_theme_is_set_and_given_back_to_the_device():
    client = Client()
    client.post("/theme/", {"theme": "dark"})
    assert client.cookies["theme"].value == "dark"
    client.post("/theme/", {"theme": ""})
    assert client.cookies["theme"].value == ""
