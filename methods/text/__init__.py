"""From thousands of comments to themes that can be traced: copies, languages, themes, quotes, coverage.

Runs offline and refuses to hide: every contribution has its place in the ledger. Nothing heavy is imported
before a function runs, so a web process may import this package.

>>> halt = ["Halte terlalu jauh dari pasar.", "Tolong halte pasar dibuat lebih dekat.", "Jadwal bus malam kurang.",
...         "Bus malam perlu jadwal yang pasti.", "Halte dekat pasar rusak."]
>>> found = find_themes(Text(str(number), body, language="id") for number, body in enumerate(halt))
>>> sum(found.coverage.counts.values())
5
"""

from methods.text.copies import find_copies
from methods.text.keeping import make_vectors, passage_keys
from methods.text.language import identify_language, identify_languages
from methods.text.model import (
    Copies,
    Copy,
    Coverage,
    Minority,
    Place,
    Quote,
    Text,
    Theme,
    Themes,
    ThemeSettings,
)
from methods.text.personal import Span, find_personal, mask
from methods.text.sentences import SentenceEncoder, default_embedder
from methods.text.themes import STEPS, find_themes
from methods.text.vectors import Embedder, TfidfEmbedder

__all__ = [
    "STEPS",
    "Copies",
    "Copy",
    "Coverage",
    "Embedder",
    "Minority",
    "Place",
    "Quote",
    "SentenceEncoder",
    "Span",
    "Text",
    "TfidfEmbedder",
    "Theme",
    "ThemeSettings",
    "Themes",
    "default_embedder",
    "find_copies",
    "find_personal",
    "find_themes",
    "identify_language",
    "identify_languages",
    "make_vectors",
    "mask",
    "passage_keys",
]
