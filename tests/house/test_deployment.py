"""What deploy/compose.yaml says is done here by its own commands and settings: prepare, two web servers, a worker.

Only the names of hosts, the folder and the ports are those of this machine; images and Caddy are not tried.
"""

import os
import re
import shlex
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.databases import postgres_database
from tests.servers import ROOT, Installation, free_port, wait_for

pytestmark = [pytest.mark.postgres, pytest.mark.redis]
SITE = "rembuk.example.go.id"
FILLED_IN = {"SECRET_KEY": "k" * 60, "POSTGRES_PASSWORD": "word"}
COMPOSE = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())
START = """
from accounts.models import Organisation
from consultations.actions import create_consultation
from summaries.actions import start_build
office = Organisation.objects.get()
facts = {"slug": "road", "title": "A road", "question": "Where?", "decided": "-", "changeable": "-", "language": "id"}
start_build(person=None, consultation=create_consultation(person=None, organisation=office, **facts))
"""
STATE = "from jobs.models import Job; print(Job.objects.get().state)"


def environment(database: str) -> dict[str, str]:
    """The settings of the image's processes, filled in from .env.example."""
    lines = (ROOT / "deploy/.env.example").read_text().splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#")) | FILLED_IN
    written = COMPOSE["x-rembuk"]["environment"]
    found = {name: re.sub(r"\$\{(\w+)[^}]*\}", lambda one: given[one[1]], text) for name, text in written.items()}
    return found | {"DATABASE_URL": database, "REDIS_URL": os.environ["REDIS_URL"], "EMAIL_URL": "", "DEBUG": ""}


def here(command: list[str], port: int) -> list[str]:
    """A command of an image as it is said on this machine."""
    words = [sys.executable if word == "python" else word for word in command]
    return [word.replace("0.0.0.0", "127.0.0.1").replace(":8000", f":{port}") for word in words]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with postgres_database(os.environ["DATABASE_URL"]) as database:
        made = Installation(tmp_path, **environment(database))
        yield made
        made.end()


def run(installation: Installation, command: list[str]) -> None:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(command, cwd=ROOT, env=installation.environment | {"PATH": path}, check=True, timeout=120)


def ask(port: int, path: str = "/") -> tuple[int, str]:
    """What Caddy gets: it says the host that was asked for, and that it was asked by HTTPS."""
    headers = {"Host": SITE, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, ""


def test_services_of_the_compose_file_work_together(installation: Installation) -> None:
    services: dict[str, Any] = COMPOSE["services"]
    run(installation, services["prepare"]["entrypoint"])
    dockerfile = (ROOT / "deploy/Dockerfile").read_text()
    serve = yaml.safe_load(re.search(r"^CMD (\[.*\])$", dockerfile, re.M)[1])
    ports = [free_port() for _number in range(services["web"]["deploy"]["replicas"])]
    for port in ports:
        installation.start(*here(serve, port), PORT=str(port))
    for port in ports:
        wait_for(lambda port=port: _listens(port), 30, "a web server that answers")
        run(installation, here(services["web"]["healthcheck"]["test"][1:], port))
    assert [ask(port, "/readyz")[0] for port in ports] == [200, 200]
    sheet = re.search(r'href="(/static/[^"]+\.css)"', ask(ports[0])[1])[1]
    assert [ask(port, sheet)[0] for port in ports] == [200, 200]
    text = (ROOT / "deploy/compose.yaml").read_text()
    installation.manage(*shlex.split(re.search(r"worker (create_organiser .*)", text)[1]))
    installation.start(*services["worker"]["command"])
    installation.python(START)
    wait_for(lambda: installation.python(STATE).strip() != "queued", 30, "a job that the worker took")
    wait_for(lambda: installation.python(STATE).strip() == "done", 30, "a job that is done")


def _listens(port: int) -> bool:
    try:
        return ask(port, "/healthz")[0] == 200
    except OSError:
        return False
