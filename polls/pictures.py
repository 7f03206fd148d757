"""Results as pictures: hands figures and their words to `methods.figures`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from methods.figures import BarRow, Bars, RoundsFlow, bars, rounds_flow
from polls.actions import QuestionResult, Row
from polls.actions.results import whole_of
from polls.actions.sentences import amount, percent
from polls.asking import spoken
from polls.models import CountingRule, Question, QuestionKind

COLUMN = 40  # width of a column of a histogram, in units of the drawing


@dataclass(frozen=True)
class Column:
    """One column of a histogram: its place, its height in hundredths, and what stands in the table."""

    label: str
    count: int
    x: int
    height: int

    @property
    def y(self) -> int:
        """Its upper edge."""
        return 102 - self.height


@dataclass(frozen=True)
class Histogram:
    """How numbers are spread. facts: what is said beside it, such as the median."""

    name: str
    width: int
    columns: list[Column]
    facts: str


def heading(question: Question) -> str:
    """What the figures of the question's options are."""
    if question.rule in (CountingRule.IRV, CountingRule.STV):
        return _("First choices")
    if question.kind == QuestionKind.SCORE or question.rule == CountingRule.BORDA:
        return _("Points for each answer")
    if question.kind == QuestionKind.CONSENT:
        return _("What people said to the proposal")
    return _("Votes for each project") if question.kind == QuestionKind.BUDGET else _("Votes for each answer")


def result_bars(result: QuestionResult) -> Bars | None:
    """Bars of a result, the longest first; None where there are no votes by option."""
    if not result.rows or result.outcome is None:
        return None
    whole = whole_of(result.question, result.outcome)
    rows = [
        BarRow(row.text, round(row.votes), amount(row.votes, ""), _beside(result, row, whole), row.chosen)
        for row in result.rows
    ]
    return bars(rows, total=whole, key=f"bars-{result.question.pk}")


def _beside(result: QuestionResult, row: Row, whole: int) -> str:
    if result.question.kind == QuestionKind.SCORE:
        return _("%(mean)s on average") % {"mean": amount(row.votes / (result.valid or 1), "")}
    return f"{percent(round(row.votes), whole)} %"


def histograms(result: QuestionResult) -> list[Histogram]:
    """How points or numbers are spread; empty for other kinds."""
    question = result.question
    if result.numbers is not None and result.numbers.valid:
        unit = question.settings.get("unit", "")
        bins = [(f"{amount(one.low, '')}–{amount(one.high, '')}", one.count) for one in result.numbers.bins]
        facts = {"median": amount(result.numbers.median, unit), "mean": amount(result.numbers.mean, unit)}
        return [_histogram("", bins, _("Median %(median)s, mean %(mean)s") % facts)]
    found = []
    for row in result.rows:
        if "histogram" in row.figures:
            facts = {
                "n": spoken(row.figures["n"]), "median": amount(row.figures["median"], ""),
                "top": percent(float(row.figures["top_two"]) * 100, 100),
            }  # fmt: skip
            said = _("%(n)s people, median %(median)s; %(top)s%% gave one of the two highest.") % facts
            counts = [(str(score), number) for score, number in sorted(row.figures["histogram"].items())]
            found.append(_histogram(row.text, counts, said))
    return found


def _histogram(name: str, counts: list[tuple[str, int]], facts: str) -> Histogram:
    most = max(count for _label, count in counts) or 1
    columns = [
        Column(label, count, place * COLUMN, round(count * 100 / most)) for place, (label, count) in enumerate(counts)
    ]
    return Histogram(name, len(columns) * COLUMN, columns, facts)


def run_off(result: QuestionResult) -> RoundsFlow | None:
    """The rounds of an instant run-off; None for other rules and for a single round."""
    outcome = result.outcome
    if outcome is None or outcome.rule != CountingRule.IRV or len(outcome.rounds) < 2:
        return None
    return rounds_flow(outcome.rounds, result.question.names, number=spoken, key=f"rounds-{result.question.pk}")


def stages(result: QuestionResult) -> list[tuple[str, list[str]]]:
    """The stages of a single transferable vote: each option with its votes in them, marked where it settles."""
    outcome = result.outcome
    if outcome is None or outcome.rule != CountingRule.STV:
        return []
    names = result.question.names
    return [(names[key], [_stage(one, key) for one in outcome.rounds]) for key in names]


def _stage(one: object, key: str) -> str:
    totals = getattr(one, "totals", {})
    if key not in totals:
        return "–"
    said = amount(float(totals[key]), "")
    if key in getattr(one, "elected", ()):
        return f"{said} ({_('elected')})"
    return f"{said} ({_('out')})" if key in getattr(one, "eliminated", ()) else said
