"""Clean and fair: over anything that people write. Does not know which kinds of text there are."""
