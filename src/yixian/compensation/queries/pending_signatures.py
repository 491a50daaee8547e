"""待签待定查询: agreements and cases that wait for somebody's signature or decision (worklist)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from yixian.compensation.access import DECIDERS, RECORDERS, VOID_APPROVERS, reached_with_account
from yixian.compensation.choices import Party
from yixian.compensation.models import (
    AccountCase,
    Agreement,
    AgreementEnd,
    AgreementSignature,
    VoidProposal,
)
from yixian.compensation.queries.agreements import agreements
from yixian.kernel.actors import Actor
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import ResultSet
from yixian.kernel.roles import Role
from yixian.registry.access import household_scope, reach_of
from yixian.registry.models import Household

_RECORDERS = frozenset[Role]().union(*RECORDERS.values())


def agreements_to_sign(actor: Actor) -> ResultSet[Pending]:
    """Agreements for which the actor may record a party's signature that is missing; the oldest first.

    As `parties_to_record` has it: nobody records two, and an attesting body is spoken for by its own lead.
    """
    if actor.user_id is None or not actor.has_any(_RECORDERS):
        return NOTHING
    return _to_sign(actor.user_id, reach=Actor("", grants=actor.grants)).reading(_agreements)


@prepared_results({})
def _to_sign(user_id: int, *, reach: Actor) -> QuerySet[Agreement]:
    wanted = Q(pk__in=())
    for party in Party:
        wanted |= _missing(reach, party)
    own = AgreementSignature.objects.filter(agreement=OuterRef("pk"), recorded_by=user_id)
    rows = Agreement.objects.filter(wanted, ~Exists(own), end=None)
    return rows.select_related("household__area", "household__head").order_by("pk")


def _missing(actor: Actor, party: Party) -> Q:
    """Of an agreement: this party has not signed, and one of the actor's roles records its signature there."""
    grants = [grant for grant in actor.grants if grant.role in RECORDERS[party]]
    if not grants:
        return Q(pk__in=())
    signed = AgreementSignature.objects.filter(agreement=OuterRef("pk"), party=party)
    reached = household_scope(actor.with_grants(tuple(grants))).values("pk")
    found = Q(~Exists(signed), household__in=reached)
    bodies = {grant.organisation_id for grant in grants}
    if party == Party.ATTESTING:
        return found & Q(attesting_organisation__in=bodies - {None})
    if party == Party.BUREAU and None not in bodies:
        return found & Q(bureau__in=bodies)
    return found


def voids_to_decide(actor: Actor) -> ResultSet[Pending]:
    """Agreements that somebody else proposed to be void, for those who decide on it; the oldest first."""
    if not actor.has_any(VOID_APPROVERS) or not _proposed_void():
        return NOTHING
    latest = VoidProposal.objects.filter(agreement=OuterRef("pk")).order_by("-pk")
    rows = agreements(actor.acting_as(VOID_APPROVERS)).filter(pk__in=_proposed_void())
    rows = rows.annotate(proposed_by=Subquery(latest.values("proposed_by_id")[:1]))
    rows = rows.exclude(proposed_by=actor.user_id).select_related("household__area").order_by("pk")
    return ResultSet(rows, read=_agreements)


@memoised(VoidProposal, AgreementEnd)
def _proposed_void() -> tuple[int, ...]:
    """Every agreement that is proposed to be void and has not ended."""
    ended = AgreementEnd.objects.filter(agreement=OuterRef("agreement"))
    rows = VoidProposal.objects.filter(~Exists(ended)).order_by("agreement_id")
    return tuple(rows.values_list("agreement_id", flat=True).distinct())


def cases_to_decide(actor: Actor) -> ResultSet[Pending]:
    """Cases that nobody has decided, for those who decide; the oldest first."""
    if not actor.has_any(DECIDERS):
        return NOTHING
    return _to_decide(reach=reach_of(actor.acting_as(DECIDERS))).reading(_cases)


@prepared_results({})
def _to_decide(*, reach: Actor) -> QuerySet[AccountCase]:
    rows = AccountCase.objects.filter(decision=None, household__in=reached_with_account(reach).values("pk"))
    return rows.select_related("household__area", "household__head").order_by("pk")


def _agreements(rows: Sequence[Any]) -> list[Pending]:
    return [
        Pending(row.pk, _name_of(row.household), row.household.area.label, row.drawn_up_on) for row in rows
    ]


def _cases(rows: Sequence[AccountCase]) -> list[Pending]:
    return [
        Pending(row.pk, _name_of(row.household), row.household.area.label, timezone.localdate(row.opened_at))
        for row in rows
    ]


def _name_of(household: Household) -> str:
    """Its head's name, or its number where it has none."""
    return household.head.name if household.head else household.household_no
