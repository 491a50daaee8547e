"""首位管理员: the first sign-in of a home folder, made by whoever runs the machine; all others are made on the pages."""

from __future__ import annotations

import importlib
from pathlib import Path

import click
from django.db import transaction
from django.utils import timezone

from yixian.cli.product import open_home, prepare
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.roles import Role


@click.command()
@click.argument("username")
@click.option("--name", "display_name", default="", help="The name that is shown (default: USERNAME).")
@click.password_option(help="At least 12 characters; asked for if it is not given.")
@click.option("--home", type=click.Path(file_okay=False, path_type=Path), help="Home folder (default ./var).")
def administrator(username: str, display_name: str, password: str, home: Path | None) -> None:
    """Make a sign-in for an administrator, who gives everybody else theirs on the pages.

    An administrator runs the system and sees no personal data.
    """
    open_home(home)
    prepare()
    try:
        _make(username, display_name or username, password)
    except YixianError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{username} can sign in at /staff/ and give others their roles under Users.")


def _make(username: str, display_name: str, password: str) -> None:
    """User and role, both or neither. The apps' modules can only be loaded once the product is open."""
    users = importlib.import_module("yixian.kernel.actions.users")
    now = timezone.now()
    actor = system_actor("cli")
    with transaction.atomic():
        user = users.create_user(username, display_name, password, actor=actor, at=now)
        today = timezone.localdate(now)
        users.grant_role(user.pk, Role.ADMINISTRATOR, "", None, today, actor=actor, at=now)
