"""Answers of moderation: queue and cases for moderators; rules and log for everybody."""

# url name           method  draft    open     closed   hidden
TABLE = """
moderation:queue     GET   >33+333  >33+333  >33+333  >33+333
moderation:start     POST  >33~333  >33~333  >33~333  >33~333
moderation:bulk      POST  >33~333  >33~333  >33~333  >33~333
moderation:case      GET   >33+333  >33+333  >33+333  >33+333
moderation:claim     POST  >33~333  >33~333  >33~333  >33~333
moderation:decide    POST  >33~333  >33~333  >33~333  >33~333
moderation:undo      POST  >33~333  >33~333  >33~333  >33~333
moderation:flag      GET   444+++4  ++3++++  ++3++++  443+444
moderation:flag      POST  444~~~4  ~~3~~~~  ~~3~~~~  443~444
moderation:flagged   GET   444+++4  +++++++  +++++++  44++444
moderation:log       GET   +++++++  +++++++  +++++++  +++++++
moderation:log_csv   GET   +++++++  +++++++  +++++++  +++++++
moderation:rules     GET   +++++++
moderation:rules_of  GET   +++++++
"""
