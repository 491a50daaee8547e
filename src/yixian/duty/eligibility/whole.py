"""整体求解: the whole of a place as one problem, with who stands beside whom today as what is to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from django.db.models import QuerySet

from yixian.duty.choices import PairingPart
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.offers import Offer, in_reach, taken_places
from yixian.duty.eligibility.tables import PairingTables, tables_of
from yixian.duty.models import Pairing
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


@dataclass(frozen=True, slots=True)
class Problem:
    """Households with those who could stand beside them, and the pairs to keep if possible.

    ``held``: by household id, the pairing in force of each that may be moved; ``lacking``: those who have nobody;
    ``previous``: the held pairs as the engine takes them.
    """

    role: HelperKind
    tables: PairingTables
    held: dict[int, Pairing]
    lacking: tuple[Household, ...]
    previous: pa.Table


def whole_problem(
    scope: QuerySet[Household], role: HelperKind, *, on: date, without: Collection[int] = (), more: int = 0
) -> Problem:
    """The households of ``scope`` on a day, but for those whose helper is about to change already.

    ``without``: helpers who are taken to be gone; ``more``: places that everybody has in addition. Both are for trying out.
    """
    days = Days(on)
    living = scope.filter(in_force(on)).select_related("area", "host_area").only(*_ASKED_OF_HOUSEHOLDS)
    households = list(living.order_by("area_path", "household_no"))
