"""Nouns of votes: polls and questions, the roll of who voted, ballots, and what voters wrote."""

from polls.models.ballots import Ballot, RollEntry
from polls.models.corrections import Correction
from polls.models.poll import BallotMode, Poll, PollQuerySet, Results
from polls.models.questions import (
    LISTED,
    RULES,
    CountingRule,
    Option,
    Position,
    Question,
    QuestionKind,
    listed,
)
from polls.models.remarks import Remark, WaitingRemark

__all__ = [
    "LISTED", "RULES", "Ballot", "BallotMode", "Correction", "CountingRule", "Option", "Poll", "PollQuerySet",
    "Position", "Question", "QuestionKind", "Remark", "Results", "RollEntry", "WaitingRemark", "listed",
]  # fmt: skip
