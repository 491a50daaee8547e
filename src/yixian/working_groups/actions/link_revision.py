"""起草新标准: begin a revision from the group, with the new price drafted, or link one that was begun already.

From here on the revision goes its own way — draft, compare, two approvals, every account — and the group follows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.revisions.actions.begin_revision import Intent, begin_revision
from yixian.revisions.actions.save_draft import save_prices
from yixian.revisions.models import Revision
from yixian.revisions.queries import get_revision
from yixian.revisions.sources import PriceKey
from yixian.working_groups.actions.group_steps import begin, take_step
from yixian.working_groups.models import GroupStep
from yixian.working_groups.queries.groups import price_keys
from yixian.working_groups.steps import DRAFT, LINK, SEE


@transaction.atomic
def draft_standard(
    group_id: int, intent: Intent, prices: Mapping[PriceKey, str], *, actor: Actor, at: datetime
) -> Revision:
    """Begin a revision with these new prices. Raises `Invalid` for a price that the group does not look into."""
    view, _person = begin(DRAFT, group_id, actor=actor, at=at)
    drafted = {key: text for key, text in prices.items() if text.strip()}
    if not drafted or set(drafted) - set(price_keys(view.group)):
        raise Invalid("group.prices", _("The clause sets no such price."), field="prices")
    revision = begin_revision(view.group.area_id, intent, actor=actor, at=at)
    save_prices(revision.pk, drafted, actor=actor, at=at)
    take_step(view, DRAFT, actor=actor, at=at, revision=revision)
    return revision


@transaction.atomic
def link_revision(group_id: int, revision_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Link a revision of the same place that is under way. Raises `Refused` for another place or one that is over."""
    view, _person = begin(LINK, group_id, actor=actor, at=at)
    revision = get_revision(actor, revision_id)
    if revision not in view.linkable:
        raise Refused("group.revision", _("This revision belongs to another place, or is over."))
    return take_step(view, LINK, actor=actor, at=at, revision=revision)


@transaction.atomic
def note_seen(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Write down that the effects of the present draft were looked at. Raises `Refused` before they were reckoned."""
    view, _person = begin(SEE, group_id, actor=actor, at=at)
    comparison = view.effects.comparison if view.effects else None
    return take_step(view, SEE, actor=actor, at=at, revision=view.revision, comparison=comparison)
