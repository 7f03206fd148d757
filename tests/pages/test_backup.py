"""A backup taken while people write is whole, and comes back elsewhere row by row; what is broken is refused whole."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
from contextlib import closing

import pytest

from tests.databases import on_sqlite, postgres_database
from tests.servers import Installation, wait_for

DATABASE_URL = os.environ.get("DATABASE_URL", "")
WRITE = """
from pathlib import Path
from django.db import transaction
from accounts.models import Area
from django.conf import settings
stop = Path(settings.VAR_DIR) / "stop"
number = 0
while not stop.exists():
    number += 1
    with transaction.atomic():
        parent = Area.objects.create(name=f"Kota {number}", code=f"{number}")
        Area.objects.create(name=f"Desa {number}", code=f"{number}.1", parent=parent)
    if number == 20:
        (Path(settings.VAR_DIR) / "going").touch()
"""
HASH = """
import hashlib
from django.apps import apps
for model in sorted(apps.get_models(include_auto_created=True), key=lambda one: one._meta.label):
    digest = hashlib.sha256()
    for row in model._base_manager.order_by("pk").values_list():
        digest.update(repr(row).encode())
    print(model._meta.label, digest.hexdigest())
"""
PEOPLE = """
from accounts.models import Participant
Participant.objects.create(name="Sari")
"""
COUNT = """
from accounts.models import Area
print(Area.objects.filter(parent=None).count(), Area.objects.exclude(parent=None).count())
"""
ON_BOTH = pytest.mark.parametrize(
    "pair",
    [pytest.param("sqlite", marks=pytest.mark.sqlite_file), pytest.param("postgresql", marks=pytest.mark.postgres)],
    indirect=True,
)


@pytest.fixture
def pair(tmp_path, request):
    """Two installations on the same kind of database: one in use, one that is empty."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    if getattr(request, "param", "sqlite") == "sqlite":
        used, empty = on_sqlite(here), Installation(there)
        yield used, empty
        used.end()
        return
    with postgres_database(DATABASE_URL, migrated=True) as first, postgres_database(DATABASE_URL) as second:
        used, empty = Installation(here, DATABASE_URL=first), Installation(there, DATABASE_URL=second)
        yield used, empty
        used.end()


def refused(installation, *arguments):
    """What a command says that ends with an error."""
    with pytest.raises(subprocess.CalledProcessError) as caught:
        installation.manage(*arguments)
    assert "Traceback" not in caught.value.stderr
    return caught.value.stderr


def archive(path, members):
    """An archive of `members` with a manifest that agrees with them."""
    facts = {name: {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()} for name, body in members.items()}
    manifest = {"format": "rembuk-backup", "version": 1, "engine": "sqlite", "migrations": [], "made_at": "x"}
    with tarfile.open(path, "w") as tar:
        for name, body in (members | {"manifest.json": json.dumps(manifest | {"members": facts}).encode()}).items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            tar.addfile(info, io.BytesIO(body))
    return str(path)


@ON_BOTH
def test_backup_during_writes_is_of_one_moment(pair, tmp_path):
    used, empty = pair
    writer = used.start("shell", "--no-imports", "-c", WRITE)
    wait_for((used.folder / "going").exists, 60, "a writer that writes")
    used.manage("backup", str(tmp_path / "one.tar"))
    assert writer.poll() is None
    (used.folder / "stop").touch()
    assert writer.wait(30) == 0
    empty.manage("restore", str(tmp_path / "one.tar"))
    parents, children = map(int, empty.python(COUNT).split())
    assert parents == children
    assert 20 <= parents < int(used.python(COUNT).split()[0])


