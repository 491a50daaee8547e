"""空白项查询: what an agreement over a household's account in force would lack."""

from __future__ import annotations

from datetime import date

from yixian.compensation.drawing_up import Missing, Terms, missing
from yixian.compensation.models import Statement
from yixian.registry.models import Household


def blanks_of(household: Household, terms: Terms, *, on: date) -> list[Missing]:
    """Every blank of an agreement with these terms; the caller has made sure that its actor may draw one up."""
    statement = Statement.objects.filter(household=household, is_current=True).first()
    return missing(household, statement, terms, on=on)
