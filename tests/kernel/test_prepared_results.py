"""预备结果集: a prepared result set counts, orders and cuts as the query built anew does, whatever is bound to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, QuerySet
from django.test.utils import CaptureQueriesContext

from yixian.kernel.intervals import in_force
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Orders, ResultSet

pytestmark = pytest.mark.django_db

_BEGAN = date(2026, 1, 1)
_ORDERS: Orders = {
    "until": ("valid_until", "user__username"),
    "name": ("-user__username",),
    "worked_out": lambda: (F("valid_from"), "pk"),
}
_BUILT: list[date | object] = []


@prepared_results(_ORDERS)
def _grants(on: date, *, role: str) -> QuerySet[RoleGrant]:
    _BUILT.append(on)
    return RoleGrant.objects.filter(in_force(on), role=role).select_related("user").order_by("pk")


@pytest.fixture
def rows() -> None:
    """Seven users; one grant each, some without an end."""
    for number in range(7):
        user = User.objects.create_user(username=f"user {number % 4}{number}")
        RoleGrant.objects.create(
            user=user,
            role="auditor" if number % 3 else "monitor",
            area_path="",
            valid_from=_BEGAN + timedelta(days=number),
            valid_until=None if number % 2 else _BEGAN + timedelta(days=20 - number),
        )


def _anew(on: date, role: str) -> ResultSet[RoleGrant]:
    return ResultSet(_grants.__wrapped__(on, role=role), _ORDERS)  # type: ignore[attr-defined]


def _seen(found: ResultSet[RoleGrant]) -> list[Any]:
    windows = [[row.user.username for row in found.window(start, 2)] for start in range(0, 8, 2)]
    return [found.count(), windows, [row.pk for batch in found.batches(3) for row in batch]]


@pytest.mark.usefixtures("rows")
def test_counts_windows_orders_and_batches_are_those_of_the_query_built_anew() -> None:
    for day in (0, 3, 6, 18, 400):
        on = _BEGAN + timedelta(days=day)
        for role in ("auditor", "monitor", "finance"):
            assert _seen(_grants(on, role=role)) == _seen(_anew(on, role))
            for name in _ORDERS:
                for down in (False, True):
                    found = _grants(on, role=role).ordered(name, descending=down)
                    assert _seen(found) == _seen(_anew(on, role).ordered(name, descending=down)), (name, down)


@pytest.mark.usefixtures("rows")
def test_a_shape_is_built_once_and_asked_in_one_statement_each() -> None:
    for _ in range(2):
        _grants(_BEGAN, role="auditor").ordered("until").window(0, 3)
        _grants(_BEGAN, role="auditor").count()
    _BUILT.clear()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = _grants(_BEGAN + timedelta(days=6), role="auditor").ordered("until")
        assert (found.count(), len(found.window(0, 3))) == (4, 3)
    assert len(asked) == 2
    assert _BUILT == []


def test_rows_that_are_grouped_or_cut_must_say_how_they_are_counted() -> None:
    @prepared_results({})
    def grouped(*, least: int) -> QuerySet[User]:
        return User.objects.annotate(held=Count("role_grants")).filter(held__gte=least)

    @prepared_results({}, lambda *, least: 7 * least)
    def counted(*, least: int) -> QuerySet[User]:
        return User.objects.annotate(held=Count("role_grants")).filter(held__gte=least)

    with pytest.raises(TypeError, match="grouped groups, or limits, its rows"):
        grouped(least=1).count()
    assert counted(least=1).count() == 7
