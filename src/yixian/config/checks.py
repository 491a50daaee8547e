"""启动检查: no address without an entry in the access matrix, no entry without an address, no extension that does not fit, and
no SQLite that can lose commits.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from yixian.config.access_matrix import ENDPOINTS
from yixian.config.sqlite import loses_commits, sqlite3
from yixian.kernel.extension_points import POINTS

CLOSED = frozenset(
    {
        # allauth: nobody signs up, and nobody is written to by e-mail; administrators make users and set passwords
        "account_signup",
        "account_email",
        "account_email_verification_sent",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "account_confirm_login_code",
        "account_confirm_email",
        "api-1:api-root",
    }
)
"""Addresses that libraries bring along and that the gate answers with 404."""


@register("access")
def check_matrix(**_options: Any) -> list[CheckMessage]:
    """Compare the addresses that resolve with those that are declared (`ENDPOINTS`) or closed on purpose (`CLOSED`)."""
    names = set(url_names())
    declared = set(ENDPOINTS)
    return [
        *_errors(
            "E001",
            sorted(names - declared - CLOSED),
            "has no roles: say in ENDPOINTS (config/access_matrix.py) who may ask for it",
        ),
        *_errors(
            "E002",
            sorted(declared - names),
            "stands in ENDPOINTS (config/access_matrix.py) but in no urls.py",
        ),
        *_errors(
            "E003", sorted(declared & CLOSED), "is declared in the access matrix and closed at the same time"
        ),
        *_errors("E004", sorted(CLOSED - names), "is closed but does not exist"),
    ]


@register("extension points")
def check_extension_points(**_options: Any) -> list[CheckMessage]:
    """Every function that a room registered for another stands at its address and is called as the point says."""
    return [Error(words, id="yixian.E005") for point in POINTS for words in point.unsound()]


@register("database")
def check_sqlite(**_options: Any) -> list[CheckMessage]:
    """SQLite is one that loses no commits, where it is the database."""
    version = sqlite3.sqlite_version_info
    if connection.vendor != "sqlite" or not loses_commits(version):
        return []
    words = f"SQLite {sqlite3.sqlite_version} can lose commits under load (its WAL-reset bug)."
    return [
        Caution(
            words, hint="Install pysqlite3, or another Python with SQLite 3.51.3 or later.", id="yixian.W001"
        )
    ]


def url_names() -> Iterator[str]:
    """Every address's full name (``namespace:name``); for one without a name, its route."""
    yield from _names(get_resolver(), "")


def _names(resolver: URLResolver, namespace: str) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield namespace + (entry.name or f"(no name) {entry.pattern}")
        else:
            yield from _names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


def _errors(number: str, names: list[str], complaint: str) -> Iterator[CheckMessage]:
    for name in names:
        yield Error(f"The address {name!r} {complaint}.", id=f"yixian.{number}")
