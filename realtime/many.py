"""For uvicorn, the server for many sockets: its websockets, writing a snapshot's frame without a task for each socket.

`uvicorn config.asgi:application --ws realtime.many:Protocol`; docs/realtime.md has the rest.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from realtime.consumer import FRAME, WRITE
from realtime.frames import frame


class Protocol(WebSocketsSansIOProtocol):
    """A socket whose scope has the extension `rembuk.write`; frames at most 16 KiB, nothing compressed."""

    def __init__(self, config: Any, *args: Any, **options: Any) -> None:
        config.ws_max_size = FRAME
        config.ws_per_message_deflate = False
        super().__init__(config, *args, **options)

    def handle_connect(self, event: Any) -> None:
        """As uvicorn does; the application runs after this has returned."""
        super().handle_connect(event)
        if not self.close_sent:
            self.scope["extensions"][WRITE] = self.write  # type: ignore[typeddict-unknown-key]

    def write(self, text: str) -> None:
        """Send `text` at once where the socket is open."""
        if self.handshake_complete and not self.close_sent and not self.disconnected:
            self.transport.write(frame(text))
