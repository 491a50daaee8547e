"""扩展点: an address that does not fit is found at the start, before anything is imported or called."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from typing import Protocol

import pytest

from yixian.config.checks import check_extension_points
from yixian.kernel import extension_points
from yixian.kernel.extension_points import Registry


class Counting(Protocol):
    def __call__(self, place: str, *, at: datetime) -> int: ...


def count(where: str, *, at: datetime) -> int:
    return len(where) + at.year


def count_without_a_moment(place: str) -> int:
    return len(place)


def count_in_words(place: str, *, at: datetime) -> str:
    return f"{place}{at}"


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> Registry[Counting]:
    monkeypatch.setattr(extension_points, "POINTS", [])
    return Registry("counting", Counting)


def test_a_function_is_loaded_by_its_address(point) -> None:
    point.register("one", f"{__name__}.count")
    assert "one" in point
    assert point.load("one")("ab", at=datetime(2026, 1, 1)) == 2028  # noqa: DTZ001 - a plain number is made of it
    assert list(point.unsound()) == []


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("yixian.nowhere.count", "there is no function"),
        (f"{__name__}.nothing", "there is no function"),
        (f"{__name__}.count_without_a_moment", "(str) -> int, not as (str, *, at: datetime) -> int"),
        (f"{__name__}.count_in_words", "(str, *, at: datetime) -> str, not as"),
    ],
)
def test_what_does_not_fit_is_named(point, address: str, wrong: str) -> None:
    point.register("one", address)
    (words,) = point.unsound()
    assert wrong in words


def test_a_name_belongs_to_one_function(point) -> None:
    point.register("one", f"{__name__}.count")
    point.register("one", f"{__name__}.count")
    with pytest.raises(ValueError, match="twice"):
        point.register("one", f"{__name__}.count_in_words")


def test_every_extension_of_the_product_fits() -> None:
    assert {point.point for point in extension_points.POINTS} == {
        "job",
        "task",
        "remedy",
        "remedy preview",
        "remedy consequence",
        "what follows a division",
        "what follows a merger",
        "recusal source",
        "people source",
        "proposed change",
        "texts of pages",
        "whether a proposed change can still be",
        "who stands beside households",
        "whether there are accounts",
    }
    assert all(point.names() for point in extension_points.POINTS)
    assert check_extension_points() == []


def test_checking_them_loads_no_engine() -> None:
    program = (
        "import django, sys; django.setup(); before = set(sys.modules)\n"
        "from yixian.config.checks import check_extension_points\n"
        "assert check_extension_points() == []\n"
        "print(*(name for name in set(sys.modules) - before if name.startswith('yixian.') and '.jobs' in name))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
