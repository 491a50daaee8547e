"""A hundred matters whose deadlines were reckoned by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.domain.procedure.plain_replay import course, told_of

CASES = YAML(typ="base").load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_as_calculated_by_hand(case):
    found = course(*case["events"], at=case["at"], procedure=case.get("procedure", "cn-petition-2022"))
    if "fault" in case:
        assert found.fault is not None
        assert (found.fault.rule, found.clocks, found.held) == (case["fault"], (), ())
        return
    assert found.fault is None
    for clock, runs in case.get("expect", {}).items():
        assert told_of(found, clock) == [tuple(run) for run in runs], clock
    for name in ("state", "holder"):
        assert name not in case or getattr(found, name) == case[name]


def test_there_are_a_hundred_and_each_expects_something():
    assert len(CASES) >= 100
    assert all({"expect", "state", "holder", "fault"} & case.keys() for case in CASES)
