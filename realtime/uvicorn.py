"""The sockets of uvicorn, the server for very many of them.

`uvicorn config.asgi:application --ws realtime.uvicorn:Line`; docs/realtime.md says what else to set.
"""

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from realtime.consumer import FRAME
from realtime.limits import FLOOD, UNREAD
from realtime.wire import WIRE, frame


class Line(WebSocketsSansIOProtocol):
    """A socket with a wire; frames at most 16 KiB, nothing compressed."""

    heard: Callable[[bytes], bool] | None = None
    late = 0  # messages that came after the socket was closed from this side

    def __init__(self, config: Any, *args: Any, **options: Any) -> None:
        config.ws_max_size = FRAME
        config.ws_per_message_deflate = False
        super().__init__(config, *args, **options)

    def handle_connect(self, event: Any) -> None:
        """As uvicorn does; the application runs after this has returned."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][WIRE] = self  # type: ignore[assignment, typeddict-unknown-key]

    def handle_text(self, event: Any) -> None:
        """As uvicorn does, but an acknowledgement needs no queue, and a flood ends before it is read to its end."""
        if self.heard and event.fin and self.heard(bytes(event.data)):
            return
        self.late += self.close_sent
        if max(self.queue.qsize(), self.late) < FLOOD:
            super().handle_text(event)
        else:
            self.transport.abort()

    def handle_ping(self) -> None:
        """As uvicorn does; but who asks and reads no answer is dropped."""
        if self.transport.get_write_buffer_size() < UNREAD:
            super().handle_ping()
        else:
            self.transport.abort()

    async def send(self, message: Any) -> None:
        """As uvicorn does; but it would wait for ever until a page that reads nothing has read that it is closed."""
        if message["type"] == "websocket.close" and not self.writable.is_set():
            self.transport.abort()
            return
        await super().send(message)
        if self.close_timer:
            self.close_timer.cancel()
            self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def write(self, text: str) -> None:
        """Send `text` at once where the socket is open."""
        if self.handshake_complete and not self.close_sent and not self.disconnected:
            self.transport.write(frame(text))
