"""Statements that people agree or disagree with. No free discussion."""
