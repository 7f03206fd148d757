"""`manage.py serve`: the server (Daphne) and one worker beside it, which start and end together."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from jobs.worker import Worker

# Seconds after which threads that render pages hand over the interpreter. With the default, 5 ms, four people who ask
# at once cost up to three times the processor time: docs/decisions/0032-switch-interval.md.
SWITCH_INTERVAL = 0.02


class Command(BaseCommand):
    """Serves until SIGTERM or Ctrl-C; then both end within five seconds, and what was accepted is finished."""

    help = "Serve pages, live pages and (unless --no-worker) work in the background, on PORT."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (0.0.0.0 in a container)")
        parser.add_argument("--no-worker", action="store_true", help="start no worker: they run elsewhere")

    def handle(self, *args: Any, host: str, no_worker: bool, **options: Any) -> None:
        from realtime.server import Door  # installs the event loop of the process

        application = import_string(settings.ASGI_APPLICATION)
        worker = Worker()
        door = Door(application, host=host, port=settings.PORT, before_end=worker.ask_to_stop, at_last=worker.kill)
        sys.setswitchinterval(SWITCH_INTERVAL)
        if not no_worker:
            worker.start()
        self.say(f"{settings.SERVICE_NAME}: {settings.PUBLIC_URL} (on {host}, port {settings.PORT}). Ctrl-C stops.")
        try:
            door.run()
        finally:
            if not no_worker:
                worker.stop()
        self.say("Stopped." if door.status == 0 else f"Cannot listen on {host}, port {settings.PORT}.")
        os._exit(door.status)  # a thread that waits for something that hangs must not keep the process

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
