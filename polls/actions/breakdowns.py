"""Results by group of voters and by the way ballots came, where no figure concerns fewer than ten ballots.

What may not be shown is not hidden but gone: `thin_marks` empties it before the poll is counted, so that pages,
interface and package all read what is left. Refuses to show anything earlier.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from methods.counting import Outcome
from methods.ledger import kept_marks
from methods.smallcells import LIMIT
from polls.actions.answers import BLANK
from polls.actions.counting import count_sums
from polls.actions.numbers import Numbers, numbers_of
from polls.asking import spoken
from polls.models import Ballot, Channel, Poll, Question, QuestionKind
from polls.rules import shows_counts

Sums = Mapping[str, int]
COLUMNS = ("channel", "cell")


@dataclass(frozen=True)
class Part:
    """The ballots of one group. outcome: by the question's own rule; None where numbers were asked, which stand in
    `numbers`. alike: all of them say the same, so that everybody knows how each of the group voted.
    """

    key: str
    name: str
    ballots: int
    winners: list[str]
    outcome: Outcome | None
    numbers: Numbers | None
    alike: bool

    @property
    def leads(self) -> str:
        """What comes first here, in words."""
        if self.numbers is not None:
            return _("half wrote %(median)s or less") % {"median": spoken(self.numbers.median)}
        return _(" and ").join(_("“%(name)s”") % {"name": name} for name in self.winners) or _("no answer")


@dataclass(frozen=True)
class Split:
    """The result of a question by one mark. by: "area", "age" or "channel". rest: ballots that are not shown apart."""

    by: str
    title: str
    parts: list[Part]
    rest: int

    @property
    def sentence(self) -> str:
        """What comes first in which groups, or why nothing is shown."""
        if not self.parts:
            return _("Nothing is shown apart: each part and what is left beside it would need ten ballots.")
        led: dict[str, list[str]] = {}
        for part in self.parts:
            led.setdefault(part.leads, []).append(f"{part.name} ({spoken(part.ballots)})")
        return "; ".join(_("%(lead)s: %(groups)s") % {"lead": one, "groups": ", ".join(led[one])} for one in led) + "."


TITLES = {
    "area": gettext_lazy("By district"),
    "age": gettext_lazy("By age"),
    "channel": gettext_lazy("By the way of voting"),
}


def has_marks(poll: Poll) -> bool:
    """Whether ballots of `poll` say more than what was chosen."""
    return bool(poll.breakdown) or poll.shows_channels


def too_fine(poll: Poll) -> list[str]:
    """A warning for organisers where groups will hardly have ten ballots each, by the roll or by their polls so far."""
    needed = LIMIT * len(poll.groups)
    earlier = Poll.objects.filter(consultation__organisation=poll.consultation.organisation_id)
    most = poll.roll_size or earlier.aggregate(most=Max("ballot_count", default=0))["most"] if needed else 0
    if most >= needed:
        return []
    text = _(
        "What is kept with each ballot may be too fine: with %(groups)s groups of at least ten, %(needed)s people must "
        "vote. By the roll, or by the fullest poll of your organisation so far, it is %(most)s at most. Smaller groups "
        "are not shown."
    )
    return [text % {"groups": len(poll.groups), "needed": needed, "most": spoken(most)}]


def thin_marks(*, poll: Poll) -> None:
    """Empty the marks of ballots from which fewer than ten could be told, and of those that were set aside.

    Done again it changes nothing. For `unlink_poll`, in its transaction.
    """
    if not has_marks(poll):
        return
    Ballot.objects.of(poll).exclude(set_aside="").update(channel="", cell="")
    for box in poll.boxes:
        rows = Ballot.objects.filter(question=box, set_aside="")
        marks = rows.order_by().values_list("channel", "cell").annotate(Count("pk"))
        found = {(channel, cell): number for channel, cell, number in marks}
        for (channel, cell), (way, group) in kept_marks(found).items():
            if (channel, cell) != (way, group):
                rows.filter(channel=channel, cell=cell).update(channel=way, cell=group)


def read_splits(poll: Poll) -> dict[str, list[Split]]:
    """The results of `poll` by group and by channel, by the question's key; none until its marks are thinned, and where
    only the decision may be shown. One query; without marks no query."""
    if not has_marks(poll) or poll.unlinked_at is None or not shows_counts(poll):
        return {}
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = {}
    rows = Ballot.objects.of(poll).counted().order_by("choice")
    for key, *marks, choice, number in rows.values_list("question__key", *COLUMNS, "choice").annotate(Count("pk")):
        for column, mark in zip(COLUMNS, marks, strict=True):
            sums = found.setdefault((key, column), {}).setdefault(mark, {})
            sums[choice] = sums.get(choice, 0) + number
    names = {"cell": dict(poll.groups), "channel": {str(key): str(label) for key, label in Channel.choices}}
    by = {"cell": poll.breakdown, "channel": "channel" if poll.shows_channels else ""}
    return {
        box.key: [
            _split(box, by[column], names[column], found.get((box.key, column), {}))
            for column in ("cell", "channel")
            if by[column]
        ]
        for box in poll.boxes
    }


def _split(question: Question, by: str, names: Mapping[str, str], found: Mapping[str, Sums]) -> Split:
    """Parts stand in the order of the poll's groups."""
    rest = sum(found.get("", {}).values())
    parts = [_part(question, key, name, found[key]) for key, name in names.items() if key in found]
    return Split(by, str(TITLES[by]), parts, rest)


def _part(question: Question, key: str, name: str, sums: Sums) -> Part:
    said = [choice for choice, number in sums.items() if number and choice != BLANK]
    ballots, alike = sum(sums.values()), len(said) == 1
    if not question.rule:
        return Part(key, name, ballots, [], None, numbers_of(question, sums), alike)
    outcome = count_sums(question, sums)
    return Part(key, name, ballots, _first(question, outcome), outcome, None, alike)


def _first(question: Question, outcome: Outcome) -> list[str]:
    """Names of what comes first in a part; of a proposal, what most say to it."""
    if question.kind != QuestionKind.CONSENT:
        return [question.names[key] for key in outcome.winners]
    most = max(outcome.totals.values(), default=0)
    return [question.names[key] for key in question.names if most and outcome.totals[key] == most]
