"""凭卡查询: from a card's code and PIN to its household — slowly, for those who guess."""

from __future__ import annotations

import hmac
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.kernel import known_networks, throttle
from yixian.kernel.actors import household_actor
from yixian.kernel.errors import NotFound
from yixian.kernel.ledger import Entry, record
from yixian.registry.actions.issue_cards import code_index, pin_digest
from yixian.registry.models import HouseholdCard

GUESSES_PER_CARD = 30
"""Wrong PINs of one card in a day, from wherever: beyond these only networks that it was opened from before may try."""

GUESSES_PER_SOURCE = 300
"""A village may share one mobile address: neither one old man's wrong PIN nor a child playing must lock out the neighbours."""


def open_card(code: str, pin: str, *, source: str, at: datetime) -> int:
    """The id of the household whose card and PIN these are.

    ``source`` is where the guess comes from (a network); it is kept only as a keyed digest. Raises `TooManyGuesses` while the
    card or the source is locked, `NotFound` for a wrong code or PIN (the answer is the same for both).
    """
    code = "".join(character for character in code if character.isdigit())
    cards = HouseholdCard.objects.filter(code_index=code_index(code))
    card = _opened(code, _valid(cards), pin, source=source, at=at)
    entry = Entry("card.opened", "household", card.household_id, card.household.area_path)
    record(entry, actor=household_actor(card.household_id), at=at)
    return card.household_id


def prove_pin(household_id: int, pin: str, *, source: str, at: datetime) -> None:
    """Have a household prove itself with the PIN of its own card, without its number, before somebody who visits it.

    The card's wrong guesses count here as anywhere. Raises `TooManyGuesses` while it is locked, `NotFound` for a wrong PIN
    or a household without a card.
    """
    card = _valid(HouseholdCard.objects.filter(household_id=household_id))
    _opened(card.code if card else f"none:{household_id}", card, pin, source=source, at=at)


def _valid(cards: QuerySet[HouseholdCard]) -> HouseholdCard | None:
    return cards.select_related("household").filter(revoked_at=None, household__valid_until=None).first()


def _opened(code: str, card: HouseholdCard | None, pin: str, *, source: str, at: datetime) -> HouseholdCard:
    """The card, if the PIN is its own; a wrong one is counted against the card here, the card anywhere, and the source.

    The two wider counts do not hold where the card was opened rightly of late: nobody who knows its number locks its owner out.
    """
    card_subject, here_subject, source_subject = f"card:{code}", f"card:{code}@{source}", f"source:{source}"
    throttle.check(here_subject, at=at)
    if not known_networks.is_known(card_subject, source, at=at):
        throttle.check(card_subject, at=at)
        throttle.check(source_subject, at=at)
    expected = card.pin_digest if card else ""
    if card is None or not hmac.compare_digest(expected, pin_digest(code, pin.strip())):
        with transaction.atomic():
            throttle.failed(here_subject, at=at)
            throttle.failed(card_subject, at=at, free=GUESSES_PER_CARD)
            throttle.failed(source_subject, at=at, free=GUESSES_PER_SOURCE)
        raise NotFound("card.wrong", _("The card number or the PIN is wrong."))
    with transaction.atomic():
        throttle.succeeded(here_subject)
        known_networks.remember(card_subject, source, at=at)
    return card
