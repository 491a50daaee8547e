"""`yixian policy check` and `show`, as an assistant reads them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from yixian.cli.policy import policy
from yixian.engines.entitlements import load_pack

PACKS = Path(__file__).parents[2] / "packs"
SHIPPED = sorted(path.name for path in PACKS.iterdir() if path.is_dir())


@pytest.fixture
def faulty(tmp_path):
    copy = shutil.copytree(PACKS / "tuoba", tmp_path / "pack")
    _change(copy / "factors.csv", ",290,", ",about 290,")
    _change(copy / "rules.yaml", "persons * building_per_head", "persons * building")
    return copy


def _change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _run(*arguments):
    return CliRunner().invoke(policy, [str(argument) for argument in arguments])


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_pack_is_proven_in_chinese(name):
    result = _run("check", PACKS / name)
    assert result.exit_code == 0, result.output
    assert "全部照写算出" in result.output


def test_faults_are_grouped_by_file_with_their_line_in_chinese(faulty):
    result = _run("check", faulty)
    assert result.exit_code == 1
    assert result.output.splitlines()[:3] == [
        "factors.csv",
        "  factors.csv:40:5: 第 40 行第 5 格：“about 290”不是普通写法的数（只用数字和一个小数点）。 [pack.number]",
        "    | annuity_a_month,,2020-01-01,,about 290,TB-PRODUCTION,annuity",
    ]
    assert "\nrules.yaml\n  rules.yaml:" in result.output
    assert "“building”没有声明" in result.output
    assert result.output.rstrip().endswith("共 2 处错误")


def test_the_same_faults_in_english(faulty):
    result = _run("check", faulty, "--lang", "en")
    assert result.exit_code == 1
    assert "line 40, cell 5: “about 290” is no plain number" in result.output
    assert result.output.rstrip().endswith("2 problems in all")


def test_a_missing_file_has_no_line(tmp_path):
    result = _run("check", tmp_path)
    assert result.exit_code == 1
    assert "pack.yaml:0:0: 政策包里没有文件 pack.yaml。" in result.output


def test_no_folder_is_another_matter_than_a_fault(tmp_path):
    assert _run("check", tmp_path / "nowhere").exit_code == 2
    assert _run("show", PACKS / "tuoba", "--on", "yesterday").exit_code == 2


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SHIPPED)
def test_show_tells_every_document_rule_and_price_in_force(name, lang):
    pack = load_pack(PACKS / name)
    on = pack.rules[0].valid_from
    result = _run("show", PACKS / name, "--on", on, "--lang", lang)
    assert result.exit_code == 0, result.output
    for told in (
        [document.number for document in pack.documents.values() if document.in_force(on)]
        + [rule.title(lang) for rule in pack.rules_on(on)]
        + [pack.items[price.item_code].name(lang) for price in pack.prices_on(on)]
        + [rule.formula for rule in pack.rules_on(on)]
    ):
        assert told in result.output


def test_show_fills_in_what_is_decided_and_says_what_is_not():
    shown = _run("show", PACKS / "three-gorges-1993", "--on", "1993-06-01").output
    assert "上年物价指数 1 = 〔金额〕 元" in shown
    assert "price_index = 1" in shown
    later = _run("show", PACKS / "three-gorges-1993", "--on", "1994-01-01").output
    assert "上年物价指数 〔index：这一天未定〕" in later
    assert "price_index" not in later


def test_before_anything_is_in_force_show_says_so():
    shown = _run("show", PACKS / "three-gorges-1993", "--on", "1992-12-31").output
    assert shown.count("（这一天没有）") == 4


def test_show_refuses_a_faulty_pack(faulty):
    result = _run("show", faulty, "--on", "2020-06-01")
    assert result.exit_code == 1
    assert "共 2 处错误" in result.output
