"""Results by group as pages show them: a table of all answers, and a picture of the one that leads."""

from dataclasses import dataclass

from methods.figures import BarRow, Bars, bars
from polls.actions import QuestionResult
from polls.actions.breakdowns import Part, Split
from polls.actions.results import whole_of
from polls.actions.sentences import amount, percent
from polls.asking import spoken


@dataclass(frozen=True)
class SplitView:
    """A split with its table: heads, and for each part its name, its ballots, and a cell for each head. alike: names of
    parts whose ballots all say the same. title, figure: the picture, where answers have votes."""

    split: Split
    heads: list[str]
    rows: list[tuple[Part, list[str]]]
    alike: str
    title: str
    figure: Bars | None


def split_views(result: QuestionResult) -> list[SplitView]:
    """The splits of a question's result."""
    return [_view(result, split, number) for number, split in enumerate(result.splits)]


def _view(result: QuestionResult, split: Split, number: int) -> SplitView:
    names = result.question.names
    shown = all(part.outcome and part.outcome.totals for part in split.parts)
    leader = _leader(result) if shown and split.parts else ""
    return SplitView(
        split=split,
        heads=list(names.values()) if shown else [],
        rows=[(part, [_cell(result, part, key) for key in names] if shown else []) for part in split.parts],
        alike=", ".join(part.name for part in split.parts if part.alike),
        title=names.get(leader, ""),
        figure=_bars(result, split, leader, f"split-{result.question.pk}-{number}") if leader else None,
    )


def _leader(result: QuestionResult) -> str:
    """The key of the answer with the most votes of all."""
    return max(result.rows, key=lambda row: row.votes).key if result.rows else ""


def _votes(result: QuestionResult, part: Part, key: str) -> tuple[float, int]:
    """Votes of an answer in a part, and what they are a share of."""
    assert part.outcome is not None
    return float(part.outcome.totals[key]), whole_of(result.question, part.outcome)


def _cell(result: QuestionResult, part: Part, key: str) -> str:
    votes, whole = _votes(result, part, key)
    return f"{amount(votes, '')} ({percent(round(votes), whole)}\N{NO-BREAK SPACE}%)"


def _bars(result: QuestionResult, split: Split, leader: str, key: str) -> Bars:
    """How large the share of the leading answer is in each part, in thousandths."""
    rows = []
    for part in split.parts:
        votes, whole = _votes(result, part, leader)
        share = round(votes * 1000 / whole) if whole else 0
        rows.append(BarRow(f"{part.name} ({spoken(part.ballots)})", share, f"{percent(round(votes), whole)} %"))
    return bars(rows, total=1000, key=key)
