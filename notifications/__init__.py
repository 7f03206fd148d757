"""Tells people what concerns them, by asking the other rooms. No other room calls it."""
