"""Counting votes: one door, `count(rule, options, ballots, settings) -> Outcome`, for every rule.

Standard library only, exact integers only. The same ballots in any order, added up or one by one, give an
equal outcome; an option is known by its id, so its label never matters. Refuses to guess: a ballot that
breaks the rules raises `BallotError`, or is counted as invalid when the settings say so.

>>> from methods.counting import count
>>> count("plurality", ["tea", "coffee"], [("tea", 3), ("coffee", 2), (None, 1)]).winners
('tea',)
"""

from .ballots import Ballot, BallotError
from .door import RULES, Rule, count
from .outcome import Outcome, Round, Tie, Working

__all__ = ["RULES", "Ballot", "BallotError", "Outcome", "Round", "Rule", "Tie", "Working", "count"]
