"""补救之选: pairs that fail exactly one rule which a county can change — another department, an interpreter, the wish for a sex.

Kin, interest and the other recusals are not for changing, and neither is the village a party member lives in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from yixian.domain.areas import path_chain
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.distances import metres, places_of
from yixian.duty.eligibility.edges import speaks
from yixian.duty.eligibility.excluded import excluded_pairs
from yixian.duty.eligibility.offers import stations
from yixian.duty.eligibility.pairing_tables import PairingTables
from yixian.lazy_imports import np, pa
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

DEPARTMENT, INTERPRETER, GENDER = "department", "interpreter", "gender"
"""Kinds of remedy. A department is followed by its body's id: ``department:17``."""

PLACES = "places"
"""The kind that gives those who could serve more places."""

APPLICABLE = frozenset({PLACES, DEPARTMENT})
"""Kinds that one step carries out; the others are for people to arrange."""

_DEPARTMENTS_TRIED = 3
"""For each shortage so many departments are tried, those with the most free places first."""

Row = tuple[str, str, int, str]


def possible_pairs(
    tables: PairingTables,
    shortages: Iterable[Sequence[str]],
    free: Mapping[str, int],
    days: Days,
) -> pa.Table:
    """``household_id, helper_id, cost, remedy`` for the households of each shortage.

    ``shortages``: the household numbers of each; ``free``: helper number → places left. Only people of the tables come in
    question: those who work somewhere in the place that was solved.
    """
    helpers = list(tables.by_helper_no.values())
    rows: list[Row] = []
    for numbers in shortages:
        households = [tables.by_household_no[number] for number in numbers]
        rows += _of_shortage(households, helpers, free, days)
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    names = ("household_id", "helper_id", "cost", "remedy")
    types = (pa.string(), pa.string(), pa.int64(), pa.string())
    return pa.table(
        {name: pa.array(list(column), kind) for name, column, kind in zip(names, columns, types, strict=True)}
    )


def _of_shortage(
    households: list[Household], helpers: list[Helper], free: Mapping[str, int], days: Days
) -> list[Row]:
    if not households or not helpers:
        return []
    here, heard, wanted = _fits(households, helpers, days)
    one = (~here).astype(np.int8) + ~heard + ~wanted == 1
    recused = excluded_pairs(helpers, {row.pk for row in households}, days)
    ways = metres(places_of(households), places_of(helpers))
    rows: list[Row] = []
    departments = _departments(one & ~here, helpers, free)
    for home, way in zip(*np.nonzero(one), strict=True):
        household, helper = households[home], helpers[way]
        if (household.pk, helper.pk) in recused:
            continue
        kind = INTERPRETER if not heard[home, way] else GENDER
        if not here[home, way]:
            if helper.organisation_id not in departments or not free.get(helper.helper_no):
                continue
            kind = f"{DEPARTMENT}:{helper.organisation_id}"
        rows.append((household.household_no, helper.helper_no, int(ways[home, way]), kind))
    return rows


def _fits(
    households: list[Household], helpers: list[Helper], days: Days
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Households down, helpers across: who works there, who speaks the language, who is whom the household asked for."""
    paths = {place for row in households for place in path_chain(row.area_path)}
    stationed = stations(days.first, paths)
    shape = len(households), len(helpers)
    here, heard, wanted = (np.zeros(shape, np.bool_) for _ in range(3))
    for home, household in enumerate(households):
        chain = set(path_chain(household.area_path))
        for place, helper in enumerate(helpers):
            here[home, place] = _works_there(helper, chain, stationed)
            heard[home, place] = speaks(helper, household.language)
            wanted[home, place] = household.requested_gender in {"", helper.person.gender}
    return here, heard, wanted


def _works_there(helper: Helper, chain: set[str], stationed: dict[int, set[str]]) -> bool:
    if helper.kind == HelperKind.CADRE:
        return not chain.isdisjoint(stationed.get(helper.organisation_id, ()))
    home = helper.home_area
    return home is not None and not chain.isdisjoint(path_chain(home.path)[3:4])


def _departments(pairs: np.ndarray, helpers: list[Helper], free: Mapping[str, int]) -> set[int]:
    """The departments with the most free places among those who fail by their stationing alone."""
    places: Counter[int] = Counter()
    for place in np.flatnonzero(pairs.any(axis=0)):
        if helpers[place].kind == HelperKind.CADRE:
            places[helpers[place].organisation_id] += max(0, free.get(helpers[place].helper_no, 0))
    return {organisation for organisation, count in places.most_common(_DEPARTMENTS_TRIED) if count}
