"""概算页: entered with every fault at its head, confirmed by another, shown to everybody; and what a clerk reads when refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.compensation.signing import Valley, make_signing_valley
from yixian.budget.models import BudgetVersion
from yixian.budget.queries import budget_heads_for

Browse = Callable[[str], Client]


@pytest.fixture
def valley(db: None) -> Valley:
    return make_signing_valley()


@pytest.fixture
def browse(valley: Valley) -> Browse:
    """A browser in Chinese in which the named person has signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(valley.users[name])
        return client

    return signed_in


def text_of(response) -> str:
    """The page in one line."""
    return " ".join(response.content.decode().split())


def filled(valley: Valley, **changes: str) -> dict[str, str]:
    """A whole form: a hundred thousand yuan under every head."""
    budget_heads = {
        budget_head.code: "100,000.00"
        for budget_head in budget_heads_for(valley.county.path, timezone.localdate())
    }
    return (
        {"document": "云发改〔2026〕3号", "reason": "批准", "valid_from": str(timezone.localdate())}
        | budget_heads
        | changes
    )


def test_a_fault_is_named_at_its_head_and_what_was_typed_stays(browse: Browse, valley: Valley) -> None:
    address = f"/staff/budget/places/{valley.county.pk}/enter/"
    response = browse("clerk").post(address, filled(valley, land="一百万", property="12.345", moving=""))
    page = text_of(response)
    assert response.status_code == 422
    assert page.count("请用数字填金额，精确到分") == 2
    assert page.count('class="errorlist"') == 3
    for told in ("一百万", "12.345", "云发改〔2026〕3号"):
        assert told in page, told
    assert not BudgetVersion.objects.exists()


def test_entered_confirmed_and_open_to_everybody(browse: Browse, valley: Valley) -> None:
    assert "还没有录入概算" in text_of(Client().get("/budget/"))
    clerk, lead = browse("clerk"), browse("lead")
    response = clerk.post(f"/staff/budget/places/{valley.county.pk}/enter/", filled(valley, land="0"))
    entry = BudgetVersion.objects.get()
    assert response.headers["Location"] == f"/staff/budget/{entry.pk}/"
    assert "须由录入人以外的另一人确认" in text_of(clerk.get(f"/staff/budget/{entry.pk}/"))
    assert clerk.post(f"/staff/budget/{entry.pk}/confirm/").status_code == 403
    assert "还没有录入概算" in text_of(Client().get("/budget/"))
    assert lead.post(f"/staff/budget/{entry.pk}/confirm/").status_code == 302
    public = text_of(Client().get("/budget/"))
    assert "两河县" in public
    assert "100,000.00" in public
    assert "赵近壹" not in public
    rows = list(
        csv.DictReader(io.StringIO(clerk.get("/staff/budget/export.csv").getvalue().decode("utf-8-sig")))
    )
    by_head = {row["概算科目"]: row for row in rows}
    assert by_head["土地补偿费"]["批准（元）"] == "0.00"
    owed = valley.household.statements.get().total_fen + valley.neighbour.statements.get().total_fen
    assert by_head["移民个人财产补偿费"]["全部账目（元）"] == f"{owed / 100:.2f}"
    assert by_head["合计"]["批准（元）"] == f"{100_000 * (len(rows) - 2)}.00"


def test_who_would_go_beyond_a_head_is_told_by_how_much_and_what_to_do(
    browse: Browse, valley: Valley
) -> None:
    clerk, lead = browse("clerk"), browse("lead")
    clerk.post(f"/staff/budget/places/{valley.county.pk}/enter/", filled(valley, property="45,791.99"))
    lead.post(f"/staff/budget/{BudgetVersion.objects.get().pk}/confirm/")
    data = {"paid_by": "bank", "bureau": valley.bureau.pk, "attesting_organisation": valley.justice.pk}
    refused = browse("cadre").post(f"/staff/households/{valley.household.pk}/agreement/", data)
    page = text_of(refused)
    assert "移民个人财产补偿费 0.01" in page
    assert "超概决定" in page
    given = {"document": "两政发〔2026〕5号", "reason": "物价上涨", "valid_from": str(timezone.localdate())}
    address = f"/staff/budget/places/{valley.county.pk}/beyond/"
    nothing = clerk.post(address, given)
    assert nothing.status_code == 422
    assert "至少填一个科目" in text_of(nothing)
    clerk.post(address, given | {"property": "0.01"})
    lead.post(f"/staff/budget/{BudgetVersion.objects.latest('pk').pk}/confirm/")
    assert "其中决定增加 0.01" in text_of(clerk.get("/staff/budget/"))
    drawn = browse("cadre").post(f"/staff/households/{valley.household.pk}/agreement/", data)
    assert drawn.status_code == 302


def test_beyond_begins_with_a_budget(browse: Browse, valley: Valley) -> None:
    response = browse("clerk").get(f"/staff/budget/places/{valley.county.pk}/beyond/")
    assert response.headers["Location"] == f"/staff/budget/places/{valley.county.pk}/enter/"
