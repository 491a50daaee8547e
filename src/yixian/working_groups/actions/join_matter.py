"""并入工作组: note a group's clause with a matter, so that the group's decision answers it, too."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.matters.access import get_matter
from yixian.matters.actions.sort_matter import add_clause
from yixian.matters.models import Matter
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.queries.groups import get_group, group_view, key_of


@transaction.atomic
def join_matter(group_id: int, number: str, *, actor: Actor, at: datetime) -> Matter:
    """Join a matter that one's body holds to a group.

    Raises `NotFound` for either out of reach, `Refused` where the group's answer would never reach the matter: it is from
    elsewhere or from before, about somebody in office, or the group has decided.
    """
    view, matter = group_view(get_group(actor, group_id)), get_matter(actor, number, at=at)
    group = view.group
    if view.has(GroupStage.DECIDED):
        raise Refused("group.decided", _("The group has decided already: it answers what was raised before."))
    is_here = matter.area_path.startswith(group.area_path)
    if not is_here or timezone.localdate(matter.received_at) < group.since:
        raise Refused(
            "group.elsewhere", _("The group looks into another place, or only into what was raised later.")
        )
    if matter.about_official:
        raise Refused(
            "group.official", _("A matter about somebody in office is answered by nobody but its handler.")
        )
    return add_clause(number, key_of(group), actor=actor, at=at)
