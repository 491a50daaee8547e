"""Thirty frauds, one by one, each planted in households that no other touches. Two of them nothing can see as it stands."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta

from PIL import Image, ImageOps

from tests.engines.audit import pictures
from tests.engines.audit.county import CUTOFF, IN_VILLAGE, County, household_name

_METRE = 1 / 111_320
Fraud = Callable[[County, str, str], None]
"""Takes the county and two households of its own."""


def _copied(change: Callable[[Image.Image], Image.Image], quality: int = 80) -> Fraud:
    def plant(county: County, one: str, other: str) -> None:
        picture = Image.open(county.photograph(f"{one}-house-1"))
        pictures.save(change(picture), county.photograph(f"{other}-house-1"), county.day(other), quality)

    return plant


def _same_file(county: County, one: str, other: str) -> None:
    shutil.copy(county.photograph(f"{one}-house-1"), county.photograph(f"{other}-house-1"))
    county.sheets[f"s{other}"]["at"] = county.sheets[f"s{one}"]["at"]


def _two_lines(county: County, one: str, other: str) -> None:
    shutil.copy(county.photograph(f"{one}-house-1"), county.photograph(f"{one}-tree-1"))


def _as_png(county: County, one: str, other: str) -> None:
    picture = Image.open(county.photograph(f"{one}-house-1"))
    county.photograph(f"{other}-house-1").unlink()
    pictures.save(picture, county.photos / f"s{other}" / "yard.png")


def _moved(rest: str, metres: float, quantity: str | None = None) -> Fraud:
    """The other household claims what the first has, some metres away; with its quantity, or another."""

    def plant(county: County, one: str, other: str) -> None:
        here, there = county.items[f"{one}-{rest}"], county.items[f"{other}-{rest}"]
        there["lon"] = here["lon"]
        there["lat"] = f"{float(here['lat']) + metres * _METRE:.6f}"
        there["quantity"] = quantity or here["quantity"]
        if rest.startswith("land"):
            county.sheets[f"s{other}"]["parcel_mu"] = "9"

    return plant


def _twice_in_one(county: County, one: str, other: str) -> None:
    county.items[f"{one}-tree-2"] |= {
        key: county.items[f"{one}-tree-1"][key] for key in ("lon", "lat", "quantity")
    }


def _from_one_yard(metres: float, *, quantity: bool) -> Fraud:
    """Two households' plots, which have no place but their sheets'."""

    def plant(county: County, one: str, other: str) -> None:
        here, there = county.sheets[f"s{one}"], county.sheets[f"s{other}"]
        there["lon"] = here["lon"]
        there["lat"] = f"{float(here['lat']) + metres * _METRE:.6f}"
        for name, mu in ((one, "1.37"), (other, "1.37" if quantity else "0.58")):
            county.items[f"{name}-land-1"] |= {"lon": "", "lat": "", "quantity": mu}
            county.sheets[f"s{name}"]["parcel_mu"] = "9"

    return plant


def _day(rest: str, column: str, day: date) -> Fraud:
    def plant(county: County, one: str, other: str) -> None:
        county.items[f"{one}-{rest}"][column] = f"{day}"

    return plant


def _measured_day(county: County, one: str, other: str) -> None:
    county.measures.append((f"{one}-house-1", "built_on", f"{CUTOFF + timedelta(days=5)}"))


def _taken(days: int) -> Fraud:
    def plant(county: County, one: str, other: str) -> None:
        path = county.photograph(f"{one}-house-1")
        pictures.save(Image.open(path), path, county.day(one) + timedelta(days=days))

    return plant


def _before_and_after(county: County, one: str, other: str) -> None:
    """A sheet dated before the cut-off, a photograph taken after it."""
    taken = county.day(one)
    county.sheets[f"s{one}"]["at"] = f"{CUTOFF - timedelta(days=1)}T09:00:00+08:00"
    assert taken > CUTOFF


def _parcel(share: float) -> Fraud:
    def plant(county: County, one: str, other: str) -> None:
        mu = sum(float(county.items[f"{one}-land-{k}"]["quantity"]) for k in (1, 2))
        county.sheets[f"s{one}"]["parcel_mu"] = f"{mu * share:.2f}"

    return plant


def _crop(county: County, one: str, other: str) -> None:
    county.items[f"{one}-crop-1"] = county.items[f"{one}-land-1"] | {
        "line_id": f"{one}-crop-1",
        "item_code": "crop.rice",
        "quantity": "99",
    }


def _square_metres(county: County, one: str, other: str) -> None:
    county.items[f"{one}-land-1"] |= {"quantity": "6666.67", "unit": "m2"}
    county.sheets[f"s{one}"]["parcel_mu"] = "9.5"


def _own_parcel(county: County, one: str, other: str) -> None:
    mu = float(county.items[f"{one}-land-2"]["quantity"])
    county.items[f"{one}-land-2"]["parcel_mu"] = f"{mu - 0.02:.2f}"


def _digits(digits: str, of_three: int) -> Fraud:
    """The measurer of the household's village makes up the end of the lengths in that village: so many of three."""

    def plant(county: County, one: str, other: str) -> None:
        village = county.sheets[f"s{one}"]["area_code"]
        n = 0
        for at, (line, name, value) in enumerate(county.measures):
            if county.sheets[f"s{line[:6]}"]["area_code"] == village and name in {"length", "width"}:
                n += 1
                county.measures[at] = (
                    line,
                    name,
                    value[:-1] + digits[n % len(digits)] if n % 3 < of_three else value,
                )

    return plant


