"""What is read from a page: its parts, with a parser that errs like browsers do; and every address there is."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.places import address, ask, url_names
from tests.permissions.world import World

ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "ping", "srcset"}
SAFE = ("http://", "https://", "mailto:", "data:image/", "/", "#", "?")
RUNS = {"script", "iframe", "object", "embed", "base", "frame", "frameset", "applet", "foreignobject", "animate", "set"}


@dataclass
class Page(HTMLParser):
    """Elements of a page: all tags with their attributes, texts of scripts and styles, links."""

    html: str
    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside = ""
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        data = ("type", "application/json") in attrs  # a data block: nothing in it runs
        self._inside = "" if data else tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in ("script", "style") and data.strip():
            self.inline.append(data.strip())

    def count(self, tag: str) -> int:
        return sum(name == tag for name, _attributes in self.tags)

    def links(self) -> set[str]:
        """Where the links of the page lead."""
        return {attributes["href"] for tag, attributes in self.tags if tag == "a" and "href" in attributes}

    def dangers(self) -> list[str]:
        """What could run: scripts that are not ours, inline scripts and styles, handlers, addresses that run."""
        found = list(self.inline)
        for tag, attributes in self.tags:
            if tag == "script":
                ours = (
                    attributes.get("src", "").startswith(("/static/", "/admin/jsi18n/"))
                    or attributes.get("type") == "application/json"
                )
                found += [] if ours else [f"<script {attributes}>"]
            elif tag in RUNS:
                found.append(f"<{tag} {attributes}>")
            for name, value in attributes.items():
                address = value.strip().lower()
                runs = name in ADDRESSES and ":" in address.split("/")[0] and not address.startswith(SAFE)
                if (
                    name.startswith("on")
                    or name in ("style", "srcdoc")
                    or (runs and not address.startswith("data:image/"))
                ):
                    found.append(f"<{tag} {name}={value!r}>")
        return found


def body_of(response: Any) -> str:
    """The text of an answer, streamed or not; what is no text is empty."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode(errors="replace")


def is_html(response: HttpResponse) -> bool:
    return response.get("Content-Type", "").startswith("text/html")


def admin_addresses() -> list[str]:
    """Start, lists and forms of the operators' door that take no row."""
    found = []
    for pattern in get_resolver().url_patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace == "admin":
            names = [one.name for one in _flat(pattern) if one.name and not one.pattern.regex.groups]
            found = [reverse(f"admin:{name}") for name in names if name not in ("logout", "autocomplete", "jsi18n")]
    return found


def _flat(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in resolver.url_patterns:
        found += _flat(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


def read_all(world: World, client: Client) -> dict[str, Any]:
    """The answer to a GET of every address of the site, by url name."""
    return {name: ask(world, client, "GET", name) for name in url_names()}


def addresses(world: World) -> dict[str, str]:
    """Every address of the site, by url name."""
    return {name: address(world, name) for name in url_names()}
