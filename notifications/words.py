"""Says a notice in the reader's language, made from its facts when it is read: on the page and in e-mails alike."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from consultations.models import PhaseKind
from jobs import registry
from jobs.models import State
from moderation.models import Outcome as Verdict
from notifications.models import Kind, Notice
from summaries.models import Outcome, Settlement


@dataclass(frozen=True)
class Words:
    """A notice in words: `title` (one sentence), `text` (reasons, or what to do), `own` (one's own words).

    `language` is that of `own`, `written` that of what the office wrote. `clause` is the clause that changed: its
    name, `url`, and `difference` ("same" | "gone" | "new", words) where it is short enough.
    """

    title: str
    text: str = ""
    own: str = ""
    language: str = ""
    written: str = ""
    more: str = ""
    clause: str = ""
    clause_url: str = ""
    change: str = ""
    difference: tuple[tuple[str, str], ...] = ()

    @property
    def before(self) -> str:
        """The wording before the change, for mails, which cannot draw it."""
        return " ".join("".join(words for kind, words in self.difference if kind != "new").split())

    @property
    def now(self) -> str:
        """The wording since the change."""
        return " ".join("".join(words for kind, words in self.difference if kind != "gone").split())


def say(notice: Notice) -> Words:
    """The words of `notice` in the active language."""
    return _SAYERS[Kind(notice.kind)](notice.facts)


def _decision(facts: dict[str, Any]) -> Words:
    if facts["outcome"] == Verdict.APPROVE:
        title = _("Your text in “%(where)s” has been published.") % facts
        return Words(title, facts["reasons"], facts["own"], facts["language"])
    rule = facts["rule"]
    if rule is None:
        title = _("A moderator hid your text in “%(where)s”.") % facts
    else:
        named = rule["en"] if translation.get_language() == "en" else rule["id"]
        title = _("A moderator hid your text in “%(where)s”: rule %(number)d, %(rule)s.") % {
            "where": facts["where"],
            "number": rule["number"],
            "rule": named,
        }
    return Words(title, facts["reasons"], facts["own"], facts["language"])


def _answer(facts: dict[str, Any]) -> Words:
    if "settlement" in facts:
        return _settled(facts)
    said = {"label": facts["label"], "where": facts["where"]}
    own = {"own": facts.get("own", ""), "language": facts.get("own_language", ""), "more": _others(facts)}
    if "outcome" not in facts:
        title = _("Your words are in the theme “%(label)s” of the summary of “%(where)s”.") % said
        return Words(title, _("It has not been decided yet. %(who)s answers.") % {"who": facts["responsible"]}, **own)
    outcome = Outcome(facts["outcome"]).label
    title = _("Your words are in the theme “%(label)s” of “%(where)s”. Decision: %(outcome)s.") % {
        **said,
        "outcome": outcome,
    }
    return Words(title, facts["reason"], written=facts["language"], **own, **_clause(facts.get("clause")))


def _others(facts: dict[str, Any]) -> str:
    """How many more texts of one's own stand in the same theme."""
    more = facts.get("count", 1) - 1
    if more < 1:
        return ""
    return ngettext("And %(count)d more text of yours.", "And %(count)d more texts of yours.", more) % {"count": more}


def _clause(facts: dict[str, Any] | None) -> dict[str, Any]:
    """The clause that a decision names, and what changed in it."""
    if facts is None:
        return {}
    change = ""
    if facts.get("changed"):
        change = _("Changed in version %(number)d:") % {"number": facts["version"]}
    difference = tuple((str(kind), str(words)) for kind, words in facts.get("difference", []))
    return {"clause": facts["name"], "clause_url": facts["url"], "change": change, "difference": difference}


def _settled(facts: dict[str, Any]) -> Words:
    """What became of words that were called misread."""
    if facts["settlement"] == Settlement.KEPT:
        place = _("Your words stay where they are.")
    elif facts["moved_to"]:
        place = _("From the next summary on your words belong to the theme “%(moved_to)s”.") % facts
    else:
        place = _("From the next summary on your words stand in no theme.")
    title = " ".join([_("You said that you were misread in “%(where)s”.") % facts, place])
    own, language = facts.get("own", ""), facts.get("own_language", "")
    return Words(title, facts["reason"], own, language, facts["language"])


def _official(facts: dict[str, Any]) -> Words:
    count = facts["mark"]
    said = {"count": count, "who": facts["organisation"], "where": facts["where"]}
    if count == 1:
        return Words(_("%(who)s replied to you in “%(where)s”.") % said)
    return Words(_("%(who)s replied to you %(count)d times in “%(where)s”.") % said)


def _reply(facts: dict[str, Any]) -> Words:
    count = facts["mark"]
    said = {"count": count, "where": facts["where"]}
    if facts["text"] == "thread":
        words = ngettext(
            "%(count)d new post in your thread “%(where)s”.", "%(count)d new posts in your thread “%(where)s”.", count
        )
    else:
        words = ngettext(
            "%(count)d reply to what you wrote in “%(where)s”.",
            "%(count)d replies to what you wrote in “%(where)s”.",
            count,
        )
    return Words(words % said)


def _poll(facts: dict[str, Any]) -> Words:
    if facts.get("reminder"):
        title = _("You can still vote in “%(where)s”: %(question)s") % facts
        return Words(title, _until(facts["closes_at"]))
    title = _("A new poll in “%(where)s”: %(question)s") % {"where": facts["where"], "question": facts["question"]}
    return Words(title, _until(facts["closes_at"]))


def _phase(facts: dict[str, Any]) -> Words:
    name = facts["title"] or str(PhaseKind(facts["phase"]).label)
    return Words(
        _("“%(where)s” has a new phase: %(phase)s.") % {"where": facts["where"], "phase": name},
        _until(facts["ends_at"]),
    )


def _job(facts: dict[str, Any]) -> Words:
    try:
        work = _(registry.find(facts["work"]).title or "Work")
    except LookupError:  # a kind that an older version knew
        work = _("Work")
    if facts["state"] == State.DONE:
        return Words(_("%(work)s: it is done.") % {"work": work})
    return Words(_("%(work)s: it could not be done.") % {"work": work})


def _until(at: str) -> str:
    end: datetime | None = parse_datetime(at) if at else None
    return until(end) if end else ""


def until(end: datetime) -> str:
    """The last moment in words, with its zone."""
    local = timezone.localtime(end)
    clock = local.strftime("%H.%M" if translation.get_language() == "id" else "%H:%M")
    return _("Until %(day)s, %(clock)s %(zone)s.") % {
        "day": date_format(local, "j F Y"),
        "clock": clock,
        "zone": local.tzname(),
    }


_SAYERS: dict[Kind, Callable[[dict[str, Any]], Words]] = {
    Kind.DECISION: _decision,
    Kind.ANSWER: _answer,
    Kind.OFFICIAL: _official,
    Kind.REPLY: _reply,
    Kind.POLL: _poll,
    Kind.PHASE: _phase,
    Kind.JOB: _job,
}
