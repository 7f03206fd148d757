"""Commands of the room `opinions`."""
