"""Reads a result for people: the sentence first, each figure with its denominator, then the working."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from methods.counting import Outcome
from methods.ledger import opens_aside
from polls.actions.breakdowns import Split, read_splits
from polls.actions.counting import Figures, count_figures, count_sums, other_rules, visible_figures
from polls.actions.numbers import Numbers, numbers_of
from polls.actions.requirements import Requirement, read_requirements
from polls.actions.sentences import decision, numbers_sentence, sentence
from polls.asking import money, spoken
from polls.models import Aside, CountingRule, Poll, Question, QuestionKind
from polls.rules import shows_counts

KEPT = 64  # results that a process keeps


@dataclass(frozen=True)
class Row:
    """An option with its votes or points. share: in hundredths of `whole_of`. chosen: among the winners.

    cost, why: of a project. figures: what its rule shows beside votes, as `methods.counting.Outcome` has it.
    """

    key: str
    text: str
    votes: float
    share: float
    chosen: bool
    cost: str = ""
    why: str = ""
    figures: Mapping[str, Any] = field(default_factory=dict)

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
    decision may be shown. splits: by group, and by the way ballots came. requirements: quorum and majority, once the
    result is final.
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
    numbers: Numbers | None = None
    splits: list[Split] = field(default_factory=list)
    requirements: list[Requirement] = field(default_factory=list)


@dataclass(frozen=True)
class PollResult:
    """What a page shows of a poll's result, with the result of each question that has a box in `questions`.

    counted: people in these figures, of `cast` altogether. decision_only: too few ballots for figures. stepped: shown
    in steps of ten, behind what was cast. set_aside: in a final result how many votes do not count, by the reason.
    """

    counted: int
    cast: int
    final: bool
    decision_only: bool
    stepped: bool
    questions: list[QuestionResult]
    set_aside: Mapping[str, int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """All in one: the sentence of the only question, or each question with its sentence."""
        if len(self.questions) == 1:
            return self.questions[0].sentence
        return " ".join(f"{one.question.text} {one.sentence}" for one in self.questions)


@dataclass(frozen=True)
class _Counted:
    """What a final result depends on; the seed holds the closing head, so other ballots are another key."""

    poll_id: int
    seed: str
    language: str
    poll: Poll = field(compare=False)


def read_result(poll: Poll) -> PollResult:
    """The result of `poll` as it may be shown now, in the active language. Raises ResultsHidden before that.

    Once a poll is counted nothing changes any more: each process counts it once for each language and keeps that.
    """
    if poll.seed:
        return _read_counted(_Counted(poll.pk, poll.seed, get_language() or "id", poll))
    return _read(poll)


@lru_cache(maxsize=KEPT)
def _read_counted(counted: _Counted) -> PollResult:
    return _read(counted.poll)


def _read(poll: Poll) -> PollResult:
    figures = visible_figures(poll)
    decision_only = figures.final and not shows_counts(poll)
    splits = read_splits(poll)
    return PollResult(
        counted=figures.count,
        cast=poll.ballot_count,
        final=figures.final,
        decision_only=decision_only,
        stepped=poll.is_secret and not figures.final,
        questions=[
            replace(
                question_result(box, figures, decision_only),
                splits=splits.get(box.key, []),
                requirements=_requirements(box, figures, decision_only) if figures.final else [],
            )
            for box in poll.boxes
        ],
        set_aside={str(Aside(reason).label): number for reason, number in sorted(figures.reasons.items())},
    )


def _requirements(question: Question, figures: Figures, decision_only: bool) -> list[Requirement]:
    """What is met; the quorum, which all questions share, stands with the first."""
    if not question.poll.requirements:
        return []
    found = figures.sums.get(question.key, {})
    outcome = count_sums(question, found) if question.rule else None
    met = read_requirements(question, sum(found.values()), outcome, decision_only=decision_only)
    return [one for one in met if one.name != "quorum" or question == question.poll.boxes[0]]


def question_result(question: Question, figures: Figures, decision_only: bool) -> QuestionResult:
    """The result of one question as `figures` give it. decision_only: without its figures."""
    if not question.rule:
        return _numbers(question, figures, decision_only)
    outcome, names = count_figures(question, figures), question.names
    if figures.final and not question.poll.seed and any(tie.how == "lot" for tie in outcome.ties):
        return QuestionResult(question, _waits_for_lot(question.poll), [])
    winners = [names[key] for key in outcome.winners] if question.kind != QuestionKind.CONSENT else []
    if decision_only:
        return QuestionResult(question, decision(question, outcome), winners)
    what_ifs = [_what_if(question, figures, rule, outcome) for rule in other_rules(question)] if figures.final else []
    what_ifs += _with_aside(question, figures, outcome)
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


def _waits_for_lot(poll: Poll) -> str:
    if poll.lot_source:
        return _("A tie is decided by lot, with a value that is not known yet: %(source)s.") % {
            "source": poll.lot_source
        }
    return _("A tie is decided by lot as soon as the ledger is closed, in a few minutes.")


def _numbers(question: Question, figures: Figures, decision_only: bool) -> QuestionResult:
    if decision_only:
        return QuestionResult(question, _("Too few people answered for figures to be shown."), [])
    found = numbers_of(question, figures.sums.get(question.key, {}))
    said = numbers_sentence(question, found)
    return QuestionResult(question, said, [], valid=found.valid, blank=found.blank, numbers=found)


def _rows(question: Question, outcome: Outcome) -> list[Row]:
    """Options with their votes; none for rules that compare in pairs. Most votes first once the poll is closed."""
    if not outcome.rounds:
        return []
    totals, whole = outcome.totals, whole_of(question, outcome) or 1
    figures: Mapping[str, Mapping[str, Any]] = getattr(outcome, "figures", {})
    rows = [
        Row(
            key=one.key,
            text=one.text,
            votes=float(round(totals[one.key], 2)) if totals[one.key].__class__ is not int else totals[one.key],
            share=float(totals[one.key] * 100 / whole),
            chosen=one.key in outcome.winners and question.kind != QuestionKind.CONSENT,
            cost=money(one.cost, question.settings.get("unit", "")) if one.cost is not None else "",
            why=_why(figures.get(one.key, {})),
            figures=figures.get(one.key, {}),
        )
        for one in question.choices
    ]
    kept = question.kind == QuestionKind.CONSENT or not question.poll.is_complete
    return rows if kept else sorted(rows, key=lambda row: -row.votes)


def whole_of(question: Question, outcome: Outcome) -> int:
    """What a share is of: people who answered; where points are given, all points that could be, or were given."""
    if question.kind == QuestionKind.SCORE:
        return int(outcome.valid * question.settings["scale"][1])
    if outcome.rule in (CountingRule.QUADRATIC, CountingRule.BORDA):
        return int(sum(outcome.totals.values()))
    return outcome.valid


def _why(figures: Mapping[str, Any]) -> str:
    """Why a project is paid or not, in words; "" for other kinds."""
    left = spoken(figures["left"]) if "left" in figures else ""
    return {
        "": "",
        "funded": _("Paid."),
        "too_dear": _("Not paid: only %(left)s were left.") % {"left": left},
        "after_stop": _("Not paid: one before it did not fit, and counting stops there."),
        "below_threshold": _("Not paid: too few votes."),
        "completion": _("Paid with what was left over."),
        "not_bought": _("Not paid: those who chose it could not pay for it together."),
        "comparison": _("Paid: more voters prefer this list of projects."),
    }.get(figures.get("why", ""), "")


def _matrix(question: Question, outcome: Outcome) -> list[tuple[str, list[int | None]]]:
    if outcome.matrix is None:
        return []
    matrix = outcome.matrix
    return [
        (option.text, [None if other == option else matrix[option.key][other.key] for other in question.choices])
        for option in question.choices
    ]


def _with_aside(question: Question, figures: Figures, own: Outcome) -> list[WhatIf]:
    """Who would win if ballots that were set aside counted, where these and the others are ten each."""
    counted, aside = (Counter(found.get(question.key, {})) for found in (figures.sums, figures.aside))
    if not aside or not opens_aside({"mode": question.poll.mode}, aside.total(), counted.total()):
        return []
    other = count_sums(question, counted + aside)
    winners = [question.names[key] for key in other.winners]
    return [WhatIf(_("with the ballots that were set aside"), winners, set(other.winners) == set(own.winners))]


def _what_if(question: Question, figures: Figures, rule: str, own: Outcome) -> WhatIf:
    other = count_sums(question, figures.sums.get(question.key, {}), rule)
    label = _("first choices only") if rule == CountingRule.PLURALITY else str(CountingRule(rule).label)
    return WhatIf(label, [question.names[key] for key in other.winners], set(other.winners) == set(own.winners))
