"""Answers of consultations: drafts are for members, preparing for organisers, comments for everybody."""

# url name                     method  draft    open     closed   hidden
TABLE = """
consultations:list             GET   +++++++  +++++++  +++++++  +++++++
consultations:new              GET   >3333+3  >3333+3  >3333+3  >3333+3
consultations:new              POST  >3333!3  >3333!3  >3333!3  >3333!3
consultations:mine             GET   +++++++  +++++++  +++++++  +++++++
consultations:receipt          GET   444+++4  +++++++  +++++++  +++++++
consultations:clause           GET   444+++4  +++++++  +++++++  +++++++
consultations:clause           POST  4443334  ~~~~~~~  3333333  ~~~~~~~
consultations:sheet            GET   444+++4  +++++++  +++++++  +++++++
consultations:clause_comments  GET   444+++4  +++++++  +++++++  +++++++
consultations:comment          GET   444+++4  +++++++  +++++++  44++444
consultations:comment          POST  4443334  ~~~~~~~  3333333  4433444
consultations:edit_comment     GET   4443334  >3+3333  >333333  4433444
consultations:edit_comment     POST  4443334  33~3333  3333333  4433444
consultations:support          POST  4443334  >~3~~~~  3333333  4433444
consultations:show             GET   444+++4  +++++++  +++++++  +++++++
consultations:draft            GET   444+++4  +++++++  +++++++  +++++++
consultations:document         GET   444+++4  +++++++  +++++++  +++++++
consultations:version          GET   444+++4  +++++++  +++++++  +++++++
consultations:changes          GET   444+++4  +++++++  +++++++  +++++++
consultations:whole            GET   444+++4  +++++++  +++++++  +++++++
consultations:whole            POST  4443334  ~~~~~~~  3333333  ~~~~~~~
consultations:edit             GET   44433+4  >3333+3  >3333+3  >3333+3
consultations:edit             POST  44433!4  >3333!3  >3333!3  >3333!3
consultations:phases           GET   44433+4  >3333+3  >3333+3  >3333+3
consultations:phases           POST  44433!4  >3333!3  >3333!3  >3333!3
consultations:text             GET   44433+4  >3333+3  >3333+3  >3333+3
consultations:text             POST  44433~4  >3333~3  >3333~3  >3333~3
consultations:next_version     GET   44433+4  >3333+3  >3333+3  >3333+3
consultations:next_version     POST  44433~4  >3333~3  >3333~3  >3333~3
consultations:publish_version  POST  44433~4  >3333~3  >3333~3  >3333~3
consultations:prepare          GET   44433+4  >3333+3  >3333+3  >3333+3
consultations:publish          POST  44433~4  >3333~3  >3333~3  >3333~3
"""
