"""The register's tables."""

from yixian.registry.models.area import Area, AreaCode, AreaShape
from yixian.registry.models.card import HouseholdCard
from yixian.registry.models.helper import Helper, Post
from yixian.registry.models.household import Household, HouseholdMember
from yixian.registry.models.organisation import Organisation
from yixian.registry.models.person import Person
from yixian.registry.models.proposed_change import ProposedChange

__all__ = [
    "Area",
    "AreaCode",
    "AreaShape",
    "Helper",
    "Household",
    "HouseholdCard",
    "HouseholdMember",
    "Organisation",
    "Person",
    "Post",
    "ProposedChange",
]
