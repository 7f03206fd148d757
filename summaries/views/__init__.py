"""Pages of summaries: reading, the work on them, and files."""
