"""The `yixian` command. Each group lives in a file of its own and is loaded only when it is called.

Engines' commands (`policy`, `entitlements`, `pairing`, `procedure`) run on plain files and never load Django; the others
prepare the product on a home folder first (see `yixian.cli.product`).
"""

from __future__ import annotations

import importlib
from typing import Any

import click

_COMMANDS = {
    "administrator": "yixian.cli.administrator:administrator",
    "backup": "yixian.cli.home:backup",
    "demo": "yixian.cli.demo:demo",
    "entitlements": "yixian.cli.entitlements:entitlements",
    "export": "yixian.cli.workbook:export",
    "import": "yixian.cli.workbook:import_",
    "pairing": "yixian.cli.pairing:pairing",
    "policy": "yixian.cli.policy:policy",
    "procedure": "yixian.cli.procedure:procedure",
    "restore": "yixian.cli.home:restore",
    "serve": "yixian.cli.serve:serve",
    "template": "yixian.cli.workbook:template",
    "tick": "yixian.cli.tick:tick",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that `yixian --help` is instant."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = _COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command: Any = getattr(importlib.import_module(module), attribute)
        return command if isinstance(command, click.Command) else None


@click.group(cls=LazyGroup)
@click.version_option(package_name="yixian")
def main() -> None:
    """Yixian (一线): every household's account, and the people who stand beside it."""
