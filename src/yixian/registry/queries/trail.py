"""来龙去脉: what happened to a household's record, and who read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from yixian.kernel.actors import Actor
from yixian.kernel.models import Event, RecordRead
from yixian.kernel.prepared import prepared
from yixian.kernel.roles import Role
from yixian.kernel.user_names import user_names
from yixian.registry.access import Part, parts_for
from yixian.registry.event_words import CHANGING, details, title
from yixian.registry.models import Household, HouseholdMember
from yixian.registry.own_event_words import own_details, own_title
from yixian.registry.register_read_models import RecordReadView, RegisterEventView

_LATEST = 200


def history(
    actor: Actor, household: Household, names: Mapping[str, str] | None = None
) -> list[RegisterEventView]:
    """The household's events in words, latest first (at most 200).

    ``names`` says what the lines and codes of its items are called; its people are named here.
    """
    if Part.HISTORY not in parts_for(actor, household):
        return []
    rows = _events(household.pk)
    is_own = Role.HOUSEHOLD in actor.roles
    titled, detailed = (own_title, own_details) if is_own else (title, details)
    users = user_names(pk for row in rows for pk in (row.actor_user_id, *_two(row)))
    named = {**(names or {}), **_people(household.pk, rows)}
    return [
        RegisterEventView(
            row.at,
            _who(row.actor_label, row.actor_user_id, users),
            titled(row.kind, row.data),
            [*detailed(row.kind, row.data, named), *_agreed(row, users)],
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


def _two(event: Event) -> list[int]:
    """Who proposed and who agreed to what needs two persons; nobody for anything else."""
    return [event.data[name] for name in ("proposed_by", "agreed_by") if event.data.get(name)]


def _agreed(event: Event, users: dict[int, str]) -> list[str]:
    """The two persons by name."""
    two = [users.get(pk, "—") for pk in _two(event)]
    if len(two) < len(("proposed", "agreed")):
        return []
    return [_("proposed by %(first)s, agreed to by %(second)s") % {"first": two[0], "second": two[1]}]


def _people(household_id: int, rows: Iterable[Event]) -> dict[str, str]:
    """The household's people by their numbers, where an event may name one."""
    if not any(row.kind in CHANGING for row in rows):
        return {}
    return {number: name for number, name in _members(household_id) if number}


@prepared
def _members(household_id: int) -> QuerySet[HouseholdMember, tuple[str | None, str]]:
    rows = HouseholdMember.objects.filter(household=household_id)
    return rows.values_list("person__person_no", "person__name")


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
