"""准入记录: what was recorded of sign-ins, and of who may do what; and what waits for a second person. Read only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from yixian.kernel.actions.confirm_access import waiting_grants
from yixian.kernel.actors import Actor
from yixian.kernel.memo import memoised
from yixian.kernel.models import Event, RoleGrant, SignInCode, User
from yixian.kernel.pending import NOTHING, Pending, pending
from yixian.kernel.permission import require
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import CONFIRMERS, Role
from yixian.kernel.user_names import user_names

ACCESS_READERS = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.BUREAU_LEAD, Role.COUNTY_LEADER})
"""Who is told of every sign-in that failed and every role that was given. No row holds personal data of a household."""

SIGN_INS = (
    "sign_in.succeeded",
    "sign_in.failed",
    "sign_in.factor_failed",
    "sign_in.ended",
)
CHANGES = (
    "user.created",
    "user.opened",
    "user.closed",
    "user.password_set",
    "user.password_changed",
    "user.password_chosen",
    "user.code_issued",
    "user.code_confirmed",
    "user.code_refused",
    "user.factor_added",
    "user.factor_removed",
    "user.sessions_ended",
    "user.sign_in_ended",
    "grant.proposed",
    "grant.given",
    "grant.confirmed",
    "grant.refused",
    "grant.ended",
)
_GIVEN = ("grant.proposed", "grant.given", "grant.confirmed")
_OF_LATE = timedelta(days=14)
_ORDERS: Mapping[str, Order] = {"at": ("at", "pk"), "what": ("kind", "pk"), "by": ("actor_label", "pk")}


@dataclass(frozen=True, slots=True)
class AccessChange:
    """One event about a sign-in or a right, with the user whom it is about ("" for a name that nobody has)."""

    event: Event
    user: str

    @property
    def network(self) -> str:
        """From where, if it came over the network."""
        return str(self.event.data.get("network", ""))

    @property
    def role(self) -> str:
        """The role that was given or ended."""
        return str(self.event.data.get("role", ""))


def access_changes(
    actor: Actor,
    *,
    sign_ins: bool = False,
    search: str = "",
    kind: str = "",
    since: date | None = None,
    until: date | None = None,
) -> ResultSet[AccessChange]:
    """Changes of rights, or sign-ins, the latest first: of one kind, of days, by or about whoever bears a name."""
    require(actor, ACCESS_READERS)
    kinds = SIGN_INS if sign_ins else CHANGES
    rows = Event.objects.filter(kind__in=[kind] if kind in kinds else kinds).order_by("-pk")
    if search:
        rows = rows.filter(_bears(search))
    if since:
        rows = rows.filter(at__gte=_midnight(since))
    if until:
        rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
    return ResultSet(rows, _ORDERS, _read)


def _bears(search: str) -> Q:
    """Events by or about users whose name or user name holds the words."""
    named = User.objects.filter(Q(username__icontains=search) | Q(display_name__icontains=search))
    keys = named.values("pk")
    return (
        Q(actor_label__icontains=search)
        | Q(actor_user_id__in=keys)
        | Q(subject_kind="user", subject_id__in=keys)
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _read(events: list[Event]) -> list[AccessChange]:
    names = user_names(event.subject_id for event in events)
    return [AccessChange(event, names.get(event.subject_id, "")) for event in events]


def given_of_late(actor: Actor, *, at: datetime) -> int:
    """How many roles were given in the last two weeks, for those who are told."""
    require(actor, ACCESS_READERS)
    return Event.objects.filter(kind__in=_GIVEN, at__gt=at - _OF_LATE).count()


def grants_to_confirm(actor: Actor) -> QuerySet[RoleGrant]:
    """Roles that wait for a second person, other than the one who asks."""
    require(actor, CONFIRMERS)
    rows = waiting_grants().select_related("user").order_by("pk")
    return rows.exclude(given_by_id=actor.user_id).exclude(user=actor.user_id)


def codes_to_confirm(actor: Actor, *, at: datetime) -> QuerySet[SignInCode]:
    """One-time codes that wait for a second person, other than the one who asks."""
    require(actor, CONFIRMERS)
    rows = SignInCode.objects.filter(waiting=True, ended_at=None, expires_at__gt=at)
    return (
        rows.select_related("user")
        .exclude(issued_by_id=actor.user_id)
        .exclude(user=actor.user_id)
        .order_by("pk")
    )


def pending_grants(actor: Actor) -> ResultSet[Pending]:
    """The same roles as things that wait, for the worklist."""
    return pending(grants_to_confirm(actor), _grant) if _any_grant_waits() else NOTHING


def pending_codes(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """The same codes as things that wait, each until it expires."""
    return pending(codes_to_confirm(actor, at=at), _code) if _any_code_waits() else NOTHING


@memoised(RoleGrant)
def _any_grant_waits() -> bool:
    return waiting_grants().exists()


@memoised(SignInCode)
def _any_code_waits() -> bool:
    return SignInCode.objects.filter(waiting=True, ended_at=None).exists()


def _grant(row: RoleGrant) -> Pending:
    return Pending(row.pk, str(row.user), str(row.get_role_display()))


def _code(row: SignInCode) -> Pending:
    return Pending(row.pk, str(row.user), due_on=timezone.localdate(row.expires_at))
