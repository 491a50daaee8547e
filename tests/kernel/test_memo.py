"""记忆: a calculation over tables is repeated after any change of one of them, and never answers with what was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import translation

from yixian.kernel.change_stamps import forget_old_stamps, state_of
from yixian.kernel.memo import MEMOISED, UndeclaredTable, memoised, one_reading
from yixian.kernel.models import ChangeStamp
from yixian.registry.models import Area, Organisation

pytestmark = pytest.mark.django_db

_DAY = date(2026, 1, 1)


def _area(number: int) -> Area:
    return Area.objects.create(code=f"{number:02}", name=f"{number}", level="province", path=f"{number:06}")


@pytest.fixture
def counting() -> tuple[Callable[[], int], list[int]]:
    """A memoised count of areas, and what it found each time that it really counted."""
    asked: list[int] = []

    @memoised(Area)
    def areas() -> int:
        asked.append(Area.objects.count())
        return asked[-1]

    return areas, asked


def test_it_is_calculated_once_and_again_after_every_kind_of_change(
    counting: tuple[Callable[[], int], list[int]],
) -> None:
    areas, asked = counting
    first = _area(11)
    assert (areas(), areas()) == (1, 1)
    assert asked == [1]
    second = _area(12)
    assert (areas(), areas()) == (2, 2)
    Area.objects.filter(pk=first.pk).update(name="other")
    assert areas() == 2
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_area WHERE id = %s", [second.pk])
    assert areas() == 1
    assert asked == [1, 2, 2, 1]


def test_a_page_reads_the_stamps_of_the_same_tables_once(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    @memoised(Area)
    def first() -> int:
        return Area.objects.count()

    @memoised(Area)
    def second() -> bool:
        return Area.objects.exists()

    _area(11)
    assert (first(), second()) == (1, True)
    with django_assert_num_queries(2):
        assert (first(), second()) == (1, True)
    with django_assert_num_queries(1), one_reading():
        assert (first(), second()) == (1, True)
    _area(12)
    with one_reading():
        assert (first(), first()) == (2, 2)
    assert first() == 2


def test_what_was_rolled_back_is_forgotten(counting: tuple[Callable[[], int], list[int]]) -> None:
    areas, asked = counting
    _area(11)
    assert areas() == 1
    for number in (12, 13):
        with transaction.atomic():
            _area(number)
            assert areas() == 2
            transaction.set_rollback(True)
        assert areas() == 1
    assert asked == [1, 2, 2]


def test_arguments_and_language_are_part_of_what_is_asked() -> None:
    asked: list[tuple[object, ...]] = []

    @memoised(Area)
    def named(on: date, *, path: str = "") -> str:
        asked.append((on, path, translation.get_language()))
        return path

    for language in ("zh-hans", "en"):
        with translation.override(language):
            for path in ("a", "b", "a"):
                assert named(_DAY, path=path) == path
    assert asked == [(_DAY, path, language) for language in ("zh-hans", "en") for path in ("a", "b")]


def test_a_table_that_is_not_named_is_refused_also_behind_another_calculation() -> None:
    @memoised(Organisation)
    def organisations() -> int:
        return Organisation.objects.count()

    @memoised(Area)
    def directly() -> int:
        return Organisation.objects.select_related("area").count()

    @memoised(Area)
    def behind() -> int:
        return organisations()

    assert organisations() == 0
    with pytest.raises(UndeclaredTable, match="registry_organisation"):
        directly()
    with pytest.raises(UndeclaredTable, match="registry_organisation"):
        behind()


def test_a_query_is_no_result() -> None:
    @memoised(Area)
    def lazy() -> QuerySet[Area]:
        return Area.objects.all()

    with pytest.raises(TypeError, match="query"):
        lazy()


def test_every_memoised_table_is_stamped_by_the_database_itself() -> None:
    sources = Path(import_module("yixian").__path__[0])
    for path in sources.rglob("*.py"):
        if "@memoised(" in path.read_text(encoding="utf-8"):
            import_module(".".join(("yixian", *path.relative_to(sources).with_suffix("").parts)))
    tables = frozenset().union(*(names for function, names in MEMOISED.items() if "<locals>" not in function))
    assert len(tables) > 8
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_stamped'")
            assert tables <= {table for (table,) in cursor.fetchall()}
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            found = {name for (name,) in cursor.fetchall()}
            assert {f"{table}_stamped_{verb}" for table in tables for verb in _VERBS} <= found


_VERBS = ("insert", "update", "delete")


def test_old_stamps_are_taken_away_and_a_state_never_comes_back() -> None:
    _area(11)
    ChangeStamp.objects.bulk_create(ChangeStamp(table="registry_area", stamp=f"{n}") for n in range(1200))
    before, held = state_of(["registry_area"]), ChangeStamp.objects.filter(table="registry_area").count()
    assert forget_old_stamps() == held - 100
    after = state_of(["registry_area"])
    assert after != before
    assert forget_old_stamps() == 0
    assert state_of(["registry_area"]) == after
