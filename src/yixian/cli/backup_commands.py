"""备份与恢复: the whole home folder as one encrypted file, and back; the key that opens it is kept apart."""

from __future__ import annotations

import os
from pathlib import Path

import click

from yixian.cli.backup_encryption import is_encrypted, make_backup_key, recipient_of
from yixian.cli.backup_file import check_backup, read_backup, write_backup
from yixian.cli.backup_postgres import BackupError
from yixian.cli.supervisor import hold
from yixian.config.home import Home, home

_HOME = click.option(
    "--home",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Home folder (default: $YIXIAN_HOME or ./var).",
)


_KEY = click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with the private key, of `yixian backup-key`.",
)


@click.command("backup-key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_HOME
@click.option(
    "--replace", is_flag=True, help="Also where backups have a key already; older ones still need that one."
)
def backup_key(file: Path, folder: Path | None, replace: bool) -> None:  # noqa: FBT001 - click hands over a flag
    """Make the key pair of backups: the private key into FILE, to be kept apart; the public one stays in the home."""
    source = _chosen(folder)
    if recipient_of(source) and not replace:
        raise click.ClickException(
            "Backups of this home have a key already. To make another from now on, add --replace."
        )
    try:
        recipient = make_backup_key(source, file)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Backups are encrypted from now on, for {recipient}.")
    click.echo(
        f"Only {file} opens them. Take it away from this machine, to two places; without it no backup can be read."
    )


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@_HOME
@click.option("--unencrypted", is_flag=True, help="Write it so that whoever finds it can read everything.")
def backup(file: Path, folder: Path | None, unencrypted: bool) -> None:  # noqa: FBT001 - click hands over a flag
    """Write database, media and keys into FILE, encrypted (.tar.gz.age), also while the product runs."""
    source = _chosen(folder)
    recipient = "" if unencrypted else recipient_of(source)
    if not recipient and not unencrypted:
        raise click.ClickException(
            "Backups of this home have no key yet. Make one, once: yixian backup-key FILE, with FILE on a USB stick or "
            "wherever you keep what must not be lost. Or write this backup so that everybody can read it: --unencrypted."
        )
    try:
        manifest = write_backup(
            source, file, database_url=os.environ.get("DATABASE_URL", ""), recipient=recipient
        )
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{file}: {len(manifest.files)} files, {file.stat().st_size / 1e6:.1f} MB.")
    if recipient:
        click.echo(
            f"Encrypted for {recipient}; try its key now and then: yixian verify-backup {file} --key KEY"
        )
    else:
        click.echo(_OPEN_TO_ALL, err=True)


@click.command("verify-backup")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_KEY
def verify_backup(file: Path, key: Path | None) -> None:
    """Check every byte of a backup, and that its key opens it; nothing is restored."""
    try:
        manifest = check_backup(file, key=key)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    _warn_if_open(file)
    click.echo(
        f"{file}: sound. {len(manifest.files)} files, of {manifest.made_at}, by version {manifest.product}."
    )


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_HOME
@_KEY
@click.option("--force", is_flag=True, help="Also over a home folder in use; the old one is kept beside it.")
def restore(file: Path, folder: Path | None, key: Path | None, force: bool) -> None:  # noqa: FBT001 - click hands over a flag
    """Bring FILE back into the home folder, after checking every byte of it."""
    target = _chosen(folder)
    target.root.mkdir(parents=True, exist_ok=True)
    url = os.environ.get("DATABASE_URL", "")
    try:
        with hold(target.root / "serving.lock"):
            kept = read_backup(file, target, force=force, database_url=url, key=key)
    except BackupError as error:
        raise click.ClickException(str(error)) from error
    _warn_if_open(file)
    click.echo(f"Restored into {target.root}; every file agrees with the manifest.")
    if kept is not None:
        click.echo(f"What was there before is kept in {kept}.")


_OPEN_TO_ALL = (
    "This backup is not encrypted, and holds the keys that open every field that is sealed: keep it as safe as the seal "
    "of the county."
)


def _warn_if_open(file: Path) -> None:
    if not is_encrypted(file):
        click.echo(_OPEN_TO_ALL, err=True)


def _chosen(folder: Path | None) -> Home:
    return home() if folder is None else Home(folder.resolve())
