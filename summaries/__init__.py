"""What was heard becomes themes, decisions and documents. Writes nothing that cites no source."""
