"""Answers of forums: hidden threads and posts are for author and moderators; receipts are the author's."""

# url name      method  draft    open     closed   hidden
TABLE = """
forums:post     GET   444~~~4  ~~~~~~~  ~~~~~~~  44~~444
forums:edit     GET   4443334  >3+3333  >333333  4433444
forums:edit     POST  4443334  >3~3333  >333333  4433444
forums:receipt  GET   44+4444  44+4444  44+4444  44+4444
forums:board    GET   444+++4  +++++++  +++++++  +++++++
forums:open     GET   44433+4  >3333+3  >3333+3  >3333+3
forums:open     POST  44433~4  >3333~3  >3333~3  >3333~3
forums:new      GET   4443334  +++++++  3333333  +++++++
forums:new      POST  4443334  ~~~~~~~  3333333  ~~~~~~~
forums:thread   GET   444+++4  +++++++  +++++++  44++444
forums:reply    POST  4443334  ~~~~~~~  3333333  4433444
forums:support  POST  4443334  >~3~~~~  >333333  4433444
forums:curate   POST  444~334  >33~333  >33~333  443~444
"""
