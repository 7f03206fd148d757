"""Our counting beside six other libraries, on thousands of random profiles; see `oracles.py` for what is compared."""

import json
import subprocess

import pytest

from tests.methods.counting.oracles import COMPARISONS
from tests.needs import ORACLES, ROOT

AT_LEAST = {
    "run_off": 1500,
    "run_off_truncated": 2000,
    "condorcet": 4500,
    "ranked_pairs": 900,
    "borda": 2000,
    "star": 3000,
    "scottish": 1800,
    "greedy": 1500,
    "equal_shares": 1200,
    "committees": 900,
}


@pytest.mark.oracle
def test_no_profile_is_counted_otherwise_by_other_libraries() -> None:
    """One process of the interpreter that has them: they take seconds to load."""
    command = [str(ORACLES), "-m", "tests.methods.counting.oracles"]
    done = subprocess.run(
        command, cwd=ROOT, env={"HOME": str(ROOT / "var")}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {name: one["differences"] for name, one in found.items()} == {name: [] for name in COMPARISONS}
    assert {name: least for name, least in AT_LEAST.items() if found[name]["compared"] < least} == {}
