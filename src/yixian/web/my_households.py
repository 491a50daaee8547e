"""我的户的清单: the actor's own households by what is due, as *Today* and *My households* show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.matters.queries import open_shared
from yixian.outreach.choices import ExplanationState
from yixian.outreach.queries import own_states
from yixian.visits.queries import my_households
from yixian.visits.visit_read_models import MyHousehold


@dataclass(frozen=True, slots=True)
class MyHouseholdRow:
    """One household: days since the last visit (None for none), whether a visit is late, its open shared matters, and
    whether its account was explained."""

    one: MyHousehold
    days: int | None
    late: bool
    matters: list[Any]
    explained: ExplanationState

    @property
    def is_to_be_explained(self) -> bool:
        """Whether the account in force was not explained to the household yet."""
        return self.explained in {ExplanationState.UNEXPLAINED, ExplanationState.OUTDATED}


def my_household_rows(actor: Actor, *, at: datetime, search: str = "") -> list[MyHouseholdRow]:
    """The households that the actor stands beside, by what is due; with a search, those that fit it."""
    on: date = timezone.localdate(at)
    mine = my_households(actor, on=on, search=search)
    ids = [row.household.pk for row in mine]
    matters, explained = open_shared(actor, ids, at=at), own_states(actor, ids, at=at)
    return [
        MyHouseholdRow(
            row,
            row.due.days_since(on),
            row.due.is_late(on),
            matters.get(row.household.pk, []),
            explained[row.household.pk],
        )
        for row in mine
    ]
