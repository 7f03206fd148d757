"""What binds a ballot without telling it: its commitment, and the short code that a voter keeps as a receipt.

Refuses to be clever: SHA-256 over the ballot's canonical JSON, a bar and a nonce of 256 random bits, so that anybody
with a shell can do it again and nobody can guess the ballot from it.

>>> short(commitment('["tram"]', "00" * 32))
'F2AE-5C1C-9B4E-10C2'
"""

import secrets

from .canon import digest


def new_nonce() -> str:
    """256 random bits in hexadecimal."""
    return secrets.token_hex(32)


def commitment(ballot: str, nonce: str) -> str:
    """SHA-256(ballot | nonce) in hexadecimal. ballot: canonical JSON. nonce: hexadecimal, as in `ballots.csv`."""
    return digest(f"{ballot}|{nonce}")


def short(code: str) -> str:
    """The receipt's code: the first 64 bits of a commitment in groups of four."""
    return "-".join(code[i : i + 4] for i in range(0, 16, 4)).upper()


def is_receipt_of(receipt: str, code: str) -> bool:
    """Whether a receipt, typed with or without dashes, in any case, is the short form of a commitment."""
    typed = "".join(sign for sign in receipt if sign.isalnum()).lower()
    return len(typed) >= 16 and code.startswith(typed)
