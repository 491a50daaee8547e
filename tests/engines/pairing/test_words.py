"""Explanations in a villager's words, Chinese and English."""

from __future__ import annotations

import pytest

from yixian.engines.pairing import (
    Counterfactual,
    Explanation,
    Move,
    Pair,
    describe_explanation,
    explain,
    solve,
)

MOVES = (Move("H2", "B", "C"), Move("H3", "C", "D"))
SAID = [
    (
        Counterfactual("B", True, True, 700, 200, False, 0, 0, 800, 800, MOVES),
        "A stands beside you. B is nearer but full; giving you B would move 2 other households and add 0.8 km.",
        "现在由A包您家。B更近，但已满额；换成B，要调动另外2户，总共多走0.8公里。",
    ),
    (
        Counterfactual("B", True, True, 900, 0, True),
        "A stands beside you. B would be just as good: a tie, settled by the published seed.",
        "现在由A包您家。换成B也一样好：不分高下，由公布的种子抽定。",
    ),
    (
        Counterfactual("B", False),
        "A stands beside you. B is not among those who may stand beside you.",
        "现在由A包您家。B不在可以包您家的人之列。",
    ),
    (
        Counterfactual("B", True),
        "A stands beside you. B has no place for a household like yours.",
        "现在由A包您家。B没有名额给您家这样的户。",
    ),
    (
        Counterfactual("B", True, True, 700, 200, False, 1, 0, -200, -200, (Move("H2", "B", ""),)),
        "A stands beside you. B is nearer but full; giving you B would leave 1 other household without and save 0.2 km.",
        "现在由A包您家。B更近，但已满额；换成B，会让另外1户没有人包，总共少走0.2公里。",
    ),
    (
        Counterfactual("B", True, True, 950, -50, True, 0, 1, 50, 50),
        "A stands beside you. B is farther away; giving you B would add 50 m.",
        "现在由A包您家。B更远；换成B，总共多走50米。",
    ),
    (
        Counterfactual("B", True, True, 900, 0, False, 0, 0, 100, 0, (Move("H2", "B", "A"),)),
        (
            "A stands beside you. B is just as near and full; "
            "giving you B would move 1 other household and spread the load less evenly."
        ),
        "现在由A包您家。B一样近，也已满额；换成B，要调动另外1户，各人的负担更不均匀。",
    ),
    (
        Counterfactual("B", True, True, 900, 0, True, 0, 1, 0, 0),
        "A stands beside you. B is just as near; giving you B would only take from you the one you know.",
        "现在由A包您家。B一样近；换成B，只是换掉您家熟悉的人。",
    ),
]


@pytest.mark.parametrize(("other", "english", "chinese"), SAID)
def test_every_kind_of_answer_in_both_languages(other, english, chinese):
    explanation = Explanation("cadre", "H1", (Pair("H1", "A", "cadre", 900),), 0, (other,))
    assert describe_explanation(explanation, "en") == english
    assert describe_explanation(explanation, "zh") == chinese


def test_names_and_plain_costs():
    other = Counterfactual("B", True, True, 700, 200, False, 0, 0, 800, 800, MOVES)
    explanation = Explanation("cadre", "H1", (Pair("H1", "A", "cadre", 900),), 0, (other,))
    assert describe_explanation(explanation, "en", names={"A": "Li", "B": "Wang"}, unit="").endswith(
        "Li stands beside you. Wang is nearer but full; giving you Wang would move 2 other households and add 800 to the "
        "cost."
    )
    assert "王" in describe_explanation(explanation, "zh", names={"B": "王"}, unit="")


def test_a_household_of_its_own_and_one_with_nobody(county_of):
    tables = county_of([2, 1], [1, 1], {(0, 0): 5, (0, 1): 6})
    solution = solve(*tables, seed=1)
    assert describe_explanation(explain(solution, *tables, household="H0"), "en") == (
        "P0 and P1 stand beside you. Nobody else may stand beside you."
    )
    assert (
        describe_explanation(explain(solution, *tables, household="H1"), "zh")
        == "现在还没有人包您家。再没有别人可以包您家。"
    )
