"""发卡与打印: cards issued and printed in one go, so that no PIN is ever stored in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.kernel.pdf_rendering import render_pdf
from yixian.registry.access import PARTS, Part, below, household_scope
from yixian.registry.actions.issue_cards import issue_cards
from yixian.registry.models import Household, HouseholdCard
from yixian.registry.paper.addresses import areas_above
from yixian.registry.paper.cards import card_document


@dataclass(frozen=True, slots=True)
class CardCounts:
    """Households of a place that the actor may issue cards to, by whether they have one."""

    with_card: int
    without_card: int


def issued_card_pdf(household: Household, *, actor: Actor, lang: str, at: datetime) -> bytes:
    """One household's new card and PIN slip. The card is issued only if it could be printed."""
    return issued_cards_pdf([household], actor=actor, lang=lang, at=at)


@transaction.atomic
def issued_cards_pdf(households: Sequence[Household], *, actor: Actor, lang: str, at: datetime) -> bytes:
    """New cards for these households as one PDF; raises what `issue_cards` raises."""
    cards = issue_cards([row.pk for row in households], actor=actor, at=at)
    areas = areas_above(row.area_path for row in households)
    issued_on = timezone.localdate(at)
    return render_pdf(
        card_document(cards, {row.pk: row for row in households}, areas, lang=lang, issued_on=issued_on)
    )


def card_holders(actor: Actor, area_path: str, *, renew: bool, on: date) -> list[Household]:
    """The households below an area that would get a card: those without one, or with ``renew`` all of them."""
    rows = _reached(actor).filter(in_force(on), valid_until=None).filter(below(area_path))
    if not renew:
        rows = rows.filter(~_HAS_CARD)
    return list(rows.select_related("head").order_by("household_no"))


def card_counts(actor: Actor, area_path: str, *, on: date) -> CardCounts:
    """How many households of an area have a card and how many have none; zeros for roles that issue none."""
    rows = _reached(actor).filter(in_force(on), valid_until=None).filter(below(area_path))
    total, having = rows.count(), rows.filter(_HAS_CARD).count()
    return CardCounts(with_card=having, without_card=total - having)


_HAS_CARD = Exists(HouseholdCard.objects.filter(household=OuterRef("pk"), revoked_at=None))


def _reached(actor: Actor) -> QuerySet[Household]:
    """Households in reach through a role that issues cards."""
    grants = tuple(grant for grant in actor.grants if Part.CARD in PARTS.get(grant.role, frozenset()))
    return household_scope(actor.with_grants(grants))
