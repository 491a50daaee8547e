"""导入规则: what single cells cannot show — numbers used twice, references that lead nowhere, households without a head."""

from __future__ import annotations

from datetime import date

from yixian.engines.entitlements import Pack
from yixian.workbook.register_keys import RegisterKeys
from yixian.workbook.rules.area_rules import check_areas
from yixian.workbook.rules.household_rules import check_households, check_persons, note_shared_accounts
from yixian.workbook.rules.item_rules import check_items
from yixian.workbook.rules.leader_rules import check_leaders
from yixian.workbook.rules.notes import note_unusual
from yixian.workbook.rules.numbers import check_numbers, check_references
from yixian.workbook.rules.organisation_rules import check_organisations, check_people
from yixian.workbook.rules.reach import check_reach
from yixian.workbook.staging import Staged

__all__ = ["check_rules"]


def check_rules(staged: Staged, known: RegisterKeys, pack: Pack | None, *, today: date) -> None:
    """Note every broken rule in ``staged``, against the workbook itself and the register, and what is unusual."""
    check_numbers(staged)
    check_references(staged, known)
    check_areas(staged, known)
    check_organisations(staged, known)
    check_people(staged, known)
    check_leaders(staged, known)
    check_households(staged, known)
    check_persons(staged, known)
    check_items(staged, known, pack)
    check_reach(staged, known)
    note_shared_accounts(staged, known)
    note_unusual(staged, today)
