"""面积核对: areas that are larger than the parcel, and totals by group that differ from the map's beyond the tolerance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from yixian.engines.audit.findings import OVER_PARCEL, TOTAL, Findings, Question, Unchecked
from yixian.engines.audit.surveyed import MapTotal, SurveyedItem, SurveyTables, ground_mu

_WRITTEN = Decimal("0.0001")
"""A quantity is rounded to four decimals of a mu; parcels of square metres are not."""


def check_parcels(tables: SurveyTables) -> Findings:
    """Questions about ground that is larger than the contracted parcel of its own row, or than that of its sheet.

    Land, crops and stands lie on the same ground, so each category is added up by itself.
    """
    grounds: dict[tuple[str, str], list[tuple[SurveyedItem, Decimal]]] = defaultdict(list)
    questions: list[Question] = []
    compared = without = 0
    for item in tables.items:
        ground = ground_mu(tables, item)
        if ground is None:
            continue
        sheet = tables.sheet_by_line.get(item.line_id)
        parcel = tables.parcel_of(item)
        if parcel is not None:
            compared += 1
            if ground > parcel + _WRITTEN:
                questions += _over([item], ground, parcel)
        elif sheet is not None and sheet.parcel_mu is not None:
            compared += 1
            grounds[sheet.instance, item.category].append((item, ground))
        else:
            without += 1
    for (instance, _category), lines in grounds.items():
        parcel = tables.sheet_by_instance[instance].parcel_mu
        total = sum((ground for _item, ground in lines), Decimal(0))
        if parcel is not None and total > parcel + _WRITTEN:
            questions += _over([item for item, _ground in lines], total, parcel)
    return Findings(tuple(questions), tuple(_no_parcels(compared, without)))


def check_totals(tables: SurveyTables, tolerance: Decimal | None) -> Findings:
    """Questions about groups whose surveyed ground differs from the map's by more than a share (0.02: two in a hundred)."""
    if not tables.totals:
        return Findings(unchecked=(_NO_TOTALS,))
    if tolerance is None:
        return Findings(unchecked=(_NO_TOLERANCE,))
    questions = []
    grounds = _grounds(tables)
    for total in tables.totals:
        surveyed = sum(
            (ground for (area, code), ground in grounds.items() if _is_of(area, code, total)), Decimal(0)
        )
        if abs(surveyed - total.map_mu) > tolerance * total.map_mu:
            what = total.item or "land"
            zh = (
                f"{total.area_code} 的 {what} 调查合计 {_plain(surveyed)} 亩，图上是 {_plain(total.map_mu)} 亩，"
                f"相差超过 {_plain(tolerance * 100)}%：是漏了、重了，还是图不对？"
            )
            en = (
                f"{what} of {total.area_code}: {_plain(surveyed)} mu surveyed, {_plain(total.map_mu)} mu on the map, more "
                f"than {_plain(tolerance * 100)} % apart: is something left out, there twice, or is the map wrong?"
            )
            questions.append(Question("", "", TOTAL, zh, en))
    return Findings(tuple(questions))


def _grounds(tables: SurveyTables) -> dict[tuple[str, str], Decimal]:
    """The ground of all items, by the area of their sheet and their code."""
    grounds: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for item in tables.items:
        sheet, ground = tables.sheet_by_line.get(item.line_id), ground_mu(tables, item)
        if sheet is not None and ground is not None:
            grounds[sheet.area_code, item.item_code] += ground
    return grounds


def _is_of(area_code: str, item_code: str, total: MapTotal) -> bool:
    """Whether a total holds an item of an area; one that names no item holds all land."""
    wanted = total.item or "land"
    return area_code.startswith(total.area_code) and f"{item_code}.".startswith(f"{wanted}.")


def _over(items: list[SurveyedItem], ground: Decimal, parcel: Decimal) -> list[Question]:
    together = len(items) > 1
    zh = f"{'这几项合计' if together else '这一项'}{_plain(ground)} 亩，承包地块只有 {_plain(parcel)} 亩：多出来的在哪里？"
    en = (
        f"{'Together these are' if together else 'This is'} {_plain(ground)} mu and the parcel has {_plain(parcel)} mu: "
        "where is the rest?"
    )
    return [Question(item.household_id, item.line_id, OVER_PARCEL, zh, en) for item in items]


def _no_parcels(compared: int, without: int) -> Iterator[Unchecked]:
    if without or not compared:
        yield Unchecked(
            OVER_PARCEL,
            f"{without} 项土地没有地块面积（parcel_mu）可比，{compared} 项比过。",
            f"{without} items of ground have no parcel (parcel_mu) to be compared with; {compared} were compared.",
        )


def _plain(value: Decimal) -> str:
    text = f"{value:.4f}"
    return text.rstrip("0").rstrip(".")


_NO_TOTALS = Unchecked(
    TOTAL,
    "没有图上面积（--totals：area_code, map_mu[, item]），表里要有 area_code 列。",
    "No totals of the map (--totals: area_code, map_mu[, item]; the sheets need a column area_code).",
)
_NO_TOLERANCE = Unchecked(
    TOTAL,
    "没有允许误差（政策包 survey.yaml 的 tolerances.total，或者 --tolerance）。",
    "No tolerance (tolerances.total of the pack's survey.yaml, or --tolerance).",
)
