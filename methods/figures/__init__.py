"""The geometry of charts: plain numbers in, frozen coordinates out, drawn by the templates in
components/figures.

Charts start at zero, keep proportions, carry direct labels and can be read without colour. Refuses to format
numbers and to name colours: texts come from the caller, looks from class names.
"""

from .activity import ActivityStrip, ClauseCount, activity_strip
from .bars import BarRow, Bars, bars
from .flow import rounds_flow
from .flow_shapes import RoundsFlow
from .stances import STANCES, StanceBar, stance_bar
from .timeline import Timeline, timeline

__all__ = [
    "STANCES",
    "ActivityStrip",
    "BarRow",
    "Bars",
    "ClauseCount",
    "RoundsFlow",
    "StanceBar",
    "Timeline",
    "activity_strip",
    "bars",
    "rounds_flow",
    "stance_bar",
    "timeline",
]
