"""The command line says why it refuses."""

import os
import subprocess
import sys
from pathlib import Path

from tests.needs import ROOT


def test_stories_are_refused_in_words_where_debug_is_off(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DATABASE_URL", "REDIS_URL")}
    env |= {"SECRET_KEY": "only-for-this-test", "VAR_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "seed"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "The stories are for trial servers: everybody knows their password. Set DEBUG=1 to plant them.\n"
    )
