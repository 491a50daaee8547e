"""发卡: give households their cards. A new card ends the old one; the PIN is seen once, here."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy

from yixian.kernel.actors import Actor
from yixian.kernel.crypto import keyring
from yixian.kernel.errors import NotFound
from yixian.kernel.ledger import Entry, record_many
from yixian.kernel.permission import require
from yixian.registry.access import Part, household_scope, parts_for, roles_seeing
from yixian.registry.models import Household, HouseholdCard

CODE_DIGITS = 16
PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class IssuedCard:
    """What is printed: sixteen digits for the card, six for the PIN slip."""

    household_id: int
    household_no: str
    head_name: str
    code: str
    pin: str


@transaction.atomic
def issue_cards(household_ids: Iterable[int], *, actor: Actor, at: datetime) -> list[IssuedCard]:
    """New cards for households in reach, in their order by number; their old cards stop working.

    Raises `NotPermitted` if the actor's role issues no cards, `NotFound` if one household is not in reach (then none
    is issued).
    """
    wanted = set(household_ids)
    rows = household_scope(actor).filter(pk__in=wanted, valid_until=None).select_related("head")
    households = list(rows.order_by("household_no"))
    require(actor, roles_seeing(Part.CARD))
    if len(households) != len(wanted) or any(Part.CARD not in parts_for(actor, row) for row in households):
        raise NotFound("household.not_found", gettext_lazy("There is no such household."))
    revoked = list(HouseholdCard.objects.filter(household__in=households, revoked_at=None))
    HouseholdCard.objects.filter(pk__in=[card.pk for card in revoked]).update(revoked_at=at)
    issued = [_issued(household) for household in households]
    HouseholdCard.objects.bulk_create([_row(card, at) for card in issued], batch_size=1000)
    paths = {household.pk: household.area_path for household in households}
    entries = [
        Entry("card.revoked", "household", card.household_id, paths[card.household_id]) for card in revoked
    ]
    entries += [
        Entry("card.issued", "household", card.household_id, paths[card.household_id]) for card in issued
    ]
    record_many(entries, actor=actor, at=at)
    return issued


def pin_digest(code: str, pin: str) -> str:
    """The keyed digest by which a PIN is recognised; bound to its card's code."""
    return keyring().digest(f"{code}:{pin}", purpose="card.pin")


def code_index(code: str) -> str:
    """The blind index by which a card's code is found."""
    return keyring().blind_index(code, purpose="card.code")


def _issued(household: Household) -> IssuedCard:
    return IssuedCard(
        household_id=household.pk,
        household_no=household.household_no,
        head_name=household.head.name if household.head else "",
        code="".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS)),
        pin="".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS)),
    )


def _row(card: IssuedCard, at: datetime) -> HouseholdCard:
    return HouseholdCard(
        household_id=card.household_id,
        code=card.code,
        code_index=code_index(card.code),
        pin_digest=pin_digest(card.code, card.pin),
        issued_at=at,
    )
