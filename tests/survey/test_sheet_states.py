"""Where a sheet stands, whatever the order in which sheets came."""

from __future__ import annotations

from itertools import permutations

import pytest

from yixian.survey.choices import SheetStatus
from yixian.survey.sheet_states import Received, sheet_states

TAKEN, WAITING, ASIDE = SheetStatus.TAKEN, SheetStatus.WAITING, SheetStatus.SET_ASIDE
OPEN, LOST, OLD = SheetStatus.TO_CHOOSE, SheetStatus.NOT_CHOSEN, SheetStatus.CORRECTED


def one(
    name: str, of: str = "", *, household: str = "H1", right: bool = True, choice: int = 0, over: str = ""
) -> Received:
    return Received(name, of, household, "form", right, choice, frozenset(over))


CASES = {
    "alone": ([one("a")], {"a": TAKEN}),
    "wrong": ([one("a", right=False)], {"a": ASIDE}),
    "corrected": ([one("a"), one("b", "a")], {"a": OLD, "b": TAKEN}),
    "twice corrected": ([one("a"), one("b", "a"), one("c", "b")], {"a": OLD, "b": OLD, "c": TAKEN}),
    "before what it corrects": ([one("b", "a")], {"b": WAITING}),
    "a chain without its beginning": ([one("c", "b"), one("b", "a")], {"b": WAITING, "c": WAITING}),
    "in a circle": ([one("a", "b"), one("b", "a")], {"a": WAITING, "b": WAITING}),
    "wrong, corrected": ([one("a", right=False), one("b", "a")], {"a": OLD, "b": TAKEN}),
    "corrected wrongly": ([one("a"), one("b", "a", right=False)], {"a": TAKEN, "b": ASIDE}),
    "two of a household": ([one("a"), one("b")], {"a": OPEN, "b": OPEN}),
    "two corrections": ([one("a"), one("b", "a"), one("c", "a")], {"a": OLD, "b": OPEN, "c": OPEN}),
    "chosen": ([one("a"), one("b", choice=1, over="a")], {"a": LOST, "b": TAKEN}),
    "chosen otherwise later": (
        [one("a", choice=2, over="b"), one("b", choice=1, over="a")],
        {"a": TAKEN, "b": LOST},
    ),
    "chosen and then corrected": (
        [one("a"), one("b", choice=1, over="a"), one("c", "b")],
        {"a": LOST, "b": OLD, "c": TAKEN},
    ),
    "what lost is corrected": (
        [one("a"), one("b", choice=1, over="a"), one("c", "a")],
        {"a": OLD, "b": OPEN, "c": OPEN},
    ),
    "two households": ([one("a"), one("b", household="H2")], {"a": TAKEN, "b": TAKEN}),
    "corrected into another household": (
        [one("a"), one("b", "a", household="H2"), one("c", household="H2")],
        {"a": OLD, "b": OPEN, "c": OPEN},
    ),
    "a choice that frees a third": (
        [
            one("a"),
            one("b", "a", choice=1, over="c"),
            one("c", "a", household="H2"),
            one("d", household="H2"),
        ],
        {"a": OLD, "b": TAKEN, "c": LOST, "d": TAKEN},
    ),
    "a third one after a choice": (
        [one("a"), one("b", choice=1, over="a"), one("c")],
        {"a": LOST, "b": OPEN, "c": OPEN},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_states_hang_on_what_came_and_not_on_the_order(case: str) -> None:
    rows, expected = CASES[case]
    assert all(sheet_states(order) == expected for order in permutations(rows))
