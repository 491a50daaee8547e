"""`yixian procedure`: prove procedures and follow matters through them on plain files, without a database (程序与期限)."""

from __future__ import annotations

import os
import time
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import click

from yixian.cli.policy_problems import grouped
from yixian.domain.policy import PackErrors
from yixian.domain.procedure import UnknownYear
from yixian.engines.procedure import check_procedures, load_procedures, replay_files
from yixian.engines.procedure.loading import folder_problems
from yixian.engines.procedure.posting_files import follow_postings, load_postings
from yixian.engines.procedure.replay_files import EventsInvalid

_FAULTY = 1
_BAD_INPUT = 2
_MAX_NAMED = 100
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_PACK = click.option(
    "--pack", type=_FOLDER, required=True, help="Folder with procedures.yaml and the calendar."
)
_LANG = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Chinese or English."
)
_VALID = {
    "zh": "{id}：{states} 个状态，{clocks} 个期限，都到得了、停得住。",
    "en": "{id}: {states} states, {clocks} clocks; each can be reached and stopped",
}
_POSTINGS = {
    "zh": "{id}：{rounds} 个公示轮次，每个都有依据",
    "en": "{id}: {rounds} rounds of posting, each with its clause",
}
_YEARS = {"zh": "日历：{known}；暂定：{provisional}", "en": "calendar: {known}; provisional: {provisional}"}


@click.group()
def procedure() -> None:
    """Legal clocks: who holds a matter, every deadline, what is overdue (程序与期限)."""


@procedure.command()
@_PACK
@_LANG
def check(pack: Path, lang: str) -> None:
    """Prove the procedures of PACK.

    Every state reachable, every clock stoppable, an actor for every transition, articles that exist, a calendar without a
    gap. Every fault is named with file, line and column, every file that nobody reads as well. Exits 1 if there is one, 2 if
    there is no such folder.
    """
    try:
        loaded, problems = check_procedures(pack)
        postings = load_postings(pack, loaded.documents)
    except PackErrors as errors:
        problems = list(errors.problems)
    problems = [*problems, *folder_problems(pack)]
    if problems:
        for line in grouped(pack, problems, lang):
            click.echo(line, err=True)
        raise SystemExit(_FAULTY)
    for one in loaded.procedures.values():
        click.echo(_VALID[lang].format(id=one.id, states=len(one.states), clocks=len(one.clocks)))
    if postings is not None:
        click.echo(_POSTINGS[lang].format(id=postings.id, rounds=len(postings.rounds)))
    years = {
        status: [str(one.year) for one in loaded.calendar.years if one.status == status]
        for status in ("final", "provisional")
    }
    click.echo(
        _YEARS[lang].format(known=" ".join(years["final"]), provisional=" ".join(years["provisional"]) or "—")
    )


@procedure.command()
@_PACK
@click.option("--procedure", "procedure_id", required=True, help="The procedure's id, like cn-petition-2022.")
@click.option(
    "--events",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="matter_id, seq, at (ISO 8601 with offset), event, actor_body, to_body, reason, clause; for postings also round, list",
)
@click.option("--at", required=True, help="The moment asked about, ISO 8601 with offset.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Gets clocks.csv, holders.csv, states.csv and problems.csv.",
)
@click.option(
    "--provisional", is_flag=True, help="Also count in years whose make-up workdays are not published yet."
)
def clocks(pack: Path, procedure_id: str, events: Path, at: str, out: Path, *, provisional: bool) -> None:
    """Follow every matter of EVENTS until a moment: its state, who holds it, every deadline.

    Exits 1 if some event is not allowed where it stands (problems.csv names it; that matter is left out of the rest), and 2,
    with nothing written, for rows that cannot be read or a deadline in a year that the calendar does not know.
    """
    moment = _moment(at)
    began = time.monotonic()
    try:
        loaded = load_procedures(pack)
        calendar = loaded.calendar.calendar(provisional=provisional)
        postings = load_postings(pack, loaded.documents)
        chosen = loaded.procedures.get(procedure_id)
        if postings is not None and procedure_id == postings.id:
            counts = follow_postings(postings, calendar, events, moment, out)
        elif chosen is not None:
            counts = replay_files(chosen, calendar, events, moment, out, processes=os.cpu_count() or 1)
        else:
            known = [*loaded.procedures, *([postings.id] if postings else ())]
            _refuse(f"{procedure_id}: there is no such procedure; there are {', '.join(known)}")
    except PackErrors as errors:
        _refuse(*(str(problem) for problem in errors.problems))
    except EventsInvalid as invalid:
        _refuse(*(f"{events.name}:{row.line}: {row.column}: {row.message}" for row in invalid.rows))
    except UnknownYear as unknown:
        _refuse(str(unknown))
    click.echo(
        f"{counts['matters']} matters, {counts['clocks.csv']} clocks, {counts['problems.csv']} problems  "
        f"({time.monotonic() - began:.1f} s)"
    )
    if counts["problems.csv"]:
        raise SystemExit(_FAULTY)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        _refuse(f"--at: {text!r} is not a moment with its offset, like 2024-03-20T09:00:00+08:00")
    return moment


def _refuse(*lines: str) -> NoReturn:
    for line in lines[:_MAX_NAMED]:
        click.echo(line, err=True)
    if len(lines) > _MAX_NAMED:
        click.echo(f"… and {len(lines) - _MAX_NAMED} more", err=True)
    raise SystemExit(_BAD_INPUT)
