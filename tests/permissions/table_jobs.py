"""Answers of jobs: owner and operators; for everybody else they are not there."""

# url name     method  draft    open     closed   hidden
TABLE = """
jobs:job       GET   4444+4+  4444+4+  4444+4+  4444+4+
jobs:progress  GET   4444+4+  4444+4+  4444+4+  4444+4+
jobs:cancel    POST  4444~4~  4444~4~  4444~4~  4444~4~
jobs:list      GET   +++++++
"""
