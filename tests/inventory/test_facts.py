"""What packs ask besides people and quantities: entered, checked against the pack, dated, and reckoned with."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from tests.compensation.test_paper import words_of
from tests.factories import make_group, make_household, make_user
from tests.second_person import two_persons
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import Statement
from yixian.compensation.paper.statements import version_document
from yixian.compensation.problem_sentences import SENTENCES, problem_sentence
from yixian.domain.money import format_fen
from yixian.domain.policy import Input
from yixian.domain.policy.fact_values import FactFault, fact_fault
from yixian.engines.entitlements import compute, load_pack
from yixian.inventory.actions.record_facts import FactKey, FaultyFacts, record_facts
from yixian.inventory.actions.transfer_items import items_of, transfer_items
from yixian.inventory.models import HouseholdFact, InventoryItem, ItemFact
from yixian.inventory.queries import facts_of, household_facts_in_reach, item_facts_in_reach
from yixian.kernel.actors import PUBLIC, Actor, Grant, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted
from yixian.kernel.models import Event
from yixian.kernel.pdf_rendering import render_pdf
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.models import Area, Household

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).parents[2] / "packs"
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON, LATER = AT.date(), date(2026, 11, 9)
SYSTEM = system_actor("test")
TUOBA = {
    FactKey("", "farmers"): "3",
    FactKey("", "move"): "far",
    FactKey("", "settle"): "rural",
    FactKey("", "frame_price"): "1180.50",
}
PLOT = {"land_use": "paddy", "scope": "flooded", "coefficient": "1", "group_mu": "1.25"}


@pytest.fixture
def group() -> Area:
    return make_group()


@pytest.fixture
def household(group: Area) -> Household:
    return make_household(group, others=2)


@pytest.fixture
def tuoba():
    return load_pack(PACKS / "tuoba")


def _item(household: Household, code: str, quantity: str) -> str:
    line = f"{household.household_no}-{code}"
    InventoryItem.objects.create(
        household=household,
        area_path=household.area_path,
        line_no=line,
        item_code=code,
        quantity=Decimal(quantity),
        surveyed_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1),
    )
    return line


def _record(household: Household, values, pack, **changes) -> int:
    options = {"reason": "调查卡", "on": ON, "actor": SYSTEM, "at": AT, "by": two_persons()} | changes
    return record_facts(household.pk, values, pack, **options)


def _adopted(name: str, group: Area) -> Area:
    county = group.parent.parent.parent
    PackAdoption.objects.create(
        pack_version=register_pack(PACKS / name, actor=SYSTEM, at=AT),
        area=county,
        valid_from=date(2010, 1, 1),
        document="县政发〔2026〕9号",
        proposed_by=make_user(Role.BUREAU_CLERK),
        proposed_at=AT,
        approved_by=make_user(Role.BUREAU_LEAD),
        approved_at=AT,
    )
    return county


def _land(tuoba) -> str:
    return next(code for code, item in tuoba.items.items() if item.category == "land")


@pytest.mark.sqlite_enough
def test_a_county_under_tuoba_is_calculated_from_what_was_entered(group, household, tuoba):
    county, line = _adopted("tuoba", group), _item(household, _land(tuoba), "2.5")
    calculate_accounts(county.path, on=ON, actor=SYSTEM, at=AT)
    first = Statement.objects.get(household=household)
    assert (first.status, {row.code for row in first.problems.all()}) == (
        "withheld",
        {"missing_fact", "out_of_range"},
    )
    assert (
        _record(household, TUOBA | {FactKey(line, name): value for name, value in PLOT.items()}, tuoba) == 8
    )
    run = calculate_accounts(county.path, on=ON, actor=SYSTEM, at=AT)
    account = Statement.objects.get(household=household, is_current=True)
    assert (account.status, account.cause) == ("issued", "new_facts")
    kept = settings.MEDIA_ROOT / "runs" / str(run.pk)
    households, items = (pq.read_table(kept / f"{name}.parquet") for name in ("households", "items"))
    assert compute(tuoba, households, items, ON).manifest["checksum"] == run.manifest["checksum"]
    top_up = account.lines.get(rule="hardship_topup")
    assert top_up.amount_fen == 3 * 25 * 118_050


def test_what_is_paid_every_month_stands_beside_the_total_everywhere(group, household, tuoba, client):
    """On the page, in the API and on paper; added to what is paid once nowhere."""
    county, line = _adopted("tuoba", group), _item(household, _land(tuoba), "2.5")
    values = TUOBA | {FactKey("", "annuity_persons"): "3"}
    _record(household, values | {FactKey(line, name): value for name, value in PLOT.items()}, tuoba)
    calculate_accounts(county.path, on=ON, actor=SYSTEM, at=AT)
    account = Statement.objects.get(household=household, is_current=True)
    sums = dict(account.lines.order_by().values_list("paid").annotate(Sum("amount_fen")))
    assert account.monthly_fen == sums["monthly"] == 3 * 290_00
    assert account.total_fen == sums["once"]
    told = format_fen(account.monthly_fen)

    client.force_login(make_user(Role.BUREAU_LEAD, area_path=county.path))
    page = client.get(f"/staff/households/{household.pk}/").content.decode()
    assert re.search(rf'<span>按月</span><span class="figure">¥{told}</span>', page)
    assert '<span class="tag">按月</span>' in page
    answer = client.get(f"/api/v1/households/{household.pk}").json()["statement"]
    assert (answer["total_fen"], answer["monthly_fen"]) == (account.total_fen, account.monthly_fen)
    assert {one["paid"] for one in answer["lines"]} >= {"once", "monthly"}
    paper = words_of(render_pdf(version_document(account.pk, lang="zh", large=False)))
    assert re.search(rf"每月（元）.*{told}", paper)


@pytest.mark.sqlite_enough
@pytest.mark.parametrize("name", ["danjiangkou-2009", "lai-chau-2010", "three-gorges-1993", "tuoba"])
def test_under_every_shipped_pack_a_household_is_calculated_or_told_what_is_missing(name, group, household):
    county, pack = _adopted(name, group), load_pack(PACKS / name)
    calculate_accounts(county.path, on=ON, actor=SYSTEM, at=AT)
    problems = Statement.objects.get().problems.all()
    codes = {row.code for row in problems}
    asked = any(not row.default for key, row in pack.household_inputs.items() if key != "persons")
    undecided = {"no_factor"} if name == "three-gorges-1993" else set()  # its price index ends long before
    assert codes == ({"missing_fact"} if asked else set()) | undecided
    assert codes <= SENTENCES.keys()
    told = {problem_sentence(row.code, row.message, pack, "zh") for row in problems}
    assert not any("move" in sentence or "frame_price" in sentence for sentence in told)


def test_facts_hold_from_their_day_and_can_be_taken_back(household, tuoba):
    move = FactKey("", "move")
    assert _record(household, {move: "far"}, tuoba) == 1
    assert _record(household, {move: "far"}, tuoba, on=LATER) == 0
    assert _record(household, {move: "near"}, tuoba, on=LATER) == 1
    assert facts_of(SYSTEM, household, on=ON) == {"": {"move": "far"}}
    assert household_facts_in_reach(SYSTEM, on=LATER) == {household.household_no: {"move": "near"}}
    assert _record(household, {move: ""}, tuoba, on=date(2026, 11, 10)) == 1
    assert facts_of(SYSTEM, household, on=date(2026, 11, 10)) == {"": {}}
    assert HouseholdFact.objects.count() == 2
    told = [event.data["changes"][0] for event in Event.objects.filter(kind="facts.recorded").order_by("pk")]
    assert [(row["old"], row["new"]) for row in told] == [("—", "far"), ("far", "near"), ("near", "—")]


def test_one_wrong_value_enters_nothing_and_every_one_is_named(household, tuoba):
    values = TUOBA | {
        FactKey("", "farmers"): "two",
        FactKey("", "move"): "sideways",
        FactKey("", "frame_price"): "0",
        FactKey("", "annuity_persons"): "1.5",
    }
    with pytest.raises(FaultyFacts) as caught:
        _record(household, values, tuoba)
    assert {key.name: fault for key, fault in caught.value.faults.items()} == {
        "farmers": FactFault.NUMBER,
        "move": FactFault.CHOICE,
        "frame_price": FactFault.RANGE,
        "annuity_persons": FactFault.DIGITS,
    }
    assert not HouseholdFact.objects.exists()
    assert not Event.objects.filter(kind="facts.recorded").exists()


def test_only_what_the_pack_asks_is_taken_and_only_from_those_entitled(group, household, tuoba):
    line = _item(household, _land(tuoba), "1")
    for key in (
        FactKey("", "persons"),
        FactKey(line, "quantity"),
        FactKey(line, "move"),
        FactKey("none", "scope"),
    ):
        with pytest.raises(Invalid):
            _record(household, {key: "1"}, tuoba)
    with pytest.raises(Invalid):
        _record(household, {FactKey("", "move"): "far"}, tuoba, reason=" ")
    with pytest.raises(NotPermitted):
        _record(household, {FactKey("", "move"): "far"}, tuoba, actor=PUBLIC)
    elsewhere = Actor(
        label="c", user_id=None, grants=(Grant(Role.BUREAU_CLERK, area_paths=(make_group().path,)),)
    )
    with pytest.raises(NotFound):
        _record(household, {FactKey("", "move"): "far"}, tuoba, actor=elsewhere)
    _record(household, {FactKey("", "move"): "far", FactKey(line, "scope"): "impact"}, tuoba)
    assert household_facts_in_reach(elsewhere, on=ON) == {}
    assert item_facts_in_reach(elsewhere, on=ON) == {}
    assert facts_of(elsewhere, household, on=ON) == {}


def test_an_item_keeps_its_facts_when_it_passes_on(group, household, tuoba):
    line = _item(household, _land(tuoba), "1")
    _record(household, {FactKey(line, name): value for name, value in PLOT.items()}, tuoba)
    other = make_household(group)
    transfer_items([row.pk for row in items_of(household.pk)], other, on=ON, actor=SYSTEM, at=AT)
    assert facts_of(SYSTEM, other, on=ON)[line] == PLOT
    assert line not in facts_of(SYSTEM, household, on=ON)
    assert ItemFact.objects.count() == 4


@given(
    scale=st.integers(0, 4),
    low=st.decimals(-100, 100, places=2),
    width=st.decimals(0, 100, places=2),
    value=st.decimals(-300, 300, places=5),
)
def test_a_number_is_taken_exactly_if_it_fits(scale, low, width, value):
    declared = Input("x", "甲", "x", "", low, low + width, scale)
    inside = low <= value <= low + width and value == round(value, scale)
    assert (fact_fault(declared, f"{value:f}") is None) == inside
