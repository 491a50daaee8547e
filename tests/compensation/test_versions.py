"""Versions: why one exists, what waits for a decision, and reckonings that are cut off and gone on with."""

from __future__ import annotations

import csv
import re
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from tests.factories import make_group, make_household, make_user
from yixian.compensation.actions.calculate_accounts import calculate_accounts, resume_run
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.calculated_accounts import Account
from yixian.compensation.changes import PendingCase, pending_case
from yixian.compensation.choices import CaseOutcome, StatementCause
from yixian.compensation.models import (
    AccountCase,
    CaseDecision,
    RunEnd,
    Statement,
    StatementLine,
    StatementRun,
)
from yixian.compensation.queries import (
    difference_views,
    differences_of_run,
    forecast_by_budget_head,
    open_cases,
    open_runs,
)
from yixian.compensation.queries.pending_signatures import cases_to_decide
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, Grant, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.models import Area, Household

pytestmark = pytest.mark.django_db
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = AT.date()
NEXT = date(2026, 11, 20)
SYSTEM = system_actor("test")
DRY, WALL = "land.dry", "house.main.earth_timber"


@pytest.fixture
def group() -> Area:
    return make_group()


@pytest.fixture
def county(group: Area) -> Area:
    return group.parent.parent.parent


@pytest.fixture
def households(group: Area, county: Area) -> list[Household]:
    """Six households: the even ones have an earth-timber house, the odd ones do not; all have land."""
    _adopt(county, PACK, date(2024, 1, 1))
    made = [make_household(group) for _number in range(6)]
    for number, household in enumerate(made):
        _item(household, "land.paddy", Decimal(2 + number))
        if number % 2 == 0:
            _item(household, WALL, Decimal("80.5"))
    return made


def _item(household: Household, code: str, quantity: Decimal) -> InventoryItem:
    return InventoryItem.objects.create(
        household=household,
        area_path=household.area_path,
        line_no=f"{household.household_no}-{code}",
        item_code=code,
        quantity=quantity,
        surveyed_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1),
    )


def _adopt(county: Area, folder: Path, valid_from: date) -> None:
    pack = register_pack(folder, actor=SYSTEM, at=AT)
    PackAdoption.objects.filter(area=county, valid_until=None).update(valid_until=valid_from)
    PackAdoption.objects.create(
        pack_version=pack,
        area=county,
        valid_from=valid_from,
        document="县政发〔2026〕9号",
        proposed_by=make_user(Role.BUREAU_CLERK),
        proposed_at=AT,
        approved_by=make_user(Role.BUREAU_LEAD),
        approved_at=AT,
    )