@ON_BOTH
def test_restored_rows_and_files_are_equal(pair, tmp_path):
    used, empty = pair
    used.python(PEOPLE)
    for name in ("files/drafts/rute.txt", "keys/abc", "exports/x.pdf"):
        path = used.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    used.manage("backup", str(tmp_path / "one.tar"))
    empty.manage("restore", str(tmp_path / "one.tar"))
    assert empty.python(HASH) == used.python(HASH)
    assert (empty.folder / "files/drafts/rute.txt").read_text() == "files/drafts/rute.txt"
    with tarfile.open(tmp_path / "one.tar") as tar:
        assert tar.getnames() == ["database", "files/drafts/rute.txt", "manifest.json"]
    assert (tmp_path / "one.tar").stat().st_mode & 0o077 == 0
    assert not list(used.folder.glob(".rembuk*")) + list(empty.folder.glob(".rembuk*"))


@ON_BOTH
def test_nothing_is_replaced_without_being_told(pair, tmp_path):
    used, _empty = pair
    path = str(tmp_path / "one.tar")
    used.manage("backup", path)
    assert "--force" in refused(used, "backup", path)
    used.python(PEOPLE)
    now = used.python(HASH)
    assert "--force" in refused(used, "restore", path)
    assert used.python(HASH) == now
    used.manage("restore", path, "--force")
    assert used.python(HASH) != now


@pytest.mark.sqlite_file
def test_restore_replaces_files_too(pair, tmp_path):
    used, _empty = pair
    used.manage("backup", str(tmp_path / "one.tar"))
    later = used.folder / "files" / "later.txt"
    later.parent.mkdir(exist_ok=True)
    later.write_text("sent after the backup")
    used.manage("restore", str(tmp_path / "one.tar"), "--force")
    assert not later.exists()


@pytest.mark.sqlite_file
@pytest.mark.parametrize("damage", ["cut", "flipped", "renamed", "text", "missing"])
def test_damaged_archive_is_refused_whole(pair, tmp_path, damage):
    used, _empty = pair
    path = tmp_path / "one.tar"
    used.manage("backup", str(path))
    whole = path.read_bytes()
    if damage == "cut":
        path.write_bytes(whole[: len(whole) // 2])
    elif damage == "flipped":
        path.write_bytes(whole[:50_000] + bytes([whole[50_000] ^ 1]) + whole[50_001:])
    elif damage == "renamed":
        path.write_bytes(whole.replace(b"database\0", b"datebase\0", 1))
    elif damage == "text":
        path.write_text("this is a letter")
    else:
        path.unlink()
    before = used.python(HASH)
    assert "Nothing was changed." in refused(used, "restore", str(path), "--force")
    assert used.python(HASH) == before


@pytest.mark.sqlite_file
@pytest.mark.parametrize("name", ["../outside", "files/../../outside", "/tmp/outside", "files", "other"])
def test_archive_with_foreign_members_is_refused(pair, tmp_path, name):
    _used, empty = pair
    path = archive(tmp_path / "foreign.tar", {"database": b"x", name: b"y"})
    assert "Nothing was changed." in refused(empty, "restore", path)
    assert not (tmp_path / "outside").exists()


@pytest.mark.sqlite_file
def test_archive_with_a_broken_database_is_refused(pair, tmp_path):
    _used, empty = pair
    assert "cannot be used" in refused(empty, "restore", archive(tmp_path / "broken.tar", {"database": b"x" * 5000}))


@pytest.mark.sqlite_file
def test_archive_of_another_version_or_engine_is_refused(pair, tmp_path):
    used, empty = pair
    used.manage("backup", str(tmp_path / "one.tar"))
    with closing(sqlite3.connect(used.folder / "rembuk.sqlite3")) as database, database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('polls', '0999_later', '2030-01-01')"
        )
    used.manage("backup", str(tmp_path / "newer.tar"))
    assert "0999_later" in refused(empty, "restore", str(tmp_path / "newer.tar"))
    whole = (tmp_path / "one.tar").read_bytes()
    (tmp_path / "one.tar").write_bytes(whole.replace(b'"engine": "sqlite"', b'"engine": "oracle"'))
    assert "oracle" in refused(empty, "restore", str(tmp_path / "one.tar"))
