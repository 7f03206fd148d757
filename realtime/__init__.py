"""Live pages: topics, their versions, the hub and the one consumer. Knows no other room and carries no secrets."""
