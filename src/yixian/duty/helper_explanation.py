"""为什么是他: why a household has the helper it has and not another, exactly, in words that it can be told.

What another would change is worked out over the whole county, since one exchange may lead to the next; only names of
helpers and numbers of households are said, never which households.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.eligibility import Days, Rule, why_not
from yixian.duty.eligibility.whole import whole_problem
from yixian.duty.helper_search import BALANCE_METRES, seed_of
from yixian.duty.rule_sentences import rule_sentences
from yixian.engines.pairing import ActivePairs, describe_explanation
from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.registry.access import Part, below, parts_for
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


@dataclass(frozen=True, slots=True)
class HelperExplanation:
    """One role's answer. ``words`` is empty where the pair is about to change; ``rules`` keep the one asked about away."""

    role: str
    role_label: str
    words: str
    rules: tuple[str, ...] = ()


def why_not_another(
    actor: Actor, household: Household, role: HelperKind, *, on: date, instead: Helper | None = None
) -> HelperExplanation | None:
    """Why the household has its present helper of a role, and what up to three nearer ones, or ``instead``, would change.

    None for those who may not know who stands beside it. Takes a second or two for twelve thousand households.
    """
    if Part.DUTY not in parts_for(actor, household):
        return None
    if instead is not None:
        rules = rule_sentences(_kept_away(household, instead, on))
        if rules:
            return HelperExplanation(role.value, str(role.label), "", rules)
    county = path_at(household.area_path, AreaLevel.COUNTY)
    problem = whole_problem(Household.objects.filter(below(county)), role, on=on)
    tables = problem.tables
    asked = instead.helper_no if instead else None
    if household.household_no not in tables.by_household_no or (asked and asked not in tables.by_helper_no):
        return HelperExplanation(role.value, str(role.label), "")
    active = ActivePairs(
        tables.households,
        tables.helpers,
        tables.edges,
        problem.previous,
        seed=seed_of(on),
        balance=BALANCE_METRES,
    )
    explanation = active.explain(household.household_no, role=role.value, instead=asked)
    return HelperExplanation(
        role.value,
        str(role.label),
        describe_explanation(explanation, language(), names=_names(tables.by_helper_no)),
    )


def _kept_away(household: Household, helper: Helper, on: date) -> list[Rule]:
    """The rules that keep somebody away, but for full places: what a place for this household would cost, is said instead."""
    return [rule for rule in why_not(household, helper, Days(on)) if rule != Rule.NO_PLACES]


def _names(helpers: Mapping[str, Helper]) -> dict[str, str]:
    return {number: helper.person.name for number, helper in helpers.items()}
