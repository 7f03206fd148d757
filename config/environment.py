"""Reads settings from environment variables; refuses values that it cannot understand."""

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value of the variable `name`, or `default` where it is unset."""
    return os.environ.get(name, default).strip()


def boolean(name: str, default: bool = False) -> bool:
    """The variable `name` as yes or no. Raises ImproperlyConfigured for anything else."""
    value = text(name, "1" if default else "0").lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, default: int) -> int:
    """The variable `name` as a whole number. Raises ImproperlyConfigured for anything else."""
    value = text(name, str(default))
    if value.isdigit():
        return int(value)
    raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")


def items(name: str, default: str = "") -> list[str]:
    """The variable `name`, separated by commas, without blanks."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def database(url: str, sqlite_path: Path) -> dict[str, Any]:
    """Django's database settings for a URL such as postgres://user:password@host:5432/name.

    Without a URL it is SQLite at `sqlite_path`, in the mode that loses no acknowledged write
    (measured: the default mode lost votes under load). Raises ImproperlyConfigured for other schemes.
    """
    if not url:
        return sqlite(str(sqlite_path))
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(unquote(parts.path[1:] if parts.path.startswith("//") else parts.path))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 16, "timeout": 20}, **dict(parse_qsl(parts.query))},
    }


def sqlite(name: str) -> dict[str, Any]:
    """SQLite with a write-ahead log, immediate transactions, patience, a full sync at each commit, and deleted rows
    overwritten with zeros, or the file would still hold what closing a poll has taken away."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def leave_out(*libraries: str) -> None:
    """Make this process behave as if `libraries` were not installed, unless they are loaded already.

    For drivers that others load wherever they find them (huey those of all its stores), used or not.
    """
    for name in libraries:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # what Python itself takes as "there is none"


def numbered(url: str, worker: str) -> str:
    """The Redis database as many numbers further as the name of a test run's worker says.

    >>> numbered("redis://127.0.0.1:6379/9", "gw1")
    'redis://127.0.0.1:6379/10'
    """
    base, _, number = url.rpartition("/")
    return f"{base}/{int(number) + int(worker.removeprefix('gw'))}"


def email(url: str) -> dict[str, Any]:
    """Django's e-mail settings for smtp://user:password@host:587 (smtps:// for TLS from the start)."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"}:
        raise ImproperlyConfigured("EMAIL_URL must begin with smtp:// or smtps://.")
    secure = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and bool(parts.username),
    }
