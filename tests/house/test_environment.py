"""Settings from the environment: safe defaults, clear refusals."""

import contextlib
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment as env

ROOT = Path(__file__).parents[2]


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check` in an environment of its own."""
    base = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "VAR_DIR", "LANG"}}
    return subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=base | variables, capture_output=True, text=True
    )


def test_no_secret_key_no_start(tmp_path):
    answer = start(VAR_DIR=str(tmp_path))
    assert answer.returncode != 0
    assert "SECRET_KEY is not set" in answer.stderr


def test_development_starts_without_a_secret_key(tmp_path):
    assert start(VAR_DIR=str(tmp_path), DEBUG="1").returncode == 0


def test_production_starts_with_a_secret_key(tmp_path):
    answer = start(VAR_DIR=str(tmp_path), SECRET_KEY="x" * 60, PUBLIC_URL="https://rembuk.example")
    assert (answer.returncode, answer.stderr) == (0, answer.stderr)


def test_deploy_check_is_clean(tmp_path):
    base = {key: value for key, value in os.environ.items() if key in {"PATH", "HOME", "LANG"}}
    secret = "kd8Jw0-vTq2_mZr5Yx7Lc1Nb4Gh6Pf3Sa9Ud0Ei8Ro7Wt5Ky3Mq1Vz"
    answer = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=base | {"VAR_DIR": str(tmp_path), "SECRET_KEY": secret, "PUBLIC_URL": "https://rembuk.example"},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("value", ["maybe", "2", "ja"])
def test_boolean_refuses_nonsense(monkeypatch, value):
    monkeypatch.setenv("DEBUG", value)
    with pytest.raises(ImproperlyConfigured, match="DEBUG must be 1 or 0"):
        env.boolean("DEBUG")


def test_number_refuses_nonsense(monkeypatch):
    monkeypatch.setenv("PORT", "eighty")
    with pytest.raises(ImproperlyConfigured, match="PORT must be a whole number"):
        env.number("PORT", 8000)


def test_database_url_is_read(tmp_path):
    found = env.database("postgres://warga:p%40ss@db:5433/rembuk", tmp_path / "x")
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "rembuk",
        "USER": "warga",
        "PASSWORD": "p@ss",
        "HOST": "db",
        "PORT": "5433",
    }


def test_other_databases_are_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must begin with"):
        env.database("mysql://x/y", tmp_path / "x")


def test_email_url_is_read():
    found = env.email("smtps://kantor:rahasia@mail.example:465")
    assert (found["EMAIL_HOST"], found["EMAIL_USE_SSL"], found["EMAIL_HOST_PASSWORD"]) == (
        "mail.example",
        True,
        "rahasia",
    )


def test_sqlite_loses_nothing(tmp_path):
    options = env.database("", tmp_path / "x")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_sqlite_overwrites_what_is_deleted(tmp_path):
    options = env.database("", tmp_path / "x")["OPTIONS"]
    with contextlib.closing(sqlite3.connect(tmp_path / "x")) as connection:
        connection.executescript(options["init_command"])
        connection.executescript("CREATE TABLE pseudonym (it); INSERT INTO pseudonym VALUES ('whose-ballot');")
        connection.executescript("DELETE FROM pseudonym;")
    assert b"whose-ballot" not in (tmp_path / "x").read_bytes()
