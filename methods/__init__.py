"""What would be true without a web site: counting, charts, text and documents, as pure Python.

Refuses Django, the database, the clock and the network: plain values in, plain values out.
"""
