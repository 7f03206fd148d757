"""The geometry of charts: plain numbers in, frozen coordinates out, drawn by the templates in
components/figures.

Charts start at zero, keep proportions, carry direct labels and can be read without colour. Refuses to format
numbers and to name colours: texts come from the caller, looks from class names.
"""

from .activity import ActivityStrip, ClauseCount, activity_strip
from .bars import BarRow, Bars, bars
from .flow import rounds_flow
from .flow_shapes import RoundsFlow
from .matrix import Across, Matrix, matrix
from .pairs import Pair, Pairs, pairs
from .stance_rows import RowOf, StanceRows, stance_rows
from .stances import STANCES, StanceBar, stance_bar
from .streams import Stop, Streams, streams
from .timeline import Span, Timeline, timeline
from .treemap import Part, Treemap, treemap

__all__ = [
    "STANCES", "Across", "ActivityStrip", "BarRow", "Bars", "ClauseCount", "Matrix", "Pair", "Pairs", "Part",
    "RoundsFlow", "RowOf", "Span", "StanceBar", "StanceRows", "Stop", "Streams", "Timeline", "Treemap",
    "activity_strip", "bars", "matrix", "pairs", "rounds_flow", "stance_bar", "stance_rows", "streams", "timeline",
    "treemap",
]  # fmt: skip
