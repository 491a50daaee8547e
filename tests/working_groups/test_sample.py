"""抽样核查: announced before it is drawn, drawn so that anybody can repeat it, checked by strangers, blind."""

from __future__ import annotations

import io
import statistics
import uuid
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kernel.received.pictures import jpeg
from tests.working_groups.county import AT, TODAY, WALL, County
from tests.working_groups.walking import LATER, SEED, SOURCE, found
from yixian.inventory.models import InventoryItem
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.working_groups.actions.assign_check import assign_check
from yixian.working_groups.actions.close_checks import close_checks
from yixian.working_groups.actions.draw_sample import announce_sample, draw_sample
from yixian.working_groups.actions.read_sheet import read_sheet
from yixian.working_groups.actions.record_check import record_check
from yixian.working_groups.choices import Basis, CheckOutcome
from yixian.working_groups.estimates import findings, is_different, mean
from yixian.working_groups.frames import frame_sha256
from yixian.working_groups.models import CheckMeasure, CheckResult, Sample, SampledHousehold, WorkingGroup
from yixian.working_groups.queries.checks import checks, lines_to_check
from yixian.working_groups.sheet import write_sheet


@pytest.mark.django_db
def test_anybody_can_repeat_the_draw(county: County, drawn: list[SampledHousehold]) -> None:
    sample = Sample.objects.get()
    seed = f"{SOURCE} {SEED}"
    again = sorted(range(1, 31), key=lambda n: sha256(f"{seed}{n}".encode()).digest())[: sample.wanted]
    assert [row.number for row in drawn] == again
    assert len(drawn) == sample.wanted == 24
    homes = sorted(county.households, key=lambda one: one.household_no)
    assert [row.household for row in drawn] == [homes[number - 1] for number in again]
    assert sample.frame_sha256 == frame_sha256(sample.salt, [one.household_no for one in homes])


@pytest.mark.django_db
def test_the_frame_is_frozen_when_it_is_announced(county: County, group: WorkingGroup) -> None:
    clerk = county.actor("clerk")
    sample = announce_sample(group.pk, SOURCE, actor=clerk, at=AT)
    InventoryItem.objects.update(item_code="house.main.timber")
    draw = draw_sample(group.pk, SEED, actor=clerk, at=LATER)
    assert (sample.size, draw.households.count()) == (30, 24)


@pytest.mark.django_db
def test_no_draw_before_the_announcement_and_none_twice(county: County, group: WorkingGroup) -> None:
    clerk = county.actor("clerk")
    with pytest.raises(Refused) as refused:
        draw_sample(group.pk, SEED, actor=clerk, at=AT)
    assert refused.value.key == "sample.unannounced"
    announce_sample(group.pk, SOURCE, actor=clerk, at=AT)
    with pytest.raises(Refused):
        draw_sample(group.pk, SEED, actor=clerk, at=AT)  # in the same moment: not before it
    with pytest.raises(Refused):
        announce_sample(group.pk, "别的号码", actor=clerk, at=LATER)
    draw_sample(group.pk, SEED, actor=clerk, at=LATER)
    with pytest.raises(Refused):
        draw_sample(group.pk, "再抽一次", actor=clerk, at=LATER + timedelta(hours=1))


@pytest.mark.django_db
def test_where_nothing_is_surveyed_all_households_can_be_drawn(county: County, group: WorkingGroup) -> None:
    InventoryItem.objects.all().delete()
    sample = announce_sample(group.pk, SOURCE, actor=county.actor("clerk"), at=AT)
    assert (sample.basis, sample.size) == (Basis.HOUSEHOLDS, 30)


@pytest.mark.django_db
def test_who_surveyed_it_or_stands_beside_it_does_not_check_it(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold]
) -> None:
    rows, clerk = drawn, county.actor("clerk")
    for name, key in (("surveyor2", "check.surveyor"), ("beside", "check.beside")):
        with pytest.raises(Refused) as refused:
            assign_check(group.pk, [rows[0].pk], county.users[name].pk, actor=clerk, at=LATER)
        assert refused.value.key == key
    for name in ("clerk2", "petition", "leader"):
        with pytest.raises(NotFound):
            assign_check(group.pk, [rows[0].pk], county.users[name].pk, actor=clerk, at=LATER)
    assert assign_check(group.pk, [rows[0].pk], county.users["cadre"].pk, actor=clerk, at=LATER) == 1


