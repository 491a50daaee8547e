"""可选项: what a handler chooses from — bodies that may take a matter, colleagues, and ways of telling the person."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.actors import Actor
from yixian.matters import notifications
from yixian.matters.access import get_matter
from yixian.matters.acting import acting_organisations
from yixian.matters.choices import NotificationChannel
from yixian.matters.colleagues import colleagues
from yixian.matters.matter_state import state_of
from yixian.matters.models import MatterEvent
from yixian.matters.recusal import kept_out
from yixian.registry.access import below
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Organisation

MAX_USUAL = 3
"""So many bodies are proposed before any is looked for."""


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


def usual_receivers(
    actor: Actor, number: str, *, at: datetime, with_holder: bool = False
) -> list[tuple[int, str]]:
    """The three of `receivers` to which what is about the same, in the same township, was passed most often; where there
    were fewer, the township's leadership, the bureau and the petition office.
    """
    matter = get_matter(actor, number, at=at)
    able = dict(
        row for _kind, rows in receivers(actor, number, at=at, with_holder=with_holder) for row in rows
    )
    township = path_at(matter.area_path, AreaLevel.TOWNSHIP)
    passed = MatterEvent.objects.filter(
        below(township, "matter__area_path"),
        kind__in=("forwarded", "handover_offered"),
        to_organisation__in=able,
        matter__projection__topic=matter.projection.topic,
        matter__projection__guarded=False,
    )
    often = passed.values("to_organisation").annotate(times=Count("pk")).order_by("-times", "to_organisation")
    default = Organisation.objects.filter(
        Q(kind__in=(OrganisationKind.RESETTLEMENT_BUREAU, OrganisationKind.PETITION_OFFICE))
        | Q(kind=OrganisationKind.TOWNSHIP_LEADERSHIP, area__path=township),
        pk__in=able,
    )
    keys = [row["to_organisation"] for row in often[:MAX_USUAL]]
    keys += list(default.order_by("-kind", "code").values_list("pk", flat=True))
    return [(pk, able[pk]) for pk in list(dict.fromkeys(keys))[:MAX_USUAL]]


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
