"""移民卡印制: cards beside their PIN slips, five households a sheet; card and slip are cut apart and handed over apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yixian.domain.areas import AreaLevel
from yixian.kernel.pdf_rendering import PdfDocument, printed_date
from yixian.registry.actions.issue_cards import IssuedCard
from yixian.registry.models import Area, Household
from yixian.registry.paper.addresses import place_of
from yixian.registry.paper.card_contact_providers import card_contacts
from yixian.registry.paper.qr import qr_svg

_TEMPLATE = Path(__file__).with_name("card.typ")
_LOCALES = {"zh": "zh-hans", "en": "en"}


def card_document(
    cards: Sequence[IssuedCard],
    households: Mapping[int, Household],
    areas: Mapping[str, Area],
    *,
    lang: str,
    issued_on: date,
) -> PdfDocument:
    """Cards just issued, ready to be set. ``areas`` holds the areas above each household by path (`areas_above`)."""
    with translation.override(_LOCALES[lang]):
        day = date_format(issued_on)
        people = card_contacts([card.household_id for card in cards], issued_on)
        sheets = [
            _card(card, households[card.household_id], areas, lang, day)
            | {"people": [asdict(one) for one in people.get(card.household_id, [])]}
            for card in cards
        ]
        words = _words()
    data = {
        "lang": lang,
        "title": words["card"],
        "words": words,
        "address": settings.YIXIAN_ADDRESS,
        "date": printed_date(issued_on),
        "cards": sheets,
    }
    return PdfDocument(_TEMPLATE, data)


def card_address(code: str) -> str:
    """What the card's QR code holds. The code stands behind ``#``: browsers keep that to themselves, so that it
    reaches no server's log."""
    return f"{settings.YIXIAN_ADDRESS}/c/#{code}"


def _card(
    card: IssuedCard, household: Household, areas: Mapping[str, Area], lang: str, day: str
) -> dict[str, Any]:
    return {
        "household_no": card.household_no,
        "head": card.head_name,
        "county": place_of(household.area_path, areas, lang, levels=(AreaLevel.COUNTY,)),
        "place": place_of(household.area_path, areas, lang),
        "code": " ".join(card.code[start : start + 4] for start in range(0, len(card.code), 4)),
        "pin": " ".join((card.pin[:3], card.pin[3:])),
        "qr": qr_svg(card_address(card.code)).decode(),
        "issued": day,
    }


def _words() -> dict[str, str]:
    return {
        "card": _("Household card"),
        "household_no": _("Household no."),
        "head": _("Head of household"),
        "code": _("Card number"),
        "scan": _(
            "Scan, or open the address and enter the number, to see your account and who stands beside you."
        ),
        "pin": _("PIN"),
        "pin_slip": _("PIN slip"),
        "pin_for": _("for the card of"),
        "apart": _("Keep this slip apart from the card. Whoever holds both can read your account."),
        "nobody_asks": _(
            "Nobody from the county will ever ask you for the PIN. If it is lost, ask for a new card."
        ),
        "issued": _("Card issued on"),
        "another": _(
            "You may ask for another helper, once a year without a reason: on your page, by telephone or at the counter."
        ),
        "missing": _("〓 stands for a character this printer lacks; write it in by hand:"),
    }
