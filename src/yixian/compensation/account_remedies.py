"""落实更正: changes of a household's facts that a decision asks for, what each would change, and the account that follows.

They stand here, and not with the room that decides, because a county without a reservoir has that room too. Whoever carries a
decision out calls the changes and `calculate` in one transaction: facts and the account's new version, or neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.compensation.actions.correct_account import correct_account
from yixian.compensation.models import Statement
from yixian.domain.money import format_fen
from yixian.inventory.actions.correct_item import ItemCorrection, add_item, correct_item
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.permission import require_person
from yixian.kernel.roles import BUREAU_ROLES
from yixian.policies.queries import pack_in_force
from yixian.registry.access import get_household
from yixian.registry.actions.correct_member import correct_eligibility
from yixian.registry.second_person import TwoPersons


def correct_quantity(
    household_id: int,
    values: Mapping[str, str],
    reason: str,
    document: str,
    *,
    decided_by: int,
    actor: Actor,
    at: datetime,
) -> None:
    """更正数量: the quantity of a line (``line_no``, ``quantity``)."""
    correction = ItemCorrection(values["line_no"], quantity=values["quantity"])
    _correct(household_id, correction, reason, _two(decided_by, document, actor), actor, at)


def correct_kind(
    household_id: int,
    values: Mapping[str, str],
    reason: str,
    document: str,
    *,
    decided_by: int,
    actor: Actor,
    at: datetime,
) -> None:
    """更正类别: what a line is (``line_no``, ``item_code``)."""
    _require_item(household_id, values["item_code"], actor, at)
    correction = ItemCorrection(values["line_no"], item_code=values["item_code"])
    _correct(household_id, correction, reason, _two(decided_by, document, actor), actor, at)


def add_left_out(
    household_id: int,
    values: Mapping[str, str],
    reason: str,
    document: str,
    *,
    decided_by: int,
    actor: Actor,
    at: datetime,
) -> None:
    """补登漏项: something that the survey left out (``item_code``, ``quantity``)."""
    _require_item(household_id, values["item_code"], actor, at)
    on, by = timezone.localdate(at), _two(decided_by, document, actor)
    add_item(
        household_id, values["item_code"], values["quantity"], reason=reason, on=on, by=by, actor=actor, at=at
    )


def count_member(
    household_id: int,
    values: Mapping[str, str],
    reason: str,
    document: str,
    *,
    decided_by: int,
    actor: Actor,
    at: datetime,
) -> None:
    """更正人口界定: how a member counts (``person_no``, ``eligibility``)."""
    on, by = timezone.localdate(at), _two(decided_by, document, actor)
    correct_eligibility(
        household_id,
        values["person_no"],
        values["eligibility"],
        document,
        reason=reason,
        on=on,
        by=by,
        actor=actor,
        at=at,
    )


def _two(decided_by: int, document: str, actor: Actor) -> TwoPersons:
    """Who decided, and who carries it out."""
    return TwoPersons(decided_by, require_person(actor, BUREAU_ROLES), document)


def _correct(
    household_id: int, correction: ItemCorrection, reason: str, by: TwoPersons, actor: Actor, at: datetime
) -> None:
    correct_item(
        household_id, correction, reason=reason, on=timezone.localdate(at), by=by, actor=actor, at=at
    )


def _require_item(household_id: int, item_code: str, actor: Actor, at: datetime) -> None:
    """The code must be one that the policy in force there prices; an unknown one would only withhold the account."""
    household = get_household(actor, household_id)
    found = pack_in_force(household.area_path, timezone.localdate(at))
    if found is None or item_code not in found[1].items:
        raise Invalid("item.code", _("The policy in force there knows no such item."), field="item_code")


def calculate(household_id: int, reason: str, document: str, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """The account's new version, before and after; where the change touches no sum, the version that stands."""
    before = Statement.objects.filter(household=household_id, is_current=True).first()
    try:
        statement = correct_account(household_id, reason, document, actor=actor, at=at)
    except Refused as refusal:
        if refusal.key != "account.nothing_wrong":
            raise
        return {"version": before.version if before else 0, "in_force": before is not None}
    told: dict[str, Any] = {"version": statement.version, "in_force": statement.is_current}
    sums = {"before": before.total_fen if before else None, "after": statement.total_fen}
    told |= {name: format_fen(fen) for name, fen in sums.items() if fen is not None}
    if sums["before"] is not None and sums["after"] is not None:
        more = sums["after"] - sums["before"]
        told["difference"] = f"{'+' if more > 0 else ''}{format_fen(more)}"
    return told
