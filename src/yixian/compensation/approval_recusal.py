"""审批回避: who has a part in approving a household's account must not stand beside it, and the other way round.

What counts is speaking for another side than the household's, or deciding about its account:

- recording the signature of the bureau or of the attesting body;
- proposing or declaring that an agreement is void;
- deciding the household's case;
- drawing up an agreement for a household that one does not stand beside. A cadre who draws it up with their own household,
  from an account that the rules alone made, serves it and approves nothing; whoever else draws it up acts for the bureau.

Recording the household's own signature does not count: that is standing beside it. Nor does reckoning or correcting an
account, where nobody chooses a figure, nor taking back a paper that nobody has signed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.choices import Party
from yixian.compensation.models import (
    Agreement,
    AgreementEnd,
    AgreementSignature,
    CaseDecision,
    VoidProposal,
)
from yixian.duty.choices import RecusalGround
from yixian.duty.models import Pairing
from yixian.duty.queries import is_assigned
from yixian.duty.recusal_providers import Excluded
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.prepared import prepared
from yixian.registry.models import Household


def approvers_of(household_ids: Collection[int] | None, on: date) -> Iterator[Excluded]:
    """Every helper who by the end of a day had a part in approving the account of one of these households, or of any."""
    end_of_day = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    if household_ids is not None and len(household_ids) == 1:
        found = (row for pk in household_ids for of_one in _OF_ONE for row in of_one(pk, end_of_day))
    else:
        found = (row for act in _acts() for row in _pairs_of(act, end_of_day, household_ids))
    for home, helper in found:
        yield home, helper, RecusalGround.APPROVAL


def _pairs_of(
    act: _Act, end_of_day: datetime, household_ids: Collection[int] | None
) -> QuerySet[Any, tuple[int, int]]:
    rows = _pairs(act, end_of_day)
    return rows if household_ids is None else rows.filter(**{f"{act[3]}__in": household_ids})


def _pairs(act: _Act, end_of_day: datetime) -> QuerySet[Any, tuple[int, int]]:
    """Household and helper of every act of a kind before the end of a day."""
    acts, person, moment, household = act
    rows = acts.filter(**{f"{person}__helper_id__isnull": False, f"{moment}__lt": end_of_day})
    return rows.order_by().values_list(household, f"{person}__helper_id").distinct()


def refuse_if_assigned(actor: Actor, household: Household, *, at: datetime) -> None:
    """Refuse an act of approval to a helper who stands beside the household, or is going to.

    Otherwise the act itself would make them somebody who must not, and the household would lose its helper by it.
    """
    if actor.helper_id is not None and is_assigned(
        actor.helper_id, household, on=timezone.localdate(at), later=True
    ):
        raise _refusal()


def refuse_if_only_later(actor: Actor, household: Household, *, at: datetime) -> None:
    """Refuse drawing up to a helper who is going to stand beside the household, but does not do so yet."""
    if actor.helper_id is not None and not is_assigned(actor.helper_id, household, on=timezone.localdate(at)):
        refuse_if_assigned(actor, household, at=at)


def _refusal() -> Refused:
    return Refused(
        "agreement.beside",
        _(
            "You stand beside this household, or are about to: who decides about its account must be somebody else."
        ),
    )


_Act = tuple[QuerySet[Any], str, str, str]
"""A kind of act with where its person, its moment and its household stand."""


def _acts() -> Iterator[_Act]:
    """Each kind of act."""
    at_home = Pairing.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=OuterRef("drawn_up_on")),
        household=OuterRef("household"),
        helper_id=OuterRef("drawn_up_by__helper_id"),
        valid_from__lte=OuterRef("drawn_up_on"),
    )
    yield Agreement.objects.exclude(Exists(at_home)), "drawn_up_by", "drawn_up_at", "household_id"
    signatures = AgreementSignature.objects.exclude(party=Party.HOUSEHOLD)
    yield signatures, "recorded_by", "recorded_at", "agreement__household_id"
    yield VoidProposal.objects.all(), "proposed_by", "proposed_at", "agreement__household_id"
    void = AgreementEnd.objects.filter(proposal__isnull=False)
    yield void, "decided_by", "decided_at", "agreement__household_id"
    yield CaseDecision.objects.all(), "decided_by", "at", "case__household_id"


def _of_one(number: int) -> Callable[[int, datetime], list[tuple[int, int]]]:
    """The same of one kind of act and one household, which is what a household's page asks about."""

    @prepared
    def rows(household_id: int, end_of_day: datetime) -> QuerySet[Any, tuple[int, int]]:
        act = list(_acts())[number]
        return _pairs(act, end_of_day).filter(**{act[3]: household_id})

    return rows


_OF_ONE = [_of_one(number) for number in range(5)]
