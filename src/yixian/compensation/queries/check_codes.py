"""核对码: what the check code at the foot of an account or agreement belongs to, for whoever holds the paper.

It is the beginning of the checksum of a whole calculation, and so says nothing about anybody: only that we calculated, when, and
by which policy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from yixian.compensation.models import Statement
from yixian.kernel.languages import language

CHECK_CODE_LENGTH = 16
"""Characters of a check code as papers show it."""


@dataclass(frozen=True, slots=True)
class CheckedCalculation:
    """A calculation by its check code: the day as of which, and the title of the policy."""

    on_date: date
    policy: str


def calculation_of(check_code: str) -> CheckedCalculation | None:
    """The calculation to which a whole check code belongs, if accounts were issued from it; else None. Open to everybody."""
    if len(check_code) != CHECK_CODE_LENGTH:
        return None
    issued = Statement.objects.filter(run__manifest__checksum__startswith=check_code.lower())
    found = issued.select_related("run__pack_version").defer("run__pack_version__content").first()
    if found is None:
        return None
    version = found.run.pack_version
    return CheckedCalculation(found.run.on_date, version.title_zh if language() == "zh" else version.title_en)
