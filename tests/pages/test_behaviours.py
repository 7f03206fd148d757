"""What the script of every page does, in a real browser, on pages made of the real frame, sheet and modules."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from pages import static
from tests import needs

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
FORM = """{% extends "base.html" %}{% block title %}Write{% endblock %}{% block content %}<h1>Write</h1>
<form id="f" action="RESULT" method="get" data-submit-once SECRET>
<label for="t">Text</label><textarea id="t" name="t"></textarea>
<label for="p">Password</label><input id="p" type="password" name="p">
<label class="choice"><input id="yes" type="radio" name="r" value="yes"><span>Yes</span></label>
<label class="choice"><input id="no" type="radio" name="r" value="no"><span>No</span></label>
<div class="cluster"><button id="send" class="button button--primary" name="act" value="send">Send</button></div></form>
<details class="menu" data-menu><summary id="menu">Menu</summary>
<div><a id="inside" href="#x">Inside</a></div></details>
<p id="code">K7QM-2XPA</p><button id="copy" class="button" data-copy="#code" data-copied="Copied" hidden>Copy</button>
{% endblock %}{% block actions %}<button form="f" class="button button--primary">Send</button>{% endblock %}
{% block aside %}<section><h2>Who answers</h2>
<p>The office of a very long name Hubungan-Masyarakat-dan-Informasi</p></section>{% endblock %}"""
ACCEPTED = '{% extends "base.html" %}{% block content %}<div class="receipt"><h1>Sent</h1></div>{% endblock %}'
REFUSED = '{% extends "base.html" %}{% block content %}<h1>Not now</h1>{% endblock %}'


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing about it."""

    def log_message(self, *arguments: object) -> None:
        return


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with pages rendered by the real templates."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(ROOT / "static", folder / "static")
    (folder / "static" / static.SHEET).write_text(static.make_sheet(), encoding="utf-8")
    request = RequestFactory().get("/write.html")
    pages = {
        "write": FORM.replace("RESULT", "accepted.html").replace("SECRET", "data-keep"),
        "refused": FORM.replace("RESULT", "no.html").replace("SECRET", "data-keep"),
        "secret": FORM.replace("RESULT", "no.html").replace("SECRET", "data-keep data-secret"),
        "slow": FORM.replace("RESULT", "write.html").replace("SECRET", ""),
        "accepted": ACCEPTED,
        "no": REFUSED,
    }
    with translation.override("id"):
        for name, source in pages.items():
            html = engines["django"].from_string(source).render({}, request)
            (folder / f"{name}.html").write_text(html, encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=needs.CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"The script failed: {error}"))
    yield page
    context.close()


def fill(page: Page) -> None:
    page.fill("#t", "Buses until eight")
    page.fill("#p", "secret words")
    page.check("#no")


def kept(page: Page) -> list[object]:
    return [page.input_value("#t"), page.input_value("#p"), page.is_checked("#no")]


def test_what_was_typed_survives_a_reload_but_for_the_password(page, site):
    page.goto(f"{site}/write.html", wait_until="networkidle")
    fill(page)
    page.goto(f"{site}/write.html", wait_until="networkidle")
    assert kept(page) == ["Buses until eight", "", True]
    assert "secret words" not in page.evaluate("JSON.stringify(sessionStorage)")


def test_what_was_accepted_is_forgotten(page, site):
    page.goto(f"{site}/write.html", wait_until="networkidle")
    fill(page)
    page.click("#send")
    page.wait_for_url("**/accepted.html*")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(f"{site}/write.html", wait_until="networkidle")
    assert kept(page) == ["", "", False]


def test_what_was_sent_but_not_accepted_is_kept(page, site):
    page.goto(f"{site}/refused.html", wait_until="networkidle")
    fill(page)
    page.click("#send")
    page.wait_for_url("**/no.html*")
    page.goto(f"{site}/refused.html", wait_until="networkidle")
    assert kept(page) == ["Buses until eight", "", True]


def test_secret_forms_are_never_kept(page, site):
    page.goto(f"{site}/secret.html", wait_until="networkidle")
    fill(page)
    assert page.evaluate("sessionStorage.length") == 0


def test_a_form_is_sent_once_and_its_button_counts(page, site):
    page.goto(f"{site}/slow.html", wait_until="networkidle")
    sent = page.evaluate(
        """() => {
          const form = document.querySelector("#f"), sent = [];
          form.addEventListener("submit", (event) => {
            sent.push(event.defaultPrevented ? "held" : new FormData(form, event.submitter).get("act"));
            event.preventDefault();
          });
          document.querySelector("#send").click();
          document.querySelector("#send").click();
          return sent;
        }"""
    )
    assert sent == ["send", "held"]
    assert page.get_attribute("#send", "aria-disabled") == "true"


def test_menu_closes_with_escape_and_gives_the_focus_back(page, site):
    page.goto(f"{site}/write.html", wait_until="networkidle")
    page.click("#menu")
    page.focus("#inside")
    page.keyboard.press("Escape")
    assert page.evaluate("document.querySelector('details.menu').open") is False
    assert page.evaluate("document.activeElement.id") == "menu"


def test_menu_closes_when_something_else_is_pressed(page, site):
    page.goto(f"{site}/write.html", wait_until="networkidle")
    page.click("#menu")
    page.click("h1")
    assert page.evaluate("document.querySelector('details.menu').open") is False


def test_a_code_is_copied_and_the_button_says_so(browser, site):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}/write.html", wait_until="networkidle")
    page.click("#copy")
    page.wait_for_function("document.querySelector('#copy').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()") == "K7QM-2XPA"
    context.close()


@pytest.mark.parametrize("width", [320, 360, 760, 1000, 1280])
def test_nothing_is_wider_than_the_window(page, site, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(f"{site}/write.html", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_controls_can_be_hit_with_a_thumb(page, site):
    page.goto(f"{site}/write.html", wait_until="networkidle")
    small = page.evaluate(
        """() => [...document.querySelectorAll("button, .button, .link, .brand, summary, textarea, .choice")]
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect().height])
            .filter(([, height]) => height > 0 && height < 44)"""
    )
    assert small == []


def test_the_first_tab_leads_to_the_content(page, site):
    page.goto(f"{site}/write.html", wait_until="networkidle")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.mark.parametrize(("device", "chosen"), [("dark", ""), ("light", "dark")])
def test_dark_paper_is_dark(browser, site, device, chosen):
    context = browser.new_context(color_scheme=device)
    page = context.new_page()
    page.goto(f"{site}/write.html")
    page.evaluate("theme => theme && document.documentElement.setAttribute('data-theme', theme)", chosen)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(23, 23, 21)"
    context.close()
