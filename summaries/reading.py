"""Reads a summary for people: themes with their words, figures and decisions, and the numbers with what they count.

Words whose source was hidden, withdrawn or changed since are taken out here, with a note in their place; numbers stay.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language, get_language_info, pgettext
from django.utils.translation import gettext as _

from consultations.models import Clause, Consultation, Stance
from methods.figures import StanceBar, stance_bar
from polls.actions import QuestionResult, read_result
from polls.models import Poll
from polls.rules import may_see_results
from summaries.changed import Parts, changed_clauses, parts_of
from summaries.models import Build, Citation, Kind, Place, Reason, Theme, ThemeDecision, Translation
from summaries.outside import Numbers, outside
from summaries.personal import Mask
from summaries.sources import Contribution, find, public_keys

T = TypeVar("T")
_UNREAD = [reason for reason in Reason.values if reason != Reason.NO_WORDS]
DRAWN = {Stance.CHANGES: "support_with_changes"}  # the names that figures and documents have for stances


@dataclass(frozen=True)
class QuoteView:
    """Words of a contribution; `source` is None when they may no longer be shown. `words` is the quote with personal
    data masked; `translation` is in the reader's language, if somebody made one, and `translated` its masked words.
    """

    citation: Citation
    source: Contribution | None
    translation: Translation | None = None
    words: str = ""
    translated: str = ""


@dataclass(frozen=True)
class ThemeView:
    """A theme as it is read. `removed` counts quotes that were taken out since the summary was built.

    `numbers` are its counts: those of the theme itself, or those without campaigns. `change` is the clause that changed
    because of its decision, `difference` its words before and after.
    """

    theme: Theme
    quotes: list[QuoteView]
    removed: int
    figure: StanceBar | None
    title: str
    sentence: str
    url: str
    numbers: Theme | Numbers
    change: Clause | None = None
    difference: Parts = field(default_factory=list)

    @property
    def repeated(self) -> int:
        """How many of the contributions belong to campaigns."""
        return max(self.theme.contributions - self.theme.outside_campaigns, 0)


@dataclass(frozen=True)
class PollView:
    """The result of a poll in words, or why there is none yet; `results` of its questions by key, once public."""

    poll: Poll
    sentence: str
    public: bool
    results: dict[str, QuestionResult]

    def words(self, key: str) -> str:
        """The result of the question `key`, with its quorum and majority: where they are not met it does not hold."""
        found = self.results.get(key)
        return " ".join([found.sentence, *(one.sentence for one in found.requirements)]) if found else self.sentence

    def holds(self, key: str) -> bool:
        """Whether the question `key` has a result that meets what was asked of it."""
        return key in self.results and all(one.met for one in self.results[key].requirements)

    @property
    def told(self) -> str:
        """The results of all questions, one after the other."""
        many = len(self.results) > 1
        each = [
            f"{one.question.text} {self.words(key)}" if many else self.words(key) for key, one in self.results.items()
        ]
        return " ".join(each) or self.sentence


def spoken(number: int) -> str:
    """A whole number with the separators of the language."""
    return str(number_format(number, force_grouping=True))


def percent(part: int, whole: int) -> str:
    """A share as people write it: `61,2 %` in Indonesian, `61.2%` in English. Empty without a whole."""
    if not whole:
        return ""
    share = number_format((part * 2000 + whole) // (2 * whole) / 10, decimal_pos=1)
    # Translators: a number and the sign for per cent, as the language writes it.
    return pgettext("share", "%(number)s%%") % {"number": share}


def read_themes(
    build: Build, themes: Iterable[Theme] | None = None, *, numbers: Mapping[int, Numbers] | None = None
) -> list[ThemeView]:
    """The themes of `build` (or those given), biggest first. The number of queries does not depend on how many.

    numbers: counts by theme that take the place of the themes' own, without campaigns; then campaigns are not quoted.
    """
    newest = ThemeDecision.objects.select_related("decided_by", "clause__version")
    if themes is None:
        standing = build.themes.standing().select_related("renamed_by")
        themes = standing.prefetch_related(Prefetch("decisions", queryset=newest))
    rows = list(themes)
    for theme in rows:
        theme.build = build
    quoted = Citation.objects.filter(theme__in=rows).exclude(quote_rank=None).order_by("quote_rank")
    by_theme: dict[int, list[Citation]] = {}
    for citation in quoted if numbers is None else outside(quoted):
        by_theme.setdefault(citation.theme_id or 0, []).append(citation)
    keys = {one.source_key for many in by_theme.values() for one in many}
    sources = find(build.consultation, keys)
    told = translations_of(build.consultation, keys)
    mask = Mask.of(build)
    changed = changed_clauses(theme.decision for theme in rows if theme.decision)
    return [
        _theme(
            theme,
            theme if numbers is None else numbers.get(theme.pk, Numbers()),
            [_quote(one, still_said(one, sources), told, mask) for one in found],
            changed.get(theme.decision.pk) if theme.decision else None,
        )
        for theme in rows
        for found in [by_theme.get(theme.pk, [])]
    ]


def _quote(
    citation: Citation, source: Contribution | None, told: Mapping[tuple[str, str], Translation], mask: Mask
) -> QuoteView:
    made = told.get((citation.source_key, citation.quote))
    return QuoteView(citation, source, made, mask.quote(citation, source), mask.text("", made.text) if made else "")


def translations_of(consultation: Consultation, keys: Collection[str]) -> dict[tuple[str, str], Translation]:
    """(source, quote) → its newest translation into the active language, made for this or an earlier summary."""
    if not keys:
        return {}
    rows = Translation.objects.filter(
        citation__build__consultation=consultation, citation__source_key__in=keys, language=get_language() or "id"
    )
    return {(one.citation.source_key, one.citation.quote): one for one in rows.select_related("citation")}


def _theme(theme: Theme, numbers: Theme | Numbers, quotes: list[QuoteView], change: Clause | None) -> ThemeView:
    kept = [one for one in quotes if one.source]
    title, sentence = _stance_words(numbers)
    url = reverse("summaries:theme", args=[theme.build.consultation.slug, theme.build_id, theme.key])
    figure = _figure(numbers.stances, f"stances-{theme.number}")
    parts = parts_of(change) if change else []
    return ThemeView(theme, kept, len(quotes) - len(kept), figure, title, sentence, url, numbers, change, parts)


def still_said(citation: Citation, sources: Mapping[str, Contribution]) -> Contribution | None:
    """The source of a quote, if everybody may read it and it still holds the words exactly."""
    source = sources.get(citation.source_key)
    if source is None or not citation.quote:
        return None
    return source if source.body[citation.start : citation.end] == citation.quote else None


def stance_names() -> dict[str, str]:
    """What the stances are called beside a count."""
    return {
        Stance.SUPPORT: _("support"),
        Stance.CHANGES: _("support with changes"),
        Stance.UNSURE: _("unsure"),
        Stance.QUESTION: _("question"),
        Stance.OPPOSE: _("oppose"),
    }


def drawn(stances: Mapping[str, T]) -> dict[str, T]:
    """What is kept by stance, under the names that figures and documents have for stances."""
    return {DRAWN.get(Stance(stance), str(stance)): value for stance, value in stances.items()}


def _figure(stances: Mapping[str, int], key: str) -> StanceBar | None:
    total = sum(stances.values())
    if not total:
        return None
    texts = {stance: f"{spoken(count)} ({percent(count, total)})" for stance, count in stances.items()}
    return stance_bar(drawn(stances), drawn(stance_names()), texts=drawn(texts), number=spoken, key=key)


def _stance_words(theme: Theme | Numbers) -> tuple[str, str]:
    """The finding of a theme's stances, and the sentence with its whole."""
    total = sum(theme.stances.values())
    if not total:
        return "", ""
    most = max(theme.stances.values())
    first = [name for stance, name in stance_names().items() if theme.stances.get(stance) == most]
    facts = {
        "stance": first[0],
        "stances": ", ".join(first),
        "count": spoken(most),
        "total": spoken(total),
        "all": spoken(theme.contributions),
    }
    title = _("Most often: %(stance)s (%(count)s of %(total)s)") % facts
    if len(first) > 1:
        title = _("Undecided between: %(stances)s (%(count)s each, of %(total)s)") % facts
    return title, _("%(total)s of %(all)s contributions say where they stand.") % facts


