"""How long counting takes: adding up a million rankings, each rule on the sums, a Scottish ward, beside other counters.

Adding up runs in a process of its own, whose memory is measured. The other libraries run where `make oracles` put them,
each on the same ballots as ours in the same process.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measure import ROOT, noise

from methods.counting import RULES, count
from methods.counting.ballots import add_up
from methods.counting.readers import read_csv, read_pb
from methods.counting.settings import Form, freeze

DATA = Path(os.environ.get("REMBUK_DATA") or ROOT.parent / "shared" / "data")
ORACLES = ROOT / ".venv-oracles" / "bin" / "python"
OPTIONS = tuple(f"option-{number}" for number in range(10))
SETTINGS = {"seats": 3, "budget": 1000, "costs": {option: 90 + 13 * place for place, option in enumerate(OPTIONS)}}
SCORES = (None, 0, 1, 2, 3, 4, 5)
MILLION = 1_000_000


def rankings(number: int, longest: int = 10, shortest: int = 10) -> Iterator[tuple[tuple[str, ...], int]]:
    """Random rankings: the worst case, since nearly all differ."""
    draw = random.Random(number)
    for _ in range(number):
        yield tuple(draw.sample(OPTIONS, draw.randint(shortest, longest))), 1


def different(kind: Callable[[random.Random], object], number: int) -> dict[object, int]:
    """So many different ballots of a kind, each with a small weight."""
    draw, found = random.Random(number), {}
    while len(found) < number:
        found[kind(draw)] = 1 if number > 5000 else draw.randint(1, 50)
    return found


def sums_of(rule: str, many: bool) -> dict[object, int]:
    """Ballots as the rule's tally gets them: as many different ones as there can be, at most a thousand or 900,000."""
    if rule in ("plurality", "consent"):
        return dict.fromkeys(((option,) for option in OPTIONS), 5)
    if rule in ("approval", "budget_greedy", "budget_equal_shares"):
        most, number = (10, 1000) if many else (3, 175)
        return different(lambda draw: frozenset(draw.sample(OPTIONS, draw.randint(1, most))), number)
    number = 900_000 if many else 800
    if rule in ("score", "star", "quadratic"):
        scores = SCORES[1:] if rule == "quadratic" else SCORES
        return different(lambda draw: tuple(draw.choices(scores, k=10)), number)
    ranks = (10, 10) if many else (1, 3)
    return different(lambda draw: tuple(draw.sample(OPTIONS, draw.randint(*ranks))), number)


def tally_seconds(rule: str, sums: dict[object, int], times: int) -> float:
    """Processor seconds of one tally, the best of some."""
    chosen = RULES[rule]
    settings = freeze(chosen.settings, SETTINGS, {"objection": OPTIONS[-1], **chosen.own})
    form = Form(tuple(sorted(OPTIONS)), frozenset(OPTIONS), OPTIONS, settings)
    return min(seconds(lambda: chosen.tally(sums, form)) for _ in range(times))


def seconds(act: Callable[[], object]) -> float:
    """Processor seconds of an act."""
    started = time.process_time()
    act()
    return time.process_time() - started


def adding() -> None:
    """In a process of its own: processor seconds of adding up a million ballots, and its peak memory in megabytes."""
    known = frozenset(OPTIONS)
    making = seconds(lambda: all(weight for _, weight in rankings(MILLION)))
    whole = seconds(lambda: add_up(rankings(MILLION), lambda ballot: ballot, known=known))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": whole - making, "megabytes": peak}))


def peers() -> None:
    """In the environment of the other libraries: seconds of ours and theirs on the same ballots."""
    import pyrankvote
    from pabutools.election import Cost_Sat, parse_pabulib
    from pabutools.rules import method_of_equal_shares
    from pref_voting.iterative_methods import instant_runoff
    from pref_voting.margin_based_methods import beat_path
    from pref_voting.profiles import Profile

    def profile(box: list[tuple[tuple[str, ...], int]]) -> Profile:
        return Profile([[OPTIONS.index(one) for one in ballot] for ballot, _ in box])

    rows = []
    box = list(rankings(100_000))
    instant_runoff(profile(box[:10]))  # compiles
    for rule, method in (("irv", instant_runoff), ("schulze", beat_path)):
        ours = seconds(lambda rule=rule: count(rule, OPTIONS, box))
        rows.append((f"{rule}, 100,000 rankings", "pref_voting", ours, seconds(lambda m=method: m(profile(box)))))
    people = {option: pyrankvote.Candidate(option) for option in OPTIONS}
    ballots = [pyrankvote.Ballot([people[one] for one in ballot]) for ballot, _ in box]
    theirs = seconds(lambda: pyrankvote.instant_runoff_voting(list(people.values()), ballots))
    rows.append(("irv, 100,000 rankings", "pyrankvote", seconds(lambda: count("irv", OPTIONS, box)), theirs))
    path = DATA / "pb" / "Poland_Swiecie_2023.pb"
    if path.is_file():
        file = read_pb(path.read_text(encoding="utf-8"))
        settings = {"budget": file.budget, "costs": file.costs, "completion": "none"}
        ours = seconds(lambda: count("budget_equal_shares", list(file.options), file.ballots, settings))
        instance, votes = parse_pabulib(str(path))
        theirs = seconds(lambda: method_of_equal_shares(instance, votes, sat_class=Cost_Sat))
        rows.append(("equal shares, Swiecie", "pabutools", ours, theirs))
    print(json.dumps(rows))


def child(interpreter: str, mode: str) -> str:
    """What this file prints in another process."""
    command = [interpreter, str(Path(__file__)), mode]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout


def wards() -> None:
    """The slowest of nine wards, file to result."""
    found = {}
    for path in sorted((DATA / "scottish").glob("*_ward*.csv")):
        text = path.read_text(encoding="utf-8")

        def elect(text: str = text) -> object:
            file = read_csv(text)
            return count("stv", list(file.options), file.ballots, {"seats": file.seats})

        found[path.stem] = min(seconds(elect) for _ in range(5)) * 1000
    if found:
        slowest = max(found, key=found.__getitem__)
        print(f"a Scottish ward, file to result: {found[slowest]:.1f} ms (budget 10 ms), the slowest of {len(found)}")


def main() -> None:
    """Prints a line for each figure, its budget, and the ratio to others."""
    print(noise())
    added = json.loads(child(sys.executable, "--adding"))
    print(f"1,000,000 rankings of ten options added up: {added['seconds']:.2f} s (budget 2 s)")
    print(f"their process at its peak: {added['megabytes']:.0f} MB (budget 250 MB)")
    for many, times, budget in ((False, 5, 0.005), (True, 1, 1.0)):
        for rule in RULES:
            sums = sums_of(rule, many)
            took = tally_seconds(rule, sums, times)
            print(f"{rule} on {len(sums):,} different ballots: {took * 1000:,.2f} ms (budget {budget * 1000:,.0f} ms)")
    wards()
    if not ORACLES.is_file():
        print("beside other libraries: not measured (make oracles)")
        return
    for what, name, ours, theirs in json.loads(child(str(ORACLES), "--peers")):
        print(f"{what}: {ours:.3f} s; {name} {theirs:.3f} s, {theirs / ours:.0f} times as long")


if __name__ == "__main__":
    {"--adding": adding, "--peers": peers}.get("".join(sys.argv[1:2]), main)()
