"""谁能看、谁能办: which matters an actor reaches, and for which bodies they act. Everything else asks here.

Nobody reaches a matter that is about them or about somebody they report to (`yixian.matters.recusal`): not by a page, a list, a
search, a count, an export, a file or a notice, because all of them begin with `matter_scope`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import path_chain
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import prepared
from yixian.kernel.roles import BUREAU_ROLES, HELPER_ROLES, STAFF_ROLES, Role
from yixian.matters.codes import household_index
from yixian.matters.models import (
    Matter,
    MatterEvent,
    MatterParty,
    MatterPerson,
    MatterProjection,
    MatterSubject,
)
from yixian.matters.recusal import about, above, organisations_of_helper
from yixian.registry.access import below
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Area, Organisation

WHOLE_PLACES = frozenset({Role.PETITION_OFFICER, Role.COUNTY_LEADER, Role.AUDITOR, Role.MONITOR})
"""Who sees every matter of their place, without knowing who raised it."""

UNNAMED_READERS = frozenset({Role.AUDITOR})
"""Who sees a matter about somebody in office of whom nobody has yet found out who it is: it could be any of the others."""

_KINDS: dict[Role, OrganisationKind] = {
    Role.PETITION_OFFICER: OrganisationKind.PETITION_OFFICE,
    Role.BUREAU_CLERK: OrganisationKind.RESETTLEMENT_BUREAU,
    Role.BUREAU_LEAD: OrganisationKind.RESETTLEMENT_BUREAU,
    Role.SURVEYOR: OrganisationKind.RESETTLEMENT_BUREAU,
    Role.TOWNSHIP_LEAD: OrganisationKind.TOWNSHIP_LEADERSHIP,
    Role.COUNTY_LEADER: OrganisationKind.COUNTY_LEADERSHIP,
    Role.FINANCE: OrganisationKind.FINANCE_OFFICE,
    Role.AUDITOR: OrganisationKind.AUDIT_OFFICE,
    Role.MONITOR: OrganisationKind.MONITOR,
}
"""For which kind of body a role acts where its grant names none."""

HANDLERS = frozenset(
    {
        Role.PETITION_OFFICER,
        Role.BUREAU_CLERK,
        Role.BUREAU_LEAD,
        Role.TOWNSHIP_LEAD,
        Role.DEPARTMENT_LEAD,
        Role.COUNTY_LEADER,
        Role.FINANCE,
        Role.AUDITOR,
    }
)
"""Who takes steps with a matter on behalf of their body."""

OFFICE_HEADS = frozenset(
    {
        Role.PETITION_OFFICER,
        Role.BUREAU_LEAD,
        Role.TOWNSHIP_LEAD,
        Role.DEPARTMENT_LEAD,
        Role.COUNTY_LEADER,
        Role.AUDITOR,
    }
)
"""Who may approve what their body's handler asks for: more time, a decision with a remedy."""

RECORDERS = HANDLERS | HELPER_ROLES
"""Who writes down what somebody says to them."""

READERS = HANDLERS | HELPER_ROLES | {Role.MONITOR}
"""Who sees matters at all, each their own."""

IDENTITY_OPENERS = HANDLERS - {Role.COUNTY_LEADER}
"""Who may open who raised a matter, while their body holds it."""

FORWARDERS = frozenset({Role.PETITION_OFFICER})
"""Who forwards a matter to the body that answers for it, without a clause."""

SUBJECT_NAMERS = frozenset({Role.PETITION_OFFICER, Role.AUDITOR})
"""Who writes down whom a matter is about, once it is found out."""

REMEDIERS = BUREAU_ROLES
"""Who carries out a change of the register that was decided."""

SUPERIORS = frozenset({Role.COUNTY_LEADER, Role.TOWNSHIP_LEAD})
"""Who fixes, as the common superior, which body deals with a matter."""

CALLERS = frozenset({Role.MONITOR})
"""Who may call people and write down what they say: the independent monitor, who handles nothing."""

LISTERS = BUREAU_ROLES | {Role.PETITION_OFFICER}
"""Who takes in what the hotline hands over."""

FIGURE_READERS = frozenset(
    {
        Role.BUREAU_LEAD,
        Role.COUNTY_LEADER,
        Role.TOWNSHIP_LEAD,
        Role.DEPARTMENT_LEAD,
        Role.PETITION_OFFICER,
        Role.AUDITOR,
        Role.MONITOR,
    }
)
"""Who sees the figures of desks: those who lead, those who sort matters out, those who check."""


