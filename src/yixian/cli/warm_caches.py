"""预热缓存: makes once what every later process would otherwise wait for. `make setup` does it for a checkout."""

from __future__ import annotations

import os
import tempfile

import click

from yixian.cli.product import open_home, prepare_tables
from yixian.engines.pairing.precompiling import precompile


@click.command("warm-caches")
def warm_caches() -> None:
    """Make the template database and compile the pairing engine, so that no start waits for either.

    Once after an installation or an upgrade, as the user the product runs as; skipped parts are made on first need.
    """
    os.environ.pop("DATABASE_URL", None)
    with tempfile.TemporaryDirectory(prefix="yixian-warm-") as home:
        open_home(home)
        prepare_tables()
    precompile()
