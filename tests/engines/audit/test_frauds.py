"""Planted frauds are asked about, and an honest county is hardly asked about anything."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.engines.audit.county import CUTOFF, County, clean_county
from tests.engines.audit.frauds import FRAUDS, UNSEEN, found, plant_all
from yixian.cli import main

HOUSEHOLDS, PHOTOGRAPHED = 400, 80


def asked(county: County, folder: Path, *more: str) -> list[dict[str, str]]:
    """The questions that the command writes."""
    words = county.write(folder / "tables")
    out = folder / "out"
    words += [
        "--photos",
        str(county.photos),
        "--out",
        str(out),
        "--cutoff",
        f"{CUTOFF}",
        "--tolerance",
        "0.02",
        *more,
    ]
    result = CliRunner().invoke(main, ["survey", "odd", *words])
    assert result.exit_code == 0, result.output
    with (out / "questions.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.slow
def test_twenty_eight_of_thirty_frauds_are_asked_about_and_nobody_else(tmp_path: Path) -> None:
    county = clean_county(tmp_path / "photos", HOUSEHOLDS, PHOTOGRAPHED)
    assert asked(county, tmp_path / "clean") == []
    planted = plant_all(county)
    assert len(FRAUDS) == 30
    questions = asked(county, tmp_path / "fraud")
    assert set(FRAUDS) - found(planted, questions) == UNSEEN
    touched = {household for where in planted.values() for household in where} | {""}
    others = {row["household_id"] for row in questions if row["kind"] != "digits"} - touched
    assert others == set()


def test_a_question_is_asked_in_both_languages_and_names_no_surveyor(tmp_path: Path) -> None:
    county = clean_county(tmp_path / "photos", HOUSEHOLDS, 0)
    (tmp_path / "photos").mkdir()
    plant = FRAUDS["digits: every length of a team ends in 0 or 5"]
    plant(county, "H00120", "")
    for lang, words in (("zh", "是量的，还是估的？"), ("en", "was it measured or estimated?")):
        rows = asked(county, tmp_path / lang, "--lang", lang)
        assert len(rows) == 80  # forty sheets, each with a length that ends in 0 and one that ends in 5
        assert {row["kind"] for row in rows} == {"digits"}
        assert all(row["why"].endswith(words) for row in rows)
        assert not any("M3" in row["why"] for row in rows)
