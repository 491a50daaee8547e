"""The worked example of the guide to procedures, in both languages, is what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.domain.procedure.plain_replay import PACK, calendar, moment, shipped
from yixian.engines.procedure.replay_files import replay_files

DOCS = Path(__file__).parents[2] / "docs"
_ROW = re.compile(r"^\| (.+) \|$", re.MULTILINE)


def tables(name: str) -> tuple[list[list[str]], list[list[str]]]:
    """The example's events and its clocks, as rows of cells."""
    text = (DOCS / name).read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in row.split("|")] for row in _ROW.findall(text)]
    return [row for row in rows if row[0] == "M1"], [row for row in rows if row[0] in clocks()]


def clocks() -> set[str]:
    return {clock.id for clock in shipped().procedures["cn-petition-2022"].clocks}


@pytest.mark.parametrize("name", ["procedures.md", "procedures.zh.md"])
def test_the_example_is_true(name, tmp_path):
    events, told = tables(name)
    assert len(events) == 3
    lines = ["matter_id,seq,at,event,actor_body,to_body,reason,clause"]
    lines += [",".join([*row[:3], row[3].split("（")[0], *row[4:], "", ""]) for row in events]
    (tmp_path / "events.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    procedure = shipped().procedures["cn-petition-2022"]
    replay_files(procedure, calendar(), tmp_path / "events.csv", moment("2024-03-20 09:00"), tmp_path / "out")
    written = (tmp_path / "out" / "clocks.csv").read_text(encoding="utf-8").splitlines()[1:]
    found = [row.split(",") for row in written]
    assert [[row[1], row[2], *row[4:]] for row in found] == told
    assert PACK.is_dir()
