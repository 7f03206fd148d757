"""The first thing that is wrong, in Indonesian and English. Refuses to go on: what follows would rest on it.

>>> need(1 + 1 == 3, "ledger.jsonl", "catatan 3 berubah.", "entry 3 was changed.", 3)
Traceback (most recent call last):
methods.ledger.wrong.Wrong: ledger.jsonl: entry 3 was changed.
"""


class Wrong(Exception):
    """file: where it is. number: the entry or row, from 1; 0 for the whole file. indonesian, english: sentences."""

    def __init__(self, file: str, indonesian: str, english: str, number: int = 0) -> None:
        self.file, self.indonesian, self.number = file, indonesian, number
        super().__init__(f"{file}: {english}")


def need(holds: object, file: str, indonesian: str, english: str, number: int = 0) -> None:
    """Raise Wrong with the sentences unless something holds."""
    if not holds:
        raise Wrong(file, indonesian, english, number)
