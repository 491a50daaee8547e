"""示范: a whole invented county in a home folder, made once and then served."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click
from django.utils import translation

from yixian.cli.demo_progress import StepProgress
from yixian.cli.product import folder_of, open_home, prepare
from yixian.cli.reach import keep_demo_here
from yixian.cli.serve import run_server
from yixian.cli.supervisor import hold
from yixian.demo.note import NOTE, PASSWORD, Card, Note, SignIn, read_note
from yixian.demo.shape import FULL_HOUSEHOLDS, MIN_HOUSEHOLDS, SMALL_HOUSEHOLDS
from yixian.kernel.errors import YixianError

_SEED = 1


@click.command()
@click.option(
    "--households",
    type=click.IntRange(min=MIN_HOUSEHOLDS),
    help=f"Households of the county (default: {SMALL_HOUSEHOLDS}; a real one has {FULL_HOUSEHOLDS:,}).",
)
@click.option("--seed", type=int, help=f"The same seed makes the same county (default: {_SEED}).")
@click.option("--no-serve", is_flag=True, help="Make the county and print the sign-ins, but do not serve it.")
@click.option(
    "--home", type=click.Path(file_okay=False), help="Home folder (default: $YIXIAN_HOME or ./var)."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on."
)
@click.option("--let-others-in", is_flag=True, help="Also on an address that other machines reach.")
def demo(
    households: int | None,
    seed: int | None,
    no_serve: bool,  # noqa: FBT001 - click hands over flags
    home: str | None,
    host: str,
    port: int,
    let_others_in: bool,  # noqa: FBT001
) -> None:
    """Make an invented county in an empty home folder, print how to sign in, and serve it.

    Where the demonstration stands already, it is only served. An interrupted one goes on where it stopped.
    """
    root = folder_of(home)
    _say_what_begins(root, households, "" if no_serve else f"http://{host}:{port}")
    open_home(root)
    with hold(root / "serving.lock"):
        note = _build(root, households, seed)
    if no_serve:
        click.echo(f"\n{introduction(note, root)}\nTo serve it: yixian demo --home {root}")
        return
    keep_demo_here(root, host, let_others_in=let_others_in)
    run_server(
        port,
        host,
        announcement=lambda address: f"\n{introduction(note, root, address)}\nCtrl+C stops it.",
    )


def _say_what_begins(root: Path, households: int | None, address: str) -> None:
    """The first line, before anything that takes time: what is done where, and the address it will answer at."""
    note = read_note(root)
    count = note.households if note else households or SMALL_HOUSEHOLDS
    answers = f"It will answer at {address}" if address else "It will not be served."
    click.echo(f"An invented county of {count:,} households, in {root}. {answers}")
    sys.stdout.flush()


def introduction(note: Note, root: Path, address: str = "") -> str:
    """What somebody must know to look around: the address, the sign-ins by role, and household cards."""
    lines = [f"澜渡县 Landu County: {note.households:,} invented households. Nobody in it is real."]
    if address:
        lines += [
            f"  {address}/          the portal: enter a card below",
            f"  {address}/staff/    for staff: sign in below",
        ]
    lines += ["", f"Sign-ins 登录（password 密码 for all: {PASSWORD}）"]
    lines += [_sign_in_line(one) for one in note.sign_ins]
    lines += ["", "Household cards 移民卡 (code / PIN)"]
    lines += [_card_line(card) for card in note.cards]
    lines += ["", f"All of this is kept in {root / NOTE}."]
    if note.households < FULL_HOUSEHOLDS:
        lines += [f"A county of full size, {FULL_HOUSEHOLDS:,} households, beside this one: make demo-county"]
    return "\n".join(lines)


def _sign_in_line(one: SignIn) -> str:
    role = importlib.import_module("yixian.kernel.roles").Role(one.role)
    with translation.override("zh-hans"):
        chinese = str(role.label)
    with translation.override("en"):
        english = str(role.label)
    return f"  {one.username:<11} {english} {chinese} - {one.reach_en} {one.reach_zh}"


def _card_line(card: Card) -> str:
    code = " ".join(card.code[start : start + 4] for start in range(0, len(card.code), 4))
    return f"  {code} / {card.pin}  {card.head_name}  {card.why_en} {card.why_zh}"


def _build(root: Path, households: int | None, seed: int | None) -> Note:
    """Do the steps that are waiting, each with its seconds. The apps' modules can be loaded only in an opened home."""
    progress = StepProgress()
    with progress.step("Preparing the database"):
        prepare()
        building = importlib.import_module("yixian.demo.building")
    try:
        note: Note = building.claim_home(
            root, households or SMALL_HOUSEHOLDS, _SEED if seed is None else seed
        )
        _refuse_another(note, households, seed)
        for place, step in building.steps_waiting(root, note):
            with progress.step(f"{place} {step.title}"):
                step.do(progress)
    except YixianError as error:
        raise click.ClickException(str(error)) from error
    return note


def _refuse_another(note: Note, households: int | None, seed: int | None) -> None:
    if (households or note.households, note.seed if seed is None else seed) != (note.households, note.seed):
        raise click.ClickException(
            f"A demonstration of {note.households} households with seed {note.seed} stands here already. "
            "Choose an empty folder for another: --home DIR"
        )
