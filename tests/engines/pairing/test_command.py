"""`yixian pairing solve` and `check` on files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyarrow import csv

from yixian.cli import main

COUNTY = {
    "households": "household_id,area_code,lon,lat,difficulty\n"
    "H1,530625101201,103.61,28.21,1\nH2,530625101201,103.62,28.22,3\nH3,530625102201,103.71,28.31,2\n",
    "helpers": "helper_id,role,body,lon,lat,places\n"
    "C1,cadre,水务局,103.61,28.20,1\nC2,cadre,教育局,103.72,28.30,1\nM1,member,云岭村党支部,103.62,28.22,5\n",
    "eligible": "household_id,helper_id,cost\n"
    "H1,C1,200\nH2,C1,300\nH3,C2,150\nH1,M1,90\nH2,M1,80\nH3,M1,12000\n",
}


def run(folder, *arguments):
    files = [f"--{name}={folder / name}.csv" for name in COUNTY]
    return CliRunner().invoke(main, ["pairing", *arguments, *files])


@pytest.fixture(name="folder")
def _folder(tmp_path):
    for name, text in COUNTY.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(name="solved")
def _solved(folder):
    assert run(folder, "solve", f"--out={folder / 'out'}", "--seed=5").exit_code == 0
    return folder


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_solve_writes_every_file_and_tells_the_shortage(folder):
    told = run(folder, "solve", f"--out={folder / 'out'}", "--seed=5", "--balance=0")
    assert told.exit_code == 0
    assert (
        "cadre-1: 2 households need 2 places, and the 1 helpers who could serve them have 1: short 1"
        in told.output
    )
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "fairness.json",
        "gone.csv",
        "pairs.csv",
        "prices.csv",
        "proof.json",
        "shortage_members.csv",
        "shortages.csv",
        "unserved.csv",
    ]
    assert csv.read_csv(folder / "out" / "pairs.csv").to_pydict() == {
        "household_id": ["H1", "H3", "H1", "H2", "H3"],
        "helper_id": ["C1", "C2", "M1", "M1", "M1"],
        "role": ["cadre", "cadre", "member", "member", "member"],
        "cost": [200, 150, 90, 80, 12000],
        "kept": [False] * 5,
    }
    proof = json.loads((folder / "out" / "proof.json").read_text(encoding="utf-8"))
    assert {k: v for k, v in proof["cadre"].items() if k != "solver_seconds"} == {
        "objective": 350,
        "dual_bound": 350,
        "gap": 0,
        "households": 3,
        "demand": 3,
        "served": 2,
        "unserved": 1,
        "unserved_bound": 1,
        "moved": 0,
        "minimum_moves": 0,
        "seed": 5,
        "balance": 0,
    }
    assert proof["cadre"]["solver_seconds"] > 0


def test_two_runs_write_the_same_bytes(solved):
    first = {path.name: path.read_bytes() for path in (solved / "out").glob("*.csv")}
    lines = COUNTY["eligible"].splitlines(keepends=True)
    (solved / "eligible.csv").write_text("".join([lines[0], *reversed(lines[1:])]), encoding="utf-8")
    assert run(solved, "solve", f"--out={solved / 'out'}", "--seed=5").exit_code == 0
    assert {path.name: path.read_bytes() for path in (solved / "out").glob("*.csv")} == first


def test_check_accepts_what_was_solved(solved):
    told = run(solved, "check", str(solved / "out"))
    assert (told.exit_code, told.output.count("no pairing can do better")) == (0, 2)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("pairs.csv", '"H1","C1","cadre",200', '"H2","C1","cadre",300', "household H1"),
        ("pairs.csv", '"H1","C1"', '"H1","C2"', "not eligible"),
        ("pairs.csv", "200", "199", "another cost"),
        ("pairs.csv", "200", "two hundred", "pairs.csv"),
        ("pairs.csv", '"cost"', '"price"', "the columns must be"),
        ("unserved.csv", '"H2"', '"H1"', "household"),
        ("shortages.csv", ",2,2,1,1,1", ",2,2,1,1,2", "short is not what the members add up to"),
        ("prices.csv", "true", "false", "price"),
        ("proof.json", '"seed": 5', '"seed": 6', "prices only prove"),
        ("proof.json", '"gap": 0', '"gap": 1', "not what was proven"),
        ("proof.json", '"gap": 0', '"gap": 0.0', "whole number"),
        ("proof.json", '"gap"', '"gaps"', "must have the fields"),
        ("proof.json", "{", "[", "proof.json"),
        ("fairness.json", '"pairs": 2', '"pairs": 3', "fairness"),
    ],
)
def test_check_exits_1_on_any_breach(solved, file, old, new, says):
    change(solved / "out" / file, old, new)
    told = run(solved, "check", str(solved / "out"))
    assert told.exit_code == 1
    assert says in told.output
    assert told.output.startswith("BREACH ")


@pytest.mark.parametrize("file", ["pairs.csv", "prices.csv", "proof.json", "fairness.json"])
def test_check_exits_1_when_a_file_is_missing(solved, file):
    (solved / "out" / file).unlink()
    told = run(solved, "check", str(solved / "out"))
    assert told.exit_code == 1
    assert file in told.output


def test_check_exits_1_when_the_county_changed_since(solved):
    change(solved / "helpers.csv", "28.20,1\n", "28.20,2\n")
    assert run(solved, "check", str(solved / "out")).exit_code == 1


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "says"),
    [
        ("eligible", "H2,C1,300", "H9,C1,300", 3, "'H9' is not among the households"),
        ("eligible", "H2,C1,300", "H2,C9,300", 3, "'C9' is not among the helpers"),
        ("eligible", "H2,C1,300", "H2,C1,3.5", 3, "whole number"),
        ("eligible", "H2,C1,300", "H1,C1,300", 3, "twice"),
        ("eligible", "H2,C1,300", "H2,C1", 3, "2 values where the header has 3"),
        ("eligible", "H2,C1,300", "", 3, "household_id '' is not among"),
        ("eligible", "H2,C1,300", '"H2\n",C1,300', 3, "line break"),
        ("helpers", "28.20,1", "28.20,-1", 2, "places is '-1'"),
        ("helpers", ",places", ",seats", 1, "column places is missing"),
        ("households", "H2", "H1", 3, "household_id H1 stands there twice"),
        ("households", "28.31,2", "28.31,4", 4, "whole number from 1 to 3"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line_and_nothing_is_written(folder, file, old, new, line, says):
    change(folder / f"{file}.csv", old, new)
    told = run(folder, "solve", f"--out={folder / 'out'}")
    assert told.exit_code == 2
    (named,) = [each for each in told.output.splitlines() if says in each]
    assert named.startswith(f"{folder / file}.csv:{line}: ")
    assert not (folder / "out").exists()
    assert "Traceback" not in told.output


def test_files_that_are_not_utf8_or_empty_are_named(folder):
    (folder / "helpers.csv").write_bytes(COUNTY["helpers"].encode("gb18030"))
    (folder / "eligible.csv").write_bytes(b"")
    told = run(folder, "solve", f"--out={folder / 'out'}")
    assert told.exit_code == 2
    assert f"{folder / 'helpers'}.csv:2: this is not UTF-8 text" in told.output
    assert f"{folder / 'eligible'}.csv:1: the file is empty" in told.output


def test_a_spreadsheets_byte_order_mark_and_line_ends_are_read(folder):
    for name, text in COUNTY.items():
        (folder / f"{name}.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert run(folder, "solve", f"--out={folder / 'out'}").exit_code == 0


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_tables_parted_by_something_else_are_read(folder, separator):
    for name, text in COUNTY.items():
        (folder / f"{name}.csv").write_bytes(text.replace(",", separator).encode("utf-16"))
    assert run(folder, "solve", f"--out={folder / 'out'}").exit_code == 0


def test_a_line_that_tells_the_separator_is_named(folder):
    (folder / "helpers.csv").write_text("sep=,\n" + COUNTY["helpers"])
    told = run(folder, "solve", f"--out={folder / 'out'}")
    assert (told.exit_code, f"{folder / 'helpers'}.csv:1: this line says" in told.output) == (2, True)


def test_costs_too_large_are_refused_by_file(folder):
    change(folder / "eligible.csv", "12000", "999999999999")
    told = run(folder, "solve", f"--out={folder / 'out'}")
    assert told.exit_code == 2
    assert f"{folder / 'eligible'}.csv: a pair or a helper's last place costs 999999999999" in told.output


def rows(path):
    return csv.read_csv(path).to_pylist()


def test_a_cadre_who_left_moves_nobody_else_and_is_named(solved):
    """C2 is gone from both files: H3 had nobody else, M1 keeps all three."""
    (solved / "old.csv").write_bytes((solved / "out" / "pairs.csv").read_bytes())
    change(solved / "helpers.csv", "C2,cadre,教育局,103.72,28.30,1\n", "")
    change(solved / "eligible.csv", "H3,C2,150\n", "")
    told = run(solved, "solve", f"--previous={solved / 'old.csv'}", f"--out={solved / 'new'}", "--seed=5")
    assert told.exit_code == 0
    line = [row["helper_id"] for row in rows(solved / "old.csv")].index("C2") + 2
    assert f"old.csv:{line}: H3 and C2 were a pair, and one of them is not there any more" in told.output
    assert all(row["kept"] for row in rows(solved / "new" / "pairs.csv"))
    proof = json.loads((solved / "new" / "proof.json").read_text(encoding="utf-8"))
    assert (proof["cadre"]["moved"], proof["cadre"]["minimum_moves"]) == (1, 1)
    assert (proof["member"]["moved"], proof["member"]["minimum_moves"]) == (0, 0)
    assert run(solved, "check", str(solved / "new"), f"--previous={solved / 'old.csv'}").exit_code == 0
    assert run(solved, "check", str(solved / "new")).exit_code == 1, "without it nothing was kept"


def test_explain_says_in_both_languages_what_another_would_change(solved):
    said = [
        run(solved, "explain", str(solved / "out"), "--household=H1", "--instead=C1", f"--lang={lang}").output
        for lang in ("zh", "en")
    ]
    assert said == [
        "现在由C1包您家。C1已经包着您家。\n",
        "C1 stands beside you. C1 stands beside you already.\n",
    ]
    other = run(solved, "explain", str(solved / "out"), "--household=H2", "--lang=en").output
    assert other == (
        "Nobody stands beside you yet. C1 is eligible but full; giving you C1 would leave 1 other household without "
        "and add 0.1 km.\n"
    )
    nobody = run(solved, "explain", str(solved / "out"), "--household=H9")
    assert (nobody.exit_code, "households.csv: there is no household H9" in nobody.output) == (2, True)


def test_remedies_are_written_and_told(solved):
    offers = solved / "offers.csv"
    offers.write_text("household_id,helper_id,cost,remedy\nH1,C2,900,department\n", encoding="utf-8")
    change(solved / "helpers.csv", "28.30,1\n", "28.30,2\n")
    told = run(solved, "solve", f"--remedies={offers}", f"--out={solved / 'out'}", "--balance=0", "--lang=en")
    assert told.exit_code == 0
    assert (
        "cadre-1 1. 1 more place for 1 cadre of them: 1 household more served, still short 0." in told.output
    )
    assert [(r["remedy"], r["households"]) for r in rows(solved / "out" / "remedies.csv")] == [
        ("places", 1),
        ("department", 1),
    ]


@pytest.mark.parametrize(
    ("option", "text", "line", "says"),
    [
        ("previous", "household_id,helper_id\nH1,C1\nH1,C1\n", 3, "twice"),
        ("previous", "household_id,helper_id\n,C1\n", 2, "household_id is empty"),
        ("previous", "household_id,helper_id,role\nH1,C1,leader\n", 2, "role is 'leader'"),
        ("previous", "household_id\nH1\n", 1, "column helper_id is missing"),
        ("remedies", "household_id,helper_id,cost,remedy\nH9,C2,1,x\n", 2, "'H9' is not among"),
        ("remedies", "household_id,helper_id,cost,remedy\nH1,C1,1,x\n", 2, "eligible already"),
        ("remedies", "household_id,helper_id,cost,remedy\nH1,C2,1.5,\n", 2, "whole number"),
        ("remedies", "household_id,helper_id,cost\nH1,C2,1\n", 1, "column remedy is missing"),
    ],
)
def test_bad_rows_of_optional_files_are_named_and_nothing_is_written(folder, option, text, line, says):
    (folder / "more.csv").write_text(text, encoding="utf-8")
    told = run(folder, "solve", f"--{option}={folder / 'more.csv'}", f"--out={folder / 'out'}")
    assert told.exit_code == 2
    (named,) = [each for each in told.output.splitlines() if says in each]
    assert named.startswith(f"{folder / 'more.csv'}:{line}: ")
    assert not (folder / "out").exists()


def test_places_for_difficult_households_are_read_and_bad_ones_named(folder):
    text = COUNTY["helpers"].replace(",places\n", ",places,places_hard,places_hardest\n")
    text = text.replace(",1\n", ",1,,\n").replace(",5\n", ",5,1,0\n")
    (folder / "helpers.csv").write_text(text, encoding="utf-8")
    assert run(folder, "solve", f"--out={folder / 'out'}").exit_code == 0
    unserved = [r["household_id"] for r in rows(folder / "out" / "unserved.csv") if r["role"] == "member"]
    assert unserved == ["H2"], "M1 takes one difficult household, but none of difficulty 3"
    change(folder / "helpers.csv", ",5,1,0", ",5,-1,0")
    told = run(folder, "solve", f"--out={folder / 'again'}")
    assert (told.exit_code, "helpers.csv:4: places_hard is '-1'" in told.output) == (2, True)


@pytest.mark.parametrize(("page", "lang"), [("pairing.md", "en"), ("pairing.zh.md", "zh")])
def test_the_guides_worked_example_is_what_the_commands_print(folder, page, lang):
    """Its first solution, solving again without C2, and the two remedies, all but the seconds."""
    guide = (Path(__file__).parents[3] / "docs" / page).read_text(encoding="utf-8")

    def printed(*arguments):
        told = run(folder, "solve", f"--lang={lang}", *arguments).output
        return [line.rsplit("; ", 1)[0] if line.endswith(" s") else line for line in told.splitlines()]

    for line in printed(f"--out={folder / 'out'}"):
        assert line in guide
    change(folder / "helpers.csv", "28.30,1\n", "28.30,2\n")
    (folder / "r.csv").write_text(
        "household_id,helper_id,cost,remedy\nH1,C2,900,department\n", encoding="utf-8"
    )
    remedies = printed(f"--out={folder / 'more'}", "--balance=0", f"--remedies={folder / 'r.csv'}")[-2:]
    assert "H1,C2,900,department" in guide
    assert [row["moved"] for row in rows(folder / "more" / "remedies.csv")] == [0, 1]
    assert all("1 household more served" in line or "多包1户" in line for line in remedies)
    change(folder / "helpers.csv", "C2,cadre,教育局,103.72,28.30,2\n", "")
    change(folder / "eligible.csv", "H3,C2,150\n", "")
    again = printed(f"--out={folder / 'new'}", f"--previous={folder / 'out' / 'pairs.csv'}")
    for line in [line for line in again if "moved" in line]:
        assert line in guide
