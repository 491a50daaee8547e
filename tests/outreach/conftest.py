"""The place that outreach is tested in: that of visits, with a bureau that takes matters."""

from __future__ import annotations

from tests.factories import make_organisation
from tests.starting_states import StartingState
from tests.visits.place import Place, make_place
from yixian.registry.choices import OrganisationKind


def make_place_with_bureau() -> Place:
    """The place of visits, and its bureau."""
    place = make_place()
    make_organisation(place.county, name="两河县移民局", kind=OrganisationKind.RESETTLEMENT_BUREAU)
    return place


place = StartingState(make_place_with_bureau).fixture()
