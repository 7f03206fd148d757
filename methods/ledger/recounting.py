"""Counting a package again: chain, codes, count, ties and lot. `recount.py` is made from this and all it calls.

Refuses to go on after the first thing that is wrong, and to call a package in order whose ballots it could not count.
"""

import argparse
import csv
import io
import json
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from .boxes import Paper, follows_from_sums, result_of_box, shows_ballots
from .canon import canonical, digest, written
from .chain import LEDGER, Chain, verify
from .codes import commitment, is_receipt_of
from .requirements import required
from .wrong import Wrong, need

RULES = "rules.json"
BALLOTS = "ballots.csv"
RESULT = "result.json"
PROGRAM = "recount.py"
WORDS = {"quorum": "kuorum / quorum", "majority": "mayoritas / majority"}
Files = Mapping[str, bytes]
Facts = Mapping[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check a package, say what was found, and return the exit code: 0, 1, 2, or 64 for arguments it does not know."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    own = Path(__file__).resolve().parent
    parser.add_argument("package", nargs="?", default=own, type=Path, help="folder atau ZIP / folder or ZIP")
    parser.add_argument("--head", default="", help="kepala rantai yang Anda lihat / a head of the chain that you saw")
    parser.add_argument("--receipt", default="", help="kode tanda terima Anda / the code of your receipt")
    try:
        chosen = parser.parse_args(arguments)
        said, complete = check_package(read_package(chosen.package), chosen.head, chosen.receipt)
    except SystemExit as stop:  # argparse ends with 2 for unknown arguments, which here means something else
        return 64 if stop.code else 0
    except Wrong as wrong:
        print(f"SALAH: {wrong.file}: {wrong.indonesian}\nWRONG: {wrong}")
        return 1
    print("\n".join(said))
    return 0 if complete else 2


def read_package(package: Path) -> dict[str, bytes]:
    """Name -> content of the five files, from a folder or a ZIP. Raises Wrong for one that cannot be read."""
    names = (LEDGER, RULES, BALLOTS, RESULT, PROGRAM)
    folder = package if package.is_dir() else _read(package.name, lambda: zipfile.Path(package))
    return {name: _read(name, folder.joinpath(name).read_bytes) for name in names}


def check_package(files: Files, head: str = "", receipt: str = "") -> tuple[list[str], bool]:
    """Check the five files of a package: name -> content. head, receipt: what somebody saw or kept; "" asks nothing.

    Returns sentences, and whether every ballot was counted again. Raises Wrong for the first thing that is wrong.
    """
    chain: Chain = _read(LEDGER, lambda: _check_chain(files))
    rules: Facts = _read(RULES, lambda: _check_rules(files, chain))
    papers: list[Paper] = _read(BALLOTS, lambda: _check_ballots(files, chain))
    _check_hash(PROGRAM, files, chain.the("counted")["version"])
    results, complete = _read(RESULT, lambda: _check_result(files, chain, rules, papers))
    opened = sum(bool(paper.nonce) for paper in papers)
    said = [f"Semua cocok: {opened} surat suara dihitung ulang. / All holds: {opened} ballots were counted again."]
    if not complete:
        said = [f"{len(papers) - opened} surat suara tidak dibuka, jadi tidak dapat dihitung ulang; selebihnya cocok."]
        said += [f"{len(papers) - opened} ballots are not opened and cannot be counted again; all else holds."]
    said += _read(RESULT, lambda: _say_results(rules, results, chain.the("counted")["value"]))
    said += _look_up(chain, head.strip().lower(), receipt)
    return [*said, f"Kepala rantai, bandingkan! / Head of the chain, compare it! {chain.head}"], complete


def _check_chain(files: Files) -> Chain:
    text = files[LEDGER].decode("ascii")
    need(text.endswith("\n"), LEDGER, "baris terakhir terpotong.", "its last line is cut off.")
    chain = verify(text[:-1].split("\n"))
    need(chain.the("counted"), LEDGER, "belum dihitung.", "the poll has not been counted yet.")
    return chain


def _check_rules(files: Files, chain: Chain) -> Facts:
    opening = chain.the("opening")
    _check_hash(RULES, files, opening["rules"])
    rules: Facts = json.loads(files[RULES])
    need(rules["poll"] == opening["poll"], RULES, "milik pemungutan suara lain.", "it is another poll's.")
    keys = {question["key"] for question in rules["questions"] if question["kind"] != "text"}
    fits = keys.issuperset(chain.the("closed")["boxes"])
    need(fits, RULES, "ada kotak tanpa pertanyaan.", "there is a box without a question.")
    counts = [len(chain.box(key) - chain.set_aside) for key in keys]
    roll, most = opening["roll"]["size"], max(counts, default=0)
    need(roll is None or most <= roll, LEDGER, "surat suara melebihi daftar.", "there are more ballots than voters.")
    return rules


def _check_ballots(files: Files, chain: Chain) -> list[Paper]:
    head, *rows = csv.reader(io.StringIO(files[BALLOTS].decode(), newline=""), strict=True)
    need(tuple(head) == Paper._fields, BALLOTS, "judul kolomnya lain.", "its columns have other names.")
    papers = [Paper(*row) for row in rows]
    codes = [paper.commitment for paper in papers]
    standing = {code: of for code, (of, _) in chain.listed.items() if code not in chain.withdrawn}
    for row, paper in enumerate(papers, start=2):
        there = standing.get(paper.commitment) == paper.question
        _need_row(there, row, "tidak ada di kotak ini.", "it is not in this box.")
        same = not (paper.nonce or paper.ballot) or commitment(paper.ballot, paper.nonce) == paper.commitment
        _need_row(same, row, "surat suara tidak cocok dengan komitmen.", "the ballot is not the one committed to.")
    need(codes == sorted(standing), BALLOTS, "kurang, berlebih, atau tidak urut.", "rows are missing or out of order.")
    counted = chain.the("counted")
    _check_hash(BALLOTS, files, counted["listed"], counted["ballots"])
    return papers


def _check_result(files: Files, chain: Chain, rules: Facts, papers: Sequence[Paper]) -> tuple[Facts, bool]:
    """Count every question whose ballots are open. Returns the results, and whether that was all of them."""
    counted, aside, complete = chain.the("counted"), chain.set_aside, True
    roll = chain.the("opening")["roll"]["size"]
    _check_hash(RESULT, files, counted["result"])
    given = json.loads(files[RESULT])["questions"]
    found = {}
    for question in (one for one in rules["questions"] if one["kind"] != "text"):
        key = question["key"]
        box = [paper for paper in papers if paper.question == key]
        counts = [paper for paper in box if paper.commitment not in aside]
        opened = all(paper.nonce for paper in counts)
        promised = rules["publication"] == "full" and shows_ballots(rules, len(counts))
        need(opened or not promised, BALLOTS, f"{key}: ada yang tidak dibuka.", f"{key}: some are not opened.")
        if opened:
            found[key] = result_of_box(rules, question, box, aside, counted["seed"], roll)
        else:
            complete, found[key] = False, given[key]
            official = given[key]["official"]
            parts = [official.get(part) for part in ("valid", "blank", "invalid")]
            fits = official["turnout"] == len(counts) and (None in parts or sum(parts) == len(counts))
            need(fits, RESULT, f"{key}: jumlahnya tidak cocok.", f"{key}: its numbers do not add up.")
            known = follows_from_sums(question, official, counted["seed"])
            met = required(rules, question, official, roll)
            fits = known == {name: official[name] for name in known}
            fits = fits and met == {name: given[key]["requirements"][name] for name in met}
            need(fits, RESULT, f"{key}: bukan itu yang mengikuti angkanya.", f"{key}: its sums say otherwise.")
        same = canonical(found[key]) == canonical(given[key])
        need(same, RESULT, f"{key}: hitungan ulang berbeda.", f"{key}: counting again gives another result.")
    same = written({"poll": rules["poll"], "questions": found}) == files[RESULT]
    need(same, RESULT, "memuat yang tidak dihitung.", "it holds what was not counted.")
    return found, complete


def _say_results(rules: Facts, results: Facts, value: str) -> list[str]:
    """Who was chosen, question by question, and what the lot was drawn with where one was drawn."""
    said = []
    for question in (one for one in rules["questions"] if one["key"] in results):
        official = results[question["key"]]["official"]
        words = {option["key"]: option["text"] for option in question["options"]}
        names = ", ".join(words[key] for key in official.get("winners", ())) or "–"
        lot = any(tie["how"] == "lot" for tie in official.get("ties", ()))
        said.append(f"{question['text'] or question['key']}: {names} ({official['turnout']})")
        for name, fact in results[question["key"]].get("requirements", {}).items():
            met = "tercapai / met" if fact["met"] else "tidak tercapai / not met"
            said.append(f"  {WORDS[name]}: {met} {fact.get('has', '')}/{fact.get('needs', '')}")
        said += [f"  undian dengan nilai publik / lot with the public value: {value or '–'}"] if lot else []
    return said


def _look_up(chain: Chain, head: str, receipt: str) -> list[str]:
    """What the chain says of a head and a receipt; "" asks nothing. Raises Wrong when it does not know them."""
    known = [code for code in chain.listed if receipt and is_receipt_of(receipt, code)]
    need(not head or head in chain.heads, LEDGER, "kepala itu tidak dikenal.", "that head is not in this chain.")
    need(not receipt or known, LEDGER, "tanda terima itu tidak tercatat.", "that receipt is not listed.")
    said = [f"Kepala itu catatan ke- / That head is entry {chain.heads.index(head) + 1}."] if head else []
    for code in known:
        state = "disisihkan / set aside" if code in chain.set_aside else "dihitung / counted"
        state = "diganti / replaced by a newer vote" if code in chain.withdrawn else state
        said.append(f"Tanda terima itu / That receipt: {state} ({code}).")
    return said


def _read(file: str, check: Callable[[], Any]) -> Any:
    """What a check gives; whatever else goes wrong in it is said to be wrong with its file."""
    try:
        return check()
    except Wrong:
        raise
    except Exception as problem:
        raise Wrong(file, f"tidak terbaca: {problem!r}", f"it cannot be read: {problem!r}") from problem


def _check_hash(name: str, files: Files, *wanted: str) -> None:
    same = digest(files[name]) in wanted
    need(same, name, "berubah: hash-nya bukan yang di rantai.", "it was changed: its hash is not the one in the chain.")


def _need_row(holds: object, row: int, indonesian: str, english: str) -> None:
    need(holds, BALLOTS, f"baris {row}: {indonesian}", f"row {row}: {english}", row)


if __name__ == "__main__":
    sys.exit(main())
