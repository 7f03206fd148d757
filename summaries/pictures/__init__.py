"""The pictures of a summary, each with the sentence that its own numbers make and the table that holds all of them."""

from summaries.pictures.shapes import Picture
from summaries.pictures.talk import clause_heat, over_time
from summaries.pictures.themes import decision_flow, theme_sizes, theme_stances

__all__ = ["Picture", "clause_heat", "decision_flow", "over_time", "theme_sizes", "theme_stances"]
