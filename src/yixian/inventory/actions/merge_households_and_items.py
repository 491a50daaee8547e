"""并户(连同实物): one household joins another with its people and all it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.inventory.actions.transfer_items import items_of, totals, transfer_items
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.permission import require
from yixian.registry.actions.merge_households import merge_households
from yixian.registry.after_division import AFTER_MERGER
from yixian.registry.change_steps import CHANGE_APPLIERS
from yixian.registry.models import Household
from yixian.registry.second_person import TwoPersons


@transaction.atomic
def merge_households_and_items(
    leaving_id: int,
    staying_id: int,
    relations: Mapping[int, str],
    *,
    reason: str,
    on: date,
    by: TwoPersons,
    actor: Actor,
    at: datetime,
) -> Household:
    """Merge the leaving household into the staying one, which is returned, as two persons have agreed. Sums are checked.

    What other rooms have to do about the household that ended follows in the same transaction (`AFTER_MERGER`).
    Raises `Refused`, `Invalid`, `NotFound` or `NotPermitted`; then nothing has changed.
    """
    require(actor, CHANGE_APPLIERS)
    if not reason.strip():
        raise Invalid("merge.reason", _("Give the reason of the merger."), field="reason")
    before = totals([leaving_id, staying_id])
    leaving, staying = merge_households(
        leaving_id, staying_id, relations, reason=reason.strip(), on=on, by=by, actor=actor, at=at
    )
    transfer_items([item.pk for item in items_of(leaving.pk)], staying, on=on, actor=actor, at=at)
    if before != totals([staying.pk]):
        raise Refused("merge.sums", _("The sums of the items before and after the merger differ."))
    for follow in AFTER_MERGER.load_all():
        follow(leaving, actor=actor, at=at)
    return staying
