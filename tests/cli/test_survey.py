"""`yixian survey` on plain files: forms of every sheet, and filled-in ones as facts that accounts are calculated from."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.engines.survey.test_submission_folder import add, instance
from yixian.cli import main

PACKS = Path(__file__).parents[2] / "packs"
DANJIANGKOU = PACKS / "danjiangkou-2009"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["survey", *map(str, words)])


@pytest.mark.slow
def test_forms_are_written_in_every_shape(tmp_path: Path) -> None:
    result = run("form", DANJIANGKOU, "--out", tmp_path)
    assert result.exit_code == 0, result.output
    sheets = ["facility", "grave", "house", "land", "tree"]
    kinds = ("xlsx", "xml", "zh.pdf", "en.pdf")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{sheet}.{kind}" for sheet in sheets for kind in kinds
    )
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "facility.zh.pdf", "-"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "数量 = 长 × 高" in text
    assert "户主或者书面委托的人" in text


def test_what_comes_back_is_reckoned(tmp_path: Path) -> None:
    add(tmp_path / "in", "a", instance("a", "H1", length="9"))
    facts = tmp_path / "facts"
    result = run("read", DANJIANGKOU, "--submissions", tmp_path / "in", "--out", facts)
    assert result.exit_code == 0, result.output
    assert "1 份表，1 项，0 份已被更正，0 个问题。" in result.output
    (facts / "households.csv").write_text("household_id,zone,persons\nH1,rural,0\n", encoding="utf-8")
    words = ["--pack", DANJIANGKOU, "--facts", facts, "--on", "2010-01-01", "--out", tmp_path / "out"]
    computed = CliRunner().invoke(main, ["entitlements", "compute", *map(str, words)])
    assert computed.exit_code == 0, computed.output
    assert "954.00" in computed.output  # 9 × 2 m² of masonry wall at 53 yuan


def test_a_problem_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    add(tmp_path / "in", "a", instance("a").replace("<length>9<", "<length>0.1<"))
    result = run(
        "read", DANJIANGKOU, "--submissions", tmp_path / "in", "--out", tmp_path / "out", "--lang", "en"
    )
    assert result.exit_code == 1
    with (tmp_path / "out" / "problems.csv").open(encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert (row["instance"], row["question"]) == ("a", "item[1]/wall/length")
    assert "from 0.20 to 500" in row["message"]
    assert (tmp_path / "out" / "items.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("command", ["form", "read"])
def test_a_pack_without_a_survey_is_said_to_have_none(tmp_path: Path, command: str) -> None:
    pack = tmp_path / "pack"
    subprocess.run(["cp", "-r", DANJIANGKOU, pack], check=True)
    (pack / "survey.yaml").unlink()
    words = ["--submissions", tmp_path] if command == "read" else []
    result = run(command, pack, *words, "--out", tmp_path / "out")
    assert result.exit_code == (1 if command == "form" else 2)
    assert "survey.yaml" in result.output
