"""Commands of the room `moderation`."""
