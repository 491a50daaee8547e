"""第二人: two users of the bureau, for tests of what needs both and is not itself about them."""

from __future__ import annotations

from tests.factories import make_user
from yixian.kernel.roles import Role
from yixian.registry.second_person import TwoPersons


def two_persons() -> TwoPersons:
    """A clerk who proposed something by a document, and a lead who agreed."""
    clerk, lead = make_user(Role.BUREAU_CLERK), make_user(Role.BUREAU_LEAD)
    return TwoPersons(clerk.pk, lead.pk, "复核单1号（2026-11-01）")
