"""调价: which prices have changed at a place, from what to what, since when and by which document; announced ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q

from yixian.domain.areas import path_chain
from yixian.domain.policy import Period, Price
from yixian.engines.entitlements import Pack
from yixian.kernel.memo import memoised
from yixian.policies.models import PackAdoption, PackVersion
from yixian.policies.queries import read_pack
from yixian.registry.models import Area

_DAY = timedelta(days=1)

PriceKey = tuple[str, str, str]
"""By what a price stays the same one: item, zone and unit."""


@dataclass(frozen=True, slots=True)
class PriceChange:
    """调价: what a price was, and what it is from a day on; None before it was decided, and after it was done away with.

    ``by_document`` is the document by which the pack was adopted; "" where the pack itself had the price end on a day.
    """

    before: Price | None
    after: Price | None
    since: date
    by_document: str
    pack_id: str
    pack_version_id: int
    """Of the pack that names the item: the later one, or the earlier where the later has it no more."""

    @property
    def key(self) -> PriceKey:
        """Which price it is."""
        return _key(self.after or self.before)  # type: ignore[arg-type] # one of the two is there

    @property
    def pack(self) -> Pack:
        """The pack that names the item."""
        return read_pack(self.pack_version_id)


@dataclass(frozen=True, slots=True)
class PriceHistory:
    """价格沿革: the changes at a place, the latest first, since the day from which prices are known there."""

    begin: date
    changes: tuple[PriceChange, ...]

    def of(self, key: PriceKey, on: date) -> PriceChange | None:
        """The latest change of a price that has come by a day."""
        return next((one for one in self.changes if one.key == key and one.since <= on), None)


def price_history(area_path: str, on: date) -> PriceHistory | None:
    """The history of prices at an area, on each day by the pack of the nearest area that had adopted one; "" is anywhere.

    None where no pack is in force.
    """
    at = Q(area__path__in=path_chain(area_path)) if area_path else Q()
    rows = PackAdoption.objects.filter(at, approved_by__isnull=False).order_by("valid_from", "pk")
    ever = list(rows.values_list("area__path", "valid_from", "valid_until"))
    now = [path for path, begin, end in ever if Period(begin, end).holds(on)]
    if not now:
        return None
    return _history_at(max(path for path, _begin, _end in ever) if area_path else now[-1])


@memoised(PackAdoption, PackVersion, Area)
def _history_at(area_path: str) -> PriceHistory:
    rows = PackAdoption.objects.filter(area__path__in=path_chain(area_path), approved_by__isnull=False)
    rows = rows.select_related("pack_version").defer("pack_version__content")
    adopted = list(rows.order_by("area__path", "valid_from", "pk"))
    days = sorted({day for row in adopted for day in _days(row) if _at(adopted, day)})
    found = [
        change
        for before, day in pairwise(days)
        for change in _changes(_at(adopted, before), _at(adopted, day), day)
    ]
    begin = next((day for day in days if (row := _at(adopted, day)) and _prices(row, day)), days[0])
    return PriceHistory(begin, tuple(reversed(found)))


def _days(row: PackAdoption) -> Iterator[date]:
    """The days of an adoption on which a price can change: its own, and those of its prices and their documents."""
    adopted, pack = Period(row.valid_from, row.valid_until), read_pack(row.pack_version_id)
    documents = [pack.documents[code].period for code in {price.document for price in pack.prices}]
    yield adopted.begin
    if adopted.end is not None:
        yield adopted.end  # the pack of the area above holds again
    for period in (*documents, *(price.period for price in pack.prices)):
        yield from (day for day in (period.begin, period.end) if day is not None and adopted.holds(day))


def _at(adopted: list[PackAdoption], day: date) -> PackAdoption | None:
    """The adoption that counts on a day: the nearest area's."""
    holding = [row for row in adopted if Period(row.valid_from, row.valid_until).holds(day)]
    return holding[-1] if holding else None


def _changes(before: PackAdoption | None, after: PackAdoption | None, day: date) -> Iterator[PriceChange]:
    if before is None or after is None:
        return
    old, new = _prices(before, day - _DAY), _prices(after, day)
    if not old:
        return  # the first prices there: nothing changes, something begins
    by_document = after.document if after.valid_from == day else ""
    for key in [*new, *(gone for gone in old if gone not in new)]:
        was, becomes = old.get(key), new.get(key)
        if (was and was.amount) != (becomes and becomes.amount):
            named = after if becomes else before
            yield PriceChange(
                was, becomes, day, by_document, named.pack_version.pack_id, named.pack_version_id
            )


def _prices(row: PackAdoption, day: date) -> Mapping[PriceKey, Price]:
    pack = read_pack(row.pack_version_id)
    return {_key(price): price for price in pack.prices_on(day)}


def _key(price: Price) -> PriceKey:
    return price.item_code, price.zone, price.unit
