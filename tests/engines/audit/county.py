"""An invented county that was surveyed honestly, as the tables and photographs that `yixian survey odd` takes, of any size."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from tests.engines.audit import pictures

CUTOFF = date(2024, 3, 1)
IN_VILLAGE = 40
MEASURERS = 10
ITEM_COLUMNS = (
    "line_id", "household_id", "item_code", "quantity", "unit", "lon", "lat", "built_on", "planted_on", "parcel_mu"
)  # fmt: skip
SHEET_COLUMNS = (
    "instance", "household_id", "measurer", "second", "at", "lon", "lat", "parcel_mu", "area_code"
)  # fmt: skip
Row = dict[str, str]
_METRE = 1 / 111_320


@dataclass
class County:
    """The rows of its tables, by line and instance; photographs are in ``photos``."""

    photos: Path
    items: dict[str, Row] = field(default_factory=dict)
    sheets: dict[str, Row] = field(default_factory=dict)
    measures: list[tuple[str, str, str]] = field(default_factory=list)
    totals: dict[str, float] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def photograph(self, line: str) -> Path:
        """The photograph of a line."""
        return self.photos / f"{line}-1.jpg"

    def day(self, household: str) -> date:
        """When a household was surveyed."""
        return date.fromisoformat(self.sheets[f"s{household}"]["at"][:10])

    def write(self, folder: Path) -> list[str]:
        """Its tables into a folder; the options of the command that name them."""
        folder.mkdir(parents=True, exist_ok=True)
        tables = {
            "items": (
                ITEM_COLUMNS,
                [[row.get(name, "") for name in ITEM_COLUMNS] for row in self.items.values()],
            ),
            "sheets": (
                SHEET_COLUMNS,
                [[row.get(name, "") for name in SHEET_COLUMNS] for row in self.sheets.values()],
            ),
            "measures": (("line_id", "name", "value"), self.measures),
            "totals": (("area_code", "map_mu"), [(area, f"{mu:.2f}") for area, mu in self.totals.items()]),
        }
        for name, (heads, rows) in tables.items():
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(heads)
                writer.writerows(rows)
        return [word for name in tables for word in (f"--{name}", str(folder / f"{name}.csv"))]


def clean_county(folder: Path, households: int, photographed: int) -> County:
    """So many households, the first of them with a photograph of their house.

    Villages have forty households some twenty metres apart; people round lengths to five and ten centimetres, everybody alike.
    """
    chance = random.Random(20240301)
    county = County(folder)
    for n in range(households):
        _household(county, n, chance)
    for n in range(photographed):
        name = household_name(n)
        pictures.save(pictures.scene(n), county.photograph(f"{name}-house-1"), county.day(name))
    return county


def household_name(n: int) -> str:
    """The id of a household."""
    return f"H{n:05d}"


def _household(county: County, n: int, chance: random.Random) -> None:
    name, village = household_name(n), n // IN_VILLAGE
    lon = 111.0 + 0.02 * (village % 20) + (n % 8 * 20 + chance.uniform(-6, 6)) * _METRE
    lat = 32.0 + 0.02 * (village // 20) + (n % IN_VILLAGE // 8 * 20 + chance.uniform(-6, 6)) * _METRE
    at = CUTOFF + timedelta(days=10 + n % 60)
    plots = [round(chance.uniform(0.3, 4), 2) for _plot in range(2)]
    length, width = _length(chance), _length(chance)
    area = f"42{village:04d}"
    county.sheets[f"s{name}"] = {
        "instance": f"s{name}", "household_id": name, "measurer": f"M{village % MEASURERS}",
        "second": f"N{village % MEASURERS}", "at": f"{at}T09:30:00+08:00", "lon": f"{lon:.6f}", "lat": f"{lat:.6f}",
        "parcel_mu": f"{sum(plots) * chance.uniform(1, 1.08) + 0.01:.2f}", "area_code": area,
    }  # fmt: skip
    built = CUTOFF - timedelta(days=chance.randrange(100, 9000))
    _item(
        county, name, "house-1", "house.main.brick_timber", f"{length * width:.2f}", "m2", built_on=f"{built}"
    )
    county.measures += [
        (f"{name}-house-1", "length", f"{length:.2f}"),
        (f"{name}-house-1", "width", f"{width:.2f}"),
    ]
    for k, mu in enumerate(plots, 1):
        _item(county, name, f"land-{k}", "land.dry", f"{mu:.2f}", "mu", **_outside(county, chance, lon, lat))
    planted = CUTOFF - timedelta(days=chance.randrange(100, 3000))
    for k in (1, 2):
        place = _outside(county, chance, lon, lat)
        _item(
            county,
            name,
            f"tree-{k}",
            "tree.fruit",
            f"{chance.randint(1, 30)}",
            "tree",
            planted_on=f"{planted}",
            **place,
        )
    county.totals[area] = county.totals.get(area, 0) + sum(plots) * chance.uniform(0.995, 1.005)


def _length(chance: random.Random) -> float:
    """Metres; one in six is rounded to five centimetres."""
    metres = chance.uniform(3, 14)
    return round(metres * 20) / 20 if chance.random() < 1 / 6 else round(metres, 2)


def _outside(county: County, chance: random.Random, lon: float, lat: float) -> Row:
    """A place within a few hundred metres at which nothing else grows: the middle of a square of twenty-five metres."""
    while True:
        places = [round((one / _METRE + chance.uniform(-900, 900)) / 25) for one in (lon, lat)]
        if (places[0], places[1]) not in county.taken:
            break
    county.taken.add((places[0], places[1]))
    return dict(zip(("lon", "lat"), (f"{place * 25 * _METRE:.6f}" for place in places), strict=True))


def _item(
    county: County, household: str, rest: str, code: str, quantity: str, unit: str, **more: str
) -> None:
    line = f"{household}-{rest}"
    county.items[line] = {
        "line_id": line, "household_id": household, "item_code": code, "quantity": quantity, "unit": unit, **more
    }  # fmt: skip
