"""Work in the background: rows with progress, and the engine. Does not know what the work is about."""
