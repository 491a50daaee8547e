"""价目: prices are told in the currency of their pack, not in the county's habit."""

from __future__ import annotations

from pathlib import Path

import pytest

from yixian.engines.entitlements import load_pack
from yixian.web.library.price_list import PRICE_TABLE, price_rows
from yixian.web.ui.tables import Where

PACKS = Path(__file__).resolve().parents[3] / "packs"


@pytest.mark.parametrize(("name", "currency"), [("danjiangkou-2009", "元"), ("lai-chau-2010", "盾")])
def test_prices_name_the_currency_of_their_pack(name: str, currency: str) -> None:
    rows = price_rows(load_pack(PACKS / name), "", "zh")
    assert {row.currency for row in rows} == {currency}
    page = PRICE_TABLE.rows_html(rows[:1])
    assert f'<span class="soft small under">{currency}</span>' in page
    filed = [column.heading for column in PRICE_TABLE.columns if Where.FILE in column.where]
    assert "币种" in filed