def _total(share: float) -> Fraud:
    def plant(county: County, one: str, other: str) -> None:
        county.totals[county.sheets[f"s{one}"]["area_code"]] *= share

    return plant


FRAUDS: dict[str, Fraud] = {
    "photograph: the same file for two households": _same_file,
    "photograph: half the size": _copied(lambda picture: picture.resize((160, 120))),
    "photograph: compressed again at quality 25": _copied(lambda picture: picture, 25),
    "photograph: five in a hundred cropped on all sides": _copied(
        lambda picture: pictures.cropped(picture, left=0.05, top=0.05, right=0.05, bottom=0.05)
    ),
    "photograph: eight in a hundred cropped at the left, and larger": _copied(
        lambda picture: pictures.cropped(picture, left=0.08).resize((400, 300))
    ),
    "photograph: brightened": _copied(
        lambda picture: picture.point(lambda level: min(255, level * 1.15 + 8))
    ),
    "photograph: in grey": _copied(lambda picture: picture.convert("L").convert("RGB")),
    "photograph: as PNG in the sheet's folder": _as_png,
    "photograph: for a house and a tree row of one household": _two_lines,
    "photograph: mirrored": _copied(ImageOps.mirror),
    "twice: a tree row four metres away with as many trees": _moved("tree-1", 4),
    "twice: a plot nine metres away of the same area": _moved("land-1", 9),
    "twice: a plot at the same place of another area": _moved("land-1", 1, "0.77"),
    "twice: a tree row of one household": _twice_in_one,
    "twice: plots from one yard, the same area": _from_one_yard(8, quantity=True),
    "twice: plots from the very same spot, another area": _from_one_yard(0, quantity=False),
    "twice: a plot that is said to lie eighty metres away": _moved("land-2", 80),
    "after the cut-off: a house finished the day after": _day(
        "house-1", "built_on", CUTOFF + timedelta(days=1)
    ),
    "after the cut-off: trees planted a month after": _day(
        "tree-2", "planted_on", CUTOFF + timedelta(days=30)
    ),
    "after the cut-off: as it stands among the measures": _measured_day,
    "after the cut-off: the sheet before, its photograph after": _before_and_after,
    "photograph's day: forty days after the sheet": _taken(40),
    "photograph's day: a year before the sheet": _taken(-365),
    "parcel: two plots together two in a hundred larger": _parcel(0.98),
    "parcel: a crop on more ground than there is": _crop,
    "parcel: in square metres": _square_metres,
    "parcel: of the plot's own row": _own_parcel,
    "digits: every length of a team ends in 0 or 5": _digits("05", 3),
    "digits: two in three lengths of a team end in 8": _digits("8", 2),
    "total: a village with five in a hundred more than the map": _total(1 / 1.05),
}
UNSEEN = {"photograph: mirrored", "twice: a plot that is said to lie eighty metres away"}
"""Nothing is asked of a mirrored photograph; and of a plot that is claimed where there may well be another one."""


KINDS = {
    "photograph": "photo_twice",
    "twice": "claimed_twice",
    "after the cut-off": "after_cutoff",
    "photograph's day": "after_cutoff",
    "parcel": "over_parcel",
    "digits": "digits",
    "total": "total",
}
"""What is asked of frauds, by the beginning of their names."""


def plant_all(county: County) -> dict[str, tuple[str, ...]]:
    """Every fraud in the county; by its name what a question about it says: households, or the code of a village."""
    planted = {}
    for n, (name, fraud) in enumerate(FRAUDS.items()):
        one, other = household_name(2 * n), household_name(2 * n + 1)
        if name.startswith(("digits", "total")):
            one = household_name((n - len(FRAUDS) + 6) * IN_VILLAGE)  # villages 3, 4 and 5
        fraud(county, one, other)
        area = county.sheets[f"s{one}"]["area_code"]
        planted[name] = (area,) if name.startswith("total") else (one, other)
    return planted


def found(planted: dict[str, tuple[str, ...]], questions: list[dict[str, str]]) -> set[str]:
    """The frauds about which there is a question of their kind."""
    return {
        name
        for name, where in planted.items()
        for row in questions
        if row["kind"] == KINDS[name.partition(":")[0]]
        and (row["household_id"] in where or (row["kind"] == "total" and where[0] in row["why"]))
    }
