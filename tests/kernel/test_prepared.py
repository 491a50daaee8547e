"""预备语句: a prepared query gives the rows that the same query built anew gives, for every value bound to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, Prefetch, Q, QuerySet
from django.test.utils import CaptureQueriesContext

from yixian.kernel.intervals import in_force
from yixian.kernel.models import Event, RoleGrant, User
from yixian.kernel.prepared import one_of, prepared

pytestmark = pytest.mark.django_db

_AT = datetime(2026, 3, 1, 4, tzinfo=UTC)
_BUILT: list[str] = []


@prepared
def _events_since(at: datetime, kind: str) -> QuerySet[Event]:
    _BUILT.append("events")
    return Event.objects.filter(at__gt=at, kind=kind).select_related("corrects").order_by("pk")


@prepared
def _granted(on: date, user_id: int) -> QuerySet[RoleGrant, tuple[Any, ...]]:
    rows = RoleGrant.objects.filter(in_force(on), user=user_id).order_by("pk")
    return rows.values_list("role", "valid_from", "user__username")


@prepared
def _counted(on: date) -> QuerySet[User]:
    grants = Prefetch("role_grants", RoleGrant.objects.order_by("pk"))
    rows = User.objects.annotate(held=Count("role_grants", filter=Q(role_grants__valid_from__lte=on)))
    return rows.prefetch_related(grants).order_by("username")[:2]


@pytest.fixture
def rows() -> None:
    """Three users with grants from different days, and events at different moments."""
    for number, name in enumerate(("a", "b", "c")):
        user = User.objects.create_user(username=name)
        for day in range(number + 1):
            RoleGrant.objects.create(
                user=user, role="auditor", area_path="", valid_from=date(2026, 1, 1) + timedelta(days=day)
            )
    for hour in range(4):
        Event.objects.create(
            at=_AT + timedelta(hours=hour),
            kind=f"k.{hour % 2}",
            subject_kind="x",
            subject_id=hour,
            data={"n": hour},
        )


def _built_anew(function: Any, *args: Any) -> list[Any]:
    return list(function.__wrapped__(*args))


@pytest.mark.usefixtures("rows")
def test_rows_are_those_of_the_query_built_anew() -> None:
    for hour in range(-1, 4):
        for kind in ("k.0", "k.1", "none"):
            asked = _AT + timedelta(hours=hour), kind
            found = _events_since(*asked)
            assert found == _built_anew(_events_since, *asked)
            assert [(row.at, row.data) for row in found] == [
                (row.at, row.data) for row in _built_anew(_events_since, *asked)
            ]
    for day in range(1, 4):
        for user in User.objects.all():
            asked_of = date(2026, 1, day), user.pk
            assert _granted(*asked_of) == _built_anew(_granted, *asked_of)
    for day in range(1, 4):
        on = date(2026, 1, day)
        found_users, anew = _counted(on), _built_anew(_counted, on)
        assert [(one.username, one.held, list(one.role_grants.all())) for one in found_users] == [  # type: ignore[attr-defined]
            (one.username, one.held, list(one.role_grants.all())) for one in anew
        ]


@pytest.mark.usefixtures("rows")
def test_it_is_built_once_and_asked_every_time() -> None:
    _events_since(_AT, "k.1")
    _BUILT.clear()
    with CaptureQueriesContext(connection) as queries:
        assert len(_events_since(at=_AT, kind="k.1")) == 2
        Event.objects.create(at=_AT + timedelta(days=1), kind="k.1", subject_kind="x", subject_id=9)
        assert len(_events_since(_AT, kind="k.1")) == 3
    assert len(queries) == 3
    assert _BUILT == []


def test_a_number_that_no_key_can_be_finds_nothing() -> None:
    assert _granted(date(2026, 1, 1), 10**30) == []


@prepared
def _users(name: str, *, active: frozenset[bool]) -> QuerySet[User]:
    return User.objects.filter(username=name, is_active__in=active)


@pytest.mark.usefixtures("rows")
def test_each_shape_is_a_statement_of_its_own() -> None:
    for active in (frozenset({True}), frozenset({False}), frozenset({True, False}), frozenset[bool]()):
        for name in ("a", "b"):
            assert _users(name, active=active) == list(
                User.objects.filter(username=name, is_active__in=active)
            )


@prepared
def _named(names: Collection[str], user_ids: Collection[int]) -> QuerySet[User]:
    _BUILT.append("named")
    return User.objects.filter(one_of("username", names) & one_of("pk", user_ids)).order_by("pk")


@pytest.mark.usefixtures("rows")
def test_a_collection_is_bound_whole_and_built_once_for_each_length() -> None:
    users = list(User.objects.filter(username__in=("a", "b", "c")).order_by("pk"))
    keys = [user.pk for user in users]
    assert _named({"a", "c", "nobody"}, keys) == [users[0], users[2]]
    _BUILT.clear()
    assert _named(("b", "c", "a"), keys) == users
    assert _named(["a", "b", "c", "a"], keys) == users
    assert _named(("a", "b", "x", "y"), [keys[1], 0, 0]) == [users[1]]
    assert _BUILT == []
    assert _named(("a",), keys) == users[:1]
    assert _BUILT == ["named"]
    assert _named((), keys) == _named(("a",), []) == []
    many = [f"name {number}" for number in range(1000)]
    assert _named([*many, "c"], keys) == [users[2]]


def test_nothing_is_no_value_and_nothing_is_reckoned_with_a_parameter() -> None:
    with pytest.raises(TypeError, match="kind"):
        _events_since(_AT, None)  # type: ignore[arg-type]

    @prepared
    def later(at: datetime) -> QuerySet[Event]:
        return Event.objects.filter(at__gt=at + timedelta(days=1))

    with pytest.raises(TypeError, match="at"):
        later(_AT)


@pytest.mark.usefixtures("rows")
def test_one_of_nothing_is_true_of_no_row() -> None:
    """A list that is built anew, as for its file, is handed the empty collection itself."""
    assert list(User.objects.filter(one_of("pk", []))) == []
    everybody = User.objects.filter(~Q(one_of("pk", []))).order_by("pk")
    assert list(everybody) == list(User.objects.order_by("pk"))
    assert everybody.exists()
