"""备份文件: a gzipped tar of database, media and keys, closed by a manifest with the SHA-256 of every file in it, encrypted.

::

    database.sqlite3  or  database.dump     a consistent copy (SQLite's backup API; PostgreSQL's pg_dump -Fc)
    media/...  keys/...
    manifest.json                           {"format": 1, "product": ..., "made_at": ..., "files": {name: sha256}}
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from yixian.cli.backup_encryption import decrypting, encrypting
from yixian.cli.backup_postgres import BackupError, dump_postgres, has_tables, read_dump, restore_postgres
from yixian.config.home import Home
from yixian.config.sqlite import sqlite3
from yixian.domain.full_disk import DISK_FULL, is_disk_full

FORMAT = 1
_MANIFEST = "manifest.json"
_SQLITE, _POSTGRES = "database.sqlite3", "database.dump"
_FOLDERS = ("media", "keys")
_FILES = ("demo.json",)
"""Of the home itself: what says that a demonstration stands here, and must not be served to strangers or write to people."""

_OWN = ("yixian.sqlite3", "yixian.sqlite3-wal", "yixian.sqlite3-shm", *_FOLDERS, *_FILES)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when and by which version it was made, and the SHA-256 of each file."""

    made_at: str
    product: str
    files: dict[str, str]

    def as_json(self) -> str:
        """The manifest as it stands in the file."""
        content = {"format": FORMAT, "product": self.product, "made_at": self.made_at, "files": self.files}
        return json.dumps(content, indent=1, sort_keys=True)


def write_backup(source: Home, file: Path, *, database_url: str = "", recipient: str = "") -> Manifest:
    """Write the home's backup, readable by its owner only, and encrypted for a ``recipient`` (a public key).

    Raises `BackupError` if the file exists or a copy fails.
    """
    if file.exists():
        raise BackupError(f"{file} exists already. Give another name: a backup is never written over.")
    if not database_url and not source.database.exists():
        raise BackupError(f"There is no database in {source.root}.")
    if not any(source.keys.glob("*")):
        raise BackupError(
            f"There are no keys in {source.root}: without them nobody can read the backup. Name the right home folder."
        )
    part = file.with_name(file.name + ".part")
    with tempfile.TemporaryDirectory(dir=source.root, prefix=".backup-") as scratch:
        database = _copy_database(source, Path(scratch), database_url)
        files: dict[str, str] = {}
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with (
                os.fdopen(descriptor, "wb") as raw,
                encrypting(raw, recipient) as stream,
                tarfile.open(fileobj=stream, mode="w:gz", compresslevel=3) as tar,
            ):
                for name, path in [(database.name, database), *_kept_files(source)]:
                    tar.add(path, arcname=name, recursive=False)
                    files[name] = _digest(path)
                manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), version("yixian"), files)
                closing_page = Path(scratch) / _MANIFEST
                closing_page.write_text(manifest.as_json())
                tar.add(closing_page, arcname=_MANIFEST)
            part.replace(file)
        except OSError as error:
            raise BackupError(f"{file} cannot be written ({error}).") from error
        finally:
            part.unlink(missing_ok=True)
    return manifest


def check_backup(file: Path, *, key: Path | None = None) -> Manifest:
    """Check a backup as before restoring it, in a temporary folder, and change nothing. Raises `BackupError`."""
    with tempfile.TemporaryDirectory(prefix="yixian-check-") as scratch:
        return _checked(file, Path(scratch), key)


def read_backup(
    file: Path, target: Home, *, force: bool, database_url: str = "", key: Path | None = None
) -> Path | None:
    """Check a backup and put it in the home's place; the folder in which the former content is kept, if there was any.

    ``key`` is the file with the private key for which it is encrypted.

    Nothing in the home changes before every file has been compared with the manifest and the database has been found
    sound. Raises `BackupError`.
    """
    if _is_used(target, database_url) and not force:
        raise BackupError(
            f"{target.root} is in use. To restore over it and keep the old content aside, add --force."
        )
    with tempfile.TemporaryDirectory(dir=target.root, prefix=".restore-") as scratch:
        staged = Path(scratch)
        manifest = _checked(file, staged, key)
        _require_same_database(manifest, database_url)
        kept = _aside(target) if _is_used(target, database_url) else None
        if database_url:
            if kept is not None:
                dump_postgres(database_url, kept / _POSTGRES)
            restore_postgres(database_url, staged / _POSTGRES)
        for name in _OWN:
            if kept is not None and (target.root / name).exists():
                shutil.move(target.root / name, kept / name)
        own = [(name, target.root / name) for name in (*_FOLDERS, *_FILES)]
        for name, place in ((_SQLITE, target.database), *own):
            if (staged / name).exists():
                shutil.rmtree(place, ignore_errors=True)
                (staged / name).replace(place)
    target.prepare()
    target.close()
    return kept


