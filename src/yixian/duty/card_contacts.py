"""卡上的人: the helpers assigned to households, as contacts for their cards (`yixian.registry.paper.card_contact_providers`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from yixian.duty.queries import assigned_helpers_of_many
from yixian.registry.paper.card_contact_providers import CardContact


def card_contacts(household_ids: Collection[int], on: date) -> Mapping[int, list[CardContact]]:
    """Those who are there on the day, the cadre first; whoever prints the cards has been asked whether they may."""
    return {
        household: [
            CardContact(view.role_label, view.name, view.organisation_name, view.work_phone)
            for view in views
            if not view.is_away
        ]
        for household, views in assigned_helpers_of_many(household_ids, on=on).items()
    }
