"""What a language model may be asked about a summary, and what of its answer may reach a person.

A model sees quoted data only, has no tools and decides nothing. Whatever it answers, only what this package can trace
to several people's own words becomes a suggestion; everything else is refused.
"""

from methods.suggestions.asking import Pair, Shown, Voice, ask_merge, ask_theme, ask_translation
from methods.suggestions.checking import (
    Cite,
    Proposal,
    Refused,
    check_merge,
    check_plain,
    check_title,
    check_translation,
    read_answer,
)
from methods.suggestions.near import near_pairs
from methods.suggestions.words import Shared, shared_words, stems

__all__ = [
    "Cite",
    "Pair",
    "Proposal",
    "Refused",
    "Shared",
    "Shown",
    "Voice",
    "ask_merge",
    "ask_theme",
    "ask_translation",
    "check_merge",
    "check_plain",
    "check_title",
    "check_translation",
    "near_pairs",
    "read_answer",
    "shared_words",
    "stems",
]