def _copy_database(source: Home, scratch: Path, database_url: str) -> Path:
    if database_url:
        copy = scratch / _POSTGRES
        dump_postgres(database_url, copy)
        return copy
    copy = scratch / _SQLITE
    try:
        with closing(sqlite3.connect(source.database)) as here, closing(sqlite3.connect(copy)) as there:
            here.backup(there)
            there.execute("PRAGMA journal_mode=DELETE")
        _require_intact(copy)
    except sqlite3.DatabaseError as error:
        if is_disk_full(error) or shutil.disk_usage(scratch).free < source.database.stat().st_size:
            raise BackupError(f"The copy of the database does not fit into {scratch}. {DISK_FULL}") from error
        raise BackupError(
            f"The database cannot be read ({error}): no backup was made. Keep the earlier ones."
        ) from error
    return copy


def _kept_files(source: Home) -> Iterator[tuple[str, Path]]:
    for name in _FILES:
        if (source.root / name).is_file():
            yield name, source.root / name
    for folder in _FOLDERS:
        for path in sorted((source.root / folder).rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield path.relative_to(source.root).as_posix(), path


def _checked(file: Path, staged: Path, key: Path | None) -> Manifest:
    """Unpack a backup into a folder, and compare everything in it."""
    _unpack(file, staged, key)
    manifest = _checked_manifest(staged)
    _require_readable(staged)
    return manifest


def _unpack(file: Path, folder: Path, key: Path | None) -> None:
    try:
        with decrypting(file, key) as stream, tarfile.open(fileobj=stream, mode="r|gz") as tar:
            tar.extractall(folder, filter="data")
    except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
        if is_disk_full(error):
            raise BackupError(f"{file} does not fit into {folder}. {DISK_FULL}") from error
        raise BackupError(f"{file} cannot be read as a backup ({error}). Nothing was changed.") from error


def _checked_manifest(staged: Path) -> Manifest:
    page = staged / _MANIFEST
    if not page.exists():
        raise BackupError(
            "The backup has no manifest: it is cut off, or is not one of ours. Nothing was changed."
        )
    content = json.loads(page.read_text())
    if content["format"] != FORMAT:
        raise BackupError(f"The backup has format {content['format']}; this version reads format {FORMAT}.")
    manifest = Manifest(content["made_at"], content["product"], content["files"])
    found = {path.relative_to(staged).as_posix() for path in staged.rglob("*") if path.is_file()} - {
        _MANIFEST
    }
    wrong = sorted(found ^ manifest.files.keys())
    wrong += [
        name for name, digest in manifest.files.items() if name in found and _digest(staged / name) != digest
    ]
    if wrong:
        raise BackupError(f"The backup was damaged or altered: {', '.join(wrong[:5])}. Nothing was changed.")
    return manifest


def _require_readable(staged: Path) -> None:
    """The database in the backup is sound (SQLite), or written in a form that this machine's PostgreSQL can read."""
    if (staged / _SQLITE).exists():
        _require_intact(staged / _SQLITE)
    else:
        read_dump(staged / _POSTGRES)


def _require_intact(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            strays = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        answer, strays = str(error), None
    if answer != "ok" or strays is not None:
        raise BackupError(f"The database in the backup is not sound ({answer}). Nothing was changed.")


def _require_same_database(manifest: Manifest, database_url: str) -> None:
    wanted = _POSTGRES if database_url else _SQLITE
    if wanted not in manifest.files:
        kind = "PostgreSQL" if _POSTGRES in manifest.files else "SQLite"
        raise BackupError(
            f"The backup holds a {kind} database; set DATABASE_URL accordingly. Nothing was changed."
        )


def _is_used(target: Home, database_url: str) -> bool:
    if target.database.exists() or any(True for _file in _kept_files(target)):
        return True
    return bool(database_url) and has_tables(database_url)


def _aside(target: Home) -> Path:
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    folder = target.root.with_name(f"{target.root.name}.before-{moment}")
    folder.mkdir(mode=0o700)
    return folder


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
