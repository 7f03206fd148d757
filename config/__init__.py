"""Wiring: settings, URLs and ASGI. The only room that knows every room."""

import gc

# Loading makes no garbage, and pages make little that counting references leaves over. Looking for it after every 700
# objects (Python's default) takes an eighth of the start and a twentieth of a page.
gc.set_threshold(10_000)
