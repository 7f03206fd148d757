"""One-time codes of invited electors: made, read as people type them, and hashed.

A code is 80 random bits in 16 signs of Crockford's Base32, which has no I, L, O or U: what looks alike is one sign.
Refuses a slow hash: it protects what people choose, which can be guessed. Whoever steals ten thousand hashes would have
to try 2^66 codes for the first that fits, at a million million a second two years, and hashes go when a poll closes.

>>> read(" k7qm-2xo4 9hrt-lb8n ")
'K7QM2X049HRT1B8N'
>>> written("K7QM2X049HRT1B8N")
'K7QM-2X04-9HRT-1B8N'
>>> read("K7QM-2X04")
''
"""

import hashlib
import re
import secrets

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
ALIKE = str.maketrans("OIL", "011")
SHAPE = re.compile(f"[{SIGNS}]{{{LENGTH}}}")


def new() -> str:
    """A fresh code, as `read` gives it."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def read(typed: str) -> str:
    """What somebody typed as the code that it means, whatever its case, spaces and dashes; "" when it is none."""
    tidy = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(ALIKE)
    return tidy if SHAPE.fullmatch(tidy) else ""


def written(code: str) -> str:
    """The code as a slip shows it: in groups of four."""
    return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(f"rembuk elector|{code}".encode()).hexdigest()
