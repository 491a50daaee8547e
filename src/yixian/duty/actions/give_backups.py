"""后备: a second helper of each role beside households, where places are left, who stands in whenever the first is away.

A backup takes nobody's place: whoever is looked for later may have it, and the backup stays where it is. Nobody is moved.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from yixian.duty.access import PLANNERS
from yixian.duty.actions.pairing_writer import Begin, begin
from yixian.duty.choices import HandoverCause, PairingPart
from yixian.duty.eligibility import Days, PairingTables
from yixian.duty.eligibility.offers import Offer, offers
from yixian.duty.eligibility.pairing_tables import tables_of
from yixian.duty.helper_search import BALANCE_METRES, seed_of
from yixian.duty.models import Pairing
from yixian.engines.pairing import solve
from yixian.kernel.actors import Actor
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.lazy_imports import pa, pc
from yixian.registry.access import below, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household

_BACKUP = gettext_noop("Stands in whenever your helper is away; the nearest who had a place left")


@transaction.atomic
def give_backups(
    area_path: str, *, on: date, actor: Actor, at: datetime, report: Reporter = silent
) -> dict[str, int]:
    """Give every household in reach below an area a backup of each role from a day on, as far as places reach.

    As many households as possible, then the nearest; role → how many were given one. Raises `NotPermitted`.
    """
    require(actor, PLANNERS)
    given = {}
    for step, role in enumerate(HelperKind):
        report(gettext_noop("Finding who can stand beside whom"), step, len(HelperKind))
        given[role.value] = _give(area_path, role, Days(on), actor, at)
    record(Entry("pairing.backups", "area", 0, area_path, given), actor=actor, at=at)
    report(gettext_noop("Writing the pairings down"), len(HelperKind), len(HelperKind))
    return given


def _give(area_path: str, role: HelperKind, days: Days, actor: Actor, at: datetime) -> int:
    beside = Pairing.objects.filter(days.held(), role=role, household=OuterRef("pk"))
    households = list(
        household_scope(actor)
        .filter(below(area_path), days.held(), Exists(beside.filter(part=PairingPart.FIRST)))
        .exclude(Exists(beside.filter(part=PairingPart.BACKUP)))
        .select_related("area", "host_area")
        .order_by("area_path", "household_no")
    )
    found = _with_places(households, role, days)
    if not households or not found:
        return 0
    tables = tables_of(households, found, days)
    solution = solve(
        tables.households,
        tables.helpers,
        _others_than_assigned(tables, role, days),
        seed=seed_of(days.first),
        balance=BALANCE_METRES,
    )
    plans = [
        Begin(
            tables.by_household_no[row["household_id"]],
            tables.by_helper_no[row["helper_id"]],
            row["cost"],
            days,
            HandoverCause.LACKING,
            _BACKUP,
            part=PairingPart.BACKUP,
        )
        for row in solution.pairs.to_pylist()
    ]
    return len(begin(plans, actor=actor, at=at))


def _with_places(households: list[Household], role: HelperKind, days: Days) -> list[Offer]:
    """Who has places left besides the households that they are a backup for already."""
    rows = Pairing.objects.filter(days.overlap(), role=role, part=PairingPart.BACKUP)
    backing = Counter(rows.values_list("helper_id", flat=True))
    left = [
        Offer(offer.helper, offer.places - backing[offer.helper.pk])
        for offer in offers(households, role, days)
    ]
    return [offer for offer in left if offer.places > 0]


def _others_than_assigned(tables: PairingTables, role: HelperKind, days: Days) -> pa.Table:
    """The eligible pairs without those that stand already."""
    rows = Pairing.objects.filter(days.overlap(), role=role)
    standing = [
        f"{home}\n{helper}"
        for home, helper in rows.values_list("household__household_no", "helper__helper_no")
    ]
    edges = tables.edges
    pairs = pc.binary_join_element_wise(edges["household_id"], edges["helper_id"], "\n")
    return edges.filter(pc.invert(pc.is_in(pairs, value_set=pa.array(standing, pa.string()))))
