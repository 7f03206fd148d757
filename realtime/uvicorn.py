"""The sockets of uvicorn, the server for very many of them.

`uvicorn config.asgi:application --ws realtime.uvicorn:Line`; docs/realtime.md says what else to set.
"""

from collections.abc import Callable
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from realtime.consumer import FRAME
from realtime.wire import WIRE, frame


class Line(WebSocketsSansIOProtocol):
    """A socket with a wire; frames at most 16 KiB, nothing compressed."""

    heard: Callable[[bytes], bool] | None = None

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
        """As uvicorn does, but an acknowledgement needs no queue."""
        if not (self.heard and event.fin and self.heard(bytes(event.data))):
            super().handle_text(event)

    def write(self, text: str) -> None:
        """Send `text` at once where the socket is open."""
        if self.handshake_complete and not self.close_sent and not self.disconnected:
            self.transport.write(frame(text))
