"""One worker process beside the server: started, started again when it dies, and ended with the server."""

import logging
import os
import subprocess
import sys
import threading
import time

from django.conf import settings

logger = logging.getLogger(__name__)
SERVER = "REMBUK_SERVER_PID"  # tells the worker whose end is its own
STOP_IN = 1.0  # seconds between asking and killing, once the server has ended
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0  # seconds before a worker that died is started again
STEADY = 60.0  # seconds after which a worker counts as having run well


class Worker:
    """Keeps one `manage.py run_huey` running until `stop`."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, daemon=True, name="keeper of the worker")

    def start(self) -> None:
        """Start the worker, and stay at it."""
        self._keeper.start()

    def ask_to_stop(self) -> None:
        """Let the worker end; a job that it runs is given back."""
        with self._lock:
            self._stopping.set()
            if self._process:
                self._process.terminate()

    def stop(self) -> None:
        """End the worker; kill it if it does not end by itself."""
        self.ask_to_stop()
        self._keeper.join(STOP_IN)
        if self._keeper.is_alive():
            self.kill()

    def kill(self) -> None:
        """End the worker at once; the clock of another one queues its job again."""
        if self._process:
            self._process.kill()

    def _keep(self) -> None:
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            with self._lock:
                if self._stopping.is_set():
                    return
                # A session of its own: Ctrl-C in a terminal reaches the server only, which ends both in order.
                self._process = subprocess.Popen(  # noqa: S603 (our own command)
                    [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_huey", "--quiet"],
                    env=os.environ | {SERVER: str(os.getpid())},
                    start_new_session=True,
                )
            status = self._process.wait()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - began > STEADY else min(pause * 2, LONGEST_PAUSE)
            logger.warning("The worker ended with status %s; it is started again in %.0f s.", status, pause)
            self._stopping.wait(pause)
