"""要问的事实: which facts a policy pack asks for that neither the register nor the survey's quantities give."""

from __future__ import annotations

from yixian.domain.policy import Input, Pack

PERSONS = "persons"
"""The household's resettled persons: counted from its members, never entered."""

QUANTITY = "quantity"
"""An item's quantity: surveyed with the item."""


def requested_of_household(pack: Pack) -> dict[str, Input]:
    """What the pack asks about every household, by name."""
    return {name: declared for name, declared in pack.household_inputs.items() if name != PERSONS}


def requested_of_item(pack: Pack, item_code: str) -> dict[str, Input]:
    """What the pack asks about an item with this code, by name; nothing for a code that it does not know."""
    item = pack.items.get(item_code)
    if item is None:
        return {}
    return {
        name: declared
        for name, declared in pack.item_inputs.items()
        if name != QUANTITY and declared.is_of(item.category)
    }


def requests_anything(pack: Pack) -> bool:
    """Whether the pack asks for any such fact at all."""
    return bool(requested_of_household(pack)) or any(name != QUANTITY for name in pack.item_inputs)
