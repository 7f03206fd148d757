"""What comments hold on to: clauses of a draft, with keys that stay when the next version is pasted.

Takes and returns plain text and frozen dataclasses. Refuses to guess silently: each clause of a new version gets a
verdict, and a clause that was not found again is named as gone.
"""

from methods.anchoring.clauses import Piece, TooManyClauses, heading_words, parse
from methods.anchoring.difference import difference
from methods.anchoring.versions import THRESHOLD, Kept, Match, match, rekey

__all__ = [
    "THRESHOLD",
    "Kept",
    "Match",
    "Piece",
    "TooManyClauses",
    "difference",
    "heading_words",
    "match",
    "parse",
    "rekey",
]
