"""Everything that an installation holds, in one .tar: the database as of one moment, and the files that people sent.

Keys of confidential polls, exports and static files stay out (docs/decisions/0060). An archive is read whole and
compared with its manifest before anything is changed; what is broken, foreign or of a newer version is refused.
"""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from pages import dumps

FORMAT, VERSION = "rembuk-backup", 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
CHUNK = 1024 * 1024
LONGEST_MANIFEST = 256 * CHUNK


class Refused(Exception):
    """Nothing was changed; the text says why and what to do."""


class _Hashing:
    """Reads a file for the archive and hashes what went into it, even where the file grows meanwhile."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._file.read(size)
        self.hash.update(block)
        return block


def backup(target: Path, *, force: bool = False) -> dict[str, Any]:
    """Write the archive `target`, readable by its owner only, whole or not at all; writers are not held up.

    Returns the manifest. Raises Refused when `target` exists and `force` is not set, or the database's tool fails.
    """
    if target.exists() and not force:
        raise Refused(f"{target} exists already. Choose another name, or say --force.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.")
    members: dict[str, dict[str, Any]] = {}
    handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")  # mode 0600
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".rembuk-backup-") as folder:
            snapshot = Path(folder) / DATABASE
            _dump(snapshot)
            with os.fdopen(handle, "wb") as out, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as tar:
                members[DATABASE] = _add(tar, DATABASE, snapshot)
                for path in _files():
                    name = f"{FILES}/{path.relative_to(files_folder()).as_posix()}"
                    members[name] = _add(tar, name, path)
                manifest = _manifest(members)
                _add_bytes(tar, MANIFEST, json.dumps(manifest, indent=1).encode())  # last: half an archive has none
                out.flush()
            with open(draft, "rb") as written:
                os.fsync(written.fileno())
        os.replace(draft, target)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    return manifest


def restore(source: Path, *, force: bool = False) -> dict[str, Any]:
    """Replace the database and the files of this installation by those of the archive `source`.

    Returns the manifest. Raises Refused, with nothing changed, for an archive that is not whole or does not fit, and
    where something would be overwritten without `force`.
    """
    if not force and (_is_in_use() or any(_files())):
        raise Refused("This installation holds data already. Restoring replaces all of it: say --force.")
    home = files_folder().parent
    with tempfile.TemporaryDirectory(dir=home, prefix=".rembuk-restore-") as name:
        folder = Path(name)
        manifest = _unpack(source, folder)
        _check_fits(manifest)
        try:
            dumps.check(folder / DATABASE)
        except dumps.Broken as problem:
            raise Refused(f"The database in the archive cannot be used: {problem}") from problem
        (folder / FILES).mkdir(exist_ok=True)
        _swap_in(folder)
    return manifest


def files_folder() -> Path:
    """Where the files are that people sent."""
    return Path(settings.VAR_DIR) / FILES


def _files() -> Iterator[Path]:
    return (path for path in sorted(files_folder().rglob("*")) if path.is_file() and not path.is_symlink())


def _dump(target: Path) -> None:
    try:
        dumps.dump(target)
    except dumps.Broken as problem:
        raise Refused(f"The database cannot be saved: {problem}") from problem


def _is_in_use() -> bool:
    return "django_migrations" in connections["default"].introspection.table_names()


def _add(tar: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        info = tar.gettarinfo(arcname=name, fileobj=file)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        reader = _Hashing(file)
        tar.addfile(info, reader)  # type: ignore[arg-type]  # it asks for read() only
        return {"size": info.size, "sha256": reader.hash.hexdigest()}


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = len(content), 0o600, int(timezone.now().timestamp())
    tar.addfile(info, BytesIO(content))


def _manifest(members: dict[str, dict[str, Any]]) -> dict[str, Any]:
    applied = MigrationLoader(connections["default"]).applied_migrations
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "engine": connections["default"].vendor,
        "migrations": sorted(f"{app}.{name}" for app, name in applied),
        "members": members,
    }


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Write the members of the archive into `folder` and compare each with the manifest."""
    found: dict[str, dict[str, Any]] = {}
    manifest: Any = None
    try:
        with tarfile.open(source, mode="r:") as tar:
            for info in tar:
                if manifest is not None or not info.isreg() or info.issparse():
                    raise Refused(f"{source} is not a backup of Rembuk: it holds {info.name!r}.")
                content = tar.extractfile(info)
                if info.name == MANIFEST and content and info.size <= LONGEST_MANIFEST:
                    manifest = json.loads(content.read())
                elif content:
                    found[info.name] = _write(content, folder / _safe(info.name, source))
    except FileNotFoundError as problem:
        raise Refused(f"There is no file {source}.") from problem
    except (tarfile.TarError, EOFError, ValueError, OSError) as problem:
        raise Refused(f"{source} cannot be read as a backup: {problem}") from problem
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise Refused(f"{source} is not a whole backup of Rembuk: its manifest is missing.")
    if manifest.get("members") != found or DATABASE not in found:
        raise Refused(f"{source} is damaged: its content differs from its manifest.")
    return manifest


def _safe(name: str, source: Path) -> PurePosixPath:
    path = PurePosixPath(name)
    inside = name == DATABASE or (path.parts[:1] == (FILES,) and len(path.parts) > 1)
    if not inside or ".." in path.parts or path.as_posix() != name or "\x00" in name:
        raise Refused(f"{source} is not a backup of Rembuk: it holds {name!r}.")
    return path


def _write(content: IO[bytes], target: Path) -> dict[str, Any]:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as file:
        while block := content.read(CHUNK):
            file.write(block)
            digest.update(block)
            size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}


def _check_fits(manifest: dict[str, Any]) -> None:
    if manifest.get("version") != VERSION:
        raise Refused("This backup was made by a newer version of Rembuk. Install that version first.")
    engine = connections["default"].vendor
    if manifest.get("engine") != engine:
        raise Refused(f"This backup is of {manifest.get('engine')}, this installation uses {engine} (DATABASE_URL).")
    on_disk = MigrationLoader(None).disk_migrations
    replaced = {old for migration in on_disk.values() for old in migration.replaces}
    known = {f"{app}.{name}" for app, name in {*on_disk, *replaced}}
    unknown = sorted(set(manifest.get("migrations", [])) - known)
    if unknown:
        raise Refused(f"This backup was made by another version of Rembuk: it has {', '.join(unknown[:5])}.")


def _swap_in(folder: Path) -> None:
    """Files by renaming, then the database in one transaction; where that fails the old files come back."""
    place, old = files_folder(), folder / "replaced"
    had = place.exists()
    if had:
        place.rename(old)
    (folder / FILES).rename(place)
    try:
        dumps.load(folder / DATABASE)
    except dumps.Broken as problem:
        shutil.rmtree(place)
        if had:
            old.rename(place)
        raise Refused(f"The database refused the backup: {problem}") from problem