def organisations_of(actor: Actor, *, at: datetime) -> frozenset[int]:
    """The bodies for which an actor acts: those that their grants name, else those of their role's kind in their place."""
    named = {
        grant.organisation_id
        for grant in actor.grants
        if grant.organisation_id is not None and grant.role in STAFF_ROLES
    }
    placed = (grant for grant in actor.grants if grant.organisation_id is None and grant.role in _KINDS)
    return _acting(frozenset(named), tuple(placed), timezone.localdate(at))


@memoised(Organisation, Area, most=500)
def _acting(named: frozenset[int], placed: tuple[Grant, ...], on: date) -> frozenset[int]:
    """The bodies in force of these keys, and those of the kinds and places that these grants speak of."""
    found = Q(pk__in=named)
    for grant in placed:
        found |= acting_for(grant)
    return frozenset(Organisation.objects.filter(found, in_force(on)).values_list("pk", flat=True))


def acting_for(grant: Grant) -> Q:
    """Of a body: a grant that names none lets its holder act for it, by its role and its place."""
    if grant.organisation_id is not None or grant.role not in _KINDS:
        return Q(pk__in=())
    return Q(kind=_KINDS[grant.role]) & _of_place(grant)


def belongs_to(actor: Actor, *, at: datetime) -> frozenset[int]:
    """Every body that an actor belongs to, whether or not they act for it: what a matter about it is closed to."""
    return _with_posts(actor, organisations_of(actor, at=at), at)


def _with_posts(actor: Actor, acting: frozenset[int], at: datetime) -> frozenset[int]:
    return acting | organisations_of_helper(actor.helper_id, on=timezone.localdate(at))


def matter_scope(actor: Actor, *, at: datetime, line: ReportingLine | None = None) -> QuerySet[Matter]:
    """The matters that an actor may see, in one statement.

    Households see their own; petition officers, county leaders, auditors and monitors those of their place; bodies those
    that were ever theirs or offered to them; anybody those that they wrote down or deal with; those beside a household what
    it shares with them. None of them sees what is about them or above them. ``line`` is the actor's, where the caller has just
    asked for it.
    """
    line = reporting_line_of(actor, at=at) if line is None else line
    return Matter.objects.filter(_reach(actor, line, "projection__"))


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """Reporting line of an actor at a moment: the bodies for which they act, and those that a matter must not be about, which
    are their own bodies and all above them. It is asked for anew for every request."""

    acting: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()


def reporting_line_of(actor: Actor, *, at: datetime) -> ReportingLine:
    """The reporting line of an actor; households and the system have none."""
    if actor.is_system or not actor.has_any(STAFF_ROLES):
        return ReportingLine()
    acting = organisations_of(actor, at=at)
    belongs = _with_posts(actor, acting, at)
    return ReportingLine(acting, _above(belongs) if belongs else frozenset())


@memoised(Organisation, Area, most=500)
def _above(organisation_ids: frozenset[int]) -> frozenset[int]:
    return above(organisation_ids)


def projection_scope(
    actor: Actor, *, at: datetime, line: ReportingLine | None = None
) -> QuerySet[MatterProjection]:
    """The index rows of the same matters: what lists and counts begin with.

    ``line`` is the actor's, where the caller has just asked for it.
    """
    line = reporting_line_of(actor, at=at) if line is None else line
    return MatterProjection.objects.filter(_reach(actor, line, ""))


def _reach(actor: Actor, line: ReportingLine, prefix: str) -> Q:
    """Of a projection, or of what has one under ``prefix``: the actor may see the matter."""
    if actor.is_system:
        return ~Q(pk__in=())
    if not actor.has_any(STAFF_ROLES):
        return _own(actor)
    return _staff_reach(actor, prefix, line.acting) & _may_know(actor, prefix, line.above)


def _staff_reach(actor: Actor, prefix: str, acting: frozenset[int]) -> Q:
    """What lies in a member of staff's reach, before it is asked whether it is about them."""
    whole = [path for grant in actor.grants if grant.role in WHOLE_PLACES for path in grant.area_paths]
    if "" in whole:
        return ~Q(pk__in=())
    reach = Q(pk__in=())
    for path in whole:
        reach |= below(path, f"{prefix}area_path")
    if whole:
        return reach
    party_to = _party_to(acting if actor.has_any(HANDLERS) else frozenset())
    return party_to | _recorded_or_assigned(actor) | _shared(actor, prefix)


