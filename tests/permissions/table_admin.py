"""Answers of the operators' door, as one group; `tests/safety` looks behind it."""

# url namemethod  always
TABLE = """
admin  GET   >>>>>>+
admin  POST  >>>>>>+
"""
