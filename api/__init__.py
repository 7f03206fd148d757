"""The read-only REST interface. Has no rules of its own."""
