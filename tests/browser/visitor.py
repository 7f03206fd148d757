"""Somebody who looks at the site: a browser context with a role, a device and a language, and what goes wrong there."""

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from tests.browser.site import PASSWORD, Site

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
REFUSAL = re.compile(r"the server responded with a status of 4\d\d")  # the console repeats what `problems` has
LOCALES = {"id": "id-ID", "en": "en-GB"}


class Visitor:
    """A context with one page. `problems` gathers console errors, failed requests and answers that were not awaited."""

    def __init__(
        self,
        site: Site,
        browser: Browser,
        role: str = "",
        *,
        phone: bool = True,
        language: str = "id",
        theme: str = "light",
        javascript: bool = True,
    ) -> None:
        self.site = site
        self.problems: list[str] = []
        self.awaited: set[int] = set()
        self.context = browser.new_context(
            base_url=site.address,
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type] (a TypedDict of these two)
            has_touch=phone,
            locale=LOCALES[language],
            timezone_id="Asia/Jakarta",
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(15_000)
        if role:
            self.context.add_cookies(self._session(role))
        self.context.request.post("/language/", form={"language": language}, max_redirects=0)
        self.page = self.new_page()

    def new_page(self) -> Page:
        """One more page of the same visitor, watched like the first."""
        page = self.context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.problems.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        return page

    def awaits(self, status: int) -> None:
        """Answers with this status are part of the story."""
        self.awaited.add(status)

    def go(self, path: str) -> Page:
        """Open an address of the site."""
        self.page.goto(path)
        return self.page

    def press(self, name: str | re.Pattern[str], role: str = "button", within: str = "body") -> None:
        """Press the first button (or link) that is called `name`."""
        self.page.locator(within).get_by_role(role, name=name).first.click()  # type: ignore[arg-type] (an aria role)

    def at(self) -> str:
        """The path of the page."""
        return urlsplit(self.page.url).path

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    def leave(self) -> None:
        self.context.close()

    def sign_in(self, email: str) -> None:
        """Fill in the sign-in page that is open, with the password of the stories."""
        self.page.locator("main details summary").click()
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", PASSWORD)
        self.page.locator("main details form button").click()

    def _session(self, role: str) -> list[Any]:
        """The cookies of the account that has the role; it signs in once, for all who are called later."""
        if role not in self.site.sessions:
            request = self.context.request
            request.get("/account/login/")
            (token,) = [one["value"] for one in self.context.cookies() if one["name"] == "csrftoken"]
            form = {"login": f"{role}@rembuk.example", "password": PASSWORD, "csrfmiddlewaretoken": token}
            answer = request.post("/account/login/", form=form, headers={"Referer": self.site.address}, max_redirects=0)
            assert answer.status == 302, f"{role}: {answer.text()}"
            self.site.sessions[role] = self.context.cookies()
        return self.site.sessions[role]

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not REFUSAL.search(message.text):
            self.problems.append(f"{self.page.url}: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # what was under way when somebody went on to the next page
            self.problems.append(f"{request.method} {request.url}: {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.awaited:
            self.problems.append(f"{response.request.method} {response.url}: {response.status}")
