"""`yixian survey odd` and `yixian survey remeasure` on plain files."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.engines.survey.test_submission_folder import add, instance
from yixian.cli import main
from yixian.engines.sampling import draw

DANJIANGKOU = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
SHEETS = "instance,household_id,measurer,second,at,lon,lat,parcel_mu\n"
ITEMS = "line_id,household_id,item_code,quantity\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, ["survey", *map(str, words)])


def tables(folder: Path, items: str, sheets: str) -> list[object]:
    (folder / "I.csv").write_text(items, encoding="utf-8")
    (folder / "S.csv").write_text(sheets, encoding="utf-8")
    (folder / "photos").mkdir()
    return ["--items", folder / "I.csv", "--sheets", folder / "S.csv", "--photos", folder / "photos"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_bare_tables_are_enough_and_what_they_lack_is_named(tmp_path: Path) -> None:
    words = tables(
        tmp_path,
        ITEMS + "H1-1,H1,land.dry,3.5\nH2-1,H2,land.dry,2\n",
        SHEETS
        + "a,H1,M,N,2024-05-01T09:00:00+08:00,111.12345,32.54321,3.2\nb,H2,M,N,2024-05-01,111.2,32.5,2\n",
    )
    result = run("odd", *words, "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 0, result.output
    [row] = rows(tmp_path / "out" / "questions.csv")
    assert row == {
        "household_id": "H1",
        "line_id": "H1-1",
        "kind": "over_parcel",
        "why": "This is 3.5 mu and the parcel has 3.2 mu: where is the rest?",
    }
    lacks = [(one["kind"], one["why"][:40]) for one in rows(tmp_path / "out" / "unchecked.csv")]
    assert ("after_cutoff", "No cut-off day (--cutoff, or a column cu") in lacks
    assert ("claimed_twice", "1 items have no position written to five") in lacks
    assert ("total", "No totals of the map (--totals: area_cod") in lacks
    assert ("photo_twice", "There are no photographs (JPEG, PNG, Web") in lacks
    assert "not checked: digits: 1 measurers have fewer than 20" in result.output.replace("\n", " ")


@pytest.mark.parametrize(
    ("items", "sheets", "message"),
    [
        (
            "line_id,item_code\nx,y\n",
            SHEETS,
            "I.csv:1: household_id: There is no such column (there are: line_id, item_code).",
        ),
        (
            ITEMS + "x,H1,land.dry,1\nx,H1,land.dry,1\n",
            SHEETS,
            "I.csv:3: line_id: “x” stands on line 2 already.",
        ),
        (
            ITEMS + "x,H1,land.dry,\uff13\n",
            SHEETS,
            "I.csv:2: quantity: “\uff13” is in full-width characters; write 3.",
        ),
        (ITEMS + "x,,land.dry,1\n", SHEETS, "I.csv:2: household_id: It is empty: fill it in."),
        (ITEMS + "x,H1,land.dry\n", SHEETS, "I.csv:2: 3 cells where the header has 4."),
        (ITEMS, SHEETS + "a,H1,M,N,5/6/2024,,,\n", "S.csv:2: at: “5/6/2024” is no day"),
        (ITEMS, SHEETS + "a,H1,M,N,2024-05-06,181,32,\n", "S.csv:2: lon: “181” is not between -180 and 180."),
        (ITEMS, SHEETS + "a,H1,M,N,2024-05-06,111,,\n", "S.csv:2: lat: Longitude and latitude go together."),
        (ITEMS, SHEETS + "a,H1,M,N,2024-05-06,,,-2\n", "S.csv:2: parcel_mu: “-2” is below nought."),
    ],
)
def test_a_bad_row_is_named_by_file_line_and_column(
    tmp_path: Path, items: str, sheets: str, message: str
) -> None:
    result = run("odd", *tables(tmp_path, items, sheets), "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 2
    assert message in result.output
    assert not (tmp_path / "out").exists()


def test_what_survey_read_writes_is_taken(tmp_path: Path) -> None:
    """Two households sent one picture of their walls; their sheets, lines and photographs are found without more."""
    for name, household in (("a", "H1"), ("b", "H2")):
        add(tmp_path / "in", name, instance(name, household, length="9"))
    facts = tmp_path / "facts"
    assert run("read", DANJIANGKOU, "--submissions", tmp_path / "in", "--out", facts).exit_code == 0
    assert [row["instance"] for row in rows(facts / "sheets.csv")] == ["a", "b"]
    words = ["--items", facts / "items.csv", "--sheets", facts / "sheets.csv", "--photos", tmp_path / "in"]
    more = [
        "--measures",
        facts / "measures.csv",
        "--photo-lines",
        facts / "photo_lines.csv",
        "--pack",
        DANJIANGKOU,
    ]
    result = run("odd", *words, *more, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    asked = [(row["line_id"], row["kind"]) for row in rows(tmp_path / "out" / "questions.csv")]
    assert asked == [("H1-facility-1", "photo_twice"), ("H2-facility-1", "photo_twice")]


def test_sheets_are_drawn_again_by_anybody_and_the_bound_is_said(tmp_path: Path) -> None:
    lines = "".join(f"s{n},H{n},M{n % 3},N{n % 3},2024-05-01,,,\n" for n in range(400))
    (tmp_path / "S.csv").write_text(SHEETS + lines, encoding="utf-8")
    words = [
        "--sheets",
        tmp_path / "S.csv",
        "--seed",
        "SSQ 2026031",
        "--out",
        tmp_path / "out",
        "--lang",
        "en",
    ]
    result = run("remeasure", *words, "--share", "0.05")
    assert result.exit_code == 0, result.output
    drawn = rows(tmp_path / "out" / "remeasure.csv")
    assert [row["instance"] for row in drawn] == draw(
        [f"s{n}" for n in range(400)], len(drawn), "SSQ 2026031"
    )
    assert all(
        row["not_by"] == f"M{int(row['instance'][1:]) % 3}; N{int(row['instance'][1:]) % 3}" for row in drawn
    )
    assert (
        f"If 0 of the {len(drawn)} are found wrong: at 95 %, at most 20 of the 400 are wrong (5.00 %)."
        in result.output
    )
    few = run("remeasure", *words, "--number", "500")
    assert few.exit_code == 2
    assert "500 cannot be drawn from 400" in few.output
