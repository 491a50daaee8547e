"""拒绝的页面: a refusal keeps the menu of whoever has signed in and leads on; a lost sign-in says what to do."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

FROM = {"referer": "http://testserver/staff/households/"}


def _keeps_the_menu(page: str) -> bool:
    return 'class="shell"' in page and reverse("staff:households") in page and reverse("staff:search") in page


@pytest.mark.parametrize("address", ["/staff/nowhere/", "/nowhere/", "/staff/households/999999/"])
def test_what_is_not_there_keeps_the_menu_and_the_way_back(browse, address: str) -> None:
    answer = browse("clerk").get(address, headers=FROM)
    page = answer.content.decode()
    assert answer.status_code == 404
    assert _keeps_the_menu(page)
    assert 'href="/staff/households/"' in page
    assert "移民局经办" in page


def test_what_is_not_open_to_a_role_keeps_its_menu(browse) -> None:
    answer = browse("cadre").get("/staff/users/")
    assert answer.status_code == 403
    assert 'class="shell"' in answer.content.decode()


def test_strangers_are_shown_no_menu_of_the_staff(client) -> None:
    page = client.get("/nowhere/").content.decode()
    assert 'class="shell"' not in page
    assert "/staff/" not in page


def test_a_form_whose_token_does_not_fit_keeps_the_menu_and_leads_back(county) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.users["clerk"])
    answer = client.post("/staff/imports/", headers=FROM)
    assert answer.status_code == 403
    assert _keeps_the_menu(answer.content.decode())
    assert 'class="btn" href="/staff/households/"' in answer.content.decode()


def test_a_form_sent_after_the_sign_in_ended_leads_back_to_its_page_and_says_so(client) -> None:
    answer = client.post("/staff/imports/", headers=FROM, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('account_login')}?next=/staff/households/"
    assert "您的登录已经到时" in answer.content.decode()
    by_htmx = client.post("/staff/imports/", headers={**FROM, "hx-request": "true"})
    assert by_htmx["HX-Redirect"].startswith(reverse("account_login"))


def test_an_address_that_only_takes_forms_says_so(browse) -> None:
    answer = browse("clerk").get(reverse("staff:export"))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert _keeps_the_menu(answer.content.decode())
