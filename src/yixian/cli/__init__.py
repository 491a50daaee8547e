"""The `yixian` command. Each group lives in a file of its own and is loaded only when it is called.

Engines' commands (`policy`, `entitlements`, `pairing`, `procedure`) run on plain files and never load Django; the others
prepare the product on a home folder first (see `yixian.cli.product`).
"""

from __future__ import annotations

import importlib
from typing import Any

import click

from yixian.domain.full_disk import DISK_FULL, is_disk_full

_COMMANDS = {
    "administrator": (
        "yixian.cli.administrator:administrator",
        "Make a sign-in for an administrator, who gives everybody else theirs on the pages.",
    ),
    "backup": (
        "yixian.cli.backup_commands:backup",
        "Write database, media and keys into FILE, encrypted (.tar.gz.age), also while the product runs.",
    ),
    "backup-key": (
        "yixian.cli.backup_commands:backup_key",
        "Make the key pair of backups: the private key into FILE, to be kept apart; the public one stays in the home.",
    ),
    "demo": (
        "yixian.cli.demo:demo",
        "Make an invented county in an empty home folder, print how to sign in, and serve it.",
    ),
    "entitlements": (
        "yixian.cli.entitlements:entitlements",
        "Accounts from facts and a policy pack (补偿核算).",
    ),
    "export": ("yixian.cli.workbook:export", "Take the register out."),
    "import": ("yixian.cli.workbook:import_", "Bring a workbook into the register."),
    "pairing": ("yixian.cli.pairing:pairing", "Who stands beside whom: exact, proven, on plain files."),
    "policy": ("yixian.cli.policy:policy", "Policy packs: dated, cited law as data (政策包)."),
    "procedure": (
        "yixian.cli.procedure:procedure",
        "Legal clocks: who holds a matter, every deadline, what is overdue (程序与期限).",
    ),
    "restore": (
        "yixian.cli.backup_commands:restore",
        "Bring FILE back into the home folder, after checking every byte of it.",
    ),
    "rotate-key": (
        "yixian.cli.rotate_key:rotate_key",
        "Add a new key to keys/fields.json: it seals whatever is written from now on.",
    ),
    "serve": (
        "yixian.cli.serve:serve",
        "Run the pages, the background work and what is due in a home folder until Ctrl+C.",
    ),
    "survey": (
        "yixian.cli.survey:survey",
        "The survey on the ground: its forms from the pack, and what comes back (实物调查).",
    ),
    "template": ("yixian.cli.workbook:template", "Write an empty workbook to fill in."),
    "tick": (
        "yixian.cli.tick:tick",
        "Do what is due now and print for each what it did and how long it took.",
    ),
    "verify-backup": (
        "yixian.cli.backup_commands:verify_backup",
        "Check every byte of a backup, and that its key opens it; nothing is restored.",
    ),
    "verify-ledger": (
        "yixian.cli.verify_ledger:verify_ledger",
        "Check that no event of the ledger was changed, removed or slipped in, and print the digest of the last.",
    ),
    "warm-caches": (
        "yixian.cli.warm_caches:warm_caches",
        "Make the template database and compile the pairing engine, so that no start waits for either.",
    ),
}
"""Name → where it stands, and its help's first sentence, said before it is loaded."""


_EXIT_FULL = 2


class LazyGroup(click.Group):
    """A group whose commands are imported when they are asked for, so that `yixian --help` is instant."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command: Any = getattr(importlib.import_module(module), attribute)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command. Where a disk is full, that is said in a sentence."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if not is_disk_full(error):
                raise
            click.echo(f"{DISK_FULL} ({error})", err=True)
            ctx.exit(_EXIT_FULL)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Name every command without loading one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][1]) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup)
@click.version_option(package_name="yixian")
def main() -> None:
    """Yixian (一线): every household's account, and the people who stand beside it."""
