"""家庭: who lives together in a household — generations, ages and how each is related to the head."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

REFERENCE_YEAR = 2024


@dataclass(frozen=True, slots=True)
class FamilyMember:
    """Somebody before they have a name: relation to the head, sex, year of birth.

    ``line`` says whose family name they bear: ``own`` the household's, ``other`` one of their own.
    """

    relation: str
    female: bool
    born: int
    line: str = "own"


def draw_family(rng: Random) -> list[FamilyMember]:
    """One household, its head first."""
    kind = rng.choices(_KINDS, _WEIGHTS)[0]
    return kind(rng)


def _alone_and_old(rng: Random) -> list[FamilyMember]:
    return [FamilyMember("head", rng.random() < 0.6, _born(rng, 64, 91))]


def _alone(rng: Random) -> list[FamilyMember]:
    return [FamilyMember("head", rng.random() < 0.2, _born(rng, 26, 60))]


def _old_couple(rng: Random) -> list[FamilyMember]:
    return _couple(rng, _born(rng, 60, 86))


def _young_couple(rng: Random) -> list[FamilyMember]:
    return _couple(rng, _born(rng, 24, 58))


def _couple_with_children(rng: Random) -> list[FamilyMember]:
    family = _couple(rng, _born(rng, 27, 54))
    count = rng.choices((1, 2, 3), (38, 52, 10))[0]
    return family + _children(rng, count, family[0].born)


def _one_parent(rng: Random) -> list[FamilyMember]:
    head = FamilyMember("head", rng.random() < 0.55, _born(rng, 28, 58))
    return [head, *_children(rng, rng.choices((1, 2), (65, 35))[0], head.born)]


def _three_generations_below(rng: Random) -> list[FamilyMember]:
    """The head is the grandparent."""
    family = _couple(rng, _born(rng, 54, 76))
    if rng.random() < 0.25:
        family = family[:1]
    son = rng.random() < 0.88
    born = min(family[0].born + rng.randint(21, 29), REFERENCE_YEAR - 22)
    family.append(FamilyMember("child", not son, born))
    family.append(FamilyMember("child_in_law", son, born + rng.randint(-3, 3), "other"))
    grandchildren = _children(rng, rng.choices((1, 2, 3), (40, 50, 10))[0], born, "grandchild")
    line = "own" if son else "in_law"
    return family + [FamilyMember(child.relation, child.female, child.born, line) for child in grandchildren]


def _three_generations_above(rng: Random) -> list[FamilyMember]:
    """The head has parents and children."""
    family = _couple(rng, _born(rng, 30, 55))
    head = family[0]
    family += _children(rng, rng.choices((1, 2, 3), (40, 50, 10))[0], head.born)
    if rng.random() < 0.75:
        family.append(_elder("parent", head.born - rng.randint(20, 28), "other"))
    if rng.random() < 0.6 or family[-1].relation != "parent":
        family.append(_elder("parent", head.born - rng.randint(21, 31), "own"))
    if rng.random() < 0.03:
        family.append(_elder("grandparent", head.born - rng.randint(42, 50), "other"))
    return family


def _skipped_generation(rng: Random) -> list[FamilyMember]:
    """Grandparents with the grandchildren of those who work elsewhere under a register of their own."""
    family = _couple(rng, _born(rng, 55, 72))
    count = rng.choices((1, 2), (60, 40))[0]
    return family + _children(rng, count, family[0].born + 25, "grandchild")


def _with_sibling(rng: Random) -> list[FamilyMember]:
    family = _couple_with_children(rng)
    sibling = FamilyMember("sibling", rng.random() < 0.3, family[0].born + rng.randint(-8, 9))
    return [*family, sibling]


def _with_others(rng: Random) -> list[FamilyMember]:
    """With a nephew or niece, or a child taken in."""
    relation, line = rng.choice((("other", "own"), ("non_relative", "other")))
    return [*_couple_with_children(rng), FamilyMember(relation, rng.random() < 0.5, _born(rng, 6, 30), line)]


_SHARES = (
    (_alone_and_old, 76), (_alone, 44), (_old_couple, 100), (_young_couple, 60), (_couple_with_children, 390),
    (_one_parent, 50), (_three_generations_below, 95), (_three_generations_above, 125), (_skipped_generation, 40),
    (_with_sibling, 20), (_with_others, 10),
)  # fmt: skip
_KINDS = [kind for kind, _share in _SHARES]
_WEIGHTS = [share for _kind, share in _SHARES]


def _couple(rng: Random, born: int) -> list[FamilyMember]:
    woman_heads = rng.random() < 0.12
    hers, his = ("head", "spouse") if woman_heads else ("spouse", "head")
    spouse_born = born + rng.randint(-3, 5)
    her_year, his_year = (born, spouse_born) if woman_heads else (spouse_born, born)
    couple = [FamilyMember(his, False, his_year), FamilyMember(hers, True, her_year, "other")]  # noqa: FBT003 - female or not
    return couple[::-1] if woman_heads else couple


def _children(rng: Random, count: int, parent_born: int, relation: str = "child") -> list[FamilyMember]:
    first = parent_born + rng.randint(21, 30)
    years = [min(first + order * rng.randint(2, 5), REFERENCE_YEAR) for order in range(count)]
    return [FamilyMember(relation, rng.random() < 0.48, year) for year in years]


def _elder(relation: str, born: int, line: str) -> FamilyMember:
    """A parent or grandparent of the head: the fathers bear the household's name, the mothers another."""
    return FamilyMember(relation, line == "other", born, line)


def _born(rng: Random, youngest: int, oldest: int) -> int:
    return REFERENCE_YEAR - rng.randint(youngest, oldest)
