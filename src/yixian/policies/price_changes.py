"""调价: which prices have changed at a place, from what to what, since when and by which document; announced ones too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q

from yixian.domain.areas import path_chain
from yixian.domain.policy import Price
from yixian.engines.entitlements import Pack
from yixian.kernel.intervals import in_force
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
    """The history of prices at an area, by the packs of whatever adopted the one in force there; "" is anywhere.

    None where no pack is in force.
    """
    at = Q(area__path__in=path_chain(area_path)) if area_path else Q()
    rows = PackAdoption.objects.filter(at, in_force(on), approved_by__isnull=False)
    order = ("-area__path",) if area_path else ("-valid_from", "-pk")
    area_id = rows.order_by(*order).values_list("area_id", flat=True).first()
    return None if area_id is None else _history_at(area_id)


@memoised(PackAdoption, PackVersion, Area)
def _history_at(area_id: int) -> PriceHistory:
    rows = PackAdoption.objects.filter(area=area_id, approved_by__isnull=False).select_related("pack_version")
    adopted = list(rows.defer("pack_version__content").order_by("valid_from", "pk"))
    days = sorted({day for row in adopted for day in _days(row)})
    found = [
        change
        for before, day in pairwise(days)
        for change in _changes(_at(adopted, before), _at(adopted, day), day)
    ]
    begin = next((day for day in days if (row := _at(adopted, day)) and _prices(row, day)), days[0])
    return PriceHistory(begin, tuple(reversed(found)))


def _days(row: PackAdoption) -> Iterator[date]:
    """The days within an adoption on which a price can change."""
    yield row.valid_from
    for price in read_pack(row.pack_version_id).prices:
        for day in (price.valid_from, price.valid_until):
            if (
                day is not None
                and row.valid_from < day
                and (row.valid_until is None or day < row.valid_until)
            ):
                yield day


def _at(adopted: list[PackAdoption], day: date) -> PackAdoption | None:
    holding = [
        row for row in adopted if row.valid_from <= day and (row.valid_until is None or day < row.valid_until)
    ]
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
    return {_key(price): price for price in pack.prices if price.in_force(day)}


def _key(price: Price) -> PriceKey:
    return price.item_code, price.zone, price.unit
