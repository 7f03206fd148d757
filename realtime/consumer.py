"""The one consumer: a socket that listens to topics."""

from channels.generic.websocket import AsyncWebsocketConsumer


class LiveConsumer(AsyncWebsocketConsumer):
    """Answers `listen` with a snapshot."""
