"""走访数字的范围: whose visits the figures of visits count, and visits as they were last corrected."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from yixian.kernel.actors import Actor, Grant
from yixian.kernel.intervals import in_force
from yixian.registry.access import area_reach, household_scope, reaching
from yixian.registry.models import Household
from yixian.visits.access import FIGURE_READERS
from yixian.visits.models import Visit


def grants_for_figures(actor: Actor) -> tuple[Grant, ...]:
    """By which grants an actor sees figures: what they see depends on nothing else about them."""
    return reaching(actor.acting_as(FIGURE_READERS))


def households_reached(grants: tuple[Grant, ...], on: date) -> QuerySet[Household]:
    """The households of a day that these grants reach."""
    return household_scope(Actor("", grants=grants)).filter(in_force(on)).order_by()


def within_reach(grants: tuple[Grant, ...], on: date) -> Q:
    """Of rows about households: those of `households_reached`. Where everything is reached, the few that left are taken out
    instead.
    """
    if "" in area_reach(Actor("", grants=grants)):
        return ~Q(household__in=Household.objects.exclude(in_force(on)).order_by().values("pk"))
    return Q(household__in=households_reached(grants, on).values("pk"))


def current_visits() -> QuerySet[Visit]:
    """Visits as they were last corrected. The few corrections are looked up once, not for each visit."""
    corrected = Visit.objects.exclude(corrects=None).values("corrects")
    return Visit.objects.exclude(pk__in=corrected).order_by("-on")
