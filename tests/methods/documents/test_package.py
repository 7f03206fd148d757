"""The open data package: it describes itself, checks itself, and one changed byte is found."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from methods.documents import Report, recover, seal_of, to_package, verify
from methods.documents.package import MANIFEST
from methods.documents.schema import TABLES
from tests.methods.documents.conftest import TEXTS

anything = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@pytest.fixture
def package(report: Report) -> bytes:
    return to_package(report)


@pytest.fixture
def folder(package: bytes, tmp_path: Path) -> Path:
    place = tmp_path / "package"
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        parts.extractall(place)
    return place


def files_of(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def rows_of(package: bytes, name: str) -> list[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(files_of(package)[name].decode(), newline=""))
    return [{key: recover(cell) for key, cell in row.items()} for row in rows]


def run(script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As a stranger would run it: no packages, no environment, no network needed."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), *arguments], capture_output=True, text=True, check=False, env={}
    )


def check(files: dict[str, bytes]) -> None:
    """What verify.py does, in this process."""
    verify.check_hashes(files)
    verify.check_contents(files)


def seal(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with a manifest that fits them, as a forger would make it."""
    named = {name: content for name, content in sorted(files.items()) if name != MANIFEST}
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in named.items()]
    return named | {MANIFEST: "".join(lines).encode()}


def test_package_passes_its_own_check_as_folder_and_as_zip(folder: Path, package: bytes, tmp_path: Path) -> None:
    done = run(folder / "verify.py")
    assert (done.returncode, done.stderr) == (0, "")
    assert "8 contributions, 3 themes, 5 quotes" in done.stdout
    assert seal_of(package) in done.stdout
    zipped = tmp_path / "package.zip"
    zipped.write_bytes(package)
    for expected in (seal_of(package), sha256(package).hexdigest()):
        assert run(folder / "verify.py", str(zipped), "--expect", expected).returncode == 0


def test_another_package_than_the_expected_one_is_refused(folder: Path) -> None:
    done = run(folder / "verify.py", "--expect", "0" * 64)
    assert (done.returncode, done.stdout) == (1, "")
    assert "another package" in done.stderr


@pytest.mark.parametrize(
    "name", [*(f"{table}.csv" for table in TABLES), "README.md", "datapackage.json", "dcat.jsonld", "dictionary.csv"]
)
def test_each_changed_byte_of_a_file_is_found_and_the_file_named(package: bytes, name: str) -> None:
    files = files_of(package)
    content = files[name]
    for at in range(len(content)):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(verify.Broken, match=name.replace(".", r"\.")):
            check(files | {name: changed})


def test_each_changed_byte_of_the_manifest_is_found(package: bytes) -> None:
    files = files_of(package)
    content = files[MANIFEST]
    for at in range(len(content)):
        for bit in (1, 32, 128):
            changed = content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]
            with pytest.raises(verify.Broken):
                check(files | {MANIFEST: changed})


