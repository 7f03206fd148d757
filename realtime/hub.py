"""The hub: one task in each server process that gathers marked topics and tells whoever listens."""

from collections.abc import Sequence


def mark(keys: Sequence[str]) -> None:
    """Note, from any thread, that `keys` have changed; returns at once."""
