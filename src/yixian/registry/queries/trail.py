"""来龙去脉: what happened to a household's record, and who read it."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yixian.kernel.actors import Actor
from yixian.kernel.models import Event, RecordRead
from yixian.kernel.prepared import prepared
from yixian.kernel.roles import Role
from yixian.kernel.user_names import user_names
from yixian.registry.access import Part, parts_for
from yixian.registry.event_words import details, title
from yixian.registry.models import Household
from yixian.registry.own_event_words import own_details, own_title
from yixian.registry.register_read_models import RecordReadView, RegisterEventView

_LATEST = 200


def history(actor: Actor, household: Household) -> list[RegisterEventView]:
    """The household's events in words, latest first (at most 200)."""
    if Part.HISTORY not in parts_for(actor, household):
        return []
    rows = _events(household.pk)
    is_own = Role.HOUSEHOLD in actor.roles
    titled, detailed = (own_title, own_details) if is_own else (title, details)
    names = user_names(row.actor_user_id for row in rows)
    return [
        RegisterEventView(
            row.at,
            _who(row.actor_label, row.actor_user_id, names),
            titled(row.kind, row.data),
            detailed(row.kind, row.data),
        )
        for row in rows
    ]


def readers(actor: Actor, household: Household) -> list[RecordReadView]:
    """Who read the household's record, latest first (at most 200)."""
    if Part.READERS not in parts_for(actor, household):
        return []
    rows = list(RecordRead.objects.filter(household_id=household.pk).order_by("-at", "-pk")[:_LATEST])
    names = user_names(row.actor_user_id for row in rows)
    return [
        RecordReadView(
            at=row.at,
            who=_who(row.actor_label, row.actor_user_id, names),
            role_label=", ".join(
                str(Role(role).label) for role in row.role.split(",") if role in Role.values
            ),
            what=_(row.what),
        )
        for row in rows
    ]


@prepared
def _events(household_id: int) -> QuerySet[Event]:
    return Event.objects.filter(subject_kind="household", subject_id=household_id).order_by("-at", "-pk")[
        :_LATEST
    ]


def _who(label: str, user_id: int | None, names: dict[int, str]) -> str:
    if user_id in names:
        return names[user_id]
    if label.startswith("household:"):
        return _("the household itself")
    if label.startswith("system:"):
        return _("the system operator")
    return label
