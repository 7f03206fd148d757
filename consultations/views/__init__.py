"""Pages of this room: for readers, for those who comment, for organisers."""
