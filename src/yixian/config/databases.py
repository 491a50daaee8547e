"""数据库: SQLite in the home folder for one county; PostgreSQL where ``DATABASE_URL`` names one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

_WAIT_SECONDS = 60
"""How long a statement waits for another process that writes, unless ``YIXIAN_DATABASE_WAIT`` says otherwise (pages do)."""

_KEPT_SECONDS = 600
"""How long a thread keeps its connection. Opening one costs as much as a whole small page: four pragmas, sixty functions of
Django's, an empty page cache."""


def database_settings(url: str, sqlite_file: Path) -> dict[str, Any]:
    """Django's database settings for a URL, or for the SQLite file if the URL is empty.

    Of a PostgreSQL URL's parameters, host, port and those of TLS (``sslmode=verify-full``, ``sslrootcert=…``) are heard.
    Raises ValueError for a URL that is not PostgreSQL's.
    """
    wait = float(os.environ.get("YIXIAN_DATABASE_WAIT", _WAIT_SECONDS))
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(sqlite_file),
            "CONN_MAX_AGE": _KEPT_SECONDS,
            "OPTIONS": {
                "timeout": wait,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; "
                    "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
                ),
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "options": f"-c lock_timeout={wait * 1000:.0f}",
            **{key: value for key, value in query.items() if key.startswith("ssl")},
        },
    }
