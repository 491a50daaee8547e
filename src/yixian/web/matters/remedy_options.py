"""更正的选项: what of a household can be set right, to choose from — its lines, the items of the policy, how a member counts.

Nothing is offered that the one who decides may not see; then the value is typed, and whoever carries it out checks it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils import timezone

from yixian.inventory.queries import items
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.policies.queries import pack_in_force
from yixian.registry.access import get_household
from yixian.registry.choices import Eligibility
from yixian.web.item_titles import titled_items
from yixian.web.templatetags.yixian import quantity

Options = list[tuple[str, str]]


def options_of(household_ids: Collection[int], *, actor: Actor, at: datetime) -> dict[str, Options]:
    """What can be chosen, by the name of the value."""
    on = timezone.localdate(at)
    found: dict[str, Options] = {
        "eligibility": [(str(one), str(label)) for one, label in Eligibility.choices]
    }
    for pk in household_ids:
        try:
            household = get_household(actor, pk)
        except NotFound:
            continue
        adopted = pack_in_force(household.area_path, on)
        pack = adopted[1] if adopted else None
        for row in titled_items(items(actor, household, on=on), pack):
            line = f"{row.line_no} {row.title} {quantity(row.quantity)} {row.unit}"
            found.setdefault("line_no", []).append((row.line_no, line))
        if pack is not None:
            found["item_code"] = [(code, item.name(language())) for code, item in pack.items.items()]
    return found
