"""Checks an open data package of Rembuk: hashes, quotes, coverage and counts. Needs Python 3.9 and nothing else.

    python3 verify.py [FOLDER or package.zip] [--expect SHA256]

Without a name it checks the folder in which it lies. Ends with 0 if all is in order, with 1 otherwise, naming the file.

`--expect` takes a hash from the page of the summary: the seal (SHA-256 of manifest.sha256) or, for a ZIP, the SHA-256
of the ZIP. Without it the package is checked against itself only: whoever changes a file and its line in the manifest
is not found out, and neither is what stands around the files in a ZIP (dates, for one). A verify.py that somebody
changed on purpose says what it was changed to say: if in doubt, take it from a package that you have fetched yourself.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

MANIFEST = "manifest.sha256"
LINE = re.compile(r"([0-9a-f]{64})  ([0-9A-Za-z._/-]+)\n")
PLACES = ("themed", "unassigned", "left_out")
# A text that a spreadsheet might run as a formula has an apostrophe before it in CSV; it is taken away again here.
FORMULA = re.compile(
    "'*(?:[\\t\\r\\n]|[\\x00-\\x20\\x7f-\\xa0\\u200b-\\u200f\\u2028-\\u202f\\u2060\\ufeff]*"
    "[=+\\-@\\u2212\\ufe62\\ufe63\\ufe66\\ufe6b\\uff0b\\uff0d\\uff1d\\uff20])"
)


class Broken(Exception):
    """The package is not what it says it is; the message names the file."""


def main() -> None:
    """Check the package and say what was found; leaves with status 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("package", nargs="?", default=Path(__file__).resolve().parent, type=Path)
    parser.add_argument("--expect", default="", help="a hash that the page of the summary prints")
    chosen = parser.parse_args()
    try:
        files = read_files(chosen.package)
        seal = check_hashes(files)
        check_expected(chosen.package, seal, chosen.expect.strip().lower())
        checked = check_contents(files)
    except Exception as problem:  # whatever it is, the package is not in order
        sys.exit(f"NOT IN ORDER: {problem if isinstance(problem, Broken) else repr(problem)}")
    print(f"In order: {checked}\nSeal: {seal}" + ("" if chosen.expect else "\nCompare it with the summary's page."))


def read_files(package: Path) -> dict[str, bytes]:
    """Name -> content of every file of the package, a folder or a ZIP."""
    if package.is_dir():
        names = sorted(path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())
        return {name: (package / name).read_bytes() for name in names}
    files: dict[str, bytes] = {}
    with zipfile.ZipFile(package) as parts:
        for name in parts.namelist():
            if name in files:
                raise Broken(f"{name} stands twice in {package.name}")
            try:
                files[name] = parts.read(name)
            except Exception as problem:
                raise Broken(f"{name} cannot be read from {package.name}: {problem}") from problem
    return files


def check_hashes(files: dict[str, bytes]) -> str:
    """Compare every file with its line in the manifest. Returns the seal."""
    if MANIFEST not in files:
        raise Broken(f"{MANIFEST} is missing")
    text = files[MANIFEST].decode("ascii", "replace")
    found = [LINE.fullmatch(line) for line in text.splitlines(keepends=True)]
    named = {line[2]: line[1] for line in found if line}
    if not found or len(named) != len(found):
        raise Broken(f"{MANIFEST}: a line is not a hash and a name of its own")
    for name in sorted(set(named) ^ (set(files) - {MANIFEST})):
        raise Broken(f"{name} stands in {MANIFEST} and is missing" if name in named else f"{name} is not in {MANIFEST}")
    for name, wanted in named.items():
        if hashlib.sha256(files[name]).hexdigest() != wanted:
            raise Broken(f"{name} was changed: its hash is not the one in {MANIFEST}")
    return hashlib.sha256(files[MANIFEST]).hexdigest()


def check_expected(package: Path, seal: str, expected: str) -> None:
    """Compare the seal, or the hash of the ZIP, with what the page of the summary prints."""
    own = [seal] if package.is_dir() else [seal, hashlib.sha256(package.read_bytes()).hexdigest()]
    if expected and expected not in own:
        raise Broken(f"{MANIFEST}: this is another package than the expected one; its seal is {seal}")


