"""`yixian procedure` on plain files, as an auditor runs it."""

from __future__ import annotations

import csv
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from yixian.cli.procedure import procedure

PACK = Path(__file__).parents[2] / "procedures" / "cn"
HEADER = "matter_id,seq,at,event,actor_body,to_body,reason,clause"
EVENTS = f"""{HEADER}
M1,1,2024-03-04T10:00:00+08:00,received,PO,,,
M2,2,2024-03-06T10:00:00+08:00,decided,PO,,,
M1,3,2024-03-07T10:00:00+08:00,accepted,B1,,,
M1,2,2024-03-05T10:00:00+08:00,forwarded,PO,B1,,
M2,1,2024-03-04T02:00:00+00:00,received,PO,,,
M3,1,2024-03-12T10:00:00+08:00,received,B2,,,
"""


@pytest.fixture
def run(tmp_path):
    def clocks(events: str = EVENTS, *more: str, at: str = "2024-03-20T09:00:00+08:00"):
        path = tmp_path / "events.csv"
        path.write_text(events, encoding="utf-8")
        options = ["--pack", str(PACK), "--procedure", "cn-petition-2022", "--events", str(path)]
        arguments = ["clocks", *options, "--at", at, "--out", str(tmp_path / "out"), *more]
        return CliRunner().invoke(procedure, arguments, catch_exceptions=False)

    return clocks


def rows(tmp_path: Path, name: str) -> list[dict[str, str]]:
    with (tmp_path / "out" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_matters_are_followed_and_what_is_not_allowed_is_named(run, tmp_path):
    done = run()
    assert done.exit_code == 1
    (problem,) = rows(tmp_path, "problems.csv")
    assert (problem["matter_id"], problem["seq"], problem["event"]) == ("M2", "2", "decided")
    assert {row["matter_id"] for row in rows(tmp_path, "states.csv")} == {"M1", "M3"}
    clocks = {(row["matter_id"], row["clock"]): row for row in rows(tmp_path, "clocks.csv")}
    decide = clocks["M1", "decide"]
    assert (decide["article"], decide["status"], decide["days_left"]) == ("34", "running", "47")
    assert decide["due_at"] == "2024-05-06T23:59:59+08:00"
    assert clocks["M1", "register"]["stopped_at"] == "2024-03-05T10:00:00+08:00"
    holders = [row for row in rows(tmp_path, "holders.csv") if row["matter_id"] == "M1"]
    assert [(row["body"], row["to"]) for row in holders] == [("PO", "2024-03-07T10:00:00+08:00"), ("B1", "")]
    begun = datetime.fromisoformat("2024-03-04T10:00:00+08:00")
    asked = datetime.fromisoformat("2024-03-20T09:00:00+08:00")
    assert sum(int(row["seconds"]) for row in holders) == (asked - begun).total_seconds()


def test_the_order_of_the_rows_does_not_matter(run, tmp_path):
    run()
    first = {name: rows(tmp_path, name) for name in ("clocks.csv", "holders.csv", "states.csv")}
    lines = EVENTS.splitlines()
    run("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert {name: rows(tmp_path, name) for name in first} == first


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("M9,x,2024-03-04T10:00:00+08:00,received,PO,,,", "events.csv:8: seq"),
        ("M9,1,2024-03-04T10:00:00,received,PO,,,", "events.csv:8: at"),
        ("M9,1,yesterday,received,PO,,,", "events.csv:8: at"),
        (",1,2024-03-04T10:00:00+08:00,received,PO,,,", "events.csv:8: matter_id"),
        ("M9,1,2024-03-04T10:00:00+08:00,,PO,,,", "events.csv:8: event"),
        ("M9,1,2024-03-04T10:00:00+08:00,received", "events.csv:8: "),
    ],
)
def test_bad_rows_are_named_and_nothing_is_written(run, tmp_path, row, told):
    done = run(EVENTS + row + "\n")
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_year_that_is_not_known_is_refused_and_named(run, tmp_path):
    late = f"{HEADER}\nM1,1,2026-12-20T10:00:00+08:00,received,PO,,,\n"
    done = run(late, at="2026-12-21T09:00:00+08:00")
    assert done.exit_code == 2
    assert "2027" in done.stderr
    assert not (tmp_path / "out").exists()
    assert run(late, "--provisional", at="2026-12-21T09:00:00+08:00").exit_code == 0


def test_a_procedure_that_is_not_there_is_named_with_those_that_are(tmp_path):
    events = tmp_path / "events.csv"
    events.write_text(EVENTS)
    options = [
        "--pack",
        str(PACK),
        "--procedure",
        "x",
        "--events",
        str(events),
        "--at",
        "2024-03-20T09:00:00+08:00",
    ]
    done = CliRunner().invoke(procedure, ["clocks", *options, "--out", str(tmp_path / "out")])
    assert (done.exit_code, "ess10-grievance" in done.stderr) == (2, True)


def test_the_shipped_procedures_are_proven():
    done = CliRunner().invoke(procedure, ["check", "--pack", str(PACK), "--lang", "en"])
    assert done.exit_code == 0
    assert "cn-petition-2022: 11 states, 11 clocks" in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("calendar.csv.bak", "day,kind\n", "calendar.csv.bak"),
        ("old/Procedures.YAML", "[]", "old/Procedures.YAML"),
        ("kinds.yaml", "# ⽉\n", "kinds.yaml:1:3: "),
    ],
)
def test_files_that_nobody_reads_and_radicals_are_named(tmp_path, name, content, told):
    pack = shutil.copytree(PACK, tmp_path / "cn")
    path = pack / name
    path.parent.mkdir(exist_ok=True)
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    path.write_text(content + before, encoding="utf-8")
    done = CliRunner().invoke(procedure, ["check", "--pack", str(pack), "--lang", "en"])
    assert (done.exit_code, told in done.output) == (1, True), done.output
