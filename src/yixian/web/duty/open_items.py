"""未了事项: what is open for a household when it passes to somebody else, gathered from the rooms that know of it.

Each source is a function ``(actor, household_ids) -> {household_id: [OpenItem]}``; a further room adds its own to `SOURCES`.
What the actor may not see of a household is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from yixian.compensation import queries
from yixian.kernel.actors import Actor
from yixian.matters.queries import open_shared
from yixian.visits.queries import open_promises


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that waits, in words, and where it is to be seen."""

    title: str
    address: str


Items = dict[int, list[OpenItem]]
Source = Callable[[Actor, Collection[int]], Items]


def open_items(actor: Actor, household_ids: Collection[int]) -> Items:
    """Everything that is open for these households, by household."""
    found: Items = defaultdict(list)
    for source in SOURCES:
        for household_id, items in source(actor, household_ids).items():
            found[household_id] += items
    return dict(found)


def unsigned_agreements(actor: Actor, household_ids: Collection[int]) -> Items:
    """Agreements that not all parties have signed."""
    found: Items = defaultdict(list)
    for row in queries.unsigned_agreements(actor, household_ids):
        title = _("Agreement %(number)s: not signed by everybody yet") % {"number": row.number}
        address = reverse("agreements:agreement", args=[row.pk])
        found[row.household_id].append(OpenItem(title, address))
    return found


def waiting_accounts(actor: Actor, household_ids: Collection[int]) -> Items:
    """New accounts that wait for a decision."""
    found: Items = defaultdict(list)
    for row in queries.open_cases_of(actor, household_ids):
        title = _("A new account waits for a decision")
        found[row.household_id].append(OpenItem(title, reverse("agreements:case", args=[row.pk])))
    return found


def promises(actor: Actor, household_ids: Collection[int]) -> Items:
    """Promises that wait, or were not kept, in the words in which they were made."""
    found: Items = defaultdict(list)
    for household_id, views in open_promises(actor, household_ids, on=timezone.localdate()).items():
        for view in views:
            told = _("Promised until %(day)s: %(text)s") % {"day": view.due_on.isoformat(), "text": view.text}
            found[household_id].append(OpenItem(told, reverse("field:visit", args=[view.visit_id])))
    return found


def matters(actor: Actor, household_ids: Collection[int]) -> Items:
    """Open matters that the household lets those beside it know: what about, how far, and the next last day."""
    found: Items = defaultdict(list)
    for household_id, views in open_shared(actor, household_ids, at=timezone.now()).items():
        address = f"{reverse('field:household', args=[household_id])}#matters"
        for view in views:
            told = _("They raised: %(topic)s (%(state)s)") % {
                "topic": view.topic_label,
                "state": view.state_label,
            }
            if view.due_on:
                told = _("%(told)s; %(clock)s by %(day)s") % {
                    "told": told,
                    "clock": view.next_clock,
                    "day": view.due_on.isoformat(),
                }
            found[household_id].append(OpenItem(told, address))
    return found


SOURCES: tuple[Source, ...] = (promises, matters, unsigned_agreements, waiting_accounts)
