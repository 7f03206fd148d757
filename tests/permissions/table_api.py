"""Answers of the interface: what everybody may read, whoever asks."""

# url name               method  draft    open     closed   hidden
TABLE = """
api:feed                 GET   +++++++  +++++++  +++++++  +++++++
api:ledgers              GET   +++++++  +++++++  +++++++  +++++++
api:consultation-list    GET   +++++++  +++++++  +++++++  +++++++
api:consultation-detail  GET   4444444  +++++++  +++++++  +++++++
api:document-list        GET   +++++++  +++++++  +++++++  +++++++
api:document-detail      GET   4444444  +++++++  +++++++  +++++++
api:clause-list          GET   +++++++  +++++++  +++++++  +++++++
api:clause-detail        GET   4444444  +++++++  +++++++  +++++++
api:comment-list         GET   +++++++  +++++++  +++++++  +++++++
api:comment-detail       GET   4444444  +++++++  +++++++  4444444
api:poll-list            GET   +++++++  +++++++  +++++++  +++++++
api:poll-detail          GET   4444444  +++++++  +++++++  +++++++
api:poll-result          GET   4444444  3333333  +++++++  3333333
api:conversation-list    GET   +++++++  +++++++  +++++++  +++++++
api:conversation-detail  GET   4444444  +++++++  +++++++  +++++++
api:statement-list       GET   +++++++  +++++++  +++++++  +++++++
api:statement-detail     GET   4444444  +++++++  +++++++  4444444
api:thread-list          GET   +++++++  +++++++  +++++++  +++++++
api:thread-detail        GET   4444444  +++++++  +++++++  4444444
api:post-list            GET   +++++++  +++++++  +++++++  +++++++
api:post-detail          GET   4444444  +++++++  +++++++  4444444
api:theme-list           GET   +++++++  +++++++  +++++++  +++++++
api:theme-detail         GET   4444444  4444444  +++++++  4444444
api:theme-citations      GET   4444444  4444444  +++++++  4444444
api:docs                 GET   +++++++
api:schema_json          GET   +++++++
api:schema_yaml          GET   +++++++
api:missing              GET   4444444
api:missing              POST  4444444
"""
