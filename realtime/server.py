"""Daphne, with an end: it takes no more requests, finishes those under way, closes the sockets, and is gone in time."""

# ruff: noqa: I001 (daphne.server installs the event loop and must come before other parts of Twisted)
import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from daphne.server import Server
from daphne.endpoints import build_endpoint_description_strings
from daphne.http_protocol import WebRequest
from daphne.ws_protocol import WebSocketFactory, WebSocketProtocol
from asgiref.typing import ASGI3Application
from twisted.internet.defer import Deferred

from realtime import hub
from realtime.consumer import FRAME, LATER
from realtime.limits import FLOOD, UNREAD
from realtime.wire import WIRE, frame

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


class Line(WebSocketProtocol):  # type: ignore[misc]
    """A socket with a wire."""

    heard: Callable[[bytes], bool] | None = None

    def dataReceived(self, data: bytes) -> None:
        """As Autobahn does, without its words for a log that nobody keeps, which cost as much as the rest."""
        self._dataReceived(data)

    def onMessage(self, payload: bytes, isBinary: bool) -> None:
        """As Daphne does, but an acknowledgement needs no queue, and a flood ends before it is read to its end."""
        if self.heard and not isBinary and self.heard(payload):
            self.last_ping = time.time()
        elif self.application_queue.qsize() < FLOOD:
            super().onMessage(payload, isBinary)
        else:
            self.dropConnection(abort=True)

    def onPing(self, payload: bytes) -> None:
        """As Autobahn does; but who asks and reads no answer is dropped."""
        if len(self.transport.dataBuffer) + self.transport._tempDataLen < UNREAD:
            super().onPing(payload)
        else:
            self.dropConnection(abort=True)

    def write(self, text: str) -> None:
        """Send `text` at once where the socket is open.

        Twisted asks the system about a socket three times for each message. Here the system is given what it takes
        straight away, unless something waits already; only the rest goes Twisted's way.
        """
        if self.state != self.STATE_OPEN:
            return
        transport, data = self.transport, frame(text)
        if not transport.dataBuffer and not transport._tempDataBuffer:
            with suppress(OSError):  # it takes nothing now, or has gone, which Twisted finds out
                data = data[transport.socket.send(data) :]
        if data:
            transport.write(data)


WebSocketFactory.protocol = Line


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
            scope["extensions"] = {WIRE: protocol}
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
