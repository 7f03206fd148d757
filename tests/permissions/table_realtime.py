"""Answers of snapshots by HTTP, of a consultation; `test_topics.py` has every topic."""

# url name         method  draft    open     closed   hidden
TABLE = """
realtime:snapshot  GET   444+++4  +++++++  +++++++  +++++++
"""
