"""Reading and writing published ballots: BLT, PrefLib, .pb of participatory budgets, CSV.

Refuses a file that is broken anywhere, naming the line: half an election is worse than none.
"""

from .blt import BltFile, read_blt, write_blt
from .pabulib import PbFile, read_pb, write_pb
from .preflib import KINDS, PrefFile, read_preflib, write_preflib
from .tables import CsvFile, read_csv, write_csv

__all__ = ["KINDS", "BltFile", "CsvFile", "PbFile", "PrefFile"]
__all__ += ["read_blt", "read_csv", "read_pb", "read_preflib", "write_blt", "write_csv", "write_pb", "write_preflib"]
