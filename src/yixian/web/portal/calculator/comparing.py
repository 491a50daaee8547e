"""改一处看差别: the household's own account as surveyed beside the one of what it has entered, under the same policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from yixian.compensation.account_facts import household_facts, item_facts
from yixian.domain.policy.pack import ONCE
from yixian.engines.entitlements import OneAccount, OneLine, Pack
from yixian.engines.entitlements.result_tables import COUNTED
from yixian.kernel.actors import Actor
from yixian.web.portal.calculator.answer import line_views, money, shown, sums
from yixian.web.portal.calculator.entered import Entered, EnteredRow


@dataclass(frozen=True, slots=True)
class CalculatorChange:
    """One line, or one sum, before and after; empty where there was or is none. ``more`` says which way it goes."""

    title: str
    old: str
    new: str
    difference: str
    more: bool
    old_sentence: str = ""
    new_sentence: str = ""


@dataclass(frozen=True, slots=True)
class CalculatorComparison:
    """The sums, the lines that differ, and how many stay as they are."""

    sums: list[CalculatorChange]
    lines: list[CalculatorChange]
    same: int


def surveyed(actor: Actor, household: Any, pack: Pack, *, on: date) -> Entered:
    """The form filled with the household's own facts and things, exactly those that its account is reckoned from."""
    homes = household_facts(actor, household.area_path, pack, on=on).to_pylist()
    own: dict[str, Any] = next((row for row in homes if row["household_id"] == household.household_no), {})
    rows = [
        EnteredRow(row["item_code"], _texts(row, pack.item_inputs), row["line_id"])
        for row in item_facts(actor, household.area_path, pack, on=on).to_pylist()
        if row["household_id"] == household.household_no
    ]
    return Entered(zone=own.get("zone", ""), facts=_texts(own, pack.household_inputs), rows=tuple(rows))


def as_entered(entered: Entered, own: Entered) -> Entered:
    """What was entered, where only the household's own line numbers are taken for such."""
    known = {row.line_id for row in own.rows}
    rows = [row if row.line_id in known else replace(row, line_id="") for row in entered.rows]
    return replace(entered, rows=tuple(rows))


def compare(pack: Pack, on: date, old: OneAccount, new: OneAccount) -> CalculatorComparison | None:
    """Both accounts, line by line; None where one of them is withheld."""
    if old.is_withheld or new.is_withheld:
        return None
    before, after = _by_key(old), _by_key(new)
    keys = [*after, *(key for key in before if key not in after)]
    changes = [
        _change(pack, on, before.get(key), after.get(key))
        for key in keys
        if _differs(before.get(key), after.get(key))
    ]
    return CalculatorComparison(_sums(pack, old, new), changes, same=len(keys) - len(changes))


def _by_key(account: OneAccount) -> dict[tuple[str, str], OneLine]:
    return {(line.line_id, line.rule): line for line in account.lines}


def _differs(old: OneLine | None, new: OneLine | None) -> bool:
    return (
        old is None
        or new is None
        or (old.amount, old.counted, old.values) != (new.amount, new.counted, new.values)
    )


def _change(pack: Pack, on: date, old: OneLine | None, new: OneLine | None) -> CalculatorChange:
    one = next(line for line in (new, old) if line is not None)
    before, after = _worth(old), _worth(new)
    difference = replace(one, amount=abs(int(after - before)), counted=f"{abs(after - before):f}")
    return CalculatorChange(
        title=line_views(pack, on, [one])[0].title,
        old=shown(pack, old) if old else "",
        new=shown(pack, new) if new else "",
        difference=shown(pack, difference) if after != before else "",
        more=after > before,
        old_sentence=line_views(pack, on, [old])[0].sentence if old else "",
        new_sentence=line_views(pack, on, [new])[0].sentence if new else "",
    )


def _worth(line: OneLine | None) -> Decimal:
    if line is None:
        return Decimal(0)
    return Decimal(line.counted) if line.paid == COUNTED else Decimal(line.amount)


def _sums(pack: Pack, old: OneAccount, new: OneAccount) -> list[CalculatorChange]:
    labels = {view.paid: view.label for view in (*sums(pack, old), *sums(pack, new))}
    found = []
    for paid in [ONCE, *(paid for paid in labels if paid != ONCE)]:
        before, after = old.total(paid), new.total(paid)
        difference = money(pack, abs(after - before)) if after != before else ""
        change = CalculatorChange(
            labels[paid], money(pack, before), money(pack, after), difference, after > before
        )
        found.append(change)
    return found


def _texts(row: Mapping[str, Any], names: Mapping[str, Any]) -> dict[str, str]:
    """Those of the facts that the pack asks for, as one would write them."""
    found = {}
    for name in names:
        value = row.get(name)
        if isinstance(value, Decimal):
            value = f"{value.normalize():f}"
        if value is not None:
            found[name] = str(value)
    return found
