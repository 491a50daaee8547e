"""备份加密: backups are encrypted for a key pair of which only the public half is on the machine.

The form is age's (age-encryption.org/v1: X25519, HKDF-SHA-256, ChaCha20-Poly1305 in pieces of 64 KiB), so that any age program
opens a backup too: ``age --decrypt -i KEY FILE``. Whoever steals the machine with its backups has no key to the older ones;
whoever finds a backup has none at all. Why age: decision 046.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pyrage import DecryptError, EncryptError, IdentityError, RecipientError, decrypt_io, encrypt_io, x25519

from yixian.cli.backup_postgres import BackupError
from yixian.config.home import Home

_RECIPIENT = "backup.recipient"
_HEAD = b"age-encryption.org/"


def make_backup_key(home: Home, file: Path) -> str:
    """Write a new private key into a file outside the home, and its public half into the home; the public half.

    Backups from now on are for it; older ones still need the key of their day. Raises `BackupError` if the file exists or
    lies in the home, where the key would stand beside what it opens.
    """
    if file.resolve().is_relative_to(home.root.resolve()):
        raise BackupError(
            "The key must not lie in the home folder. Name a place apart: a USB stick, another machine."
        )
    identity = x25519.Identity.generate()
    recipient = str(identity.to_public())
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupError(
            f"{file} exists already. Give another name: a key is never written over."
        ) from error
    with os.fdopen(descriptor, "w") as written:
        written.write(f"# Opens the backups made for {recipient}\n{identity}\n")
        written.flush()
        os.fsync(written.fileno())
    home.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home.keys / _RECIPIENT).write_text(f"{recipient}\n")
    return recipient


def recipient_of(home: Home) -> str:
    """The public key for which this home's backups are encrypted; empty if none was made."""
    path = home.keys / _RECIPIENT
    return path.read_text().strip() if path.exists() else ""


def is_encrypted(file: Path) -> bool:
    """Whether a backup begins as age's files do."""
    with file.open("rb") as opened:
        return opened.read(len(_HEAD)) == _HEAD


@contextmanager
def encrypting(raw: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    """A stream whose content goes into ``raw`` encrypted; with no recipient, ``raw`` itself."""
    if not recipient:
        yield raw
        return
    try:
        public = x25519.Recipient.from_str(recipient)
    except RecipientError as error:
        raise BackupError(
            f"{_RECIPIENT} does not hold a public key ({error}). Make a new one: yixian backup-key."
        ) from error
    with _through_a_pipe(lambda source: encrypt_io(source, raw, [public]), sends=True) as stream:
        yield stream


@contextmanager
def decrypting(file: Path, key: Path | None) -> Iterator[IO[bytes]]:
    """A backup's content as a stream, decrypted with a key file where it is encrypted.

    Raises `BackupError` without a key, with another's, or for content that was altered or cut off: at the latest when the
    block ends, for only then all of it has been checked.
    """
    if not is_encrypted(file):
        with file.open("rb") as raw:
            yield raw
        return
    if key is None:
        raise BackupError(f"{file} is encrypted. Name the file with its key: --key FILE.")
    identity = _identity(key)
    with (
        file.open("rb") as raw,
        _through_a_pipe(lambda sink: decrypt_io(raw, sink, [identity]), sends=False) as stream,
    ):
        yield stream
        while stream.read(1 << 20):  # what follows the archive is checked, too
            pass


def _identity(key: Path) -> x25519.Identity:
    lines = [line.strip() for line in key.read_text(encoding="utf-8", errors="replace").splitlines()]
    secrets = [line for line in lines if line and not line.startswith("#")]
    try:
        return x25519.Identity.from_str(secrets[0])
    except (IdentityError, IndexError) as error:
        raise BackupError(f"{key} does not hold the private key of backups.") from error


@contextmanager
def _through_a_pipe(work: Callable[[IO[bytes]], object], *, sends: bool) -> Iterator[IO[bytes]]:
    """Our end of a pipe, at whose other end a thread works; what it raises is raised here, before what follows from it."""
    reading, writing = os.pipe()
    ours, theirs = (writing, reading) if sends else (reading, writing)

    def run() -> None:
        with os.fdopen(theirs, "rb" if sends else "wb") as end:
            work(end)

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(run)
        try:
            with os.fdopen(ours, "wb" if sends else "rb") as stream:
                yield stream
        finally:
            _raise_of(done.result)


def _raise_of(result: Callable[[], None]) -> None:
    try:
        result()
    except DecryptError as error:
        raise BackupError(f"This key does not open the backup ({error}). Nothing was changed.") from error
    except BrokenPipeError:
        pass  # we stopped reading, for a reason of our own
    except (EncryptError, OSError) as error:
        raise BackupError(
            f"The backup cannot be encrypted or decrypted ({error}). Nothing was changed."
        ) from error
