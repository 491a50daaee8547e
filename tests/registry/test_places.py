"""住址: where a household lives in one line, in either language."""

from __future__ import annotations

import pytest

from yixian.domain.areas import LEVELS, AreaLevel, child_path, path_chain
from yixian.registry.models import Area
from yixian.registry.paper.addresses import place_of

PATH = child_path(child_path(child_path(child_path(child_path("", 1), 1), 1), 1), 2)
NAMES = [
    ("云岭省", "Yunling Province"),
    ("澜渡县", "Landu County"),
    ("渡口镇", "Dukou Town"),
    ("下河岩村", "Xiaheyan Village"),
    ("下河岩村二组", "Xiaheyan Village, Group 2"),
]


def areas(**other: str) -> dict[str, Area]:
    """The areas on the way to a group; its names may be others."""
    steps = path_chain(PATH)
    rows = {step: Area(path=step, name=zh, name_en=en) for step, (zh, en) in zip(steps, NAMES, strict=True)}
    for field, value in other.items():
        setattr(rows[PATH], field, value)
    return rows


def test_a_group_that_bears_its_village_says_it_once() -> None:
    assert place_of(PATH, areas(), "zh") == "渡口镇 下河岩村二组"
    assert place_of(PATH, areas(), "en") == "Xiaheyan Village, Group 2, Dukou Town"


def test_a_group_with_a_name_of_its_own_follows_its_village() -> None:
    own = areas(name="二组", name_en="Group 2")
    assert place_of(PATH, own, "zh") == "渡口镇 下河岩村 二组"
    assert place_of(PATH, own, "en") == "Group 2, Xiaheyan Village, Dukou Town"


def test_a_place_without_an_english_name_keeps_its_chinese_one() -> None:
    assert place_of(PATH, areas(name="二组", name_en=""), "en") == "二组, Xiaheyan Village, Dukou Town"


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "云岭省 澜渡县"), ("en", "Landu County, Yunling Province")]
)
def test_only_the_levels_asked_for_are_named(lang: str, told: str) -> None:
    assert place_of(PATH, areas(), lang, levels=LEVELS[:2]) == told
    assert place_of(PATH, areas(), lang, levels=(AreaLevel.COUNTY,)) in told


@pytest.mark.parametrize(("lang", "told"), [("zh", "渡口镇"), ("en", "Dukou Town")])
def test_a_name_is_asked_for_in_a_language(lang: str, told: str) -> None:
    assert Area(name="渡口镇", name_en="Dukou Town").name_in(lang) == told
    assert Area(name="渡口镇").name_in(lang) == "渡口镇"
