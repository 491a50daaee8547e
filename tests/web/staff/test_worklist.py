"""What waits for somebody stands on *Today*: every state that needs a second person has its kind of work there."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import yixian
from tests.web.staff.test_pages import texts
from yixian.kernel.actors import Actor
from yixian.kernel.pending import Pending, pending
from yixian.policies.models import PackAdoption, PackVersion
from yixian.web.staff.worklist import QUEUES
from yixian.web.staff.worklist.queues import MAX_ITEMS_A_QUEUE, WorkQueue, worklist

TODAY = date(2026, 11, 2)
SOURCES = Path(yixian.__file__).parent
SECOND = re.compile(
    r"[Aa]nother person than|Somebody else must approve|Whoever drafted it|second person must confirm"
)

QUEUE_OF = {
    "budget/actions/enter_budget.py": "budget.confirm",
    "compensation/actions/end_agreement.py": "agreements.void",
    "kernel/actions/confirm_access.py": "access.grants",
    "posting/steps.py": "postings.lock",
    "matters/formal_steps.py": "papers.review",
    "matters/step_conditions.py": "matters.extensions",
    "matters/supervision_steps.py": "supervision.close",
    "outreach/decision_steps.py": "decisions.close",
    "policies/actions/adopt_pack.py": "policies.approve",
    "policies/actions/decide_pack.py": "revisions.approve",
    "registry/change_steps.py": "changes.agree",
    "registry/second_person.py": "changes.agree",
    "revisions/steps.py": "revisions.approve",
    "working_groups/steps.py": "groups.decide",
}
"""Where a second person is demanded, and the kind of work by which that person hears of it."""


def demanding_a_second_person() -> set[str]:
    """The files in which a sentence is said that refuses the first person."""
    found = set()
    for path in SOURCES.rglob("*.py"):
        name = path.relative_to(SOURCES).as_posix()
        if name.startswith("web/"):
            continue
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Refused", "NotPermitted"}:
                words = [one.value for one in ast.walk(call) if isinstance(one, ast.Constant)]
                if any(isinstance(one, str) and SECOND.search(one) for one in words):
                    found.add(name)
    return found


def test_every_demand_of_a_second_person_has_a_kind_of_work() -> None:
    assert demanding_a_second_person() == set(QUEUE_OF)
    assert set(QUEUE_OF.values()) <= {queue.name for queue in QUEUES}


def test_kinds_of_work_bear_different_names_and_are_either_named_or_counted() -> None:
    assert len({queue.name for queue in QUEUES}) == len(QUEUES)
    for queue in QUEUES:
        assert (queue.rows is None) == (queue.page is None) == (queue.count is not None) == (queue.act == "")


def queue_of(name: str, rows: list[Pending]) -> WorkQueue:
    return WorkQueue(
        name=name,
        needs=name,
        title=name,
        why="",
        listing=lambda: "/all/",
        act=name,
        rows=lambda _actor, _at: pending(rows, lambda row: row),
        page=lambda row: f"/{name}/{row.key}/",
    )


def test_the_most_urgent_stands_first_and_what_has_no_day_last() -> None:
    days = [3, -2, 0]
    due = queue_of("due", [Pending(n, "", due_on=TODAY + timedelta(days=n)) for n in days])
    old = queue_of("old", [Pending(n, "", since=TODAY - timedelta(days=n)) for n in (1, 9)])
    closed = queue_of("closed", [Pending(1, "", due_on=TODAY)])
    found = worklist([old, closed, due], Actor(""), may=lambda name: name != "closed", at=None)  # type: ignore[arg-type]
    assert [item.address for item in found.items] == ["/due/-2/", "/due/0/", "/due/3/", "/old/9/", "/old/1/"]
    assert [item.days_over(TODAY) for item in found.items] == [2, 0, 0, 0, 0]
    assert found.longer == []


def test_of_a_long_kind_some_are_named_and_all_are_counted() -> None:
    queue = queue_of("long", [Pending(n, "") for n in range(40)])
    found = worklist([queue], Actor(""), may=lambda _name: True, at=None)  # type: ignore[arg-type]
    (view,) = found.longer
    assert (len(found.items), view.count, view.named) == (MAX_ITEMS_A_QUEUE, 40, MAX_ITEMS_A_QUEUE)


@pytest.mark.parametrize("name", ["lead", "leader"])
def test_who_may_be_the_second_person_finds_it_on_the_first_page(browse, county, name: str) -> None:
    PackAdoption.objects.create(
        pack_version=PackVersion.objects.get(),
        area=county.areas["county"],
        valid_from=date(2027, 1, 1),
        document="两政发〔2026〕9号",
        proposed_by=county.users["clerk"],
        proposed_at="2026-11-01T09:00:00+08:00",
    )
    assert "批准政策" in texts(browse(name).get("/staff/"))
    assert "批准政策" not in texts(browse("clerk").get("/staff/"))


def test_a_long_worklist_is_folded_below_its_first_dozen(browse, monkeypatch) -> None:
    days = [TODAY + timedelta(days=n) for n in range(9)]
    queues = [
        queue_of(name, [Pending(n, f"{name}{n}", due_on=day) for n, day in enumerate(days)])
        for name in "abcd"
    ]
    queues = [replace(queue, needs="staff:home") for queue in queues]
    monkeypatch.setattr("yixian.web.staff.home_page.QUEUES", queues)
    page = texts(browse("lead").get("/staff/"))
    named = sum(min(len(days), MAX_ITEMS_A_QUEUE) for _queue in queues)
    assert page.index("a0") < page.index("d2") < page.index(f"还有 {named - 12} 件事") < page.index("d4")
