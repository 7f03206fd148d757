"""What the web process loads when it starts: nothing that only analysis, documents or drawing need."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ["numpy", "scipy", "sklearn", "rapidfuzz", "docx", "lxml", "xlsxwriter", "typst"]
CODE = """
import sys
import django
django.setup()
import config.asgi
from django.urls import get_resolver
get_resolver().url_patterns
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_web_process_starts_without_heavy_libraries(tmp_path):
    unset = ("DATABASE_URL", "REDIS_URL", "DEBUG", "PYTEST_CURRENT_TEST")
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    env = inherited | {"SECRET_KEY": "k" * 60, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings"}
    ran = subprocess.run([sys.executable, "-c", CODE], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert [name for name in HEAVY if name in ran.stdout.split()] == []