def test_changed_byte_ends_with_one_and_names_the_file(folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        at = len(content) // 2
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        done = run(folder / "verify.py")
        assert done.returncode == 1
        assert path.name in done.stderr
        path.write_bytes(content)
    assert run(folder / "verify.py").returncode == 0


@pytest.mark.parametrize("bit", [1, 4])
def test_verify_with_one_changed_byte_never_says_that_all_is_in_order(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, bit: int
) -> None:
    path = folder / "verify.py"
    source = path.read_bytes()
    monkeypatch.setattr(sys, "argv", [str(path)])
    fooled = []
    for at in range(bit, len(source), 53):  # every byte was tried once by hand: none fooled it
        changed = source[:at] + bytes([source[at] ^ bit]) + source[at + 1 :]
        path.write_bytes(changed)
        with warnings.catch_warnings(action="ignore"):
            passed = passes(changed, path)
        if passed:
            fooled.append(at)
    assert fooled == []


def passes(source: bytes, path: Path) -> bool:
    """Whether this verify.py, run as a script, ends with 0."""
    module = ModuleType("__main__")
    module.__file__ = str(path)
    kept = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except SystemExit as left:
        return left.code in (None, 0)
    except BaseException:
        return False
    finally:
        sys.modules["__main__"] = kept
    return True


def test_changed_byte_of_the_zip_changes_no_file_unseen(package: bytes, tmp_path: Path) -> None:
    """Around the files of a ZIP stand dates and rights: those alone may change without --expect."""
    files = files_of(package)
    path = tmp_path / "package.zip"
    for at in range(0, len(package), 61):
        path.write_bytes(package[:at] + bytes([package[at] ^ 1]) + package[at + 1 :])
        try:
            found = verify.read_files(path)
            check(found)
        except Exception:
            continue
        assert found == files
        with pytest.raises(verify.Broken):
            verify.check_expected(path, "", sha256(package).hexdigest())


FORGED = {
    "quote": ("citations.csv", TEXTS["K-4"].encode(), b"Jadwal malam tidak perlu.", "the quote of K-4"),
    "cites nobody": ("citations.csv", b'"t-roda"', b'"t-halte"', "t-roda cites nobody|of t-halte is"),
    "place": ("citations.csv", b'"unassigned"', b'"left_out"', "0 contributions are unassigned"),
    "count": ("themes.csv", b'"4","3","4"', b'"5","3","4"', "contributions of t-halte is 5"),
    "copies": ("themes.csv", b'"4","3","4"', b'"4","4","4"', "distinct of t-halte is 4"),
    "people": ("themes.csv", b'"4","3","4"', b'"4","3","9"', "contributors of t-halte are 9"),
    "total": ("datapackage.json", b'"n": 8', b'"n": 9', "there are 8"),
    "campaign": ("campaigns.csv", b'"K-1","2"', b'"K-1","3"', "campaigns.csv: K-1 has 2"),
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_figure_is_found_even_with_a_manifest_that_fits(package: bytes, name: str) -> None:
    path, old, new, words = FORGED[name]
    files = files_of(package)
    assert old in files[path]
    with pytest.raises(verify.Broken, match=words):
        check(seal(files | {path: files[path].replace(old, new)}))


def test_file_that_is_added_missing_or_twice_is_named(package: bytes, tmp_path: Path) -> None:
    files = files_of(package)
    with pytest.raises(verify.Broken, match=r"more\.txt is not in"):
        check(files | {"more.txt": b"x"})
    with pytest.raises(verify.Broken, match=r"themes\.csv stands in .* and is missing"):
        check({name: content for name, content in files.items() if name != "themes.csv"})
    path = tmp_path / "twice.zip"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("a", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            parts.writestr("a", b"2")
    with pytest.raises(verify.Broken, match="a stands twice"):
        verify.read_files(path)


def test_contributors_who_left_are_counted_still(report: Report) -> None:
    entries = tuple(
        replace(entry, author="", removed=True) if entry.id == "K-2" else entry for entry in report.contributions
    )
    quotes = tuple(quote for quote in report.themes[0].quotes if quote.source_id != "K-2")
    themes = (replace(report.themes[0], quotes=quotes), *report.themes[1:])
    files = files_of(to_package(replace(report, contributions=entries, themes=themes)))
    check(files)
    assert json.loads(files["datapackage.json"])["rembuk"]["contributors_gone"] == 1


def test_package_describes_every_table_and_file(package: bytes, report: Report) -> None:
    files = files_of(package)
    about = json.loads(files["datapackage.json"])
    assert [one["name"] for one in about["resources"]] == list(TABLES)
    assert about["licenses"][0]["name"] == "CC-BY-4.0"
    for one in about["resources"]:
        assert one["hash"] == f"sha256:{sha256(files[one['path']]).hexdigest()}"
        header = next(csv.reader(io.StringIO(files[one["path"]].decode())))
        assert header == [field["name"] for field in one["schema"]["fields"]]
    catalogue = json.loads(files["dcat.jsonld"])
    assert catalogue["@type"] == "dcat:Dataset"
    assert catalogue["dcat:landingPage"]["@id"] == report.stamp.verify_url
    columns = {(row["table"], row["column"]) for row in rows_of(package, "dictionary.csv")}
    assert columns == {(f"{name}.csv", column.name) for name, found in TABLES.items() for column in found}


def test_attachments_are_listed_and_sealed(report: Report) -> None:
    files = files_of(to_package(replace(report, attachments={"polls/1/result.json": b"{}\n"})))
    check(files)
    assert json.loads(files["datapackage.json"])["resources"][-1]["path"] == "polls/1/result.json"


def test_small_groups_come_without_a_number(package: bytes) -> None:
    assert [row["contributors"] for row in rows_of(package, "groups.csv")] == ["12", "", "30", ""]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(text=anything)
def test_whatever_people_write_is_checked_and_comes_back(with_text: Callable[[str], Report], text: str) -> None:
    report = with_text(text)
    whole = replace(report.themes[0], quotes=(replace(report.themes[0].quotes[0], start=0, end=len(text)),))
    entries = tuple(replace(entry, theme_numbers=entry.theme_numbers and (1,)) for entry in report.contributions)
    package = to_package(replace(report, themes=(whole,), contributions=entries))
    verify.check_hashes(files_of(package))
    said = {row["id"]: row for row in rows_of(package, "contributions.csv")}
    verify.check_quotes(said, rows_of(package, "citations.csv"))
    assert {row["text"] for row in said.values()} == {text}


def test_script_is_short_and_needs_nothing(folder: Path) -> None:
    source = (folder / "verify.py").read_text()
    assert source.count("\n") <= 300
    assert all(word not in source for word in ("import urllib", "import socket", "methods"))
