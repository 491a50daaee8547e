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
from yixian.revisions.choices import RevisionStage
from yixian.revisions.models import Revision
from yixian.revisions.queries import get_revision, revision_view, stage_of
from yixian.revisions.sources import PriceKey
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.group_steps import (
    group_in_reach,
    require_after,
    require_undecided,
    take_step,
)
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.models import GroupStep, WorkingGroup
from yixian.working_groups.queries.groups import GroupView, price_keys


@transaction.atomic
def draft_standard(
    group_id: int, intent: Intent, prices: Mapping[PriceKey, str], *, actor: Actor, at: datetime
) -> Revision:
    """Begin a revision with these new prices. Raises `Invalid` for a price that the group does not look into."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS)
    _require_draftable(view)
    drafted = {key: text for key, text in prices.items() if text.strip()}
    if not drafted or set(drafted) - set(price_keys(view.group)):
        raise Invalid("group.prices", _("The clause sets no such price."), field="prices")
    revision = begin_revision(view.group.area_id, intent, actor=actor, at=at)
    save_prices(revision.pk, drafted, actor=actor, at=at)
    take_step(view, GroupStepKind.DRAFTED, actor=actor, at=at, revision=revision)
    return revision


@transaction.atomic
def link_revision(group_id: int, revision_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Link a revision of the same place that is under way. Raises `Refused` for another place or one that is over."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS)
    _require_draftable(view)
    revision = get_revision(actor, revision_id)
    over = stage_of(revision) in {RevisionStage.DECIDED, RevisionStage.ADOPTED, RevisionStage.WITHDRAWN}
    if over or revision.area_id != view.group.area_id or _is_taken(revision, view.group):
        raise Refused("group.revision", _("This revision belongs to another place, or is over."))
    return take_step(view, GroupStepKind.DRAFTED, actor=actor, at=at, revision=revision)


@transaction.atomic
def note_seen(group_id: int, *, actor: Actor, at: datetime) -> GroupStep:
    """Write down that the effects of the present draft were looked at. Raises `Refused` before they were reckoned."""
    view, _person = group_in_reach(group_id, actor=actor, roles=OPENERS)
    require_after(view, GroupStage.DRAFTED)
    require_undecided(view)
    if view.revision is None:
        raise Refused("group.order", _("Another stop comes first."))
    seen = revision_view(view.revision)
    if seen.draft.sha256 == view.revision.base.sha256:
        raise Refused("revision.unchanged", _("The draft changes nothing yet."))
    if seen.comparison is None:
        raise Refused("revision.not_compared", _("First see what this draft would change, for everybody."))
    if seen.is_outdated:
        raise Refused("revision.outdated", _("The register changed since the comparison; compare again."))
    return take_step(
        view, GroupStepKind.SEEN, actor=actor, at=at, revision=view.revision, comparison=seen.comparison
    )


def _require_draftable(view: GroupView) -> None:
    require_after(view, GroupStage.CHECKED)
    require_undecided(view)
    if view.revision is not None and view.stage != RevisionStage.WITHDRAWN:
        raise Refused("group.drafted", _("A revision is under way for this group."))
    if view.keeping is not None:
        raise Refused("group.keeping", _("Keeping the standard is proposed: that is to be decided first."))


def _is_taken(revision: Revision, group: WorkingGroup) -> bool:
    steps = GroupStep.objects.filter(revision=revision, kind=GroupStepKind.DRAFTED)
    return steps.exclude(group=group).exists()
