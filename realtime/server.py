"""Daphne, with an end: it takes no more requests, finishes those under way, closes the sockets, and is gone in time."""

# ruff: noqa: I001 (daphne.server installs the event loop and must come before other parts of Twisted)
import asyncio
import functools
import logging
import os
import threading
from collections.abc import Callable
from typing import Any

from daphne.server import Server
from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketProtocol
from asgiref.typing import ASGI3Application
from twisted.internet.defer import Deferred

from realtime import hub
from realtime.consumer import FRAME, LATER, WRITE
from realtime.frames import frame

logger = logging.getLogger(__name__)
FINISH = 3.0  # seconds for requests under way
HURRY = 0.5  # seconds for what had to be cancelled
LAST = 4.5  # seconds after which the process ends in any case


async def closing(scope: Any, receive: Any, send: Any) -> None:
    """Answers requests that come while the server ends: nothing was done, ask again. Sockets are refused."""
    if scope["type"] != "http":
        await send({"type": "websocket.close"})
        return
    headers = [(b"content-type", b"text/plain"), (b"retry-after", b"5"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": b"The server is being restarted. Please try again."})


def write(protocol: WebSocketProtocol, text: str) -> None:
    """Send `text` on an open socket at once.

    Twisted asks the system twice whether a socket can be written before it writes. Here what the system takes is
    given to it straight away, unless something waits already; only the rest goes Twisted's way.
    """
    if protocol.state != WebSocketProtocol.STATE_OPEN:
        return
    transport, data = protocol.transport, frame(text)
    if not transport.dataBuffer and not transport._tempDataBuffer:
        taken = transport.writeSomeData(data)
        data = data[taken:] if isinstance(taken, int) else b""  # an error is told to Twisted by the next read
    if data:
        transport.write(data)


class Door(Server):
    """The server of one process. `run` returns when SIGTERM or Ctrl-C came and everything has ended.

    `before_end` is called when the end begins; `at_last` when the process must be gone at once. `status` is the exit
    status: 1 where it could not listen.
    """

    def __init__(
        self,
        application: ASGI3Application,
        *,
        host: str,
        port: int,
        before_end: Callable[[], None] = lambda: None,
        at_last: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            application,
            endpoints=build_endpoint_description_strings(host=host, port=port),
            websocket_max_message_size=FRAME,
            websocket_max_frame_size=FRAME,
            ping_interval=20,
            ping_timeout=30,
            server_name=None,
        )
        logging.getLogger("daphne").setLevel(logging.WARNING)
        self.status = 0
        self.is_ending = False
        self._before_end = before_end
        self._at_last = at_last
        self._ports: list[Any] = []

    def listen_success(self, port: Any) -> None:
        """Daphne forgets the port, but it must be closed first when the end comes."""
        self._ports.append(port)
        super().listen_success(port)

    def listen_error(self, failure: Any) -> None:
        """Say why, and end with status 1."""
        self.status = 1
        super().listen_error(failure)

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        """As Daphne does; while the server ends, requests on open connections are answered with 503."""
        if self.is_ending:
            self.application = closing
        if isinstance(protocol, WebSocketProtocol):
            scope["extensions"] = {WRITE: functools.partial(write, protocol)}
        return super().create_application(protocol, scope)

    def kill_all_applications(self) -> Any:
        """Twisted calls this before it stops, and waits for what it returns."""
        return Deferred.fromFuture(asyncio.ensure_future(self._end()))

    async def _end(self) -> None:
        self.is_ending = True
        watch = threading.Timer(LAST, self._end_now)
        watch.daemon = True
        watch.start()
        self._before_end()
        for port in self._ports:
            port.stopListening()
        requests, sockets = self._under_way()
        for protocol in sockets:
            protocol.serverClose(LATER)
        if requests:
            await asyncio.wait(requests.values(), timeout=FINISH)
        await asyncio.sleep(0.1)  # the last answers are on their way out
        left = [task for part in self._under_way() for task in part.values()]
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left, timeout=HURRY)
        await hub.end()

    def _under_way(self) -> tuple[dict[Any, Any], dict[Any, Any]]:
        """Requests and sockets that are not done, with their tasks by protocol."""
        requests: dict[Any, Any] = {}
        sockets: dict[Any, Any] = {}
        for protocol, details in self.connections.items():
            task = details.get("application_instance")
            if task is not None and not task.done():
                (requests if isinstance(protocol, WebRequest) else sockets)[protocol] = task
        return requests, sockets

    def _end_now(self) -> None:
        logger.error("Something did not end in time; the server ends without it.")
        self._at_last()
        os._exit(1)