def read_polls(consultation: Consultation) -> list[PollView]:
    """The polls of `consultation` with their results, as far as everybody may see them."""
    polls = Poll.objects.published().filter(consultation=consultation).prefetch_related("questions")
    views = []
    for poll in polls.select_related("consultation"):
        verdict = may_see_results(None, poll)
        result = read_result(poll) if verdict else None
        found = {one.question.key: one for one in result.questions} if result else {}
        views.append(PollView(poll, result.sentence if result else verdict.reason, bool(verdict), found))
    return views


def kind_name(kind: str) -> str:
    """The kind of contributions in the plural."""
    return {
        Kind.COMMENT: _("comments"),
        Kind.POST: _("forum posts"),
        Kind.REMARK: _("answers in polls"),
        Kind.STATEMENT: _("statements"),
    }[Kind(kind)]


def stance_label(stance: str) -> str:
    """A rare stance, in words."""
    return _("stance: %(name)s") % {"name": stance_names().get(Stance(stance), stance)}


def language_name(code: str) -> str:
    """A language, in its reader's words where Django knows it, else by its code."""
    known = {"id": _("Indonesian"), "en": _("English"), "jv": _("Javanese"), "su": _("Sundanese")}
    if code in known:
        return known[code]
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return _("language “%(code)s”") % {"code": code} if code != "und" else _("language not recognised")


def changes_since(build: Build) -> tuple[int, int]:
    """How many contributions have come since `build`, and how many of those in it can no longer be read."""
    now = public_keys(build.consultation)
    known = build.citations.filter(rank=0).exclude(place=Place.LEFT_OUT, reason__in=_UNREAD)
    places = dict(known.order_by().values_list("source_key", "place"))
    gone = sum(place != Place.LEFT_OUT and key not in now for key, place in places.items())
    return len(now - places.keys()), gone


def without_successor(build: Build) -> list[Theme]:
    """Themes of the build before that have a decision, but no theme in `build` to carry it on."""
    before = (
        Build.objects.finished()
        .filter(consultation=build.consultation_id, created_at__lt=build.created_at)
        .newest()
        .first()
    )
    if before is None:
        return []
    gone = before.themes.standing().exclude(decisions=None).exclude(key__in=build.themes.standing().values("key"))
    return list(gone.select_related("build__consultation").distinct())
