"""回避: declare that a helper must not stand beside a household, and give it another where they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.duty.actions.pairing_writer import Begin, begin, end, end_stand_ins
from yixian.duty.choices import HandoverCause, PairingPart, RecusalGround
from yixian.duty.eligibility import Days
from yixian.duty.helper_search import find_helpers
from yixian.duty.models import Pairing, Recusal
from yixian.duty.recusal_steps import DECLARE
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.registry.access import get_household
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

DECLARED = (RecusalGround.KIN, RecusalGround.INTEREST, RecusalGround.APPROVAL)
"""Grounds that somebody declares; the others follow from what a household asked or raised."""

_NEAREST = gettext_noop("Beside you because your helper before is recused; the nearest who had a place")
_RECUSED = gettext_noop("Is recused from standing beside you")
_RECUSED_FOR = gettext_noop("Stood in for somebody who is recused")


@dataclass(frozen=True, slots=True)
class RecusalInput:
    """Who must not stand beside whom, on what ground, from which day and by which paper. ``degree``: of kin, 1 to 3."""

    household_id: int
    helper_id: int
    ground: RecusalGround
    first: date
    degree: int | None = None
    document: str = ""
    beyond: int = 0


@transaction.atomic
def declare_recusal(given: RecusalInput, *, actor: Actor, at: datetime) -> Recusal:
    """Write the recusal; where the helper stands beside the household on that day, another takes over on the same day.

    Raises `NotPermitted`, `NotFound`, `Invalid` with the field, and `Refused` with ``sentences`` if nobody else can; then
    nothing is written.
    """
    require(actor, DECLARE.roles)
    household = get_household(actor, given.household_id)
    Household.objects.select_for_update().get(pk=household.pk)
    helper = Helper.objects.filter(pk=given.helper_id).first()
    if helper is None:
        raise NotFound("helper.not_found", _("There is no such helper."))
    DECLARE.moment(household, actor, at)
    _check(given, timezone.localdate(at))
    recusal = Recusal.objects.create(
        household=household,
        helper=helper,
        ground=given.ground,
        degree=given.degree,
        document=given.document.strip(),
        valid_from=given.first,
        declared_by_id=actor.user_id,
        declared_at=at,
    )
    days = Days(given.first)
    held = Pairing.objects.filter(days.overlap(), household=household, helper=helper)
    for pairing in held.select_related("household__area", "helper__person", "stands_in_for"):
        _replace(pairing, days.common(pairing.valid_from, pairing.valid_until), given.beyond, actor, at)
    data = {"helper": helper.person.name, "ground": given.ground.value, "document": recusal.document}
    record(Entry(DECLARE.event, "household", household.pk, household.area_path, data), actor=actor, at=at)
    return recusal


def _check(given: RecusalInput, today: date) -> None:
    if given.ground not in DECLARED:
        raise Invalid("recusal.ground", _("Choose a ground that is declared."), field="ground")
    if (given.ground == RecusalGround.KIN) != (given.degree in (1, 2, 3)):
        raise Invalid(
            "recusal.degree",
            _("Say the degree of kinship, 1 to 3, for kin and for nobody else."),
            field="degree",
        )
    if given.first < today:
        raise Invalid(
            "recusal.day", _("A recusal begins today or later; what is past was as it was."), field="on"
        )
    if Recusal.objects.filter(
        Days(given.first).overlap(),
        household=given.household_id,
        helper=given.helper_id,
        ground=given.ground,
    ).exists():
        raise Refused("recusal.twice", _("This recusal is declared already."))


def _replace(pairing: Pairing, days: Days, beyond: int, actor: Actor, at: datetime) -> None:
    standing_in = pairing.part == PairingPart.STAND_IN
    search = find_helpers(
        [pairing.household],
        HelperKind(pairing.role),
        days,
        beyond=beyond,
        standing_in=standing_in,
        without={pairing.helper_id},
    )
    if search.lacking:
        raise Refused(
            "recusal.nobody", _("Nobody else can stand beside this household."), sentences=search.sentences
        )
    end_stand_ins([pairing], days.first, _RECUSED_FOR, actor=actor, at=at)
    end([pairing], days.first, _RECUSED, actor=actor, at=at)
    (one,) = search.found
    plan = Begin(
        one.household,
        one.helper,
        one.cost,
        days,
        HandoverCause.RECUSAL,
        _NEAREST,
        part=PairingPart(pairing.part),
        replaces=pairing,
        stands_in_for=pairing.stands_in_for,
    )
    begin([plan], actor=actor, at=at)
