"""门: counting and budgets of the gate: a lost test and a folder that grew too slow are failures."""

from __future__ import annotations

from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))


REPORT = """<testsuites><testsuite>
<testcase classname="tests.matters.test_mail" name="test_a" time="2.5"/>
<testcase classname="tests.matters.test_mail" name="test_b" time="1.5"><failure/></testcase>
<testcase classname="tests.web.duty.test_board" name="test_c" time="1"/>
<testcase classname="tests.web.duty.test_board" name="test_c" time="1"><error/></testcase>
<testcase classname="tests.engines.pairing.deep.test_x.TestIt" name="test_d" time="4"><skipped/></testcase>
</testsuite></testsuites>"""


def test_tests_and_seconds_are_counted_by_folder(tmp_path: Path) -> None:
    from gate.counting import Count

    (tmp_path / "report.xml").write_text(REPORT)
    count = Count()
    count.add(tmp_path / "report.xml")
    assert (count.passed, count.failed, count.skipped, count.ran) == (1, 2, 1, 3)
    assert count.seconds == {"matters": 4.0, "web/duty": 2.0, "engines/pairing": 4.0}
    assert count.tests == {"matters": 2, "web/duty": 1, "engines/pairing": 1}


def test_a_folder_without_a_budget_and_one_far_beyond_it_fail() -> None:
    from gate.budgets import Budgets, failures, told
    from gate.counting import Count

    count = Count(passed=3, seconds={"matters": 31.0, "duty": 11.0, "new": 1.0})
    given = Budgets(whole=3, quick=1, seconds={"matters": 10.0, "duty": 10.0})
    assert failures(count, given) == [
        "tests/matters took 31 s of 10",
        "tests/new has no budget in tests/budgets.toml",
    ]
    lines = told(count, given).splitlines()
    assert next(line for line in lines if line.startswith("duty")).endswith("over its budget")


def test_every_folder_of_tests_has_a_budget() -> None:
    from gate.budgets import budgets
    from gate.counting import folder_of

    root = SCRIPTS.parent
    modules = [path.relative_to(root).with_suffix("").parts for path in (root / "tests").rglob("test_*.py")]
    folders = {folder_of(".".join(parts)) for parts in modules}
    assert len(folders) > 30
    assert folders == set(budgets().seconds)


def test_too_few_tests_are_a_failure_of_their_own() -> None:
    from gate.budgets import Budgets, too_few
    from gate.counting import Count

    given = Budgets(whole=100, quick=10, seconds={})
    assert too_few(Count(passed=99), given, quick=False, room="") != []
    assert too_few(Count(passed=99), given, quick=True, room="") == []
    assert too_few(Count(), given, quick=False, room="matters") != []


def test_a_room_that_has_no_tests_is_told_which_have() -> None:
    from gate.lanes import folders_of

    assert folders_of("matters") == ("tests/matters", "tests/web/matters", "tests/web/portal/matters")
    with pytest.raises(SystemExit, match="working_groups"):
        folders_of("kitchen")
