"""为什么不是他: the rules that keep helpers from a household, each named; none if they are eligible."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.choices import PairingPart, Rule
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.distances import villages_of
from yixian.duty.eligibility.edges import speaks
from yixian.duty.eligibility.excluded import excluded_pairs
from yixian.duty.eligibility.offers import away, places_of_one, stations, taken_places
from yixian.duty.models import Pairing
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

_NOBODY_TAKES: Mapping[int, int] = {}


def why_not(
    household: Household, helper: Helper, days: Days, *, taking: int = 0, standing_in: bool = False
) -> list[Rule]:
    """Every rule that keeps the helper from standing beside the household on these days, in the order of `Rule`.

    A place that the helper has given to this very household counts as free; ``taking`` are places given away meanwhile.
    Who is ``standing_in`` for a time may take half as many again as their places.
    """
    found = why_not_many(household, [helper], days, taking={helper.pk: taking}, standing_in=standing_in)
    return found[helper.pk]


def why_not_many(
    household: Household,
    helpers: Sequence[Helper],
    days: Days,
    *,
    taking: Mapping[int, int] = _NOBODY_TAKES,
    taken: Mapping[int, int] | None = None,
    standing_in: bool = False,
) -> dict[int, list[Rule]]:
    """The same for many helpers of one kind, by id, in as many statements as for one. ``person`` and ``home_area`` loaded.

    ``taken`` are their places as of `taken_places`, where the caller has counted them.
    """
    if taken is None:
        taken = _taken(helpers, days, standing_in=standing_in)
    ids = [helper.pk for helper in helpers]
    serving = set(Helper.objects.filter(days.held(), pk__in=ids).values_list("pk", flat=True))
    gone = set(away(days).filter(helper__in=ids).values_list("helper_id", flat=True))
    held = {pk: taken.get(pk, 0) + taking.get(pk, 0) for pk in ids}
    full = _full(household, helpers, days, held, standing_in=standing_in)
    stationed = stations(days.first, path_chain(household.area_path))
    recused = excluded_pairs(helpers, {household.pk}, days)
    found = {}
    for helper in helpers:
        broken = {
            Rule.NOT_IN_SERVICE: helper.pk not in serving,
            Rule.AWAY: helper.pk in gone,
            Rule.NO_PLACES: helper.pk in full,
            Rule.NOT_STATIONED: helper.kind == HelperKind.CADRE and helper.organisation_id not in stationed,
            Rule.OTHER_VILLAGE: helper.kind != HelperKind.CADRE and not _same_village(helper, household),
            Rule.LANGUAGE: not speaks(helper, household.language),
            Rule.GENDER: household.requested_gender not in {"", helper.person.gender},
        }
        ground = recused.get((household.pk, helper.pk))
        found[helper.pk] = [rule for rule in Rule if broken.get(rule) or rule == ground]
    return found


def _full(
    household: Household,
    helpers: Sequence[Helper],
    days: Days,
    held: Mapping[int, int],
    *,
    standing_in: bool,
) -> set[int]:
    """Those who take no more households than they hold."""
    own = Pairing.objects.filter(days.overlap(), household=household)
    own = own.exclude(part=PairingPart.STAND_IN)
    beside = set(own.values_list("helper_id", flat=True))
    return {
        helper.pk
        for helper in helpers
        if places_of_one(helper, standing_in=standing_in) - held[helper.pk] + (helper.pk in beside) < 1
    }


def _taken(helpers: Sequence[Helper], days: Days, *, standing_in: bool) -> dict[int, int]:
    ids = {helper.pk for helper in helpers}
    taken: dict[int, int] = {}
    for kind in {helper.kind for helper in helpers}:
        taken |= taken_places(HelperKind(kind), days, standing_in=standing_in, of=ids)
    return taken


def _same_village(helper: Helper, household: Household) -> bool:
    if helper.home_area is None:
        return False
    return path_at(helper.home_area.path, AreaLevel.VILLAGE) in villages_of(household)
