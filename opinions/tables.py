"""Reads tables that strangers made: CSV, plain or gzipped, row by row with line numbers.

Refuses what is not UTF-8, rows that do not fit the header, and files that expand beyond reason.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST = 200 * 1024 * 1024  # bytes, expanded
RATIO = 100  # of expanded to packed bytes, above a size that harms nobody
HARMLESS = 16 * 1024 * 1024


class BrokenExport(Exception):
    """A file that cannot be read: which, in what line (0: the file as a whole), and why."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        self.file, self.line, self.reason = file, line, reason
        super().__init__(f"{file}, line {line}: {reason}" if line else f"{file}: {reason}")


@dataclass(frozen=True)
class Row:
    """A row by the names of its columns, and the line in which it begins."""

    file: str
    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells[name]

    def broken(self, reason: str) -> BrokenExport:
        return BrokenExport(self.file, self.line, reason)


class _Capped(io.RawIOBase):
    """Bytes of a file, unpacked where it is packed; ends with an error beyond the limit."""

    def __init__(self, path: Path) -> None:
        self._packed = path.suffix == ".gz"
        self._name = path.name
        size = path.stat().st_size
        self._left = self._limit = min(MOST, max(HARMLESS, RATIO * size)) if self._packed else MOST
        self._source: io.BufferedIOBase = gzip.open(path) if self._packed else path.open("rb")  # noqa: SIM115  close() ends it

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._source.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise BrokenExport(self._name, 0, f"It cannot be read or unpacked ({error}).") from error
        self._left -= len(data)
        if self._left < 0:
            raise BrokenExport(self._name, 0, f"Unpacked it is larger than {self._limit // 2**20} MB.")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._source.close()
        super().close()


def find(folder: Path, name: str) -> Path | None:
    """`<name>.csv` or `<name>.csv.gz` in `folder`, or None."""
    return next((path for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz") if path.is_file()), None)


def records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Every record with the line in which it begins (line ends inside quotes count), empty lines left out.

    Raises BrokenExport.
    """
    line = 1
    try:
        with io.TextIOWrapper(io.BufferedReader(_Capped(path)), encoding="utf-8-sig", newline="") as text:
            reader = csv.reader(text, strict=True)
            for cells in reader:
                if any(cells):
                    yield line, cells
                line = reader.line_num + 1
    except UnicodeDecodeError as error:
        raise BrokenExport(path.name, line, "It is not in UTF-8.") from error
    except csv.Error as error:
        raise BrokenExport(path.name, line, f"This is no CSV ({error}).") from error


def rows(path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """Rows by the names in the header, which must hold the `required` ones. Raises BrokenExport."""
    found = records(path)
    header = [name.strip().lower() for name in next(found, (1, []))[1]]
    missing = [name for name in required if name not in header]
    if missing:
        raise BrokenExport(path.name, 1, f"Missing columns: {', '.join(missing)}.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise BrokenExport(path.name, 1, f"Columns that are there twice: {', '.join(twice)}.")
    for line, cells in found:
        if len(cells) != len(header):
            raise BrokenExport(path.name, line, f"Expected {len(header)} cells, found {len(cells)}.")
        yield Row(path.name, line, dict(zip(header, cells, strict=True)))
