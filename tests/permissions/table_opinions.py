"""Answers of opinions: drafts are the organisers', everything else everybody's; hidden statements their author's."""

# url name             method  draft    open     closed   hidden
TABLE = """
opinions:create        GET   44433+4  >3333+3  >3333+3  >3333+3
opinions:create        POST  44433!4  >3333!3  >3333!3  >3333!3
opinions:conversation  GET   44444+4  +++++++  +++++++  +++++++
opinions:vote          POST  44444!4  ~~~~~~~  !!!!!!!  ~~~~~~~
opinions:write         GET   4444434  +++++++  3333333  +++++++
opinions:write         POST  4444434  ~~~~~~~  3333333  ~~~~~~~
opinions:publish       POST  44444~4  >3333~3  >3333~3  >3333~3
opinions:statements    GET   44444+4  +++++++  +++++++  +++++++
opinions:statement     GET   44444+4  +++++++  +++++++  44++444
"""
