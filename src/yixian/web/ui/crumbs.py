"""路径导航: links to what a page is about, as its crumbs."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yixian.kernel.actors import Actor
from yixian.registry.access import area_reach
from yixian.registry.queries import area_chain
from yixian.web.ui.cells import Text


def household_crumb(household: Any) -> tuple[str, Text]:
    """To the page of a household, by the name of its head."""
    head = household.head
    return reverse("staff:household", args=[household.pk]), (head and head.name) or household.household_no


def area_crumbs(actor: Actor, area: Any) -> list[tuple[str, Text]]:
    """To the pages of the places that an area lies in and the actor reaches as a whole, the topmost first."""
    reach = area_reach(actor)
    reached = [above for above in area_chain(area) if any(above.path.startswith(own) for own in reach)]
    return [(reverse("staff:area", args=[above.pk]), above.label) for above in reached]
