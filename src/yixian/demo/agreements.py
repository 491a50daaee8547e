"""示范协议: three households of the demonstration's cadre — one agreement signed by all, one being signed, one drawn up."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yixian.compensation.actions.draw_up_agreement import draw_up_agreement
from yixian.compensation.actions.sign_agreement import Signing, sign_agreement
from yixian.compensation.choices import Party, PaymentMethod
from yixian.compensation.drawing_up import Terms, attesting_organisations, bureaus
from yixian.compensation.models import Agreement
from yixian.compensation.queries.blanks import blanks_of
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.registry.access import household_scope
from yixian.registry.models import Household

_SIGNED = (3, 1, 0)
"""How many parties have signed each of the three agreements."""

_RECORDED_BY = {Party.HOUSEHOLD: "cadre", Party.BUREAU: CLERK, Party.ATTESTING: "department"}
_SIGNER = {Party.BUREAU: "周正明", Party.ATTESTING: "何秀云"}
"""Invented heads of the offices that sign."""

_ARCHIVE = "示范卷宗2026-{number}"


def are_agreements_made() -> bool:
    """Whether the agreements are there, or no household of the cadre could have one."""
    return Agreement.objects.exists() or not _ready(timezone.now())


@transaction.atomic
def make_agreements(*, at: datetime) -> None:
    """Draw them up and have them signed by the users of the demonstration, by the actions that everybody uses."""
    for number, ((household, terms), signed) in enumerate(zip(_ready(at), _SIGNED, strict=False), 1):
        agreement = draw_up_agreement(household.pk, terms, actor=user_actor("cadre", at=at), at=at)
        for party, username in list(_RECORDED_BY.items())[:signed]:
            signing = _signing(household, party, at, _ARCHIVE.format(number=number))
            sign_agreement(agreement.pk, signing, actor=user_actor(username, at=at), at=at)


def _signing(household: Household, party: Party, at: datetime, kept_at: str) -> Signing:
    on = timezone.localdate(at)
    if party == Party.HOUSEHOLD:
        return Signing(party, on, person_id=household.head_id or 0, kept_at=kept_at)
    return Signing(party, on, signer_name=_SIGNER[party], post="局长", kept_at=kept_at)


def _ready(at: datetime) -> list[tuple[Household, Terms]]:
    """The cadre's households, with the terms of an agreement that would have no blanks."""
    on = timezone.localdate(at)
    department = user_actor("department", at=at).grants[0].organisation_id
    found = []
    for household in (
        household_scope(user_actor("cadre", at=at)).select_related("area", "head").order_by("household_no")
    ):
        sides = (
            bureaus(household, on=on).first(),
            {organisation.pk for organisation in attesting_organisations(household, on=on)},
        )
        if sides[0] is None or department not in sides[1]:
            continue
        terms = Terms(PaymentMethod.BANK, sides[0].pk, department or 0)
        if not blanks_of(household, terms, on=on):
            found.append((household, terms))
    return found
