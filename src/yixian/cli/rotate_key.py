"""换密钥: a new key seals from now on; the older ones go on opening what they sealed."""

from __future__ import annotations

import importlib
from pathlib import Path

import click
from django.conf import settings

from yixian.cli.product import open_home, prepare_tables
from yixian.cli.supervisor import hold


@click.command("rotate-key")
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Home folder (default ./var).")
def rotate_key(home: Path | None) -> None:
    """Add a new key to keys/fields.json: it seals whatever is written from now on. Stop `yixian serve` first.

    Older keys stay, for what they have sealed: much of it stands in tables that nobody may change. Make a backup
    afterwards: an older one lacks the new key.
    """
    opened = open_home(home)
    with hold(opened.root / "serving.lock"):
        prepare_tables()
        key_id = importlib.import_module("yixian.kernel.crypto").rotate_key(Path(settings.YIXIAN_KEYS))
        prepare_tables()
    click.echo(f"{key_id} seals from now on. Make a backup now: an older one does not hold this key.")
