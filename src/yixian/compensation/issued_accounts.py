"""已有账目: whether money was reckoned, so that it hangs on a household's being in the register at all."""

from __future__ import annotations

from yixian.compensation.models import Statement


def has_accounts() -> bool:
    """Whether any household was ever issued an account, or had one withheld."""
    return Statement.objects.exists()
