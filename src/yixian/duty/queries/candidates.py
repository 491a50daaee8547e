"""谁能接: everybody who might stand beside a household — the eligible by distance, and the others with why not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from yixian.domain.areas import AreaLevel, path_at, path_chain
from yixian.duty.choices import Rule
from yixian.duty.eligibility import Days
from yixian.duty.eligibility.distances import ways
from yixian.duty.eligibility.offers import taken_places
from yixian.duty.eligibility.why_not import why_not_many
from yixian.duty.models import Stationing
from yixian.duty.rule_sentences import rule_sentences
from yixian.kernel.actors import Actor
from yixian.kernel.memo import memoised
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.access import below
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area, Helper, Household, Organisation, Person

_MAX_OTHERS = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A helper with the way to the household in metres, how many households they have, and what keeps them away, if anything.

    ``is_full``: nothing keeps them away but that all their places are taken.
    """

    helper: Helper
    metres: int
    load: int
    rules: tuple[str, ...]
    is_full: bool


@dataclass(frozen=True, slots=True)
class Candidates:
    """Those who may, the nearest first, and those who may not, with the fewest reasons and the nearest first."""

    eligible: list[Candidate]
    others: list[Candidate]
    left_out: int


def candidates(
    actor: Actor,
    household: Household,
    role: HelperKind,
    days: Days,
    *,
    standing_in: bool = False,
    without: int | None = None,
    asked: tuple[int, ...] = (),
) -> Candidates:
    """Everybody of a role who works in the household's township, and those ``asked`` about; for staff.

    ``household`` needs ``area`` loaded and must be in the actor's reach. The number of statements does not depend on how
    many there are. Of those who may not, the forty nearest to being eligible are given, and all ``asked``.
    """
    if not actor.has_any({*STAFF_ROLES, Role.SYSTEM}):
        return Candidates([], [], 0)
    helpers = [row for row in _pool(household, role, asked) if row.pk != without]
    taken = taken_places(role, days, standing_in=standing_in, of={row.pk for row in helpers})
    rules = why_not_many(household, helpers, days, taken=taken, standing_in=standing_in)
    found = list(zip(helpers, ways(household, helpers), strict=True))
    found.sort(key=lambda one: (len(rules[one[0].pk]), one[1], one[0].helper_no))
    eligible = [one for one in found if not rules[one[0].pk]]
    others = found[len(eligible) :]
    shown = [one for place, one in enumerate(others) if place < _MAX_OTHERS or one[0].pk in asked]

    def candidate(helper: Helper, metres: int) -> Candidate:
        broken = rules[helper.pk]
        load, is_full = taken.get(helper.pk, 0), broken == [Rule.NO_PLACES]
        return Candidate(helper, metres, load, rule_sentences(broken), is_full)

    return Candidates(
        [candidate(*one) for one in eligible], [candidate(*one) for one in shown], len(others) - len(shown)
    )


def _pool(household: Household, role: HelperKind, asked: tuple[int, ...]) -> list[Helper]:
    near = _near(household.area_path, role)
    missing = set(asked) - {helper.pk for helper in near}
    besides = _serving(role).filter(pk__in=missing) if missing else ()
    return sorted([*near, *besides], key=lambda helper: helper.helper_no)


@memoised(Helper, Person, Organisation, Area, Stationing)
def _near(path: str, role: HelperKind) -> tuple[Helper, ...]:
    """Everybody of a role who works in the township of a place: kept until one of them changes."""
    township = path_at(path, AreaLevel.TOWNSHIP)
    if role == HelperKind.CADRE:
        above = Q(area_path__in=path_chain(path))
        stationed = Stationing.objects.filter(below(township) | above, valid_until=None)
        rows = _serving(role).filter(organisation_id__in=stationed.values("organisation_id"))
    else:
        rows = _serving(role).filter(below(township, "home_area__path"))
    return tuple(rows.filter(places__gt=0))


def _serving(role: HelperKind) -> QuerySet[Helper]:
    rows = Helper.objects.filter(kind=role, valid_until=None)
    rows = rows.select_related("person", "organisation", "home_area")
    return rows.defer("work_phone", "person__id_number", "person__phone").order_by("helper_no")
