"""交接查询: households that pass to somebody else, with every step, in the actor's reach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.duty.choices import HandoverCause, HandoverStepKind
from yixian.duty.duty_read_models import HandoverStepView, HandoverView, RequestView
from yixian.duty.models import Handover, HandoverStep, HelperRequest
from yixian.kernel.actors import Actor
from yixian.kernel.choice_labels import choice_label
from yixian.kernel.errors import NotFound
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import Role
from yixian.policies.queries import duty_rules
from yixian.registry.access import (
    Part,
    area_reach,
    below,
    household_scope,
    parts_for,
    reach_of,
    roles_reaching,
)
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

_RELATED = ("household__head", "from_helper__person", "pairing__helper__person")
_COLUMNS = (
    *("role", "area_path", "cause", "effective_on"),
    *("household__household_no", "household__head__name", "from_helper__person__name"),
    *("pairing__part", "pairing__valid_from", "pairing__valid_until", "pairing__helper__person__name"),
)
"""What `view` shows of a hand-over: of four tables no more is read, and nothing that stands sealed."""

_SEALED_OF_REQUESTS = (
    *("household__phone", "household__bank_account", "helper__work_phone"),
    *("household__head__id_number", "household__head__phone"),
    *("helper__person__id_number", "helper__person__phone"),
)
"""What stands sealed beside a request and is not shown with it."""

_ORDERS: Mapping[str, Order] = {
    "household": ("household__head__name", "household__household_no"),
    "no": ("household__household_no",),
    "day": ("effective_on", "household__household_no"),
    "from": ("from_helper__person__name",),
    "to": ("pairing__helper__person__name",),
}

OFF, DONE, OPEN, LATE = "off", "done", "open", "late"

_REASON_READERS = frozenset({Role.HOUSEHOLD, Role.BUREAU_LEAD, Role.BUREAU_CLERK, Role.SYSTEM})
"""Who may read why a household asked for another helper: never the helper, nor those who lead them."""


def handover_rows(
    actor: Actor, *, on: date, area_path: str = "", state: str = "", absence_id: int | None = None
) -> QuerySet[Handover]:
    """Hand-overs in reach in one of the states (`OFF`, `DONE`, `OPEN`, `LATE`), or in any; the next first. `view` shows one."""
    rows = _rows(actor).filter(below(area_path))
    if absence_id is not None:
        rows = rows.filter(absence_id=absence_id)
    if state in _IN_STATE:
        rows = rows.filter(_IN_STATE[state](on))
    return rows.order_by("effective_on", "household__household_no", "pk")


def handover_list(
    actor: Actor, *, on: date, area_path: str = "", state: str = "", absence_id: int | None = None
) -> ResultSet[HandoverView]:
    """The same as typed rows."""
    rows = _listed(on, reach=reach_of(actor), area_path=area_path, state=state, absence_id=absence_id)
    return rows.reading(lambda window: _views(window, on))


@prepared_results(_ORDERS)
def _listed(
    on: date, *, reach: Actor, area_path: str, state: str, absence_id: int | None
) -> QuerySet[Handover, tuple[Any, ...]]:
    rows = handover_rows(reach, on=on, area_path=area_path, state=state, absence_id=absence_id)
    return rows.values_list(*_VALUES)


def _views(found: list[tuple[Any, ...]], on: date) -> list[HandoverView]:
    """Hand-overs as of a day; their steps are read together."""
    rows = [_Row(*values) for values in found]
    steps: dict[int, list[HandoverStep]] = defaultdict(list)
    for step in _steps([row.pk for row in rows]):
        steps[step.handover_id].append(step)
    return [_view(row, steps[row.pk], on) for row in rows]


@prepared
def _steps(handover_ids: Collection[int]) -> QuerySet[HandoverStep]:
    return HandoverStep.objects.filter(one_of("handover_id", handover_ids)).order_by("on", "pk")


def handover_counts(actor: Actor, *, on: date, area_path: str = "") -> dict[str, int]:
    """How many hand-overs in reach are open, and how many are late."""
    if not area_path and "" in area_reach(actor):
        days = Counter(_days_of_unfinished(on))
    else:
        rows = Handover.objects.filter(below(area_path), _reached(actor), unfinished(on))
        days = Counter(rows.order_by().values_list("effective_on", flat=True))
    late = sum(count for day, count in days.items() if day <= on)
    return {OPEN: days.total() - late, LATE: late}


@prepared
def _days_of_unfinished(on: date) -> QuerySet[Handover, date]:
    """The days on which unfinished hand-overs take effect, everywhere."""
    return Handover.objects.filter(unfinished(on)).order_by().values_list("effective_on", flat=True)


def handovers_to(actor: Actor, *, on: date) -> list[HandoverView]:
    """What passes to the actor as a helper and is not done yet."""
    rows = _with_rest(Handover.objects.filter(pairing__helper_id=actor.helper_id or 0))
    return [
        one
        for one in (view(row, on) for row in rows.order_by("effective_on", "pk"))
        if one.state in {OPEN, LATE}
    ]


def handovers_of(actor: Actor, household: Household, *, on: date) -> list[HandoverView]:
    """The hand-overs of one household, the latest first, for those who may know who stands beside it."""
    if Part.DUTY not in parts_for(actor, household):
        return []
    return _views(_of_household(household.pk), on)


@prepared
def _of_household(household_id: int) -> QuerySet[Handover, tuple[Any, ...]]:
    rows = Handover.objects.filter(household=household_id).order_by("-effective_on", "-pk")
    return rows.values_list(*_VALUES)


def requests(
    actor: Actor, *, household: Household | None = None, open_only: bool = False, area_path: str = ""
) -> list[RequestView]:
    """Requests for another helper in reach, the latest first."""
    if household is None:
        rows = list(_requests_in_reach(actor, open_only=open_only, area_path=area_path))
    else:
        rows = _requests_of(household.pk) if roles_reaching(actor, household) else []
    readable = actor.has_any(_REASON_READERS)
    return [
        RequestView(
            request_id=row.pk,
            household_id=row.household_id,
            household_no=row.household.household_no,
            head_name=row.household.head.name if row.household.head else "",
            role_label=choice_label(HelperKind, row.role),
            helper_name=row.helper.person.name,
            channel_label=row.get_channel_display(),
            by_right=row.by_right,
            reason=row.reason if readable else "",
            asked_at=row.asked_at,
            settled_at=row.settled_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    ]


def _requests_in_reach(actor: Actor, *, open_only: bool, area_path: str) -> QuerySet[HelperRequest]:
    rows = HelperRequest.objects.filter(below(area_path))
    if "" not in area_reach(actor):
        rows = rows.filter(household__in=household_scope(actor))
    return _shown(rows.filter(settled_at=None, withdrawn_at=None) if open_only else rows)


@prepared
def _requests_of(household_id: int) -> QuerySet[HelperRequest]:
    return _shown(HelperRequest.objects.filter(household=household_id))


def _shown(rows: QuerySet[HelperRequest]) -> QuerySet[HelperRequest]:
    rows = rows.select_related("household__head", "helper__person").defer(*_SEALED_OF_REQUESTS)
    return rows.order_by("-asked_at", "-pk")


class _Row(NamedTuple):
    """What a list reads of a hand-over, in the order of `_VALUES`: lists make no objects of four tables for each row."""

    pk: int
    household_id: int
    household_no: str
    head_name: str | None
    area_path: str
    role: str
    cause: str
    part: str
    from_name: str | None
    to_name: str
    to_helper_id: int
    effective_on: date
    valid_from: date
    valid_until: date | None


_VALUES = (
    *("pk", "household_id", "household__household_no", "household__head__name", "area_path", "role", "cause"),
    *("pairing__part", "from_helper__person__name", "pairing__helper__person__name", "pairing__helper_id"),
    *("effective_on", "pairing__valid_from", "pairing__valid_until"),
)


def view(row: Handover, on: date) -> HandoverView:
    """A hand-over as of a day."""
    pairing, household, before = row.pairing, row.household, row.from_helper
    told = _Row(
        pk=row.pk,
        household_id=household.pk,
        household_no=household.household_no,
        head_name=household.head.name if household.head else None,
        area_path=row.area_path,
        role=row.role,
        cause=row.cause,
        part=pairing.part,
        from_name=before.person.name if before else None,
        to_name=pairing.helper.person.name,
        to_helper_id=pairing.helper_id,
        effective_on=row.effective_on,
        valid_from=pairing.valid_from,
        valid_until=pairing.valid_until,
    )
    return _view(told, row.steps.all(), on)


def _view(row: _Row, taken: Iterable[HandoverStep], on: date) -> HandoverView:
    steps = tuple(
        HandoverStepView(step.kind, choice_label(HandoverStepKind, step.kind), step.on, step.note)
        for step in taken
    )
    return HandoverView(
        handover_id=row.pk,
        household_id=row.household_id,
        household_no=row.household_no,
        head_name=row.head_name or "",
        area_path=row.area_path,
        role=row.role,
        role_label=choice_label(HelperKind, row.role),
        cause=row.cause,
        cause_label=choice_label(HandoverCause, row.cause),
        part=row.part,
        from_name=row.from_name or "",
        to_name=row.to_name,
        to_helper_id=row.to_helper_id,
        effective_on=row.effective_on,
        until=row.valid_until,
        steps=steps,
        state=_state(row, {step.kind for step in steps}, on),
    )


def _state(row: _Row, taken: set[str], on: date) -> str:
    if row.valid_until == row.valid_from:
        return OFF
    if {HandoverStepKind.ACCEPTED, HandoverStepKind.ACKNOWLEDGED} <= taken:
        return DONE
    if row.valid_until is not None and row.valid_until <= on:
        return OFF
    return LATE if row.effective_on <= on else OPEN


def unfinished(on: date) -> Q:
    """Hand-overs that are neither done nor called off, as a filter: open or late."""
    return ~_off(on) & ~_done()


def _done() -> Q:
    return _taken(HandoverStepKind.ACCEPTED) & _taken(HandoverStepKind.ACKNOWLEDGED)


def _taken(kind: HandoverStepKind) -> Q:
    return Q(Exists(HandoverStep.objects.filter(kind=kind, handover=OuterRef("pk"))))


def _called_off() -> Q:
    return Q(pairing__valid_until__isnull=False, pairing__valid_until=F("pairing__valid_from"))


def _off(on: date) -> Q:
    """Called off, or over before it was done."""
    over = Q(pairing__valid_until__isnull=False, pairing__valid_until__lte=on)
    return _called_off() | (over & ~_done())


_IN_STATE: dict[str, Callable[[date], Q]] = {
    OFF: _off,
    DONE: lambda _on: _done() & ~_called_off(),
    OPEN: lambda on: unfinished(on) & Q(effective_on__gt=on),
    LATE: lambda on: unfinished(on) & Q(effective_on__lte=on),
}
"""The same states as `_state` works out for one, as filters."""


def _rows(actor: Actor) -> QuerySet[Handover]:
    return _with_rest(Handover.objects.filter(_reached(actor)))


def _reached(actor: Actor) -> Q:
    if "" in area_reach(actor):
        return Q()
    own = Q(pairing__helper_id=actor.helper_id) if actor.helper_id else Q(pk__in=())
    return Q(household__in=household_scope(actor)) | own


def _with_rest(rows: QuerySet[Handover]) -> QuerySet[Handover]:
    steps = Prefetch("steps", HandoverStep.objects.order_by("on", "pk"))
    return rows.select_related(*_RELATED).only(*_COLUMNS).prefetch_related(steps)


def get_handover(actor: Actor, handover_id: int) -> Handover:
    """A hand-over of a household in reach, or one to the actor as its new helper. Raises `NotFound`."""
    row = next(iter(_handover(handover_id)), None)
    if row is None or not (
        (actor.helper_id is not None and row.pairing.helper_id == actor.helper_id)
        or household_scope(actor).filter(pk=row.household_id).exists()
    ):
        raise NotFound("handover.not_found", _("There is no such hand-over."))
    return row


@prepared
def _handover(handover_id: int) -> QuerySet[Handover]:
    rows = Handover.objects.select_related(
        *_RELATED, "household__area", "pairing__stands_in_for", "absence", "request"
    )
    return rows.filter(pk=handover_id)


def free_again_on(household: Household, role: str, *, on: date) -> date | None:
    """From which day the household may ask without a reason; None if it may today.

    A request by right is used up only once somebody else has come for it.
    """
    days = duty_rules(household.area_path, on).another_helper_days
    last = (
        HelperRequest.objects.filter(household=household, role=role, by_right=True, withdrawn_at=None)
        .filter(Exists(Handover.objects.filter(request=OuterRef("pk"))))
        .order_by("-asked_at")
        .first()
    )
    if last is None:
        return None
    free = timezone.localdate(last.asked_at) + timedelta(days=days)
    return free if free > on else None
