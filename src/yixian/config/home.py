"""家目录: where one installation keeps what is its own — database, media, keys, progress."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PUBLISHED_SECRETS = frozenset({"eedca036b67a092036f92aa10ccd2769d8b81cbd6fb0b0ef71fab090e295b5e7"})
"""SHA-256 of the web secrets that anybody can read in the history of the source: whoever signs with one signs for everybody."""


_UMASK = 0o077
"""Files and folders are their owner's alone: names, birth dates and the search index stand in the database in plain text."""


class PublishedSecret(Exception):
    """The home's web secret is known to the public. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folder named by ``YIXIAN_HOME`` (default ``./var``) and the places in it."""

    root: Path

    @property
    def database(self) -> Path:
        """The SQLite file, used unless ``DATABASE_URL`` names a PostgreSQL database."""
        return self.root / "yixian.sqlite3"

    @property
    def media(self) -> Path:
        """Uploaded and produced files; served only through views that ask who is asking."""
        return self.root / "media"

    @property
    def keys(self) -> Path:
        """Keys of sealed fields and the web secret; readable by the owner only."""
        return self.root / "keys"

    @property
    def progress(self) -> Path:
        """The cache: progress of jobs."""
        return self.root / "cache"

    @property
    def outbox(self) -> Path:
        """Messages that a demonstration would send."""
        return self.root / "outbox"

    def prepare(self) -> None:
        """Make the folders that are missing."""
        os.umask(_UMASK)
        for folder in (self.root, self.media, self.progress, self.keys):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.root, self.keys):
            _close(folder)

    def close(self) -> None:
        """Leave everything in the home to its owner alone: what an older version or another program wrote, too."""
        for place in (self.root, *self.root.rglob("*")):
            _close(place)

    def secret(self) -> str:
        """The web secret of this home, made at first use. Raises `PublishedSecret` if it was ever published."""
        path = self.keys / "web.secret"
        if not path.exists():
            self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        secret = path.read_text().strip()
        if hashlib.sha256(secret.encode()).hexdigest() in PUBLISHED_SECRETS:
            raise PublishedSecret(
                f"{path} once stood in the public source, so anybody could sign in as anybody. Delete that file and start "
                "again: a new one is made, and everybody signs in anew. Nothing else is lost."
            )
        return secret


def _close(place: Path) -> None:
    """Take away what others than the owner may do, where this process may say so."""
    if place.is_symlink():
        return
    mode = place.stat().st_mode
    if mode & _UMASK:
        with suppress(PermissionError):
            place.chmod(mode & ~_UMASK & 0o7777)


def home() -> Home:
    """The home folder of this process."""
    return Home(Path(os.environ.get("YIXIAN_HOME", "var")).resolve())
