"""Accounts in the database against an oracle of plain Decimal, from the workbook's own rows."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.files import File

from tests.factories import make_household, make_user
from tests.starting_states import StartingState
from yixian.compensation.account_facts import household_facts
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import Statement, StatementLine, StatementRun
from yixian.compensation.queries import latest_calculation
from yixian.demo.county import generate
from yixian.engines.entitlements import compute, load_pack
from yixian.engines.entitlements.file_run import compute_files
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import PUBLIC, system_actor
from yixian.kernel.errors import NotPermitted, Refused
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption, PackVersion
from yixian.registry.models import Area, Household
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.stage import stage
from yixian.workbook.writing import write_workbook

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
ON = AT.date()
SYSTEM = system_actor("test")
PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
FEN = Decimal("0.01")


def _rows() -> dict[str, list[dict[str, object]]]:
    return {key: list(value) for key, value in generate(150, seed=11).items()}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, object]]]:
    return _rows()


def _make_county() -> Area:
    register_pack(PACK, actor=SYSTEM, at=AT)
    with NamedTemporaryFile(suffix=".xlsx") as content:
        write_workbook(Path(content.name), _rows(), pack=load_pack(PACK))
        batch = stage(File(content), file_name="county.xlsx", actor=SYSTEM, at=AT)
    commit(check(batch, at=AT), partial=False, actor=SYSTEM, at=AT)
    area = Area.objects.get(level="county")
    PackAdoption.objects.create(
        pack_version=PackVersion.objects.get(pack_id="danjiangkou-2009"),
        area=area,
        valid_from=date(2024, 1, 1),
        document="县政发〔2024〕1号",
        proposed_by=make_user(Role.BUREAU_CLERK),
        proposed_at=AT,
        approved_by=make_user(Role.BUREAU_LEAD),
        approved_at=AT,
    )
    return area


county = StartingState(_make_county).fixture()


def _calculate(area: Area, **changes) -> StatementRun:
    return calculate_accounts(area.path, **{"on": ON, "actor": SYSTEM, "at": AT} | changes)


def _oracle(rows) -> dict[str, Decimal]:
    """Household number → yuan, by hand: prices from the pack's CSV, one rounding a line, the top-up last."""
    with (PACK / "prices.csv").open(encoding="utf-8") as file:
        prices = {(row["item_code"], row["zone"]): Decimal(row["price"]) for row in csv.DictReader(file)}
    zones = {row["household_no"]: row["zone"] for row in rows["households"]}

    def price(code: str, zone: str) -> Decimal:
        return prices[code, zone] if (code, zone) in prices else prices[code, ""]

    sums = dict.fromkeys(zones, Decimal(0))
    houses = dict.fromkeys(zones, Decimal(0))
    for item in rows["items"]:
        number = item["household_no"]
        amount = (item["quantity"] * price(item["item_code"], zones[number])).quantize(FEN, ROUND_HALF_UP)
        sums[number] += amount
        if item["item_code"].startswith("house.main."):
            houses[number] += amount
    for number, zone in zones.items():
        persons = sum(
            row["household_no"] == number and row["eligibility"] in {"eligible", "accompanying"}
            for row in rows["persons"]
        )
        basic = persons * 24 * price("house.main.brick_concrete", zone)
        sums[number] += max(Decimal(0), basic - houses[number])
    return sums


def test_every_account_equals_the_oracle_to_the_fen(county, rows):
    run = _calculate(county)
    totals = dict(Statement.objects.values_list("household__household_no", "total_fen"))
    assert totals == {number: int(amount * 100) for number, amount in _oracle(rows).items()}
    assert run.checked
    assert run.manifest["total_fen"] == sum(totals.values())
    lines = StatementLine.objects.values_list("amount_fen", flat=True)
    assert sum(lines) == sum(totals.values())


def test_the_kept_facts_calculated_from_plain_files_give_the_same_checksum(county, tmp_path):
    run = _calculate(county)
    pack = load_pack(PACK)
    kept = Path(settings.MEDIA_ROOT) / "runs" / str(run.pk)
    households, items = kept / "households.parquet", kept / "items.parquet"
    again = compute_files(pack, households, items, ON, tmp_path, size=40)
    told = json.loads(json.dumps(run.manifest))
    assert {key: again[key] for key in told if key != "facts_sha256"} == {
        key: value for key, value in told.items() if key != "facts_sha256"
    }
    assert again["withheld"] == 0
    assert again["facts"]["items"] == hashlib.sha256(items.read_bytes()).hexdigest()
    assert compute(pack, pq.read_table(households), pq.read_table(items), ON).manifest == told


def test_calculation_again_issues_nothing_and_a_changed_fact_issues_one_version(county):
    _calculate(county)
    count = Statement.objects.count()
    _calculate(county)
    assert Statement.objects.count() == count
    item = InventoryItem.objects.filter(item_code__startswith="land.").first()
    InventoryItem.objects.filter(pk=item.pk).update(quantity=item.quantity + 1)
    _calculate(county)
    assert Statement.objects.count() == count + 1
    newest = Statement.objects.get(household=item.household, is_current=True)
    assert (newest.version, newest.cause) == (2, "new_facts")
    assert newest.supersedes.version == 1
    assert not newest.supersedes.is_current


def test_the_last_run_is_the_countys_whatever_one_place_had_calculated_since(county):
    whole = _calculate(county)
    part = Household.objects.order_by("pk").first().area
    later = _calculate(part)
    assert later.pk > whole.pk
    assert latest_calculation(SYSTEM) == whole


def test_what_cannot_be_calculated_is_withheld_whole_with_its_reason(county):
    item = InventoryItem.objects.first()
    InventoryItem.objects.filter(pk=item.pk).update(item_code="house.palace")
    run = _calculate(county)
    statement = Statement.objects.get(household=item.household)
    assert (statement.status, statement.total_fen, statement.line_count) == ("withheld", None, 0)
    assert statement.problems.get().line_no == item.line_no
    assert not statement.lines.exists()
    assert run.manifest["withheld"] == 1


def test_names_officers_and_the_order_of_entry_change_no_account(county, rows):
    _calculate(county)
    before = dict(Statement.objects.values_list("household__household_no", "total_fen"))
    assert len(set(before.values())) > len(before) // 2
    from yixian.registry.models import Person

    for person in Person.objects.all():
        person.name = "换名"
        person.save(update_fields=["name"])
    InventoryItem.objects.update(surveyor="另一人", surveyed_on=date(2024, 5, 1))
    count = Statement.objects.count()
    _calculate(county)
    assert Statement.objects.count() == count


def test_only_those_who_are_members_on_the_day_are_counted():
    household = make_household(others=2)
    leaving, coming = household.members.exclude(person=household.head).order_by("pk")
    leaving.valid_until, coming.valid_from = ON, ON + timedelta(days=1)
    leaving.save()
    coming.save()

    def persons(on: date) -> list[int]:
        return household_facts(SYSTEM, household.area_path, load_pack(PACK), on=on)["persons"].to_pylist()

    assert [persons(ON + timedelta(days=days)) for days in (-1, 0, 1)] == [[2], [1], [2]]


def test_without_a_pack_in_force_or_the_right_nothing_is_calculated(county):
    with pytest.raises(NotPermitted):
        _calculate(county, actor=PUBLIC)
    with pytest.raises(Refused):
        _calculate(county, on=date(2023, 12, 31))
    assert not StatementRun.objects.exists()
