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
summaries:package        GET   4444444  4444444  +++++++  4444444
summaries:contributions  GET   4444++4  4444++4  +++++++  4444++4
summaries:publish        GET   4444~~4  4444++4  >333~~3  4444++4
summaries:publish        POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:theme          GET   4444++4  4444++4  +++++++  4444++4
summaries:decide         GET   4444++4  4444++4  >333++3  4444++4
summaries:decide         POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:rename         GET   4444++4  4444++4  >333~~3  4444++4
summaries:rename         POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:misread        GET   4444334  4444334  >3+3333  4444334
summaries:misread        POST  4444334  4444334  >3~3333  4444334
summaries:misread_list   GET   4443++4  >333++3  >333++3  >333++3
summaries:misread_settle GET   4443++4  >333++3  >333++3  >333++3
summaries:misread_settle POST  4443~~4  >333~~3  >333~~3  >333~~3
summaries:holding        GET   4443334  >333++3  >333++3  >333++3
summaries:holding        POST  4443334  >333~~3  >333~~3  >333~~3
summaries:personal       GET   4444++4  4444++4  >333++3  4444++4
summaries:keep_personal  POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:easy           GET   4444++4  4444++4  +++++++  4444++4
summaries:write_easy     GET   4443++4  >333++3  >333++3  >333++3
summaries:write_easy     POST  4443~~4  >333~~3  >333~~3  >333~~3
summaries:census         GET   4443++4  >333++3  >333++3  >333++3
summaries:census         POST  4443~~4  >333~~3  >333~~3  >333~~3
summaries:translate      GET   4444++4  4444++4  >333++3  4444++4
summaries:translate      POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:suggestions    GET   4444++4  4444++4  >333++3  4444++4
summaries:ask_model      POST  4444334  4444334  >333333  4444334
summaries:settle_suggestion POST 4444~~4 4444~~4 >333~~3 4444~~4
summaries:split          GET   4444++4  4444++4  >333~~3  4444++4
summaries:split          POST  4444!!4  4444!!4  >333~~3  4444!!4
summaries:review         POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:move           POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:merge          GET   4444~~4  4444~~4  >333~~3  4444~~4
summaries:merge          POST  4444!!4  4444!!4  >333~~3  4444!!4
summaries:undo           POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:history        GET   4444++4  4444++4  >333++3  4444++4
summaries:compare        GET   4444++4  4444++4  >333++3  4444++4
summaries:campaigns      GET   4444++4  4444++4  +++++++  4444++4
summaries:campaign       GET   4444++4  4444++4  +++++++  4444++4
summaries:audit          GET   4444++4  4444++4  >333++3  4444++4
summaries:audit_draw     POST  4444~~4  4444~~4  >333~~3  4444~~4
summaries:audit_read     GET   4444++4  4444++4  >333++3  4444++4
summaries:audit_read     POST  4444~~4  4444~~4  >333~~3  4444~~4
"""
