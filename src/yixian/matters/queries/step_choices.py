"""可选项: what a handler chooses from — bodies that may take a matter, colleagues, and ways of telling the person."""

from __future__ import annotations

from datetime import datetime

from yixian.kernel.actors import Actor
from yixian.matters import notifications
from yixian.matters.access import get_matter
from yixian.matters.acting import acting_organisations
from yixian.matters.choices import NotificationChannel
from yixian.matters.colleagues import colleagues
from yixian.matters.matter_state import state_of
from yixian.matters.recusal import kept_out
from yixian.registry.models import Organisation


def receivers(
    actor: Actor, number: str, *, at: datetime, with_holder: bool = False
) -> list[tuple[str, list[tuple[int, str]]]]:
    """The bodies that a matter can go to, by kind: those for which somebody acts, none that it is about or that reports to
    it; the one that holds it only if asked for.
    """
    matter = get_matter(actor, number, at=at)
    closed = set(kept_out(matter))
    if not with_holder:
        closed.add(state_of(matter, at=at).holder_id or 0)
    found: dict[str, list[tuple[int, str]]] = {}
    for organisation in Organisation.objects.filter(pk__in=acting_organisations(at=at)).order_by(
        "kind", "code"
    ):
        if organisation.pk not in closed:
            found.setdefault(str(organisation.get_kind_display()), []).append(
                (organisation.pk, organisation.label)
            )
    return list(found.items())


def colleagues_of(actor: Actor, number: str, *, at: datetime) -> list[tuple[int, str]]:
    """Who can deal with a matter inside the body that holds it, by name."""
    matter = get_matter(actor, number, at=at)
    holder = state_of(matter, at=at).holder_id
    return [] if holder is None else list(colleagues(holder, matter, at=at).items())


def cited_clauses(actor: Actor, number: str, *, at: datetime) -> list[tuple[str, str, str]]:
    """The clauses that a matter points at already: pack, document and clause."""
    return list(get_matter(actor, number, at=at).clauses.values_list("pack_id", "document", "clause"))


def available_notification_channels(actor: Actor, number: str, *, at: datetime) -> list[NotificationChannel]:
    """How this person can be told: by what they left, and always with the receipt. Nothing of what they left is shown by it."""
    return notifications.notification_channels(get_matter(actor, number, at=at))
