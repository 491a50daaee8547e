"""数据库模板: template database — an empty SQLite database with all migrations applied, copied instead of migrated anew.

Its file's name is a hash of every migration and of what applies them, so another version never meets it. It holds tables
and Django's own rows about them, and nothing of a home: no key, no pack, no moment but those of the migrations.
The first empty database that is migrated becomes the template (`keep`); every later one begins as a copy (`begin`).
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import django
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

from yixian.config.build_cache import cache_folder
from yixian.config.sqlite import sqlite3

_OPERATIONS = (
    "yixian.kernel.append_only",
    "yixian.kernel.change_stamps",
    "yixian.kernel.create_models",
    "yixian.kernel.search.triggers",
)
"""Our own modules whose code the migrations call."""


def begin(target: Path) -> bool:
    """Put a copy of the template where no database is yet; whether it was put there.

    The file appears whole or not at all, and never in place of one that another process has put there meanwhile.
    """
    source = template()
    if source is None or target.exists():
        return False
    unfinished = _unfinished(target.parent)
    try:
        shutil.copyfile(source, unfinished)
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        os.link(unfinished, target)
    except OSError:  # there is one by now, or this file system has no links: migrating is always right
        return False
    finally:
        unfinished.unlink(missing_ok=True)
    return True


def keep(database: sqlite3.Connection) -> None:
    """Keep a copy of a database that was empty and has just been migrated, in place of the templates of other versions.

    Nothing happens where no folder can be written. Two processes may keep one at once: both hold the same.
    """
    target = _place()
    if target is None:
        return
    unfinished = _unfinished(target.parent)
    with closing(sqlite3.connect(unfinished)) as copy:
        database.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    unfinished.replace(target)
    for older in set(target.parent.glob("*.sqlite3")) - {target}:
        older.unlink(missing_ok=True)


def template() -> Path | None:
    """The template of exactly these migrations, if it has been made."""
    place = _place()
    return place if place is not None and place.is_file() else None


def migrations_key() -> str:
    """A hash over the sources of all migrations, of what applies them, and the versions of Django and SQLite."""
    digest = hashlib.sha256(f"{django.__version__}|{sqlite3.sqlite_version}".encode())
    for path in _sources():
        digest.update(f"|{path.parent.parent.name}/{path.name}|".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    """Every migration's file of every installed app, and ours that they call."""
    for app in apps.get_app_configs():
        name, _ = MigrationLoader.migrations_module(app.label)
        found = find_spec(name) if name else None
        for folder in (found and found.submodule_search_locations) or ():
            yield from sorted(Path(folder).glob("*.py"))
    for module in _OPERATIONS:
        found = find_spec(module)
        if found is not None and found.origin is not None:
            yield Path(found.origin)


def _place() -> Path | None:
    folder = cache_folder()
    return folder / f"migrated-{migrations_key()[:32]}.sqlite3" if folder is not None else None


def _unfinished(folder: Path) -> Path:
    return folder / f".unfinished-{secrets.token_hex(8)}"
