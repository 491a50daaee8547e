"""调查所得: sheets and items of a survey as they are checked, with the day, the place and the parcel that their sheets state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

Position = tuple[float, float]
"""Longitude and latitude in degrees (WGS 84)."""


@dataclass(frozen=True, slots=True)
class SurveyedSheet:
    """调查表: who measured which household, when and where. ``is_exact``: the position is written to a metre or finer."""

    instance: str
    household_id: str
    measurer: str
    second: str
    day: date | None
    position: Position | None
    is_exact: bool
    parcel_mu: Decimal | None
    sheet_id: str = ""
    area_code: str = ""
    cutoff: date | None = None


@dataclass(frozen=True, slots=True)
class SurveyedItem:
    """指标行: a line that is claimed. ``days`` are the days that it names, by column; ``position`` is its own, if it has one."""

    line_id: str
    household_id: str
    item_code: str
    quantity: Decimal | None
    unit: str = ""
    instance: str = ""
    position: Position | None = None
    is_exact: bool = False
    days: tuple[tuple[str, date], ...] = ()
    parcel_mu: Decimal | None = None
    photographs: tuple[str, ...] = ()

    @property
    def category(self) -> str:
        """The beginning of its code: land, tree, house …"""
        return self.item_code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class MapTotal:
    """图上面积: how many mu of a group the map has, of one category or item (empty: of all land)."""

    area_code: str
    item: str
    map_mu: Decimal


@dataclass(frozen=True)
class SurveyTables:
    """Everything that a check of a survey looks at. ``measures`` are (line, name, value) as they were measured,
    ``parcels`` mu by line, ``photographs`` lines by the photograph's name, ``units`` units by item code.
    """

    items: tuple[SurveyedItem, ...]
    sheets: tuple[SurveyedSheet, ...]
    measures: tuple[tuple[str, str, Decimal], ...] = ()
    item_days: dict[str, tuple[tuple[str, date], ...]] = field(default_factory=dict)
    parcels: dict[str, Decimal] = field(default_factory=dict)
    photographs: dict[str, str] = field(default_factory=dict)
    totals: tuple[MapTotal, ...] = ()
    units: dict[str, str] = field(default_factory=dict)

    @cached_property
    def sheet_by_instance(self) -> dict[str, SurveyedSheet]:
        """The sheets by their instance."""
        return {one.instance: one for one in self.sheets}

    @cached_property
    def item_by_line(self) -> dict[str, SurveyedItem]:
        """The items by their line."""
        return {one.line_id: one for one in self.items}

    @cached_property
    def sheet_by_line(self) -> dict[str, SurveyedSheet]:
        """The sheet of each line: the one that it names; else its household's only one; else the one whose sheet its id names."""
        of_household: dict[str, list[SurveyedSheet]] = defaultdict(list)
        for sheet in self.sheets:
            of_household[sheet.household_id].append(sheet)
        found = {}
        for item in self.items:
            named = self.sheet_by_instance.get(item.instance)
            only = named or _only(item, of_household.get(item.household_id, []))
            if only is not None:
                found[item.line_id] = only
        return found

    def days_of(self, item: SurveyedItem) -> tuple[tuple[str, date], ...]:
        """The days that an item's columns and measures name."""
        return (*item.days, *self.item_days.get(item.line_id, ()))

    def parcel_of(self, item: SurveyedItem) -> Decimal | None:
        """The parcel that an item's row or its measures name, in mu."""
        return self.parcels.get(item.line_id) if item.parcel_mu is None else item.parcel_mu

    def unit_of(self, item: SurveyedItem) -> str:
        """The unit that its row or the pack gives it, else that of land, which is mu; "" where nothing says it."""
        return item.unit or self.units.get(item.item_code, "") or ("mu" if item.category in LAND else "")


LAND = frozenset({"land", "crop", "stand"})
"""Categories of the shipped packs whose quantity is an area of ground."""

_MU = {
    "mu": Decimal(1),
    "亩": Decimal(1),
    "m2": Decimal(15) / 10000,
    "m²": Decimal(15) / 10000,
    "平方米": Decimal(15) / 10000,
    "ha": Decimal(15),
    "hectare": Decimal(15),
    "公顷": Decimal(15),
}


def ground_mu(tables: SurveyTables, item: SurveyedItem) -> Decimal | None:
    """The ground that an item covers, in mu (15 of a hectare); None for what covers none, such as storeys of a house."""
    unit = tables.unit_of(item)
    is_ground = item.category in LAND or unit in {"mu", "亩"}
    if not is_ground or item.quantity is None or unit not in _MU:
        return None
    return item.quantity * _MU[unit]


def _only(item: SurveyedItem, sheets: list[SurveyedSheet]) -> SurveyedSheet | None:
    if len(sheets) == 1:
        return sheets[0]
    rest = item.line_id.removeprefix(f"{item.household_id}-")
    named = [one for one in sheets if one.sheet_id and rest.startswith(f"{one.sheet_id}-")]
    return named[0] if len(named) == 1 else None


def repeated(values: Iterable[str]) -> list[str]:
    """What stands there more than once, in order."""
    return sorted(value for value, n in Counter(values).items() if n > 1)
