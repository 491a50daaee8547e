"""进度: how many households in reach had an account issued, and how many a signed agreement, at the end of days; by township."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from yixian.compensation.choices import Party, StatementStatus
from yixian.compensation.models import Agreement, AgreementEnd, AgreementSignature, Statement
from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.registry.access import Part, reached_by, reaching, roles_seeing
from yixian.registry.models import Household


@dataclass(frozen=True, slots=True)
class AccountProgress:
    """Households of a township on a day: all, those with an account issued by its end, and those with an agreement signed by
    all its parties that had not ended.
    """

    township: str
    households: int
    issued: int
    agreed: int


def account_progress(actor: Actor, *, on: date) -> list[AccountProgress]:
    """By township of the households in reach whose account the actor may see, by their paths; none for whoever sees none.

    The latest version issued by the end of the day counts, and signatures by the day they bear.
    """
    return list(_progress(reaching(actor.acting_as(roles_seeing(Part.ACCOUNT))), on))


@memoised(Statement, Agreement, AgreementEnd, AgreementSignature, Household)
def _progress(grants: tuple[Grant, ...], on: date) -> tuple[AccountProgress, ...]:
    end = timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))
    issued, agreed = _issued(end), _agreed(on, end)
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = reached_by(grants).filter(in_force(on)).order_by()
    for pk, path in rows.values_list("pk", "area_path"):
        found = counted[path_at(path, AreaLevel.TOWNSHIP)]
        found[0] += 1
        found[1] += pk in issued
        found[2] += pk in agreed
    return tuple(AccountProgress(path, *counts) for path, counts in sorted(counted.items()))


def _issued(end: datetime) -> set[int]:
    rows = (
        Statement.objects.filter(issued_at__lt=end).order_by("version").values_list("household_id", "status")
    )
    latest = dict(rows)
    return {household for household, status in latest.items() if status == StatementStatus.ISSUED}


def _agreed(on: date, end: datetime) -> set[int]:
    ended = AgreementEnd.objects.filter(decided_at__lt=end).values("agreement_id")
    signed = AgreementSignature.objects.filter(signed_on__lte=on).exclude(agreement_id__in=ended)
    parties: dict[tuple[int, int], int] = defaultdict(int)
    for agreement in signed.values_list("agreement_id", "agreement__household_id"):
        parties[agreement] += 1
    return {household for (_agreement, household), count in parties.items() if count == len(Party)}


def together(rows: Iterable[AccountProgress]) -> AccountProgress:
    """All townships as one."""
    found = list(rows)
    return AccountProgress(
        "",
        sum(row.households for row in found),
        sum(row.issued for row in found),
        sum(row.agreed for row in found),
    )
