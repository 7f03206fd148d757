"""Tags and filters that every template has without loading them: icons, times, people's texts, names."""

from datetime import date, datetime
from functools import lru_cache

from django import template
from django.template.base import Parser, Token
from django.template.defaulttags import url as any_url
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.richtext import render, trusted
from pages import icons

register = template.Library()

MINUTE, HOUR, DAY = 60, 3600, 86_400
MONTH, YEAR = 30 * DAY, 365 * DAY


class Fixed(template.Node):
    """An address without arguments, which is the same on every page: worked out once in a process."""

    def __init__(self, view: str, name: str | None) -> None:
        self.view, self.name, self.address = view, name, ""

    def render(self, context: template.Context) -> str:
        try:
            self.address = self.address or reverse(self.view)
        except NoReverseMatch:
            if self.name is None:
                raise
        if self.name is None:
            return self.address
        context[self.name] = self.address
        return ""


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """Django's `{% url %}`; every page has a dozen of addresses without arguments, which are not searched anew."""
    node = any_url(parser, token)
    fixed = not (node.args or node.kwargs or node.view_name.is_var or node.view_name.filters)
    return Fixed(node.view_name.var, node.asvar) if fixed else node


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of our set, hidden from screen readers: the word stands beside it."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{}"/></svg>',
        icons.line(name),
    )


@register.filter
def moment(at: date | None) -> SafeString | str:
    """The absolute time with its zone (WIB, WITA, WIT), or the day alone for a date: `3 May 2026, 14:05 WIB`."""
    if not at:
        return ""
    if not isinstance(at, datetime):
        return format_html('<time datetime="{}">{}</time>', at.isoformat(), _day(at))
    local = timezone.localtime(at)
    clock = local.strftime("%H.%M" if get_language() == "id" else "%H:%M")
    # Translators: a day, a time of day and its zone, such as "3 May 2026, 14:05 WIB".
    words = _("%(day)s, %(clock)s %(zone)s") % {
        "day": _day(local),
        "clock": clock,
        "zone": local.tzname(),
    }
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.filter
def left(at: datetime | None) -> SafeString | str:
    """How long it is until `at`, or how long ago it was, in words, with the absolute time in the element's title."""
    if not at:
        return ""
    seconds = (at - timezone.now()).total_seconds()
    words = _coming(int(seconds)) if seconds > 0 else _gone(int(-seconds))
    local = timezone.localtime(at)
    title = f"{_day(local)} {local:%H:%M} {local.tzname()}"
    return format_html('<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="minutes"), title, words)


def _day(at: date) -> str:
    return f"{at.day} {MONTHS[at.month]} {at.year}"


def _coming(seconds: int) -> str:
    if seconds < MINUTE:
        return _("less than a minute left")
    if seconds < HOUR:
        count = seconds // MINUTE
        return ngettext("%(count)d minute left", "%(count)d minutes left", count) % {"count": count}
    if seconds < 2 * DAY:
        count = seconds // HOUR
        return ngettext("%(count)d hour left", "%(count)d hours left", count) % {"count": count}
    if seconds < 3 * MONTH:
        count = seconds // DAY
        return ngettext("%(count)d day left", "%(count)d days left", count) % {"count": count}
    count = seconds // MONTH
    return ngettext("%(count)d month left", "%(count)d months left", count) % {"count": count}


def _gone(seconds: int) -> str:
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        count = seconds // MINUTE
        return ngettext("%(count)d minute ago", "%(count)d minutes ago", count) % {"count": count}
    if seconds < 2 * DAY:
        count = seconds // HOUR
        return ngettext("%(count)d hour ago", "%(count)d hours ago", count) % {"count": count}
    if seconds < 3 * MONTH:
        count = seconds // DAY
        return ngettext("%(count)d day ago", "%(count)d days ago", count) % {"count": count}
    if seconds < 2 * YEAR:
        count = seconds // MONTH
        return ngettext("%(count)d month ago", "%(count)d months ago", count) % {"count": count}
    count = seconds // YEAR
    return ngettext("%(count)d year ago", "%(count)d years ago", count) % {"count": count}


@register.filter
def written(html: str | None, language: str | None = "") -> SafeString:
    """What somebody wrote: HTML that `moderation.richtext.render` made when it was saved, in its own language."""
    if not language:
        return format_html('<div class="written" dir="auto">{}</div>', trusted(html or ""))
    return format_html('<div class="written" lang="{}" dir="auto">{}</div>', language, trusted(html or ""))


@register.filter
def official(text: str) -> SafeString:
    """What an office wrote about a consultation, with its paragraphs and lists. The texts of many pages are few."""
    return format_html('<div class="written" dir="auto">{}</div>', trusted(_official(text)))


@lru_cache(maxsize=256)
def _official(text: str) -> str:
    return render(text, official=True)


@register.filter
def named(person: Participant | None) -> SafeString:
    """The name that somebody shows beside what they write, kept from turning the direction of the words around it."""
    if person is None:
        return format_html("<bdi>{}</bdi>", _("Guest"))
    if person.erased_at:
        return format_html("<bdi>{}</bdi>", _("Deleted account"))
    return format_html("<bdi>{}</bdi>", person.name or (_("Guest") if person.is_guest else _("Participant")))


@register.filter
def holds(person: Participant | None, role: str) -> bool:
    """Whether somebody acts as `role` in any organisation: for links in the menu, never for permission."""
    return person is not None and any(role in held for held in person.roles.values())


@register.simple_tag
def foreign(language: str) -> str:
    """The `lang` attribute of words in another language than the page's; nothing where it is the same or not known."""
    told = language and language not in ("und", get_language())
    return format_html(' lang="{}"', language) if told else ""
