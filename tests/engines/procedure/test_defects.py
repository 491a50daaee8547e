"""Planted defects of procedures and calendars: each is found, by file, line and column."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from yixian.domain.policy import PackErrors
from yixian.engines.procedure import check_procedures

SHIPPED = Path(__file__).parents[3] / "procedures" / "cn"
DEFECTS = YAML(typ="base").load((Path(__file__).parent / "defects.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect["what"])
def test_a_planted_defect_is_found_where_it_stands(tmp_path, defect):
    pack = shutil.copytree(SHIPPED, tmp_path / "pack")
    text = (pack / defect["file"]).read_text(encoding="utf-8")
    assert defect["old"] in text
    (pack / defect["file"]).write_text(text.replace(defect["old"], defect["new"], 1), encoding="utf-8")
    try:
        problems = check_procedures(pack)[1]
    except PackErrors as errors:
        problems = list(errors.problems)
    found = [problem for problem in problems if problem.key == defect["key"]]
    assert found, problems
    assert all(problem.line > 0 and problem.message and problem.message_zh for problem in found)


def test_what_ships_is_sound():
    pack, problems = check_procedures(SHIPPED)
    assert problems == []
    assert set(pack.procedures) == {"cn-petition-2022", "ess10-grievance", "cn-disclosure-2019"}
