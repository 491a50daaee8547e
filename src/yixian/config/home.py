"""家目录: where one installation keeps what is its own — database, media, keys, progress."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path


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
        for folder in (self.root, self.media, self.progress):
            folder.mkdir(parents=True, exist_ok=True)
        self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)

    def secret(self) -> str:
        """The web secret of this home, made at first use."""
        path = self.keys / "web.secret"
        if not path.exists():
            self.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(48))
        return path.read_text().strip()


def home() -> Home:
    """The home folder of this process."""
    return Home(Path(os.environ.get("YIXIAN_HOME", "var")).resolve())
