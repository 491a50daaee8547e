"""可达范围: from where an address can be reached, and that a demonstration is not served to strangers by accident."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

import click

from yixian.demo.note import NOTE


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def keep_demo_here(root: Path, host: str, *, let_others_in: bool = False) -> None:
    """Raise `click.ClickException` if a demonstration would be served to other machines without being asked to."""
    if (root / NOTE).exists() and not (let_others_in or is_loopback(host)):
        raise click.ClickException(
            f"Everybody knows the demonstration's password, and {host} can be reached by other machines. "
            "If that is meant: yixian demo --let-others-in"
        )
