"""Keys of secret polls: one small file each under VAR_DIR/keys, outside the database and its backups.

With a key and the list of people one can find whose ballot is whose; so a poll's key is destroyed when it closes.
Processes on several machines need one VAR_DIR that they share.
"""

import hashlib
import hmac
import os
import re
import secrets
import tempfile
import uuid
from contextlib import suppress
from pathlib import Path

from django.conf import settings

SIZE = 32  # bytes
NAME = re.compile(r"[0-9a-f]{32}")


class KeyDamaged(Exception):
    """A key is not what was written: what is computed with it would protect nobody, and find no ballot."""


def folder() -> Path:
    """Where the keys are: readable by the account of the server only."""
    path = Path(settings.VAR_DIR) / "keys"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def obtain(name: uuid.UUID) -> bytes:
    """The key `name`; made when it does not exist. Of two processes that make it at once both get the first one's.

    It is written to a file of its own first and linked to its name when complete, so nobody reads half a key.
    Raises KeyDamaged.
    """
    place = folder() / name.hex
    with suppress(FileNotFoundError):
        return _read(place)
    handle, draft = tempfile.mkstemp(dir=place.parent, prefix=".")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, place)
        _settle(place.parent)
    finally:
        os.unlink(draft)
    return _read(place)


def destroy(name: uuid.UUID) -> None:
    """Overwrite and remove the key `name`. Done again it does nothing."""
    place = folder() / name.hex
    with suppress(FileNotFoundError):
        with place.open("r+b") as file:
            file.write(bytes(SIZE))
            file.flush()
            os.fsync(file.fileno())
        place.unlink()
        _settle(place.parent)


def kept() -> list[uuid.UUID]:
    """Names of all keys that exist."""
    return [uuid.UUID(place.name) for place in folder().iterdir() if NAME.fullmatch(place.name)]


def pseudonym(name: uuid.UUID, person: uuid.UUID) -> str:
    """What stands on a ballot instead of the person whose key is `person`: HMAC-SHA-256, hex. Raises KeyDamaged."""
    return mac(name, person.bytes).hex()


def mac(name: uuid.UUID, text: bytes) -> bytes:
    """HMAC-SHA-256 of `text` with the key `name`. Raises KeyDamaged."""
    return hmac.digest(obtain(name), text, hashlib.sha256)


def _read(place: Path) -> bytes:
    key = place.read_bytes()
    if len(key) != SIZE or key == bytes(SIZE):
        raise KeyDamaged(place.name)
    return key


def _settle(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
