"""跟踪结果: what was calculated stands until a table that it has read changes, also one that only a memoised calculation read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import translation

from yixian.kernel.memo import memoised
from yixian.kernel.models import Event, User
from yixian.kernel.tracked_results import TrackedResults
from yixian.registry.models import Area

pytestmark = pytest.mark.django_db


def area(number: int) -> Area:
    return Area.objects.create(code=f"{number:02}", name=f"{number}", level="province", path=f"{number:06}")


def user() -> None:
    User.objects.create(username="somebody")


class Asked:
    """A calculation that counts how often it was really done."""

    def __init__(self, calculate: Callable[[], object], most: int = 9) -> None:
        self.calculate, self.times, self.kept = calculate, 0, TrackedResults[object](most)

    def __call__(self, asked: str = "") -> object:
        def calculated() -> object:
            self.times += 1
            return self.calculate()

        return self.kept.answer("one", asked, self.kept.stamps(["one"]), calculated)


def test_it_stands_from_the_second_time_and_goes_with_any_change() -> None:
    areas = Asked(Area.objects.count)
    first = area(11)
    assert [areas(), areas(), areas(), areas()] == [1, 1, 1, 1]
    assert areas.times == 2  # the tables are learned, then the result is kept
    area(12)
    assert [areas(), areas()] == [2, 2]
    Area.objects.filter(pk=first.pk).delete()
    assert [areas(), areas()] == [1, 1]
    assert areas.times == 4
    user()
    assert areas() == 1
    assert areas.times == 4  # a table that it does not read


def test_what_a_memoised_calculation_reads_counts() -> None:
    @memoised(Area)
    def known() -> int:
        return Area.objects.count()

    area(11)
    known()  # from now on it asks nothing itself
    through = Asked(known)
    assert [through(), through(), through()] == [1, 1, 1]
    assert through.times == 2
    area(12)
    assert through() == 2


def test_a_table_that_is_read_only_sometimes_is_learned_when_it_is() -> None:
    def maybe() -> object:
        return User.objects.count() if Area.objects.exists() else "none"

    found = Asked(maybe)
    assert [found(), found(), found()] == ["none"] * 3
    area(11)
    assert found() == 0
    user()
    assert [found(), found(), found()] == [1, 1, 1]


def test_what_reads_a_table_without_stamps_is_never_kept() -> None:
    events = Asked(lambda: (Area.objects.count(), Event.objects.count()))
    for _time in range(4):
        events()
    assert events.times == 4


def test_a_change_that_is_rolled_back_leaves_what_was() -> None:
    areas = Asked(Area.objects.count)
    area(11)
    assert [areas(), areas()] == [1, 1]
    before = transaction.savepoint()
    area(12)
    assert areas() == 2
    transaction.savepoint_rollback(before)
    assert areas() == 1


def test_each_question_and_each_language_has_its_own_and_the_latest_are_kept() -> None:
    areas = Asked(Area.objects.count, most=2)
    areas("a")
    areas("a")
    areas("a")
    assert areas.times == 2
    with translation.override("en"):
        areas("a")
    areas("b")
    assert areas.times == 4
    areas("b")
    assert areas.times == 4
    areas("a")
    assert areas.times == 5  # the oldest had to go
