"""卡上的人: who stands beside households, for their cards (`yixian.registry.paper.people_sources`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from yixian.duty.queries import beside_many
from yixian.registry.paper.people_sources import PersonOnPaper


def on_cards(household_ids: Collection[int], on: date) -> Mapping[int, list[PersonOnPaper]]:
    """Those who are there on the day, the cadre first; whoever prints the cards has been asked whether they may."""
    return {
        household: [
            PersonOnPaper(view.role_label, view.name, view.body_name, view.work_phone)
            for view in views
            if not view.is_away
        ]
        for household, views in beside_many(household_ids, on=on).items()
    }
