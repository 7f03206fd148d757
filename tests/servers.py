"""Real servers and workers for tests that cannot be done in one process. Each has its own folder, port and database."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 300  # seconds for a command: other tests run on the same processors


def free_port() -> int:
    """A port on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Installation:
    """An installation of its own: folder, database, environment; and the processes that were started in it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        unset = ("DATABASE_URL", "REDIS_URL", "DEBUG", "VAR_DIR", "PORT", "PYTEST_CURRENT_TEST")
        inherited = {name: value for name, value in os.environ.items() if name not in unset}
        self.environment = inherited | {"DEBUG": "1", "VAR_DIR": str(folder), "LOG_LEVEL": "WARNING"} | environment
        self.folder = folder
        self.processes: list[subprocess.Popen[str]] = []

    def manage(self, *arguments: str, **environment: str) -> str:
        """Run a command to its end. Raises CalledProcessError, with what the command said as a note."""
        command = [sys.executable, "manage.py", *arguments]
        env = self.environment | environment
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)
        try:
            done.check_returncode()
        except subprocess.CalledProcessError as failed:
            failed.add_note(failed.stderr[-3000:])
            raise
        return done.stdout

    def python(self, code: str) -> str:
        """Run `code` with Django set up; what it prints."""
        return self.manage("shell", "--no-imports", "-c", code)

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start a command; `end` ends it."""
        return self._start("manage.py", *arguments, **environment)

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        log = (self.folder / f"{len(self.processes)}.log").open("w")
        command = [sys.executable, *arguments]
        env = self.environment | environment
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.processes.append(process)
        return process

    def serve(self, *options: str, **environment: str) -> tuple[subprocess.Popen[str], int]:
        """Start a server; returns when it answers, with its port."""
        port = free_port()
        return self._answering(self.start("serve", *options, PORT=str(port), **environment), port)

    def uvicorn(self, **environment: str) -> tuple[subprocess.Popen[str], int]:
        """Start the server for many sockets as docs/realtime.md says; returns as `serve` does."""
        port = free_port()
        options = ["--ws", "realtime.uvicorn:Line", "--timeout-graceful-shutdown", "3", "--log-level", "warning"]
        command = ["-m", "uvicorn", "config.asgi:application", *options, "--port", str(port)]
        return self._answering(self._start(*command, **environment), port)

    def _answering(self, process: subprocess.Popen[str], port: int) -> tuple[subprocess.Popen[str], int]:
        wait_for(lambda: answers(port) or process.poll() is not None, 90, "a server that answers")
        assert process.poll() is None, self.logs()
        return process, port

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def end(self) -> None:
        """End every process that was started here."""
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(6)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def answers(port: int, path: str = "/live/job.0.json") -> bool:
    """Whether something answers by HTTP."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait_for(happened: Callable[[], bool], seconds: float, what: str) -> None:
    """Until `happened()`; fails with `what` when it does not in `seconds`."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"In {seconds} s there was not: {what}"
        threading.Event().wait(0.05)