@pytest.mark.django_db
def test_a_checker_sees_their_own_forms_and_no_quantity(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold]
) -> None:
    rows = drawn
    clerk, surveyor = county.actor("clerk"), county.actor("surveyor")
    assign_check(group.pk, [row.pk for row in rows[:3]], county.users["surveyor"].pk, actor=clerk, at=LATER)
    assign_check(group.pk, [rows[3].pk], county.users["cadre"].pk, actor=clerk, at=LATER)
    assert {row.pk for row in checks(surveyor)} == {row.pk for row in rows[:3]}
    (line,) = lines_to_check(rows[0], at=LATER)
    recorded = rows[0].household.items.get(item_code=WALL).quantity
    assert f"{recorded:f}".rstrip("0").rstrip(".") not in {
        line.title,
        line.unit,
        line.place,
    }
    with pytest.raises(NotFound):
        record_check(rows[3].pk, found(rows[3]), actor=surveyor, at=LATER)
    with pytest.raises(NotPermitted):
        record_check(rows[0].pk, found(rows[0]), actor=clerk, at=LATER)
    assign_check(group.pk, [rows[0].pk], county.users["cadre"].pk, actor=clerk, at=LATER)
    with pytest.raises(NotFound):
        record_check(rows[0].pk, found(rows[0]), actor=surveyor, at=LATER)


@pytest.mark.django_db
def test_a_form_is_written_once(county: County, group: WorkingGroup, drawn: list[SampledHousehold]) -> None:
    (row, *_others) = drawn
    clerk, surveyor = county.actor("clerk"), county.actor("surveyor")
    assign_check(group.pk, [row.pk], county.users["surveyor"].pk, actor=clerk, at=LATER)
    finding = found(row, photos=(("a.jpg", jpeg()),))
    first = record_check(row.pk, finding, actor=surveyor, at=LATER)
    assert record_check(row.pk, finding, actor=surveyor, at=LATER) == first
    assert first.photos.count() == 1
    with pytest.raises(Refused):
        record_check(row.pk, replace(finding, key=uuid.uuid4()), actor=surveyor, at=LATER)
    (measure,) = first.measures.all()
    assert measure.recorded == row.household.items.get().quantity


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"rebuild": "四百"}, "rebuild"),
        ({"rebuild": "-1"}, "rebuild"),
        ({"rebuild": "1.234"}, "rebuild"),
        ({"rebuild": "NaN"}, "rebuild"),
        ({"timber": "1e999999"}, "timber"),
        ({"checked_on": TODAY - timedelta(days=1)}, "checked_on"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_on"),
    ],
)
def test_what_is_no_number_or_no_day_is_named(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold], changes: dict[str, object], field: str
) -> None:
    (row, *_others) = drawn
    assign_check(group.pk, [row.pk], county.users["surveyor"].pk, actor=county.actor("clerk"), at=LATER)
    with pytest.raises(Invalid) as invalid:
        record_check(row.pk, found(row, **changes), actor=county.actor("surveyor"), at=LATER)
    assert invalid.value.field == field
    assert CheckResult.objects.count() == 0


@pytest.mark.django_db
def test_the_checks_end_only_when_everybody_is_accounted_for(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold]
) -> None:
    with pytest.raises(Refused) as refused:
        close_checks(group.pk, actor=county.actor("clerk"), at=LATER)
    assert refused.value.key == "check.open"


@pytest.mark.django_db
def test_what_the_sample_says(county: County, group: WorkingGroup, checked: None) -> None:
    said = findings(Sample.objects.get())
    assert (said.size, said.drawn, said.checked, said.dropped) == (30, 24, 23, {CheckOutcome.REFUSED: 1})
    assert said.different is not None
    assert said.different.per_cent == Decimal("8.7")  # two of twenty-three
    assert said.different.low < said.different.per_cent < said.different.high
    assert said.rebuild is not None
    assert said.rebuild.yuan == Decimal("431.00")  # 420 to 442
    assert said.timber is not None
    assert (said.timber.low, said.timber.yuan, said.timber.high) == (Decimal("1850.00"),) * 3
    assert said.checkers == 1


