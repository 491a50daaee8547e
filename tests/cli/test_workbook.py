"""`yixian import|export|template workbook`: what is printed, what is written, and how each command ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.workbook.books import with_cell
from yixian.demo.county import generate
from yixian.engines.entitlements import load_pack
from yixian.workbook.schema import SHEETS
from yixian.workbook.writing import write_workbook

pytestmark = pytest.mark.slow  # starts the product, again and again

PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
HOUSEHOLDS = 80
HEADS = 2


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small county as a workbook."""
    path = tmp_path_factory.mktemp("county") / "county.xlsx"
    write_workbook(path, generate(HOUSEHOLDS, seed=3), pack=load_pack(PACK))
    return path


@pytest.fixture(scope="module")
def home(county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder into which the county was brought."""
    folder = tmp_path_factory.mktemp("home")
    result = yixian(folder, "import", "workbook", str(county))
    assert result.returncode == 0, result.stderr
    return folder


def yixian(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with nobody at the terminal."""
    left_out = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "YIXIAN_HOME"}
    return subprocess.run(
        [sys.executable, "-c", "from yixian.cli import main; main()", *words, "--home", str(home)],
        check=False,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name not in left_out},
    )


def spoiled(source: Path, target: Path, key: str, row: int, column: str, value: object) -> Path:
    """A copy with one cell changed."""
    return with_cell(source, key, column, value, row=row).rename(target)


def content(path: Path) -> dict[str, list[list[object]]]:
    """Every sheet of the register, cell by cell."""
    book = CalamineWorkbook.from_path(str(path))
    return {page.zh: book.get_sheet_by_name(page.zh).to_python() for page in SHEETS}


def test_out_and_into_an_empty_home_and_out_again_is_the_same(home: Path, tmp_path: Path) -> None:
    first, second, other = tmp_path / "first.xlsx", tmp_path / "second.xlsx", tmp_path / "other"
    assert yixian(home, "export", "workbook", str(first)).returncode == 0
    assert yixian(other, "import", "workbook", str(first)).returncode == 0
    assert yixian(other, "export", "workbook", str(second)).returncode == 0
    assert content(first) == content(second)
    assert len(content(first)["移民户"]) == HEADS + HOUSEHOLDS


def test_the_same_file_again_enters_nothing(home: Path, county: Path) -> None:
    result = yixian(home, "import", "workbook", str(county))
    assert result.returncode == 0
    assert "更正 0" in result.stdout
    assert "已入库" not in result.stdout


def test_errors_end_with_one_are_all_named_and_come_back_in_a_workbook(county: Path, tmp_path: Path) -> None:
    path = spoiled(county, tmp_path / "bad.xlsx", "items", 3, "quantity", "八十")
    path = spoiled(path, path, "persons", 8, "birth_date", "2013-02-30")
    report, home = tmp_path / "errors.xlsx", tmp_path / "home"
    result = yixian(home, "import", "workbook", str(path), "--report", str(report))
    assert result.returncode == 1
    lines = result.stderr.splitlines()
    assert lines[-1].startswith("工作簿有错误")
    assert "没有入库" in lines[-1]
    assert any("实物指标" in line and "第 3 行 D 数量" in line and "八十" in line for line in lines)
    assert any(
        "家庭成员" in line and "8" in line and "出生日期" in line and "2013-02-30" in line for line in lines
    )
    summary = openpyxl.load_workbook(report)["错误汇总"]
    assert summary.max_row == 3
    after = yixian(home, "export", "workbook", str(tmp_path / "out.xlsx"))
    assert after.returncode == 0
    assert len(content(tmp_path / "out.xlsx")["移民户"]) == HEADS


def test_partial_enters_the_rest_and_says_what_it_left_out(county: Path, tmp_path: Path) -> None:
    path = spoiled(county, tmp_path / "bad.xlsx", "items", 3, "quantity", "八十")
    home = tmp_path / "home"
    result = yixian(home, "import", "workbook", str(path), "--partial")
    assert result.returncode == 1
    assert result.stderr.count("未入库：") >= 3
    entered = next(line for line in result.stdout.splitlines() if line.startswith("已入库：新增"))
    assert entered.endswith("更正 0 行。")
    *_before, households, persons, items, why = result.stderr.splitlines()
    assert households == "未入库的移民户：1 行，即第 3 行"
    assert persons.startswith("未入库的家庭成员：")
    assert items.startswith("未入库的实物指标：")
    assert "第 3" in items
    assert "1 处错误" in why
    assert "退出码为 1" in why
    assert yixian(home, "export", "workbook", str(tmp_path / "out.xlsx")).returncode == 0
    assert len(content(tmp_path / "out.xlsx")["移民户"]) == HEADS + HOUSEHOLDS - 1


def test_changes_to_known_rows_wait_for_a_yes(home: Path, county: Path, tmp_path: Path) -> None:
    path = spoiled(county, tmp_path / "changed.xlsx", "households", 3, "address", "新址一号")
    shown = yixian(home, "import", "workbook", str(path))
    assert shown.returncode == 3
    assert "新址一号" in shown.stdout
    assert yixian(home, "import", "workbook", str(path), "--check-only").returncode == 0
    assert yixian(home, "import", "workbook", str(path)).returncode == 3
    assert yixian(home, "import", "workbook", str(path), "--yes").returncode == 0
    assert yixian(home, "import", "workbook", str(path)).returncode == 0
    assert yixian(home, "import", "workbook", str(county), "--yes").returncode == 0


def test_a_template_is_a_workbook_without_an_error(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    assert yixian(tmp_path / "home", "template", "workbook", str(path)).returncode == 0
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["说明", *(page.zh for page in SHEETS), "指标代码"]
    assert book["移民户"].freeze_panes == "B3"
    assert len(book["家庭成员"].data_validations.dataValidation) == 5
    assert yixian(tmp_path / "home", "import", "workbook", str(path)).returncode == 0


def test_what_decides_what_is_paid_waits_for_a_second_person(
    home: Path, county: Path, tmp_path: Path
) -> None:
    """Whoever runs the command names a user of the bureau and the document; nobody is named as having agreed."""
    path = spoiled(county, tmp_path / "measured.xlsx", "items", 3, "quantity", "77.5")
    refused = yixian(home, "import", "workbook", str(path), "--yes")
    assert refused.returncode == 4
    assert "另一人同意" in refused.stderr
    paper = ("--document", "复核单1号", "--dated", "2026-11-01")
    nobody = yixian(home, "import", "workbook", str(path), "--by", "nobody", *paper)
    assert nobody.returncode == 1
    assert yixian(home, "import", "workbook", str(path), "--by", "nobody").returncode == 2
    assert yixian(home, "import", "workbook", str(county)).returncode == 0, "nothing was entered"
