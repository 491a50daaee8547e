"""授权: the roles that somebody holds on a day are those that have begun and not ended."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.factories import make_user
from yixian.kernel.grants import actor_for
from yixian.kernel.models import RoleGrant
from yixian.kernel.roles import Role

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 4, 30), False),
        (date(2026, 5, 1), True),
        (date(2026, 5, 31), True),
        (date(2026, 6, 1), False),
    ],
)
def test_a_role_holds_from_its_first_day_until_the_day_it_ends(day: date, holds: bool) -> None:
    user = make_user(Role.AUDITOR)
    RoleGrant.objects.create(
        user=user, role=Role.SURVEYOR, valid_from=date(2026, 5, 1), valid_until=date(2026, 6, 1)
    )
    noon = timezone.make_aware(datetime(day.year, day.month, day.day, 12))  # noqa: DTZ001 - made aware at once
    assert actor_for(user, at=noon).has_any({Role.SURVEYOR}) is holds


def test_the_day_is_the_local_one() -> None:
    user = make_user(Role.AUDITOR)
    RoleGrant.objects.create(user=user, role=Role.SURVEYOR, valid_from=date(2026, 5, 1))
    assert actor_for(user, at=datetime(2026, 4, 30, 16, 0, tzinfo=UTC)).has_any({Role.SURVEYOR})
    assert not actor_for(user, at=datetime(2026, 4, 30, 15, 59, tzinfo=UTC)).has_any({Role.SURVEYOR})