def _revise(
    county: Area, tmp_path: Path, times: str, *, valid_from: date = NEXT, version: str = "901"
) -> None:
    """A pack in which the earth-timber house alone has another price, in force from a day."""
    folder = tmp_path / f"pack-{version}"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("tests"))
    text = (folder / "pack.yaml").read_text(encoding="utf-8")
    (folder / "pack.yaml").write_text(
        re.sub(r"(?m)^version: .*$", f'version: "{version}"', text), encoding="utf-8"
    )
    with (folder / "prices.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["item_code"] == WALL:
            row["price"] = str((Decimal(row["price"]) * Decimal(times)).quantize(Decimal("0.01")))
    with (folder / "prices.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    _adopt(county, folder, valid_from)


def _calculate(county: Area, on: date = ON, **changes) -> StatementRun:
    return calculate_accounts(county.path, **{"on": on, "actor": SYSTEM, "at": AT} | changes)


def _person(role: Role, area_path: str) -> Actor:
    user = make_user(role, area_path=area_path)
    return Actor(user_id=user.pk, label=user.display_name, grants=(Grant(role, area_paths=(area_path,)),))


def _current(household: Household) -> Statement:
    return Statement.objects.get(household=household, is_current=True)


def test_new_policy_gives_a_version_only_to_those_whose_lines_change(county, households, tmp_path):
    _calculate(county)
    _revise(county, tmp_path, "1.5")
    run = _calculate(county, NEXT)
    versions = [(_current(row).version, _current(row).cause) for row in households]
    assert versions == [(2, "new_policy"), (1, "first")] * 3
    assert {_current(row).confirmed_by_id for row in households} == {run.pk}
    views = list(difference_views(differences_of_run(SYSTEM, run.pk).order_by("household")))
    assert [view.household_id for view in views] == [row.pk for row in households[::2]]
    for view in views:
        new, old = (Statement.objects.get(household=view.household_id, version=number) for number in (2, 1))
        assert view.difference_fen == new.total_fen - old.total_fen > 0
        assert (new.supersedes, old.is_current) == (old, False)


def test_facts_that_change_under_new_policy_are_told_from_policy_that_changes(county, households, tmp_path):
    _calculate(county)
    _revise(county, tmp_path, "1.5")
    InventoryItem.objects.filter(household__in=households[:2], item_code="land.paddy").update(quantity=9)
    _calculate(county, NEXT)
    assert [_current(row).cause for row in households[:4]] == ["both", "both", "new_policy", "first"]
    InventoryItem.objects.filter(household=households[3], item_code="land.paddy").update(quantity=1)
    _calculate(county, NEXT)
    assert (_current(households[3]).cause, AccountCase.objects.count()) == ("new_facts", 0)


def test_new_policy_takes_nothing_without_a_decision(county, households, tmp_path):
    _calculate(county)
    before = {row.pk: _current(row).total_fen for row in households}
    _revise(county, tmp_path, "0.5")
    run = _calculate(county, NEXT)
    assert {row.pk: _current(row).total_fen for row in households} == before
    cases = list(open_cases(SYSTEM, run_id=run.pk))
    assert [case.household for case in cases] == households[::2]
    assert all(case.loses and not case.breaks_agreement for case in cases)
    assert not differences_of_run(SYSTEM, run.pk).exists()
    apply, keep, wait = cases
    lead = _person(Role.BUREAU_LEAD, county.path)
    decide_case(apply.pk, CaseOutcome.APPLY, "与本人谈妥", "县府纪要3号", actor=lead, at=AT)
    decide_case(keep.pk, CaseOutcome.KEEP, "已按原价备料", "县府纪要3号", actor=lead, at=AT)
    assert _current(apply.household) == apply.proposed
    assert _current(keep.household) == keep.current
    assert [row.household for row in differences_of_run(SYSTEM, run.pk)] == [apply.household]
    assert Event.objects.filter(kind="case.kept", data__document="县府纪要3号").count() == 1
    _calculate(county, NEXT)
    assert list(open_cases(SYSTEM)) == [wait]
    assert [row.key for row in cases_to_decide(lead).window(0, 9)] == [wait.pk]
    assert _current(keep.household) == keep.current


@pytest.mark.parametrize("falls", range(3))
def test_any_of_the_three_sums_that_falls_waits_for_a_decision(falls: int) -> None:
    """Paid once, monthly, yearly: none is taken against more of another."""
    before = (500, 300, 100)
    current = Statement(total_fen=before[0], monthly_fen=before[1], yearly_fen=before[2])
    after = [sum(before)] * 3
    after[falls] = before[falls] - 1
    account = Account("YC1", *after, [], [], "", "")
    held = pending_case(current, account, StatementCause.NEW_POLICY, is_agreed=False)
    assert held == PendingCase(loses=True, breaks_agreement=False)
    same = Account("YC1", *before, [], [], "", "")
    assert pending_case(current, same, StatementCause.NEW_POLICY, is_agreed=False) is None


def test_a_case_is_overtaken_when_the_calculation_gives_something_else(county, households, tmp_path):
    _calculate(county)
    _revise(county, tmp_path, "0.5")
    _calculate(county, NEXT)
    _revise(county, tmp_path, "0.7", valid_from=date(2026, 11, 21), version="902")
    _calculate(county, date(2026, 11, 21))
    first = AccountCase.objects.filter(household=households[0]).order_by("pk")
    assert [getattr(case, "decision", None) and case.decision.outcome for case in first] == [
        "overtaken",
        None,
    ]
    assert [case.proposed.version for case in first] == [2, 3]
    _revise(county, tmp_path, "1", valid_from=date(2026, 11, 22), version="903")
    _calculate(county, date(2026, 11, 22))
    assert not open_cases(SYSTEM).exists()
    assert _current(households[0]).version == 1


def test_a_case_is_decided_once_by_somebody_entitled_with_reason_and_document(county, households, tmp_path):
    _calculate(county)
    _revise(county, tmp_path, "0.5")
    _calculate(county, NEXT)
    case = open_cases(SYSTEM).first()
    lead = _person(Role.BUREAU_LEAD, county.path)
    words = ("说明", "文件")
    for actor in (_person(Role.BUREAU_CLERK, county.path), _person(Role.AUDITOR, county.path), SYSTEM):
        with pytest.raises(NotPermitted):
            decide_case(case.pk, CaseOutcome.KEEP, *words, actor=actor, at=AT)
    with pytest.raises(NotFound):
        decide_case(
            case.pk, CaseOutcome.KEEP, *words, actor=_person(Role.BUREAU_LEAD, make_group().path), at=AT
        )
    for reason, document in (("", "文件"), ("说明", "  "), ("长" * 501, "文件")):
        with pytest.raises(Invalid):
            decide_case(case.pk, CaseOutcome.KEEP, reason, document, actor=lead, at=AT)
    with pytest.raises(Invalid):
        decide_case(case.pk, CaseOutcome.OVERTAKEN, *words, actor=lead, at=AT)
    decide_case(case.pk, CaseOutcome.KEEP, *words, actor=lead, at=AT)
    with pytest.raises(Refused):
        decide_case(case.pk, CaseOutcome.APPLY, *words, actor=lead, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseDecision.objects.filter(case=case).update(outcome="apply")


class _Killed(BaseException):
    """Like a kill: nothing catches it."""


def _killing_at(number: int):
    """A reporter that ends everything when so many accounts are settled."""

    def report(_step: str, done: int, total: int) -> None:
        if total > 4 and done >= number:
            raise _Killed

    return report


@pytest.mark.parametrize("cut", [0, 2, 4])
def test_a_calculation_cut_off_goes_on_without_a_double_or_a_gap(
    county, households, tmp_path, monkeypatch, cut
):
    monkeypatch.setattr("yixian.compensation.actions.issue_accounts._BATCH", 2)
    _calculate(county)
    _revise(county, tmp_path, "1.5")
    with pytest.raises(_Killed):
        _calculate(county, NEXT, report=_killing_at(cut))
    (left,) = open_runs(SYSTEM)
    assert (left.settled, left.households) == (cut, 6)
    InventoryItem.objects.filter(household=households[4], item_code="land.paddy").update(quantity=77)
    run = resume_run(left.run_id, actor=SYSTEM, at=AT)
    assert run.end.outcome == "finished"
    assert [_current(row).version for row in households] == [2, 1] * 3
    assert Statement.objects.count() == 9
    assert StatementLine.objects.filter(statement__run=run).count() == sum(
        _current(row).line_count for row in households[::2]
    )
    assert sum(_current(row).total_fen for row in households) == run.manifest["total_fen"]
    with pytest.raises(Refused):
        resume_run(run.pk, actor=SYSTEM, at=AT)


def test_a_later_calculation_overtakes_one_that_was_cut_off(county, households, tmp_path):
    _calculate(county)
    _revise(county, tmp_path, "1.5")
    with pytest.raises(_Killed):
        _calculate(county, NEXT, report=_killing_at(0))
    (left,) = open_runs(SYSTEM)
    _calculate(county, NEXT)
    assert not open_runs(SYSTEM)
    assert RunEnd.objects.get(run=left.run_id).outcome == "overtaken"
    with pytest.raises(Refused):
        resume_run(left.run_id, actor=SYSTEM, at=AT)
    assert [_current(row).version for row in households] == [2, 1] * 3


def test_kept_facts_that_were_touched_are_not_gone_on_with(county, households, settings):
    with pytest.raises(_Killed):
        _calculate(county, report=_killing_at(0))
    (left,) = open_runs(SYSTEM)
    kept = settings.MEDIA_ROOT / "runs" / str(left.run_id)
    first = _calculate(make_group_with_pack(county), on=ON)
    shutil.copy(settings.MEDIA_ROOT / "runs" / str(first.pk) / "items.parquet", kept / "items.parquet")
    with pytest.raises(Refused):
        resume_run(left.run_id, actor=SYSTEM, at=AT)
    assert not Statement.objects.filter(household__in=households).exists()


def make_group_with_pack(county: Area) -> Area:
    """Another county under the same pack, with one household."""
    group = make_group()
    other = group.parent.parent.parent
    PackAdoption.objects.create(
        pack_version=PackAdoption.objects.get(area=county).pack_version,
        area=other,
        valid_from=date(2024, 1, 1),
        document="县政发〔2026〕9号",
        proposed_by=make_user(Role.BUREAU_CLERK),
        proposed_at=AT,
        approved_by=make_user(Role.BUREAU_LEAD),
        approved_at=AT,
    )
    _item(make_household(group), "land.paddy", Decimal(3))
    return other


def test_the_forecast_by_head_adds_up_to_the_accounts(county, households):
    _calculate(county)
    forecast = forecast_by_budget_head(county.path, on=ON)
    assert set(forecast) >= {"land", "property"}
    assert sum(forecast.values()) == sum(_current(row).total_fen for row in households)
    assert forecast_by_budget_head(make_group().path, on=ON) == {}
