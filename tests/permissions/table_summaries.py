"""Answers of summaries: unpublished ones for analysts and organisers; a file for the one who ordered it."""

# url name               method  draft    open     closed   hidden
TABLE = """
summaries:list           GET   +++++++  +++++++  +++++++  +++++++
summaries:download       GET   4444+44  4444+44  4444+44  4444-44
summaries:public         GET   444+++4  +++++++  +++++++  +++++++
summaries:overview       GET   4443++4  >333++3  >333++3  >333++3
summaries:start          POST  4443~~4  >333~~3  >333~~3  >333~~3
summaries:export         POST  4443~~4  >333~~3  >333~~3  >333~~3
summaries:build          GET   4444++4  4444++4  +++++++  4444++4
summaries:contributions  GET   4444++4  4444++4  +++++++  4444++4
summaries:publish        GET   4444~~4  4444++4  >333~~3  4444++4
summaries:publish        POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:theme          GET   4444++4  4444++4  +++++++  4444++4
summaries:decide         GET   4444++4  4444++4  >333++3  4444++4
summaries:decide         POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:rename         GET   4444++4  4444++4  >333++3  4444++4
summaries:rename         POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:misread        GET   4444334  4444334  >3+3333  4444334
summaries:misread        POST  4444334  4444334  >3~3333  4444334
summaries:misread_list   GET   4443++4  >333++3  >333++3  >333++3
summaries:misread_settle GET   4443++4  >333++3  >333++3  >333++3
summaries:misread_settle POST  4443~~4  >333~~3  >333~~3  >333~~3
summaries:holding        GET   4443334  >333++3  >333++3  >333++3
summaries:holding        POST  4443334  >333~~3  >333~~3  >333~~3
"""
