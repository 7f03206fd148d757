"""Results as pictures: hands figures and their words to `methods.figures`."""

from methods.figures import BarRow, Bars, RoundsFlow, bars, rounds_flow
from polls.actions import QuestionResult
from polls.actions.results import percent, spoken
from polls.models import CountingRule


def result_bars(result: QuestionResult) -> Bars | None:
    """Bars of a result, the longest first; None where there are no votes by option."""
    if not result.rows or result.outcome is None:
        return None
    whole = result.outcome.valid
    rows = [
        BarRow(row.text, row.votes, spoken(row.votes), f"{percent(row.votes, whole)} %", row.chosen)
        for row in result.rows
    ]
    return bars(rows, total=whole, key=f"bars-{result.question.pk}")


def run_off(result: QuestionResult) -> RoundsFlow | None:
    """The rounds of an instant run-off; None for other rules and for a single round."""
    outcome = result.outcome
    if outcome is None or outcome.rule != CountingRule.IRV or len(outcome.rounds) < 2:
        return None
    return rounds_flow(outcome.rounds, result.question.names, number=spoken, key=f"rounds-{result.question.pk}")
