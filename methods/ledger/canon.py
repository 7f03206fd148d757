"""One spelling for one meaning: canonical JSON and its hashes, on which commitments and the chain stand.

Refuses decimal fractions, which different programs write differently: whole numbers and texts only.

>>> canonical({"b": [1, None], "a": "é"})
'{"a":"\\\\u00e9","b":[1,null]}'
>>> digest("[]|00")[:16]
'47579dcf69fb0ded'
"""

import json
from hashlib import sha256


def canonical(value: object) -> str:
    """JSON without spaces, keys in order, ASCII only. value: dicts, lists, tuples, texts, whole numbers, None.

    Raises ValueError for decimal fractions and TypeError for what JSON does not know.
    """
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)
    json.loads(text, parse_float=_refuse)
    return text


def written(value: object) -> bytes:
    """JSON as a file that people read: indented, keys in order, UTF-8, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def digest(data: str | bytes) -> str:
    """SHA-256 in hexadecimal, of bytes or of a text in UTF-8."""
    return sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _refuse(number: str) -> object:
    raise ValueError(f"{number} is a decimal fraction: canonical JSON has whole numbers only")
