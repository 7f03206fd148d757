"""Nouns of votes: polls and options, the roll of who voted, ballots, and remarks beside them."""

from polls.models.ballots import Ballot, RollEntry
from polls.models.poll import BallotMode, CountingRule, Option, Poll, PollKind, PollQuerySet, Results
from polls.models.remarks import Remark, WaitingRemark

__all__ = [
    "Ballot", "BallotMode", "CountingRule", "Option", "Poll", "PollKind", "PollQuerySet", "Remark", "Results",
    "RollEntry", "WaitingRemark",
]  # fmt: skip
