"""账目是否落后于实情: whether the register holds other facts than those an account in force was reckoned from.

Compared are the digests of a household's facts (`calculated_accounts.facts_digests`): those of the reckoning that issued the
account or last found it unchanged, and those of today. Nothing is noted down that could be forgotten. Where it was decided
that an account stays although the facts changed, it is not behind the facts that this was decided about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from yixian.compensation.account_facts import household_facts, item_facts
from yixian.compensation.calculated_accounts import facts_digests
from yixian.compensation.choices import CaseOutcome
from yixian.compensation.models import AccountCase, CaseDecision, Statement, StatementRun
from yixian.inventory.models import HouseholdFact, InventoryItem, ItemFact
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.roles import Role
from yixian.policies.models import PackVersion
from yixian.policies.queries import read_pack
from yixian.registry.models import Area, Household, HouseholdMember, Person

_BATCH = 500
_FACTS = (Household, HouseholdMember, Person, Area, InventoryItem, HouseholdFact, ItemFact, PackVersion)


def is_outdated(statement: Statement, *, on: date) -> bool:
    """Whether the household's facts on a day are others than the account's. A version that is not in force never is."""
    if not statement.is_current or not _facts_digest_of(statement):
        return False
    today = _digest(statement.household_id, _pack_version_id(statement), on)
    return bool(today) and today not in {
        _facts_digest_of(statement),
        *_decided([statement.household_id]).values(),
    }


def outdated_of(household_ids: Collection[int], *, on: date) -> frozenset[int]:
    """Those of a few households whose account in force is behind its facts; what is known of each is remembered."""
    rows = Statement.objects.filter(is_current=True, household__in=household_ids).exclude(facts_sha256="")
    rows = rows.select_related("run", "confirmed_by").defer("run__manifest", "confirmed_by__manifest")
    return frozenset(row.household_id for row in rows if is_outdated(row, on=on))


@memoised(*_FACTS, Statement, StatementRun, AccountCase, CaseDecision)
def outdated_household_ids(area_path: str, on: date) -> frozenset[int]:
    """Every household below an area whose account in force is behind its facts on a day."""
    rows = Statement.objects.filter(is_current=True).exclude(facts_sha256="").select_related("household")
    reached = rows.filter(household__area_path__startswith=area_path).select_related("run", "confirmed_by")
    return frozenset(outdated_among(reached.defer("run__manifest", "confirmed_by__manifest"), on=on))


def outdated_among(statements: Iterable[Statement], *, on: date) -> set[int]:
    """The households of those accounts in force that are behind the facts of a day."""
    by_pack: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.is_current and _facts_digest_of(statement):
            by_pack.setdefault(_pack_version_id(statement), []).append(statement)
    found: set[int] = set()
    for pack_version_id, rows in by_pack.items():
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            today = _digests([row.household_id for row in batch], pack_version_id, on)
            differing = [
                row
                for row in batch
                if (digest := today.get(row.household_id)) and digest != _facts_digest_of(row)
            ]
            decided = _decided([row.household_id for row in differing]) if differing else {}
            found |= {
                row.household_id
                for row in differing
                if decided.get(row.household_id) != today[row.household_id]
            }
    return found


def _facts_digest_of(statement: Statement) -> str:
    return statement.confirmed_facts_sha256 or statement.facts_sha256


def _pack_version_id(statement: Statement) -> int:
    return (statement.confirmed_by or statement.run).pack_version_id


@memoised(*_FACTS, most=500)
def _digest(household_id: int, pack_version_id: int, on: date) -> str:
    """The digest of one household's facts; empty for one that is no more."""
    return _digests([household_id], pack_version_id, on).get(household_id, "")


def _digests(household_ids: Collection[int], pack_version_id: int, on: date) -> dict[int, str]:
    actor = Actor("", grants=(Grant(Role.BUREAU_CLERK, household_ids=frozenset(household_ids)),))
    pack = read_pack(pack_version_id)
    digests = facts_digests(household_facts(actor, "", pack, on=on), item_facts(actor, "", pack, on=on))
    numbers = Household.objects.filter(pk__in=household_ids).values_list("pk", "household_no")
    return {pk: digests[number] for pk, number in numbers if number in digests}


def _decided(household_ids: Collection[int]) -> dict[int, str]:
    """The facts about which it was decided last that these households' accounts stay as they are."""
    return dict(_kept(household_ids))


@prepared
def _kept(household_ids: Collection[int]) -> QuerySet[CaseDecision, tuple[int, str]]:
    rows = CaseDecision.objects.filter(one_of("case__household", household_ids), outcome=CaseOutcome.KEEP)
    return rows.order_by("pk").values_list("case__household_id", "case__proposed__facts_sha256")
