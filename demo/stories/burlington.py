"""Burlington, Vermont, 2009: public ballots of an election of a mayor, in which three rules name three winners.

`demo/burlington.csv` holds how often each ranking was cast (options from 1, best first; "=" joins a shared rank).
"""

import csv
import itertools
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).parents[1] / "burlington.csv"
SLUG = "tiga-aturan-tiga-pemenang"
TITLE = "Tiga aturan, tiga pemenang"
QUESTION = "Siapa yang menang bila suara yang sama dihitung dengan aturan yang berbeda?"
DECIDED = (
    "Pemilihan wali kota Burlington, Amerika Serikat, 3 Maret 2009 telah selesai. Rembuk menghitung ulang surat "
    "suaranya yang diumumkan kepada publik."
)
CHANGEABLE = "Tidak ada. Contoh ini menunjukkan mengapa aturan hitung harus disepakati sebelum suara dihitung."
POLL = "Burlington 2009: urutkan calon wali kota"
CANDIDATES = (
    "Bob Kiss",
    "Andy Montroll",
    "James Simpson",
    "Dan Smith",
    "Kurt Wright",
    "Nama lain (ditulis pemilih)",
)
OPENED = datetime(2009, 3, 3, 12, 0, tzinfo=UTC)
CLOSED = datetime(2009, 3, 4, 0, 0, tzinfo=UTC)


def profiles() -> list[tuple[dict[str, tuple[str, ...]], int]]:
    """Rankings as keys of options with how many people cast them. A shared rank ends a ballot; blank ones are left out.

    A candidate who was written twice counts where they stand first.
    """
    found = []
    with FILE.open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            single = itertools.takewhile(lambda rank: "=" not in rank, row["ranking"].split())
            keys = tuple(dict.fromkeys(f"o{rank}" for rank in single if rank != "-"))
            if keys:
                found.append(({"q1": keys}, int(row["count"])))
    return found
