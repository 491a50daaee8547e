"""改登记的页面: what is read on a page is put right from there — with a reason, and a second person where money hangs on it."""

from __future__ import annotations

import re

import pytest

from yixian.inventory.models import InventoryItem
from yixian.registry.models import Helper, Household, HouseholdMember, Organisation, ProposedChange

pytestmark = pytest.mark.sqlite_enough
WHY = {"reason": "户主来说的"}
PAPER = {"document_no": "复核单3号", "document_date": "2026-05-01", "reason": "复核丈量"}
FORM_BUDGET = 32  # what a form of one row asks of the register around it, and what says who may


def texts(response) -> str:
    return response.content.decode()


def as_shown(client, address: str) -> dict[str, object]:
    """Every field of a form as it is first shown."""
    form = client.get(address).context["form"]
    return {name: form[name].value() or "" for name in form.fields if name not in PAPER}


def test_a_telephone_is_changed_and_the_page_says_so(browse, county):
    household, clerk = county.households[0], browse("clerk")
    page = texts(clerk.get(f"/staff/households/{household.pk}/"))
    address = f"/staff/households/{household.pk}/edit/"
    assert address in page
    done = clerk.post(address, as_shown(clerk, address) | WHY | {"phone": "13800138000"}, follow=True)
    assert "已登记，现在生效。" in texts(done)
    assert "13800138000" in texts(done)
    assert Household.objects.get(pk=household.pk).phone == "13800138000"
    assert not ProposedChange.objects.exists()


def test_a_bank_account_waits_and_stands_on_the_page_until_somebody_agrees(browse, county):
    household, clerk = county.households[0], browse("clerk")
    address = f"/staff/households/{household.pk}/edit/"
    given = as_shown(clerk, address) | {"bank_name": "农信社", "bank_account": "900123456789"}
    missing = clerk.post(address, given | WHY)
    assert missing.status_code == 422
    assert "请写明依据的文件" in texts(missing)
    proposed = clerk.post(address, given | PAPER)
    change = ProposedChange.objects.get()
    assert proposed.url == f"/staff/changes/{change.pk}/"
    assert "有一项变更等另一个人同意" in texts(clerk.get(f"/staff/households/{household.pk}/"))
    lead = browse("lead")
    assert "900123456789" in texts(lead.get(proposed.url))
    lead.post(f"{proposed.url}agree/")
    assert Household.objects.get(pk=household.pk).bank_account == "900123456789"
    assert "等另一个人同意" not in texts(clerk.get(f"/staff/households/{household.pk}/"))


def test_a_line_and_a_person_are_put_right_and_faults_stand_at_their_fields(browse, county):
    household, clerk = county.households[0], browse("clerk")
    item = InventoryItem.objects.get(line_no=f"{household.household_no}-01", valid_until=None)
    address = f"/staff/households/{household.pk}/items/{item.pk}/edit/"
    given = as_shown(clerk, address) | PAPER
    wrong = clerk.post(address, given | {"quantity": "86,4平方"})
    assert wrong.status_code == 422
    assert wrong.context["form"].errors["quantity"]
    assert clerk.post(address, given | {"quantity": "90.5"}).status_code == 302
    child = HouseholdMember.objects.get(household=household, relation="child")
    address = f"/staff/households/{household.pk}/members/{child.person_id}/edit/"
    given = as_shown(clerk, address) | PAPER
    wrong = clerk.post(address, given | {"birth_date": "1990-01-01"})
    assert wrong.context["form"].errors["birth_date"]
    assert clerk.post(address, given | {"eligibility": "accompanying"}).status_code == 302
    assert [change.kind for change in ProposedChange.objects.order_by("pk")] == ["row", "row"]


def test_somebody_leaves_and_something_is_added(browse, county):
    household, clerk, lead = county.households[0], browse("clerk"), browse("lead")
    child = HouseholdMember.objects.get(household=household, relation="child")
    address = f"/staff/households/{household.pk}/members/{child.person_id}/left/"
    proposed = clerk.post(address, PAPER | {"left_as": "married", "on": "2026-05-01"})
    lead.post(f"{proposed.url}agree/")
    page = texts(clerk.get(f"/staff/households/{household.pk}/"))
    assert "离户原因：婚嫁离户" in page
    address = f"/staff/households/{household.pk}/items/new/"
    shown = texts(clerk.get(address))
    assert re.search(r"<optgroup label=\"房屋\">", shown)
    given = PAPER | {"item_code": "house.main.frame", "quantity": "12", "surveyed_on": "2026-05-01"}
    proposed = clerk.post(address, given | {"place": "", "surveyor": ""})
    lead.post(f"{proposed.url}agree/")
    assert InventoryItem.objects.get(line_no=f"{household.household_no}-03").quantity == 12


def test_a_helper_and_a_body_are_put_right_at_once(browse, county):
    clerk = browse("clerk")
    helper, body = Helper.objects.order_by("pk")[0], Organisation.objects.order_by("pk")[0]
    address = f"/staff/helpers/{helper.pk}/edit/"
    given = as_shown(clerk, address) | WHY | {"places": "7", "languages": ["cmn", "iii"]}
    assert clerk.post(address, given).url == f"/staff/helpers/{helper.pk}/"
    helper.refresh_from_db()
    assert (helper.places, helper.languages) == (7, "cmn,iii")
    address = f"/staff/organisations/{body.pk}/edit/"
    given = as_shown(clerk, address) | WHY | {"phone": "0870-5550100", "hours": "周一至周五 8:30–17:30"}
    assert "0870-5550100" in texts(clerk.post(address, given, follow=True))


@pytest.mark.parametrize("name", ["township", "cadre", "auditor"])
def test_whoever_does_not_keep_the_register_has_no_way_to_it(browse, county, name):
    household = county.households[0]
    client = browse(name)
    page = client.get(f"/staff/households/{household.pk}/")
    assert f"/staff/households/{household.pk}/edit/" not in texts(page)
    assert client.get(f"/staff/households/{household.pk}/edit/").status_code == 403


def test_a_form_keeps_its_query_budget(browse, county, django_assert_max_num_queries):
    household, clerk = county.households[0], browse("clerk")
    for address in (
        f"/staff/households/{household.pk}/edit/",
        f"/staff/households/{household.pk}/items/new/",
    ):
        clerk.get(address)
        with django_assert_max_num_queries(FORM_BUDGET):
            clerk.get(address)


def test_a_matter_is_taken_down_for_the_household_one_reads_of(browse, county):
    household, clerk = county.households[0], browse("clerk")
    link = f"/staff/matters/new/?household={household.household_no}"
    assert link in texts(clerk.get(f"/staff/households/{household.pk}/"))
    assert clerk.get(link).context["form"]["household"].value() == household.household_no


def test_an_account_behind_the_facts_leads_to_its_own_calculation(browse, county):
    household, clerk, lead = county.households[0], browse("clerk"), browse("lead")
    assert "重新核算这一户" not in texts(clerk.get(f"/staff/households/{household.pk}/"))
    item = InventoryItem.objects.get(line_no=f"{household.household_no}-01", valid_until=None)
    address = f"/staff/households/{household.pk}/items/{item.pk}/edit/"
    proposed = clerk.post(address, as_shown(clerk, address) | PAPER | {"quantity": "90.5"})
    lead.post(f"{proposed.url}agree/")
    page = texts(clerk.get(f"/staff/households/{household.pk}/"))
    assert "重新核算这一户" in page
    assert f"households/{household.pk}/correct/" in page
