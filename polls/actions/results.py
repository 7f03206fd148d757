"""Reads a result for people: the sentence first, each figure with its denominator, then the working."""

from dataclasses import dataclass, field

from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from methods.counting import Outcome
from polls.actions.counting import Figures, count_figures, count_sums, other_rules, visible_figures
from polls.models import CountingRule, Poll, Question
from polls.rules import shows_counts


@dataclass(frozen=True)
class Row:
    """An option with its votes. share: votes of a hundred counted ballots. chosen: among the winners."""

    key: str
    text: str
    votes: int
    share: float
    chosen: bool

    @property
    def width(self) -> int:
        """The bar's length in thousandths of the whole."""
        return round(self.share * 10)


@dataclass(frozen=True)
class WhatIf:
    """Who would win the same ballots under another rule."""

    rule: str
    winners: list[str]
    same: bool


@dataclass(frozen=True)
class QuestionResult:
    """What a page shows of a question's result.

    valid, blank: papers with and without an answer. lot: a tie was decided by lot. outcome: None where only the
    decision may be shown.
    """

    question: Question
    sentence: str
    winners: list[str]
    valid: int = 0
    blank: int = 0
    rows: list[Row] = field(default_factory=list)
    matrix: list[tuple[str, list[int | None]]] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    what_ifs: list[WhatIf] = field(default_factory=list)
    lot: bool = False
    outcome: Outcome | None = None


@dataclass(frozen=True)
class PollResult:
    """What a page shows of a poll's result, with the result of each question that has a box in `questions`.

    counted: people in these figures, of `cast` altogether. decision_only: too few ballots for figures. stepped: shown
    in steps of ten, behind what was cast.
    """

    counted: int
    cast: int
    final: bool
    decision_only: bool
    stepped: bool
    questions: list[QuestionResult]

    @property
    def sentence(self) -> str:
        """All in one: the sentence of the only question, or each question with its sentence."""
        if len(self.questions) == 1:
            return self.questions[0].sentence
        return " ".join(f"{one.question.text} {one.sentence}" for one in self.questions)


def read_result(poll: Poll) -> PollResult:
    """The result of `poll` as it may be shown now, in the active language. Raises ResultsHidden before that."""
    figures = visible_figures(poll)
    decision_only = figures.final and not shows_counts(poll)
    return PollResult(
        counted=figures.count,
        cast=poll.ballot_count,
        final=figures.final,
        decision_only=decision_only,
        stepped=poll.is_confidential and not figures.final,
        questions=[_question(box, figures, decision_only) for box in poll.boxes],
    )


def _question(question: Question, figures: Figures, decision_only: bool) -> QuestionResult:
    outcome, names = count_figures(question, figures), question.names
    winners = [names[key] for key in outcome.winners]
    if decision_only:
        return QuestionResult(question, _decision(outcome, names), winners)
    what_ifs = [_what_if(question, figures, rule, outcome) for rule in other_rules(question)] if figures.final else []
    return QuestionResult(
        question=question,
        sentence=sentence(question, outcome),
        winners=winners,
        valid=outcome.valid,
        blank=outcome.blank,
        rows=_rows(question, outcome),
        matrix=_matrix(question, outcome),
        steps=outcome.explain(get_language() or "id", names) if outcome.valid else [],
        what_ifs=what_ifs if outcome.valid else [],
        lot=any(tie.how == "lot" for tie in outcome.ties),
        outcome=outcome,
    )


def sentence(question: Question, outcome: Outcome) -> str:
    """The answer in one sentence, its denominator first: those who answered the question."""
    if not outcome.winners:
        return _("No votes can be shown yet.") if not question.poll.is_closed else _("Nobody voted.")
    chosen = _listed(outcome.winners, question.names)
    facts = {"voted": spoken(outcome.valid), "chosen": chosen}
    if outcome.rule in (CountingRule.PLURALITY, CountingRule.APPROVAL):
        votes = outcome.totals[outcome.winners[0]]
        facts |= {"votes": spoken(votes), "share": percent(votes, outcome.valid)}
        if len(outcome.winners) > 1:
            return _("Of %(voted)s who voted, %(votes)s each (%(share)s%%) chose %(chosen)s: a tie.") % facts
        return _("Of %(voted)s who voted, %(votes)s (%(share)s%%) chose %(chosen)s, more than any other.") % facts
    if outcome.rule == CountingRule.IRV:
        last = outcome.rounds[-1]
        votes = last.totals[outcome.winners[0]]
        left = sum(last.totals.values())
        facts |= {"votes": spoken(votes), "left": spoken(left), "share": percent(votes, left)}
        text = _(
            "Of %(voted)s who voted, %(left)s still counted in the last round; "
            "%(votes)s of them (%(share)s%%) for %(chosen)s."
        )
        return text % facts
    return _("Of %(voted)s who voted, compared two by two, most prefer %(chosen)s.") % facts


def spoken(number: int) -> str:
    """A whole number with the separators of the language."""
    return str(number_format(number, force_grouping=True))


def percent(part: int, whole: int) -> str:
    """The share with one decimal in the language's writing, rounded half up from whole numbers."""
    tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
    return str(number_format(tenths / 10, decimal_pos=1))


def _decision(outcome: Outcome, names: dict[str, str]) -> str:
    if not outcome.winners:
        return _("Nobody voted.")
    chosen = {"chosen": _listed(outcome.winners, names)}
    if len(outcome.winners) > 1:
        return _("The vote ended in a tie between %(chosen)s.") % chosen
    return _("The vote decided for %(chosen)s.") % chosen


def _listed(keys: tuple[str, ...], names: dict[str, str]) -> str:
    quoted = [_("“%(name)s”") % {"name": names[key]} for key in keys]
    if len(quoted) == 1:
        return quoted[0]
    return _("%(first)s and %(last)s") % {"first": ", ".join(quoted[:-1]), "last": quoted[-1]}


def _rows(question: Question, outcome: Outcome) -> list[Row]:
    """Options with their votes; none for rules that compare in pairs. Most votes first once the poll is closed."""
    if not outcome.rounds:
        return []
    totals = outcome.totals
    whole = outcome.valid or 1
    rows = [
        Row(one.key, one.text, totals[one.key], totals[one.key] * 100 / whole, one.key in outcome.winners)
        for one in question.choices
    ]
    return sorted(rows, key=lambda row: -row.votes) if question.poll.is_closed else rows


def _matrix(question: Question, outcome: Outcome) -> list[tuple[str, list[int | None]]]:
    if outcome.matrix is None:
        return []
    matrix = outcome.matrix
    return [
        (option.text, [None if other == option else matrix[option.key][other.key] for other in question.choices])
        for option in question.choices
    ]


def _what_if(question: Question, figures: Figures, rule: str, own: Outcome) -> WhatIf:
    other = count_sums(question, figures.sums[question.key], rule)
    label = _("first choices only") if rule == CountingRule.PLURALITY else str(CountingRule(rule).label)
    return WhatIf(label, [question.names[key] for key in other.winners], set(other.winners) == set(own.winners))