def check_contents(files: dict[str, bytes]) -> str:
    """Check quotes, the ledger of coverage and the counts. Returns a sentence on what was checked."""
    about = json.loads(files["datapackage.json"])["rembuk"]
    said = {row["id"]: row for row in rows_of(files, "contributions.csv")}
    themes = {row["key"]: row for row in rows_of(files, "themes.csv")}
    citations = rows_of(files, "citations.csv")
    for row in citations:
        if row["contribution"] not in said:
            raise Broken(f"citations.csv: {row['contribution']} is not in contributions.csv")
        if row["theme"] and row["theme"] not in themes:
            raise Broken(f"citations.csv: {row['theme']} is not in themes.csv")
    quotes = check_quotes(said, citations)
    check_ledger(said, citations, about)
    check_themes(said, themes, citations, about)
    check_campaigns(rows_of(files, "campaigns.csv"), citations)
    for row in rows_of(files, "decisions.csv"):
        if row["theme"] not in themes or not row["reason"].strip():
            raise Broken(f"decisions.csv: the decision about {row['theme']} has no theme or no reason")
    return f"{len(said)} contributions, {len(themes)} themes, {quotes} quotes, {len(files)} files."


def check_quotes(said: dict[str, dict[str, str]], citations: list[dict[str, str]]) -> int:
    """Every quote is the named part of its source, sign for sign. Returns how many there are."""
    quoted = [row for row in citations if row["quote"]]
    for row in quoted:
        if said[row["contribution"]]["text"][int(row["start"]) : int(row["end"])] != row["quote"]:
            raise Broken(f"citations.csv: the quote of {row['contribution']} does not stand in contributions.csv")
    return len(quoted)


def check_ledger(said: dict[str, dict[str, str]], citations: list[dict[str, str]], about: dict[str, int]) -> None:
    """Every contribution has one place, and the places add up to n."""
    first = [row for row in citations if row["rank"] == "0"]
    times = Counter(row["contribution"] for row in first)
    for key in said:
        if times[key] != 1:
            raise Broken(f"citations.csv: {key} has {times[key]} places instead of one")
    places = Counter(row["place"] for row in first)
    for place in PLACES:
        if places[place] != about[place]:
            raise Broken(f"citations.csv: {places[place]} contributions are {place}, not {about[place]}")
    if not len(said) == about["n"] == sum(about[place] for place in PLACES):
        raise Broken(f"contributions.csv: there are {len(said)} contributions, not {about['n']}")
    for row in citations:
        if (row["place"] == "themed") != bool(row["theme"]):
            raise Broken(f"citations.csv: {row['contribution']} is {row['place']}, which does not fit its theme")
        if row["copy_of"] and row["copy_of"] not in said:
            raise Broken(f"citations.csv: {row['contribution']} repeats {row['copy_of']}, which is not there")


def check_themes(
    said: dict[str, dict[str, str]],
    themes: dict[str, dict[str, str]],
    citations: list[dict[str, str]],
    about: dict[str, int],
) -> None:
    """Every theme cites somebody, and its counts are those of its rows.

    Contributors who were erased, or whose accounts became one, since the summary was published are counted still:
    `contributors_gone` says how many. Contributors may be more than those seen by so many, and no more.
    """
    gone = about["contributors_gone"]
    if len({row["author"] for row in said.values()} - {""}) + gone != about["contributors"]:
        raise Broken(f"contributions.csv: its contributors and those gone are not {about['contributors']}")
    members: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for row in citations:
        members[row["theme"]][row["contribution"]] = row
    for key, theme in themes.items():
        rows = members[key].values()
        if not rows:
            raise Broken(f"themes.csv: {key} cites nobody")
        counts = {name: 0 for name in theme if name.startswith("stance_")}
        counts.update(Counter("stance_" + row["stance"] for row in rows if row["stance"]))
        counts.update(contributions=len(rows), distinct=sum(not row["copy_of"] for row in rows))
        for name, count in counts.items():
            if int(theme[name]) != count:
                raise Broken(f"themes.csv: {name} of {key} is {theme[name]}, but its rows make {count}")
        seen = len({said[row["contribution"]]["author"] for row in rows} - {""})
        if not seen <= int(theme["contributors"]) <= seen + gone:
            raise Broken(f"themes.csv: contributors of {key} are {theme['contributors']}, but its rows make {seen}")


def check_campaigns(campaigns: list[dict[str, str]], citations: list[dict[str, str]]) -> None:
    """A campaign has as many contributions as repeat its text, with the first."""
    sizes = Counter(row["copy_of"] or row["contribution"] for row in citations if row["rank"] == "0")
    for row in campaigns:
        if int(row["contributions"]) != sizes[row["original"]]:
            raise Broken(f"campaigns.csv: {row['original']} has {sizes[row['original']]}, not {row['contributions']}")


def rows_of(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    """The rows of a CSV file as dictionaries, with apostrophes before formulas taken away."""
    csv.field_size_limit(2**31 - 1)
    reader = csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline=""), strict=True)
    return [{key: recovered(cell) for key, cell in row.items()} for row in reader]


def recovered(cell: str) -> str:
    """The text of a cell as it was before it was made safe for spreadsheets."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


if not __package__:  # one changed byte in a comparison with a name would end with 0 without checking anything
    main()
