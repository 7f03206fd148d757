"""Nouns of votes: polls and questions, the roll of who voted, ballots, their ledger, and what voters wrote."""

from polls.models.asides import AsideProposal
from polls.models.ballots import Aside, Ballot, Channel, RollEntry
from polls.models.breakdowns import AgeGroup, Breakdown, district_of, districts
from polls.models.bundles import Bundle, Sheet
from polls.models.corrections import Correction
from polls.models.ledger import LedgerEntry, PackageFile
from polls.models.lots import LotValue
from polls.models.observers import Observer, SealedBallots
from polls.models.pending import DepartedVoter, PendingPaper
from polls.models.poll import BallotMode, Electorate, Poll, PollQuerySet, Publication, Results
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
from polls.models.roll import Elector, Reminder, RollObjection

__all__ = [
    "LISTED", "RULES", "AgeGroup", "Aside", "AsideProposal", "Ballot", "BallotMode", "Breakdown", "Bundle",
    "Channel", "Correction", "CountingRule", "DepartedVoter", "Elector", "Electorate", "LedgerEntry", "LotValue",
    "Observer", "Option", "PackageFile", "PendingPaper", "Poll", "PollQuerySet", "Position", "Publication",
    "Question", "QuestionKind", "Remark", "Reminder", "Results", "RollEntry", "RollObjection", "SealedBallots",
    "Sheet", "WaitingRemark", "district_of", "districts", "listed",
]  # fmt: skip
