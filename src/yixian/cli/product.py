"""产品: makes the product ready on a home folder, for the commands that need more than plain files.

A command calls `open_home` first and `prepare` second; only then may it load the apps' modules.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import os
from pathlib import Path

import click
import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from yixian.config import database_template
from yixian.config.home import Home, PublishedSecret, home
from yixian.kernel.crypto import WrongKeys


def open_home(folder: str | Path | None = None) -> Home:
    """Load the product on a home folder (default: ``YIXIAN_HOME``, else ``./var``).

    Raises `click.ClickException` where the home's web secret is one that the public knows.
    """
    os.environ["YIXIAN_HOME"] = str(folder_of(folder))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yixian.config.settings")
    try:
        django.setup()
    except PublishedSecret as error:
        raise click.ClickException(str(error)) from error
    return home()


def folder_of(folder: str | Path | None = None) -> Path:
    """Where that home folder is; nothing is opened."""
    return home().root if folder is None else Path(folder).resolve()


def prepare(*, pages: bool = False) -> None:
    """Bring the database to this version's shape, and with ``pages`` the static files; quick when nothing changed.

    With ``pages`` it raises `django.core.management.base.SystemCheckError`, e.g. for an address that the access matrix
    does not know. Without, nothing that a page is made of is loaded.
    """
    if pages:
        call_command("check", stdout=io.StringIO())
    prepare_tables()
    _register_packs()
    if pages:
        home().close()
        _collect_static()


def prepare_tables() -> None:
    """Bring only the database to this version's shape: for what is called every minute and shows no page.

    An empty home on SQLite gets a copy of the template database (`yixian.config.database_template`). Raises
    `click.ClickException` where the home's keys are not those that sealed the database, and where it cannot be read.
    """
    try:
        _migrate()
        importlib.import_module("yixian.kernel.key_check").require_keys()
    except WrongKeys as error:
        raise click.ClickException(str(error)) from error
    except DatabaseError as error:
        raise click.ClickException(
            f"The database {connection.settings_dict['NAME']} cannot be read: {error}. If it does not answer, start it. If it is "
            "damaged, change nothing in the home, and bring back the latest backup: yixian restore FILE --force, which "
            "keeps what is there aside."
        ) from error


def _migrate() -> None:
    on_sqlite = connection.vendor == "sqlite"
    if on_sqlite:
        database_template.begin(Path(connection.settings_dict["NAME"]))
    if _migrations_wait():
        is_new = not connection.introspection.table_names()
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        if on_sqlite and is_new:
            database_template.keep(connection.connection)


def _register_packs() -> None:
    """Keep the shipped packs; the apps' modules can only be loaded once the product is open. One that cannot be kept is named."""
    if not settings.YIXIAN_PACKS.is_dir():
        return
    shipped = importlib.import_module("yixian.policies.actions.register_shipped")
    for left_out in shipped.register_shipped(settings.YIXIAN_PACKS, at=timezone.now()):
        more = f" (and {left_out.more} more faults)" if left_out.more else ""
        click.echo(
            f"The policy pack {left_out.folder.name} was left out: {left_out.reason}{more}\n"
            f"What is wrong is named by: yixian policy check {left_out.folder}",
            err=True,
        )


def _migrations_wait() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _collect_static() -> None:
    """Copy, name by content and compress the static files, unless these very files were collected before."""
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".collected"
    wanted = _static_digest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=root.exists())
    stamp.write_text(wanted)


def _static_digest() -> str:
    """A hash over names, sizes and times of every static file that would be collected."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            facts = Path(storage.path(path)).stat()
            digest.update(f"{path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
