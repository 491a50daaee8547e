"""埋下的缺陷: the list stays true as the code moves, and only a test that failed counts as having found one."""

from __future__ import annotations

from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture(autouse=True)
def _scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))


def test_each_defect_can_be_planted_and_names_tests_that_are_there() -> None:
    from gate.defects import defects, faults_of

    assert [f"{one.id}: {fault}" for one in defects() for fault in faults_of(one)] == []


def test_ids_are_unique_and_there_are_twenty_of_each_kind() -> None:
    from gate.defects import KINDS, defects

    found = defects()
    assert [name for name, count in Counter(one.id for one in found).items() if count > 1] == []
    assert {
        kind: count for kind, count in Counter(one.kind for one in found).items() if count >= 20
    }.keys() == set(KINDS)


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"id": "Two Words"}, "its id is not in small letters with hyphens"),
    ({"what": "no sentence"}, "what it does is not said in a sentence"),
    ({"file": "src/yixian/nowhere.py"}, "src/yixian/nowhere.py is not there"),
    ({"find": "return"}, "sound: its passage stands 2 times in src/yixian/domain/deadlines.py, not once"),
    ({"replace": "while due in holidays:"}, "it changes nothing"),
    ({"replace": "while due in:"}, "the file does not parse with it"),
    ({"tests": ()}, "it names no test"),
    (
        {"tests": ("tests/domain/test_deadlines.py::test_no_such",)},
        "tests/domain/test_deadlines.py::test_no_such is not there",
    ),
    ({"tests": ("tests/domain/nowhere.py",)}, "tests/domain/nowhere.py is not there"),
]


@pytest.mark.parametrize(("changes", "fault"), CHANGES, ids=[fault for _changes, fault in CHANGES])
def test_what_is_wrong_with_a_defect_is_said(changes: dict[str, Any], fault: str) -> None:
    from gate.defects import Defect, faults_of

    sound: dict[str, Any] = {
        "kind": "money",
        "id": "sound",
        "what": "A limit ends on a holiday.",
        "file": "src/yixian/domain/deadlines.py",
        "find": "while due in holidays:",
        "replace": "if due in holidays:",
        "tests": ("tests/domain/test_deadlines.py::test_plain_days[some-parameters]", "tests/domain"),
    }
    assert list(faults_of(Defect(**sound))) == []
    assert fault in list(faults_of(Defect(**(sound | changes))))


@pytest.mark.parametrize(
    ("without", "with_it", "found", "why"),
    [
        (0, 1, True, ""),
        (0, 0, False, "every test passed"),
        (0, 2, False, "the defect is wrong, pytest ended with 2"),
        (0, 5, False, "the defect is wrong, pytest ended with 5"),
        (0, -1, False, "the defect is wrong, pytest ended with -1"),
        (1, 1, False, "its tests do not pass without it (1)"),
    ],
)
def test_only_a_test_that_failed_has_found_it(without: int, with_it: int, found: bool, why: str) -> None:
    from gate.defects import defects
    from gate.scratch import Outcome
    from planted import finding_of

    finding = finding_of(
        defects()[0],
        Outcome(without, "", 1.0, "what it said"),
        lambda _defect: Outcome(with_it, "tests/a.py::test_b", 2.4, "what it said"),
    )
    assert finding.found is found
    assert finding.why_not.partition(":\n")[0] == why
    assert finding.by == ("tests/a.py::test_b" if found else "")


def test_the_tests_of_a_selection_run_once_without_a_defect_and_once_with_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import planted
    from gate.defects import defects
    from gate.scratch import Outcome

    chosen, runs, findings = defects(), [], []
    passed, failed = Outcome(0, "", 1.0, ""), Outcome(1, "tests/a.py::test_b", 1.0, "")

    class Copy:
        def tests(self, selection: tuple[str, ...]) -> Outcome:
            runs.append(selection)
            return passed

        def with_defect(self, defect: Any) -> Outcome:
            assert defect.tests in runs
            return failed

    monkeypatch.setattr(planted, "scratch_copies", lambda count: nullcontext([Copy() for _ in range(count)]))
    planted._plant(planted._by_selection(chosen), 2, findings.append)
    assert len(runs) == len(set(runs)) == len({one.tests for one in chosen})
    assert {finding.id for finding in findings if finding.found} == {one.id for one in chosen}


def test_what_was_found_is_kept_for_the_same_sources_alone(tmp_path: Path) -> None:
    from gate.defects import defects
    from planted import Finding, Findings

    one, other = defects()[:2]
    file = tmp_path / "proofs" / "planted.json"
    findings = Findings("sources", file)
    findings.add(Finding(one.id, one.kind, True, "tests/a.py::test_b", 3))
    findings.add(Finding(other.id, other.kind, False, "", 3, "every test passed"))
    assert [Findings("sources", file).has(each) for each in (one, other)] == [True, False]
    assert not Findings("other sources", file).has(one)