@pytest.mark.parametrize(
    ("measured", "differs"), [("95", False), ("94.9999", True), ("105", False), ("105.0001", True)]
)
def test_what_differs_is_more_than_five_in_a_hundred(measured: str, differs: bool) -> None:
    measure = CheckMeasure(quantity=Decimal(measured), recorded=Decimal(100))
    assert is_different(measure) is differs


@given(st.lists(st.integers(0, 1_000_000), max_size=40), st.integers(0, 500))
def test_means_agree_with_the_statistics_library(fen: list[int], more: int) -> None:
    values = [Decimal(one).scaleb(-2) for one in fen]
    population = len(values) + more
    one = mean(values, population)
    if len(values) < 10:
        assert one is None
        return
    assert one is not None
    assert abs(one.yuan - statistics.mean(values)) <= Decimal("0.005")
    finite = max(Decimal(0), 1 - Decimal(len(values)) / population)
    half = Decimal("1.96") * (statistics.variance(values) / len(values) * finite).sqrt()
    assert abs((one.high - one.low) / 2 - half) <= Decimal("0.02")
    assert one.low <= one.yuan <= one.high
    if more == 0:
        assert one.low == one.high


@pytest.mark.django_db
def test_a_sheet_goes_out_without_quantities_and_comes_back_whole(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold]
) -> None:
    rows, clerk = drawn, county.actor("clerk")
    assign_check(group.pk, [row.pk for row in rows], county.users["surveyor"].pk, actor=clerk, at=LATER)
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(group, at=LATER)))
    sheet = book.active
    assert sheet.max_row == 25
    recorded = {f"{one.quantity:f}".rstrip("0").rstrip(".") for one in InventoryItem.objects.all()}
    cells = {
        str(cell.value) for row in sheet.iter_rows(min_row=2) for cell in row[4:] if cell.value is not None
    }
    assert cells & recorded == set()
    for number in range(2, 26):
        fill(sheet, number, measure=121.5, rebuild=431)
    sheet.cell(25, 8).value = "很大"
    with pytest.raises(Invalid) as invalid:
        read_sheet(group.pk, content(book), actor=clerk, at=LATER)
    assert invalid.value.params["row"] == 25
    assert CheckResult.objects.count() == 0
    for spoiled in ("#N/A", "=1+1"):
        sheet.cell(25, 8).value = spoiled
        with pytest.raises(Invalid) as untold:
            read_sheet(group.pk, content(book), actor=clerk, at=LATER)
        assert (untold.value.key, untold.value.params["cell"]) == ("check.cell", "H25")
    sheet.cell(25, 8).value = 121.5
    assert read_sheet(group.pk, content(book), actor=clerk, at=LATER) == 24
    result = CheckResult.objects.order_by("sampled__order").first()
    assert result is not None
    assert (result.timber_yuan, result.wage_yuan) == (Decimal(1850), Decimal(260))
    assert (result.rebuild_yuan, result.by) == (Decimal(431), county.users["surveyor"])
    assert result.measures.get().quantity == Decimal("121.5")


@pytest.mark.django_db
@pytest.mark.parametrize("rubbish", [b"", b"PK\x03\x04rubbish", b"a,b,c\n", b"\x00" * 6_000_000])
def test_what_is_no_sheet_is_said_to_be_none(
    county: County, group: WorkingGroup, drawn: list[SampledHousehold], rubbish: bytes
) -> None:
    with pytest.raises(Invalid) as invalid:
        read_sheet(group.pk, rubbish, actor=county.actor("clerk"), at=LATER)
    assert invalid.value.key == "check.file"


def fill(sheet: object, number: int, *, measure: float, rebuild: float) -> None:
    """Fill in one row."""
    cells = {6: str(CheckOutcome.DONE.label), 7: TODAY.isoformat(), 8: measure, 9: rebuild, 10: 1850, 11: 260}
    for column, value in cells.items():
        sheet.cell(number, column).value = value


def content(book: object) -> bytes:
    """The workbook as a file."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
