"""The answer to a question in one sentence, its denominator first."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from methods.counting import Outcome
from polls.actions.numbers import Numbers
from polls.asking import money, spoken
from polls.models import CountingRule, Position, Question, QuestionKind

BUDGETS = {CountingRule.BUDGET_GREEDY, CountingRule.BUDGET_EQUAL_SHARES}
SCORES = {CountingRule.SCORE, CountingRule.STAR}


def percent(part: float, whole: float) -> str:
    """The share with one decimal in the language's writing, rounded half up."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return str(number_format(int(tenths) / 10, decimal_pos=1))


def sentence(question: Question, outcome: Outcome) -> str:
    """The answer in one sentence, its denominator first: those who answered the question."""
    if not outcome.valid:
        return _("No votes can be shown yet.") if not question.poll.is_complete else _("Nobody voted.")
    facts = {"voted": spoken(outcome.valid), "chosen": listed_names(question, outcome)}
    if outcome.rule == CountingRule.CONSENT:
        return _consent(outcome, facts)
    if outcome.rule in BUDGETS:
        return _budget(question, outcome, facts)
    if not outcome.winners:
        return _("Nobody voted.")
    if outcome.rule in (CountingRule.PLURALITY, CountingRule.APPROVAL):
        return _sums(outcome, facts)
    if outcome.rule == CountingRule.IRV:
        return _run_off(outcome, facts)
    if outcome.rule in SCORES:
        return _scores(outcome, facts)
    if outcome.rule == CountingRule.QUADRATIC:
        votes = outcome.totals[outcome.winners[0]]
        text = _("Of %(voted)s who answered, most votes went to %(chosen)s: %(votes)s.")
        return text % (facts | {"votes": spoken(votes)})
    if outcome.rule == CountingRule.STV:
        return _("Of %(voted)s who voted, the single transferable vote elected %(chosen)s.") % facts
    if outcome.rule == CountingRule.BORDA:
        return _("Of %(voted)s who voted, %(chosen)s has the most points for places.") % facts
    return _("Of %(voted)s who voted, compared two by two, most prefer %(chosen)s.") % facts


def decision(question: Question, outcome: Outcome) -> str:
    """What was decided, without a figure."""
    if not outcome.valid:
        return _("Nobody voted.")
    if question.kind == QuestionKind.CONSENT:
        return _("The proposal passes.") if outcome.winners else _("The proposal does not pass.")
    if not outcome.winners:
        return _("No project can be paid.") if question.kind == QuestionKind.BUDGET else _("Nobody voted.")
    chosen = {"chosen": listed_names(question, outcome)}
    if any(tie.how == "reported" for tie in outcome.ties):
        return _("The vote ended in a tie between %(chosen)s.") % chosen
    return _("The vote decided for %(chosen)s.") % chosen


def numbers_sentence(question: Question, numbers: Numbers) -> str:
    """The middle and the mean of numbers that people wrote."""
    if not numbers.valid:
        return _("No votes can be shown yet.") if not question.poll.is_complete else _("Nobody voted.")
    unit = question.settings.get("unit", "")
    facts = {"voted": spoken(numbers.valid), "median": amount(numbers.median, unit), "mean": amount(numbers.mean, unit)}
    return _("Of %(voted)s who answered, half wrote %(median)s or less; the mean is %(mean)s.") % facts


def amount(number: object, unit: str) -> str:
    """A number with at most two decimals and its unit."""
    said = str(number_format(round(number, 2), force_grouping=True))  # type: ignore[call-overload]
    sign = number_format(1.5, decimal_pos=1)[1]
    said = said.rstrip("0").rstrip(sign) if sign in said else said
    return f"{said}\N{NO-BREAK SPACE}{unit}" if unit else said


def listed_names(question: Question, outcome: Outcome) -> str:
    """The winners' names as a list in words."""
    quoted = [_("“%(name)s”") % {"name": question.names[key]} for key in outcome.winners]
    if len(quoted) < 2:
        return "".join(quoted)
    return _("%(first)s and %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}


def _sums(outcome: Outcome, facts: dict[str, str]) -> str:
    votes = outcome.totals[outcome.winners[0]]
    facts |= {"votes": spoken(votes), "share": percent(votes, outcome.valid)}
    if any(tie.how == "reported" for tie in outcome.ties):
        return _("Of %(voted)s who voted, %(votes)s each (%(share)s%%) chose %(chosen)s: a tie.") % facts
    if len(outcome.winners) > 1:
        return _("Of %(voted)s who voted, most chose %(chosen)s.") % facts
    return _("Of %(voted)s who voted, %(votes)s (%(share)s%%) chose %(chosen)s, more than any other.") % facts


def _run_off(outcome: Outcome, facts: dict[str, str]) -> str:
    last = outcome.rounds[-1]
    votes = last.totals[outcome.winners[0]]
    left = sum(last.totals.values())
    facts |= {"votes": spoken(votes), "left": spoken(left), "share": percent(votes, left)}
    return (
        _(
            "Of %(voted)s who voted, %(left)s still counted in the last round; "
            "%(votes)s of them (%(share)s%%) for %(chosen)s."
        )
        % facts
    )


def _scores(outcome: Outcome, facts: dict[str, str]) -> str:
    points = outcome.totals[outcome.winners[0]]
    facts |= {"points": spoken(points), "mean": amount(points / outcome.valid, "")}
    if outcome.rule == CountingRule.STAR and len(outcome.rounds) > 1:
        last = outcome.rounds[-1].totals
        facts |= {"more": spoken(last[outcome.winners[0]])}
        return (
            _(
                "Of %(voted)s who answered, %(more)s scored %(chosen)s above the other of the two best; "
                "it has %(mean)s points on average."
            )
            % facts
        )
    return _("Of %(voted)s who answered, the most points went to %(chosen)s: %(mean)s on average.") % facts


def _consent(outcome: Outcome, facts: dict[str, str]) -> str:
    objections = outcome.totals[Position.OBJECT]
    facts |= {"objections": spoken(objections), "share": percent(objections, outcome.valid)}
    if outcome.winners:
        return _("Of %(voted)s who answered, %(objections)s object (%(share)s%%): the proposal passes.") % facts
    return _("Of %(voted)s who answered, %(objections)s object (%(share)s%%): the proposal does not pass.") % facts


def _budget(question: Question, outcome: Outcome, facts: dict[str, str]) -> str:
    unit, number = question.settings.get("unit", ""), len(outcome.winners)
    costs = {option.key: option.cost or 0 for option in question.choices}
    facts |= {
        "number": spoken(number),
        "spent": money(sum(costs[key] for key in outcome.winners), unit),
        "budget": money(question.settings["budget"], unit),
    }
    return (
        ngettext(
            "%(voted)s voted: %(spent)s of %(budget)s pay for %(number)s project: %(chosen)s.",
            "%(voted)s voted: %(spent)s of %(budget)s pay for %(number)s projects: %(chosen)s.",
            number,
        )
        % facts
    )
