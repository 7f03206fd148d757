"""The .pb files of pabulib: the head of a participatory budget, its projects with costs, its votes.

Refuses a file that is broken anywhere, naming the line; source: https://pabulib.org/format.

>>> text = "META\\nkey;value\\nbudget;100\\nPROJECTS\\nproject_id;cost\\na;60\\nVOTES\\nvoter_id;vote\\n1;a\\n"
>>> read_pb(text).ballots, read_pb(text).costs
([(frozenset({'a'}), 1)], {'a': 60})
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from methods.counting.ballots import Ballot

Rows = Iterator[tuple[int, dict[str, str]]]
SECTIONS = ("META", "PROJECTS", "VOTES")


class PbFile(NamedTuple):
    """options: names by id; costs in whole units of the currency; selected: what was paid for, where the file says so;
    meta: its head."""

    options: dict[str, str]
    ballots: list[tuple[Ballot, int]]
    costs: dict[str, int]
    budget: int
    selected: tuple[str, ...]
    meta: dict[str, str]


def read_pb(source: str | Iterable[str]) -> PbFile:
    """Read a .pb file.

    source: the whole text, or its lines. Approvals become frozensets, ordinal votes tuples, points mappings. Raises
    ValueError.
    """
    sections = _sections(source.lstrip("\ufeff").splitlines() if isinstance(source, str) else source)
    meta = {row["key"]: row["value"] for _, row in sections["META"]}
    if "budget" not in meta:
        raise ValueError("META names no budget")
    options: dict[str, str] = {}
    costs: dict[str, int] = {}
    selected: list[str] = []
    for number, row in sections["PROJECTS"]:
        project = row["project_id"]
        if project in costs:
            raise ValueError(f"line {number}: project {project!r} is named twice")
        options[project], costs[project] = row.get("name", project), _whole(number, "cost", row["cost"])
        selected += [project] if row.get("selected") == "1" else []
    kind = meta.get("vote_type", "approval")
    ballots = [(_vote(number, row, kind, costs), 1) for number, row in sections["VOTES"]]
    return PbFile(options, ballots, costs, _whole(0, "budget", meta["budget"]), tuple(selected), meta)


def _sections(lines: Iterable[str]) -> dict[str, list[tuple[int, dict[str, str]]]]:
    """Rows of each section with their line, by the names that the section's first row gives."""
    found: dict[str, list[tuple[int, dict[str, str]]]] = {}
    needed = {"META": {"key", "value"}, "PROJECTS": {"project_id", "cost"}, "VOTES": {"vote"}}
    section, names = "", None
    rows = csv.reader(lines, delimiter=";")
    for row in rows:
        number = rows.line_num
        if not any(cell.strip() for cell in row):
            continue
        title = row[0].strip().lstrip("\ufeff").upper()
        if title in SECTIONS and not any(cell.strip() for cell in row[1:]):
            section, names = title, None
            found[section] = []
        elif not section:
            raise ValueError(f"line {number}: the file does not begin with META")
        elif names is None:
            names = [cell.strip() for cell in row]
            missing = needed[section] - set(names)
            if missing:
                raise ValueError(f"line {number}: {section} has no column {min(missing)!r}")
        elif len(row) > len(names):
            raise ValueError(f"line {number}: {len(row)} cells, {section} has {len(names)} columns")
        else:
            found[section].append((number, dict(zip(names, [*map(str.strip, row), *[""] * len(names)], strict=False))))
    absent = [name for name in SECTIONS if name not in found]
    if absent:
        raise ValueError(f"the file has no section {absent[0]}")
    return found


def _whole(number: int, name: str, text: str) -> int:
    """A whole number; a comma or point followed by zeros is allowed, as cities write amounts."""
    whole, _, rest = text.replace(",", ".").partition(".")
    if not whole.isdecimal() or rest.strip("0"):
        raise ValueError((f"line {number}: " if number else "") + f"{name} is not a whole number: {text!r}")
    return int(whole)


def _vote(number: int, row: Mapping[str, str], kind: str, costs: Mapping[str, int]) -> Ballot:
    named = [one.strip() for one in row["vote"].split(",") if one.strip()]
    unknown = [one for one in named if one not in costs]
    if unknown or len(set(named)) < len(named):
        raise ValueError(
            f"line {number}: {unknown[0]!r} is not a project" if unknown else f"line {number}: named twice"
        )
    if kind == "approval":
        return frozenset(named)
    if kind == "ordinal":
        return tuple(named)
    points = [one.strip() for one in row.get("points", "").split(",") if one.strip()]
    if len(points) != len(named):
        raise ValueError(f"line {number}: {len(named)} projects and {len(points)} points")
    return {project: _whole(number, "points", one) for project, one in zip(named, points, strict=True)}


def write_pb(
    options: Mapping[str, str],
    ballots: Iterable[tuple[Ballot, int]],
    costs: Mapping[str, int],
    budget: int,
    selected: Iterable[str] = (),
    meta: Mapping[str, str] | None = None,
) -> str:
    """The text of a .pb file, one row for each vote. Arguments as `read_pb` gives them; raises ValueError for a cell of
    several lines."""
    rows: list[list[object]] = [["META"], ["key", "value"]]
    votes = [ballot for ballot, weight in ballots for _ in range(weight)]
    chosen = frozenset(selected)
    points = any(isinstance(ballot, Mapping) for ballot in votes)
    kind = "scoring" if points else "ordinal" if any(isinstance(ballot, tuple) for ballot in votes) else "approval"
    head = {"num_projects": len(options), "num_votes": len(votes), "budget": budget, "vote_type": kind}
    rows += [[name, value] for name, value in {**(meta or {}), **head}.items()]
    rows += [["PROJECTS"], ["project_id", "cost", "name", "selected"]]
    rows += [[project, costs[project], name, int(project in chosen)] for project, name in options.items()]
    rows += [["VOTES"], ["voter_id", "vote", "points"] if points else ["voter_id", "vote"]]
    for number, ballot in enumerate(votes, start=1):
        named = sorted(ballot) if isinstance(ballot, frozenset) else list(ballot or ())
        rows.append([number, ",".join(map(str, named))])
        rows[-1] += [",".join(str(ballot[str(one)]) for one in named)] if isinstance(ballot, Mapping) else []
    if any(len(str(cell).splitlines()) > 1 for row in rows for cell in row):
        raise ValueError("a cell must be one line")
    return "".join(";".join(_cell(cell) for cell in row) + "\n" for row in rows)


def _cell(value: object) -> str:
    text = str(value)
    return '"' + text.replace('"', '""') + '"' if set(text) & set('";') else text
