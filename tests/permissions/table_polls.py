"""Answers of polls: results after closing are nobody's before, whatever the role; drafts are the organisers'."""

# url name          method  draft    open     closed   hidden
TABLE = """
polls:list          GET   +++++++  +++++++  +++++++  +++++++
polls:create        GET   44433+4  33333+3  33333+3  33333+3
polls:create        POST  44433!4  33333!3  33333!3  33333!3
polls:poll          GET   44444+4  +++++++  +++++++  +++++++
polls:vote          GET   44444~4  ~~~~~~~  ~~~~~~~  ~~~~~~~
polls:vote          POST  44444!4  >+!++++  !!!!!!!  >+!++++
polls:results       GET   4444434  3333333  +++++++  3333333
polls:results_live  GET   4444434  3333333  +++++++  3333333
polls:results_csv   GET   4444434  3333333  +++++++  3333333
polls:receipts_csv  GET   4444434  3333333  +++++++  3333333
polls:ledger        GET   44444+4  +++++++  +++++++  +++++++
polls:ledger_lines  GET   44444+4  +++++++  +++++++  +++++++
polls:package_zip   GET   4444444  4444444  4444444  4444444
polls:observers_zip GET   4444434  3333333  3333333  3333333
polls:package_file  GET   4444444  4444444  4444444  4444444
polls:asides        GET   44444+4  +++++++  +++++++  +++++++
polls:asides        POST  44444!4  33333!3  33333!3  33333!3
polls:decide_aside  POST  44444~4  33333~3  33333!3  33333~3
polls:qr            GET   44444+4  +++++++  +++++++  +++++++
polls:edit          GET   44444+4  33333~3  33333~3  33333~3
polls:edit          POST  44444!4  33333~3  33333~3  33333~3
polls:correct       GET   44444~4  33333+3  33333~3  33333+3
polls:correct       POST  44444~4  33333!3  33333~3  33333!3
polls:paper         GET   44444+4  33333+3  33333+3  33333+3
polls:paper         POST  44444!4  33333~3  33333!3  33333~3
polls:paper_sheet   GET   44444+4  33333+3  33333+3  33333+3
polls:bundle        GET   44444+4  33333+3  33333+3  33333+3
polls:bundle        POST  44444~4  33333~3  33333~3  33333~3
polls:bundle_put_in   POST  44444~4  33333~3  33333~3  33333~3
polls:bundle_restart  POST  44444~4  33333~3  33333~3  33333~3
polls:strips        GET   44444+4  33333+3  33333+3  33333+3
polls:strips        POST  44444!4  33333!3  33333!3  33333!3
polls:desk          GET   44444+4  33333+3  33333+3  33333+3
polls:desk          POST  44444!4  33333+3  33333!3  33333+3
polls:lot           GET   44444~4  33333~3  33333~3  33333~3
polls:lot           POST  44444~4  33333~3  33333~3  33333~3
polls:practice_first  GET   +++++++  +++++++  +++++++  +++++++
polls:practice_first  POST  !!!!!!!  !!!!!!!  !!!!!!!  !!!!!!!
polls:practice      GET   +++++++  +++++++  +++++++  +++++++
polls:practice      POST  !!!!!!!  !!!!!!!  !!!!!!!  !!!!!!!
polls:publish       POST  44444~4  33333~3  33333~3  33333~3
polls:roll          GET   44444+4  33333+3  33333+3  33333+3
polls:roll          POST  44444!4  33333!3  33333!3  33333!3
polls:roll_strike   POST  4444444  3333343  3333343  3333343
polls:roll_answer   POST  4444444  3333343  3333343  3333343
polls:roll_object   POST  44444!4  !!!!!!!  !!!!!!!  !!!!!!!
polls:remind        POST  44444!4  33333!3  33333!3  33333!3
polls:slips         POST  44444~4  33333~3  33333~3  33333~3
polls:code          GET   44444+4  +++++++  +++++++  +++++++
polls:code          POST  44444!4  !!!!!!!  !!!!!!!  !!!!!!!
polls:may_vote      GET   44444+4  +++++++  +++++++  +++++++
polls:may_vote      POST  44444!4  !!!!!!!  !!!!!!!  !!!!!!!
"""
