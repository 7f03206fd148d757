"""Answers of the frame: everybody reads, health included; two preferences lead back."""

# url name           method  always
TABLE = """
pages:home           GET   +++++++
pages:search         GET   +++++++
pages:help           GET   +++++++
pages:accessibility  GET   +++++++
pages:privacy        GET   +++++++
pages:language       POST  ~~~~~~~
pages:theme          POST  ~~~~~~~
pages:robots         GET   +++++++
pages:health         GET   +++++++
pages:ready          GET   +++++++
"""
