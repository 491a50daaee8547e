"""为什么不是他: the rules that keep a helper from a household, each named; none if they are eligible."""

from __future__ import annotations

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.choices import PairingPart, Rule
from yixian.duty.eligibility.days import Days
from yixian.duty.eligibility.edges import speaks
from yixian.duty.eligibility.excluded import excluded_pairs
from yixian.duty.eligibility.offers import away, stations, taken_places
from yixian.duty.eligibility.places import villages_of
from yixian.duty.models import Pairing
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


def why_not(household: Household, helper: Helper, days: Days, *, taking: int = 0) -> list[Rule]:
    """Every rule that keeps the helper from standing beside the household on these days, in the order of `Rule`.

    A place that the helper has given to this very household counts as free; ``taking`` are places given away meanwhile.
    """
    broken: set[Rule] = set()
    if not Helper.objects.filter(days.held(), pk=helper.pk).exists():
        broken.add(Rule.NOT_IN_SERVICE)
    if away(days).filter(helper=helper).exists():
        broken.add(Rule.AWAY)
    broken |= _place(household, helper, days, taking)
    if not speaks(helper, household.language):
        broken.add(Rule.LANGUAGE)
    if household.requested_gender and helper.person.gender != household.requested_gender:
        broken.add(Rule.GENDER)
    recused = excluded_pairs([helper], {household.pk}, days).get((household.pk, helper.pk))
    if recused is not None:
        broken.add(recused)
    return [rule for rule in Rule if rule in broken]


def _place(household: Household, helper: Helper, days: Days, taking: int) -> set[Rule]:
    """What their places and the place of their work say."""
    broken = set()
    own = Pairing.objects.filter(days.overlap(), household=household, helper=helper)
    own = own.exclude(part=PairingPart.STAND_IN).exists()
    if (
        helper.places
        - taken_places(HelperKind(helper.kind), days, of=[helper.pk]).get(helper.pk, 0)
        - taking
        + own
        < 1
    ):
        broken.add(Rule.NO_PLACES)
    if helper.kind == HelperKind.CADRE:
        if helper.body_id not in stations(days.first, path_chain(household.area_path)):
            broken.add(Rule.NOT_STATIONED)
    elif helper.home_area is None or (
        path_at(helper.home_area.path, AreaLevel.VILLAGE) not in villages_of(household)
    ):
        broken.add(Rule.OTHER_VILLAGE)
    return broken
