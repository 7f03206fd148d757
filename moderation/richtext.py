"""The one function from what people type to safe HTML, called when text is saved, never when it is read.

Markdown first (which lets no HTML through), then bleach with a list of what may stay. Nothing else makes safe HTML.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import partial
from typing import Any

from bleach.linkifier import LinkifyFilter
from bleach.sanitizer import Cleaner
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy, ngettext_lazy
from markdown_it import MarkdownIt
from markdown_it.token import Token

MAX_BYTES = 8192
MAX_LINKS = 20
MAX_NESTING = 20

TAGS = frozenset({"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"})
OFFICIAL_TAGS = TAGS | {"h2", "h3"}
ATTRIBUTES = {"a": ["href", "rel"], "ol": ["start"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
REL = "nofollow ugc noopener"

_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`\\^{}|\[\]]+", re.IGNORECASE)
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b")
_OPENS = frozenset({"blockquote_open", "list_item_open"})
_CLOSES = frozenset({"blockquote_close", "list_item_close"})
# Headings, images, rules and link definitions do not belong into a contribution: their signs stay as they were typed.
_OFF = ["heading", "lheading", "hr", "image", "reference", "html_block", "html_inline"]

_TARGET = re.compile(r"https?://[^/]|mailto:[^?]+$|/(?![/\\])", re.IGNORECASE)

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 2 * MAX_NESTING + 2}).disable(_OFF)
_markdown.validateLink = lambda url: _TARGET.match(url) is not None  # type: ignore[method-assign]  # its own extension point
_official = MarkdownIt("commonmark", {"html": False, "breaks": False, "maxNesting": 2 * MAX_NESTING + 2})
_official.disable([rule for rule in _OFF if rule not in ("heading", "lheading")])
_official.validateLink = _markdown.validateLink  # type: ignore[method-assign]  # its own extension point
_local = threading.local()


def render(body: str, *, official: bool = False) -> str:
    """Safe HTML of the Markdown `body`. Links carry `rel="nofollow ugc noopener"`; bare http addresses become links.

    An `official` text (a notice, what a consultation is about) has headings too, below the h1 of its page, and its
    lines flow; what people say has neither.
    """
    if official:
        tokens = _below_the_title(_official.parse(tidy(body)))
        return _cleaner(official=True).clean(_official.renderer.render(tokens, _official.options, {})).strip()
    html = _markdown.renderer.render(_parse(tidy(body)), _markdown.options, {})
    return _cleaner().clean(html).strip()


def tidy(text: str) -> str:
    """`text` in NFC with plain line ends, without control characters, lone surrogates and marks that turn direction.

    Joiners stay: Javanese, Sundanese and Arabic script need them.
    """
    text = unicodedata.normalize("NFC", _LINES.sub("\n", text))
    return "".join(sign for sign in text if _stays(sign)).strip()


def limits(body: str) -> None:
    """Raises ValidationError, in words that say what to do, when `body` is longer than 8 kB of UTF-8, holds more than
    20 links or nests quotes and lists deeper than 20. Fit to be a validator of a form's field.
    """
    body = tidy(body)
    length = len(body.encode())
    if length > MAX_BYTES:
        over = max(1, len(body) - len(body.encode()[:MAX_BYTES].decode(errors="ignore")))
        raise _problem(
            ngettext_lazy(
                "Your text is too long by %(number)d character. Please shorten it, or send it in two parts.",
                "Your text is too long by %(number)d characters. Please shorten it, or send it in two parts.",
                "number",
            ),
            "long",
            over,
        )
    tokens = _parse(body)
    if _links(tokens) > MAX_LINKS:
        raise _problem(
            gettext_lazy("Your text holds more than %(number)d links. Please keep those that matter most."),
            "links",
            MAX_LINKS,
        )
    if _depth(tokens) > MAX_NESTING:
        raise _problem(
            gettext_lazy("Quotes and lists stand deeper than %(number)d levels. Please take some of the levels out."),
            "nesting",
            MAX_NESTING,
        )


def trusted(html: str) -> SafeString:
    """Marks HTML that `render` made (and that was stored with its text) as safe for templates."""
    return mark_safe(html)  # noqa: S308  the only place; everything that comes here went through `render`


def _parse(body: str) -> list[Token]:
    """What `body` consists of. The text parsed last is remembered: who sends it has it checked, then rendered."""
    known: tuple[str, list[Token]] = getattr(_local, "parsed", ("", []))
    if known[0] != body:
        known = _local.parsed = (body, _markdown.parse(body))
    return known[1]


def _below_the_title(tokens: list[Token]) -> list[Token]:
    """The headings of the highest level that a text uses become h2, all others h3."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    highest = min((token.tag for token in headings), default="")
    for token in headings:
        token.tag = "h2" if token.tag == highest else "h3"
    return tokens


def _stays(sign: str) -> bool:
    return sign in "\n\t" or (sign not in _BIDI and unicodedata.category(sign) not in ("Cc", "Cs"))


def _problem(message: str | Promise, code: str, number: int) -> ValidationError:
    return ValidationError(message, code=code, params={"number": number})  # type: ignore[arg-type]  # lazy plural


def _links(tokens: Iterable[Token]) -> int:
    """Links written as Markdown, and bare addresses that will become links."""
    found = 0
    for token in tokens:
        if token.type == "link_open":
            found += 1
        elif token.type == "text":
            found += len(_ADDRESS.findall(token.content))
        found += _links(token.children or ())
    return found


def _depth(tokens: Iterable[Token]) -> int:
    deepest = now = 0
    for token in tokens:
        now += (token.type in _OPENS) - (token.type in _CLOSES)
        deepest = max(deepest, now)
    return deepest


def _cleaner(*, official: bool = False) -> Cleaner:
    """bleach's cleaners keep state while they work, so each thread has its own."""
    name, tags = ("official", OFFICIAL_TAGS) if official else ("cleaner", TAGS)
    cleaner: Cleaner | None = getattr(_local, name, None)
    if cleaner is None:
        linkify = partial(LinkifyFilter, callbacks=[_mark_link], skip_tags={"pre", "code"}, url_re=_ADDRESS)
        cleaner = Cleaner(tags=tags, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True, filters=[linkify])
        setattr(_local, name, cleaner)
    return cleaner


def _mark_link(attrs: dict[Any, Any], new: bool = False) -> dict[Any, Any] | None:
    """Marks a link as other people's; one that leads nowhere is taken off its words."""
    if not _TARGET.match(attrs.get((None, "href"), "")):
        return None
    attrs[(None, "rel")] = REL
    return attrs
