"""Answers of notifications: one's own inbox, and the signed link in an e-mail."""

# url name                 method  always
TABLE = """
notifications:inbox        GET   +++++++
notifications:read         POST  44~4444
notifications:mailing      POST  >~~~~~~
notifications:mine         GET   +++++++
notifications:mine_of      GET   +++++++
notifications:unsubscribe  GET   +++++++
notifications:unsubscribe  POST  +++++++
notifications:stop         GET   +++++++
notifications:stop         POST  +++++++
"""
