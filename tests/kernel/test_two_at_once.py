"""两人同时: of two people who do the same at the same moment one succeeds, and the other reads a plain sentence."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.kernel.conftest import Apart
from tests.kernel.two_at_once import SCENES

ROUNDS = 3


@pytest.fixture(scope="module")
def told(apart: Apart) -> dict[str, list[list[Any]]]:
    result = apart.run(f"from tests.kernel.two_at_once import main; main({ROUNDS})")
    assert result.returncode == 0, result.stderr
    found: dict[str, list[list[Any]]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("scene", SCENES)
def test_one_of_two_succeeds_and_the_other_is_told_why(told: dict[str, list[list[Any]]], scene: str) -> None:
    for first, second, times in told[scene]:
        outcomes = [first, second]
        assert times == 1, outcomes
        assert outcomes.count("done") == 1, outcomes
        (refused,) = [one for one in outcomes if one != "done"]
        key, sentence = refused.split(": ", 1)
        assert key == key.lower(), refused
        assert sentence.endswith("."), refused
