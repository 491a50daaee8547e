"""分户、并户后的包保: a household that came about by division has both helpers from its first day; one that joined another, none.

Registered with `registry.after_division`, so that they run in the same transaction: the register need not know
of helpers, and nobody is left alone for a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext_noop

from yixian.duty.actions.pairing_writer import Begin, begin, end
from yixian.duty.choices import HandoverCause, PairingPart, Rule
from yixian.duty.eligibility import Days, why_not
from yixian.duty.helper_search import find_helpers
from yixian.duty.models import HelperRequest, Pairing, Recusal
from yixian.kernel.actors import Actor
from yixian.kernel.intervals import in_force
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

ANY_NUMBER = 999
"""So many places more: everybody who may is asked, however many households they have."""

_PERSONAL = frozenset({Rule.OWN_HOUSEHOLD, Rule.KIN, Rule.INTEREST, Rule.APPROVAL, Rule.MATTER, Rule.ASKED})

_SAME = gettext_noop("Stood beside your household before it was divided, and stays with you")
_NEAREST = gettext_noop("Beside you since your household was divided; the nearest who had a place")
_BEYOND = gettext_noop(
    "Beside you since your household was divided; the nearest, though they have no place left"
)
_UNITED = gettext_noop("Your household joined another one")


def reassign_after_split(old: Household, new: Household, *, actor: Actor, at: datetime) -> None:
    """Put helpers beside the new household. Call it in the transaction of the division.

    The helpers of the old household come first, if they may and have a place; else the nearest with a place; else the old
    household's own or the nearest, beyond their places, because a day without anybody is worse than one household too
    many. Where nobody can stay for good, everybody beside the old household stands beside the new one as well, on the same
    days. Whom the old household asked to have replaced, and who was recused from it, is not given to the new one either.
    """
    days = Days(new.valid_from)
    _keep_recusals(old, new, days)
    for role in HelperKind:
        plan = _plan(old, new, role, days)
        if plan:
            begin([plan], actor=actor, at=at)
        else:
            _share(old, new, role, days, actor, at)


def reassign_after_merge(ended: Household, *, actor: Actor, at: datetime) -> None:
    """Nobody stands beside a household any more that joined another. Call it in the transaction of the union.

    What it had asked for and nobody had settled is taken back with it.
    """
    if ended.valid_until is None:
        raise ValueError("the household has not ended")
    rows = Pairing.objects.filter(Days(ended.valid_until).overlap(), household=ended)
    end(rows.select_related("helper__person"), ended.valid_until, _UNITED, actor=actor, at=at)
    HelperRequest.objects.filter(household=ended, settled_at=None, withdrawn_at=None).update(withdrawn_at=at)


def _keep_recusals(old: Household, new: Household, days: Days) -> None:
    """What held between the old household and a helper holds for its members in their own household."""
    Recusal.objects.bulk_create(
        Recusal(
            household=new,
            helper_id=row.helper_id,
            ground=row.ground,
            degree=row.degree,
            document=row.document,
            valid_from=max(row.valid_from, days.first),
            valid_until=row.valid_until,
            declared_by_id=row.declared_by_id,
            declared_at=row.declared_at,
        )
        for row in Recusal.objects.filter(days.overlap(), household=old)
    )


def _plan(old: Household, new: Household, role: HelperKind, days: Days) -> Begin | None:
    """Somebody who can stay for good."""
    full = None
    for pairing in _pairings_of(old, role, days):
        broken = why_not(new, pairing.helper, days)
        if not broken:
            return _begin(new, pairing, days)
        if broken == [Rule.NO_PLACES]:
            full = full or pairing
    nearest = _nearest(new, role, days, 0, _NEAREST)
    if nearest is None and full is not None:
        return _begin(new, full, days)
    return nearest or _nearest(new, role, days, ANY_NUMBER, _BEYOND)


def _pairings_of(old: Household, role: HelperKind, days: Days) -> list[Pairing]:
    """Who stands beside the old household on the day of the division, the one responsible first."""
    rows = Pairing.objects.filter(in_force(days.first), household=old, role=role)
    rows = rows.select_related("helper__person", "helper__organisation", "helper__home_area")
    return sorted(rows, key=lambda row: (list(PairingPart).index(PairingPart(row.part)), row.pk))


def _nearest(new: Household, role: HelperKind, days: Days, beyond: int, because: str) -> Begin | None:
    search = find_helpers([new], role, days, beyond=beyond)
    if not search.found:
        return None
    (one,) = search.found
    return Begin(new, one.helper, one.cost, days, HandoverCause.SPLIT, because)


def _begin(new: Household, pairing: Pairing, days: Days) -> Begin:
    return Begin(new, pairing.helper, pairing.cost, days, HandoverCause.SPLIT, _SAME)


def _share(old: Household, new: Household, role: HelperKind, days: Days, actor: Actor, at: datetime) -> None:
    """Everybody of the role who stands beside the old household now or is announced to, on the same days; but for kin."""
    held = Pairing.objects.filter(days.overlap(), household=old, role=role).select_related("helper__person")
    rows = [row for row in held.order_by("valid_from", "pk") if _may(new, row, days)]
    first = [row for row in rows if row.part != PairingPart.STAND_IN]
    made = begin(_copies(new, first, days, {}), actor=actor, at=at)
    copies = {row.pk: copy for row, copy in zip(first, made, strict=True)}
    stand_ins = [row for row in rows if row.stands_in_for_id in copies]
    begin(_copies(new, stand_ins, days, copies), actor=actor, at=at)


def _may(new: Household, pairing: Pairing, days: Days) -> bool:
    """Whether nothing between these very people keeps them apart; the rest was taken as it is for the old household."""
    own = days.common(pairing.valid_from, pairing.valid_until)
    return _PERSONAL.isdisjoint(why_not(new, pairing.helper, own))


def _copies(
    new: Household, rows: Sequence[Pairing], days: Days, copies: dict[int, Pairing]
) -> Iterable[Begin]:
    for row in rows:
        yield Begin(
            new,
            row.helper,
            row.cost,
            days.common(row.valid_from, row.valid_until),
            HandoverCause.SPLIT,
            _SAME,
            part=PairingPart(row.part),
            stands_in_for=copies[row.stands_in_for_id] if row.stands_in_for_id else None,
        )