def _may_know(actor: Actor, prefix: str, above_them: frozenset[int]) -> Q:
    """It is about nobody in office; or it is, and neither about this actor, their bodies nor anybody above them.

    While nobody has found out who it is about, only those outside see it, and whoever wrote it down.
    """
    subjects = MatterSubject.objects.filter(matter=OuterRef("pk"))
    known = Q(~about(actor, above_them))
    if not actor.has_any(UNNAMED_READERS):
        mine = Matter.objects.filter(recorded_by_id=actor.user_id or 0).values("pk")
        known &= Q(Exists(subjects)) | Q(pk__in=mine)
    return Q(**{f"{prefix}guarded": False}) | (Q(**{f"{prefix}guarded": True}) & known)


def get_matter(actor: Actor, number: str, *, at: datetime) -> Matter:
    """One matter in reach by its number. Raises `NotFound` for any other, whether or not it exists."""
    found = _matter(number, actor=actor, line=reporting_line_of(actor, at=at))
    if not found:
        raise NotFound("matter.not_found", _("There is no such matter."))
    return found[0]


@prepared
def _matter(number: str, *, actor: Actor, line: ReportingLine) -> QuerySet[Matter]:
    rows = Matter.objects.filter(_reach(actor, line, "projection__"), number=number)
    return rows.select_related("area", "text", "recorded_by", "projection")


def may_see(actor: Actor, number: str, *, at: datetime) -> bool:
    """Whether a matter is in reach."""
    return matter_scope(actor, at=at).filter(number=number).exists()


def holding(organisation_ids: frozenset[int], *, at: datetime) -> Q:
    """Of a projection: one of the bodies holds the matter at a moment, silence in time being acceptance."""
    return (Q(holder__in=organisation_ids) & ~silent(at)) | (Q(offered_to__in=organisation_ids) & silent(at))


def silent(at: datetime) -> Q:
    """Of a projection: the body to which it is offered has let the time to say no pass, and holds it."""
    return Q(answer_due_at__isnull=False, answer_due_at__lte=at)


def offered(organisation_ids: frozenset[int], *, at: datetime) -> Q:
    """Of a projection: it is offered to one of the bodies, and there is still time to say no."""
    return Q(offered_to__in=organisation_ids) & (Q(answer_due_at=None) | Q(answer_due_at__gt=at))


def holder_at(projection: MatterProjection, *, at: datetime) -> int | None:
    """The body that holds a matter at a moment."""
    if projection.offered_to_id and projection.answer_due_at and projection.answer_due_at <= at:
        return projection.offered_to_id
    return projection.holder_id


def _own(actor: Actor) -> Q:
    ids = [pk for grant in actor.grants if grant.role == Role.HOUSEHOLD for pk in grant.household_ids]
    return _of_households(ids)


def _shared(actor: Actor, prefix: str) -> Q:
    ids = [pk for grant in actor.grants if grant.role in HELPER_ROLES for pk in grant.household_ids]
    if not ids:
        return Q(pk__in=())
    told = Matter.objects.filter(_of_households(ids), shared=True)
    return Q(pk__in=told.values("pk")) & Q(**{f"{prefix}guarded": False})


def _of_households(ids: list[int]) -> Q:
    if not ids:
        return Q(pk__in=())
    people = MatterPerson.objects.filter(household_index__in=[household_index(pk) for pk in ids])
    return Q(pk__in=people.values("matter_id"))


def _party_to(organisation_ids: frozenset[int]) -> Q:
    if not organisation_ids:
        return Q(pk__in=())
    return Q(pk__in=MatterParty.objects.filter(organisation__in=organisation_ids).values("matter_id"))


def _recorded_or_assigned(actor: Actor) -> Q:
    if actor.user_id is None:
        return Q(pk__in=())
    assigned = MatterEvent.objects.filter(assignee_id=actor.user_id).values("matter_id")
    recorded = Matter.objects.filter(recorded_by_id=actor.user_id).values("pk")
    return Q(pk__in=recorded) | Q(pk__in=assigned)


def _of_place(grant: Grant) -> Q:
    """Of a body: it stands at, above or below the grant's place; a township's own only at the township itself."""
    if "" in grant.area_paths:
        return ~Q(pk__in=())
    reach = Q(pk__in=())
    for path in grant.area_paths:
        exact = _KINDS[grant.role] == OrganisationKind.TOWNSHIP_LEADERSHIP
        reach |= Q(area__path=path) if exact else Q(area__path__in=path_chain(path))
    return reach
