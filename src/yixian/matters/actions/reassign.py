"""改由别的机构承办: nothing rests with a body for which nobody acts or which is dissolved (Regulations on petition work, 24 (2)).

An offer to such a body is withdrawn. What such a body holds, by silence too, goes back to whoever handed it over; what a
dissolved one holds goes to the one above it. A body in service keeps what it has for three days: people change.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from yixian.kernel.actors import system_actor
from yixian.kernel.errors import YixianError
from yixian.matters.access import SUPERIORS
from yixian.matters.acting import acting_organisations
from yixian.matters.matter_state import NewEvent, record_event, state_of
from yixian.matters.models import Matter, MatterProjection
from yixian.matters.procedures import MatterState
from yixian.matters.recusal import keeps_out
from yixian.matters.routing import acting_superior, first_organisation
from yixian.matters.step_conditions import StepContext
from yixian.matters.steps import MOVED, SUBJECT
from yixian.registry.models import Organisation

GRACE = timedelta(days=3)
_ACTOR = system_actor("reassign")
_LOG = logging.getLogger(__name__)


def reassign(*, at: datetime) -> dict[str, int]:
    """Move every open matter that would rest with nobody. A tick; it tells how many could not be moved."""
    acting = acting_organisations(at=at)
    idle = ~Q(holder__in=acting) | (Q(offered_to__isnull=False) & ~Q(offered_to__in=acting))
    rows = MatterProjection.objects.filter(idle, is_closed=False, fault="").order_by("pk")
    failed = 0
    lately = acting | (acting_organisations(at=at - GRACE) & _in_service())
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                _move(pk, acting, lately, at)
        except (YixianError, LookupError, ValueError) as error:
            failed += 1
            _LOG.error("a matter could not be given to another body: %s", type(error).__name__)
    return {"failed": failed + _show_to_superiors(at)}


def _show_to_superiors(at: datetime) -> int:
    """Show what was returned too often to a superior who acts, where the one that it was shown to does not any more."""
    acting, failed = acting_organisations(at=at, roles=SUPERIORS), 0
    for row in MatterProjection.objects.filter(with_superior=True, is_closed=False, fault=""):
        matter = Matter.objects.select_related("area").get(pk=row.pk)
        context = StepContext(matter, state_of(matter, at=at), frozenset())
        holder_id = context.state.holder_id
        if not context.state.course.with_superior or context.superior_id in acting or holder_id is None:
            continue
        holder = Organisation.objects.select_related("parent", "area").get(pk=holder_id)
        upper = acting_superior(holder, acting)
        if upper.pk in acting:
            with transaction.atomic():
                record_event(matter, NewEvent("commented", holder_id, upper.pk), actor=_ACTOR, at=at)
        else:
            failed += 1
    return failed


def _in_service() -> frozenset[int]:
    return frozenset(Organisation.objects.filter(valid_until=None).values_list("pk", flat=True))


def _move(pk: int, acting: frozenset[int], lately: frozenset[int], at: datetime) -> None:
    MatterProjection.objects.select_for_update(of=("self",)).get(pk=pk)
    matter = Matter.objects.select_related("area").get(pk=pk)
    state = state_of(matter, at=at)
    holder, offered = state.holder_id, state.offered_id
    if holder is None:
        return
    taken_by_silence = matter.projection.offered_to_id == holder
    keeps = holder in (acting if taken_by_silence else lately)
    if keeps and (offered is None or offered in acting):
        return
    to = holder if keeps else _successor(matter, state, acting, at)
    if to == holder and offered is None:
        raise LookupError
    left = Organisation.objects.get(pk=(offered if keeps else holder) or holder)
    reason = _("Nobody acts for %(body)s any more.") % {"body": left.name}
    kind = MOVED if state.may_happen(MOVED) else SUBJECT.event
    record_event(matter, NewEvent(kind, None, to, reason), actor=_ACTOR, at=at)


def _successor(matter: Matter, state: MatterState, acting: frozenset[int], at: datetime) -> int:
    """Whoever handed it over, if the holder is still in service; else the nearest above; else who takes what comes first."""
    assert state.holder_id is not None  # noqa: S101 - asked before
    holder = Organisation.objects.select_related("parent", "area").get(pk=state.holder_id)
    before = [int(part.organisation) for part in reversed(state.course.held)]
    wanted = [acting_superior(holder, acting).pk]
    wanted = wanted + before if holder.valid_until is not None else before + wanted
    for pk in wanted:
        if pk != holder.pk and pk in acting and not keeps_out(matter, pk):
            return pk
    about = list(matter.subjects.values_list("organisation_id", flat=True))
    return first_organisation(matter.area, [], about, at=at).pk
