"""备份与恢复: the whole home folder as one file, and back."""

from __future__ import annotations

import os
from pathlib import Path

import click

from yixian.cli.backup_file import read_backup, write_backup
from yixian.cli.backup_postgres import BackupError
from yixian.cli.supervisor import hold
from yixian.config.home import Home, home

_HOME = click.option(
    "--home",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Home folder (default: $YIXIAN_HOME or ./var).",
)


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_HOME
def backup(file: Path, folder: Path | None) -> None:
    """Write database, media and keys into FILE (.tar.gz), also while the product runs."""
    source = _chosen(folder)
    try:
        manifest = write_backup(source, file, database_url=os.environ.get("DATABASE_URL", ""))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {len(manifest.files)} files, {file.stat().st_size / 1e6:.1f} MB.")
    click.echo("It holds the keys that open every protected field: keep it as safe as the county's seal.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_HOME
@click.option("--force", is_flag=True, help="Also over a home folder in use; the old one is kept beside it.")
def restore(file: Path, folder: Path | None, force: bool) -> None:  # noqa: FBT001 - click hands over a flag
    """Bring FILE back into the home folder, after checking every byte of it."""
    target = _chosen(folder)
    target.root.mkdir(parents=True, exist_ok=True)
    try:
        with hold(target.root / "serving.lock"):
            kept = read_backup(file, target, force=force, database_url=os.environ.get("DATABASE_URL", ""))
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Restored into {target.root}; every file agrees with the manifest.")
    if kept is not None:
        click.echo(f"What was there before is kept in {kept}.")


def _chosen(folder: Path | None) -> Home:
    return home() if folder is None else Home(folder.resolve())
