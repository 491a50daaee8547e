"""Reading the register: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.registry.queries.areas import (
    area_chain,
    area_children,
    area_codes,
    area_options,
    area_register_totals,
    area_roots,
    first_forks,
    get_area,
    reached_areas,
    villages,
    work_places,
)
from yixian.registry.queries.households import (
    contact,
    household_list,
    household_numbered,
    households,
    members,
    past_members,
)
from yixian.registry.queries.organisations import (
    find_helpers,
    get_helper,
    get_organisation,
    helpers_named,
    organisation_helper_list,
    organisation_helpers,
    organisation_list,
    organisations,
)
from yixian.registry.queries.trail import history, readers

__all__ = [
    "area_chain",
    "area_children",
    "area_codes",
    "area_options",
    "area_register_totals",
    "area_roots",
    "contact",
    "find_helpers",
    "first_forks",
    "get_area",
    "get_helper",
    "get_organisation",
    "helpers_named",
    "history",
    "household_list",
    "household_numbered",
    "households",
    "members",
    "organisation_helper_list",
    "organisation_helpers",
    "organisation_list",
    "organisations",
    "past_members",
    "reached_areas",
    "readers",
    "villages",
    "work_places",
]
