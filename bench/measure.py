"""What the benchmarks share: processor time and memory of processes, a yardstick for noise, PostgreSQL where it is.

Run by itself it says how busy the machine is. Processor time is compared, because absolute times depend on others.
"""

import atexit
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
LOCAL = "postgres://postgres@127.0.0.1:5432/postgres"


@dataclass(frozen=True)
class Times:
    """Milliseconds of acts one after another: processor (median), wall (95 of 100 are faster), acts per second."""

    cpu: float
    p95: float
    rate: float


def times(act: Callable[[], object], number: int) -> Times:
    """Does `act` `number` times."""
    walls, cpus = [], []
    for _ in range(number):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return Times(statistics.median(cpus) * 1000, p95(walls) * 1000, number / sum(walls))


def site() -> None:
    """Set up Django on a SQLite database of its own, as a visitor of a test client sees it, and migrate it."""
    folder = tempfile.mkdtemp("rembuk-bench")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-this-benchmark")
    os.environ |= {"VAR_DIR": folder, "LOG_LEVEL": "ERROR"}
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("REDIS_URL", None)
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES = {**settings.STORAGES, **plain}
    settings.SECURE_SSL_REDIRECT = False
    call_command("migrate", verbosity=0)


def queries(act: Callable[[], object]) -> int:
    """How many queries `act` asks."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def p95(values: Sequence[float]) -> float:
    """The value below which 95 of 100 lie."""
    return statistics.quantiles(values, n=20)[-1]


def processor_seconds(pid: int) -> float:
    """Processor time that the process has used, to the microsecond (its own clock; /proc counts in hundredths)."""
    return time.clock_gettime(~pid << 3 | 2)


def resident_megabytes(pid: int) -> float:
    """Memory of the process that is in use now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def postgres() -> str:
    """The address of PostgreSQL: of DATABASE_URL, else of a server on this machine; "" where there is none."""
    import psycopg

    given = os.environ.get("DATABASE_URL", "")
    if given:
        return given if given.startswith("postgres") else ""
    try:
        psycopg.connect(LOCAL, connect_timeout=2).close()
    except psycopg.Error:
        return ""
    return LOCAL


def noise() -> str:
    """How busy the machine is: its load, and how far equal pieces of work lie apart."""
    pieces = []
    for _ in range(15):
        started = time.perf_counter()
        sum(number % 7 for number in range(200_000))
        pieces.append((time.perf_counter() - started) * 1000)
    middle = statistics.median(pieces)
    return (
        f"machine: {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; a fixed piece of work took "
        f"{min(pieces):.0f} ms at best, {middle:.0f} in the middle, {max(pieces):.0f} at worst"
    )


if __name__ == "__main__":
    print(noise())
