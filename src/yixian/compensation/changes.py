"""何以变、可否径行: why an account changes, and whether a reckoning may put it in force by itself."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.compensation.calculated_accounts import Account
from yixian.compensation.choices import StatementCause
from yixian.compensation.models import Statement


@dataclass(frozen=True, slots=True)
class PendingCase:
    """Why somebody must decide before the account takes effect."""

    loses: bool
    breaks_agreement: bool


def cause_of(current: Statement | None, account: Account, pack_version_id: int) -> StatementCause:
    """Why the account differs from the one in force: its household's facts, the policy, or both.

    The policy counts as another one if it is not the pack under which the account in force was last found unchanged.
    """
    if current is None:
        return StatementCause.FIRST
    confirmed = current.confirmed_by or current.run
    same_policy = confirmed.pack_version_id == pack_version_id
    same_facts = current.facts_sha256 == account.facts_sha256
    if same_policy:
        return StatementCause.NEW_FACTS
    return StatementCause.NEW_POLICY if same_facts else StatementCause.BOTH


def pending_case(
    current: Statement | None, account: Account, cause: StatementCause, *, is_agreed: bool
) -> PendingCase | None:
    """Whether, and why, the account may only be proposed.

    New policy never takes anything from a household without a decision on its case, and an account under a signed
    agreement is never replaced by a reckoning. Where only the facts changed (an area measured anew, a household divided)
    and nothing was signed, the account follows the facts.
    """
    if current is None:
        return None
    loses = cause in {StatementCause.NEW_POLICY, StatementCause.BOTH} and _is_less(current, account)
    return PendingCase(loses=loses, breaks_agreement=is_agreed) if loses or is_agreed else None


def _is_less(current: Statement, account: Account) -> bool:
    """Whether any of the three sums falls. A withheld account has no sums: it is not less, it is not known."""
    before, after = current.sums, account.sums
    if before is None or after is None:
        return False
    return any(new < old for old, new in zip(before, after, strict=True))
