"""科目的说明: what the policy notes of a budget head stands with it in the language being spoken."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from tests.revisions.conftest import county, households  # noqa: F401 - the county under the shipped pack
from yixian.compensation.queries import budget_head_board

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


def test_the_board_says_in_which_price_the_resettlement_subsidy_stands(county, households) -> None:  # noqa: F811
    rows = {row.title: row for row in budget_head_board(county, date(2026, 11, 2)).rows}
    assert "安置补助费 6 倍 12,600 元" in rows["安置补助费"].note
    assert rows["安置补助费"].forecast_fen == 0
    assert rows["土地补偿费"].note == ""
    with override("en"):
        english = {row.title: row for row in budget_head_board(county, date(2026, 11, 2)).rows}
        assert "12,600 resettlement subsidy" in english["Resettlement subsidy"].note
