"""What staff change through pages: households divided and joined, policies adopted by two people, users and roles."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.staff.county import PASSWORD
from yixian.duty.models import PairingRun
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import PUBLIC
from yixian.kernel.models import Job, RoleGrant, User
from yixian.policies.models import PackAdoption
from yixian.registry.models import Household, HouseholdMember, ProposedChange
from yixian.web.staff.access_pages import CHANGES as ACCESS_CHANGES


def texts(response) -> str:
    return response.content.decode()


PAPER = {"document_no": "分户申请书3号", "document_date": "2026-05-01"}


def division_of(household: Household) -> dict[str, str]:
    """The child becomes the head of a new household and takes the second item along."""
    child = HouseholdMember.objects.get(household=household, relation="child")
    item = InventoryItem.objects.get(household=household, line_no=f"{household.household_no}-02")
    return {
        **PAPER,
        "household_no": "YC09001",
        "on": "2026-06-01",
        "reason": "结婚另立门户",
        f"person-{child.person_id}": "head",
        f"item-{item.pk}": "new",
    }


def test_a_division_is_shown_once_more_then_proposed_and_done_when_a_second_person_agrees(
    browse, county
) -> None:
    household, clerk = county.households[0], browse("clerk")
    address, given = f"/staff/households/{household.pk}/split/", division_of(household)
    assert "这样对吗" in texts(clerk.post(address, given))
    assert not ProposedChange.objects.exists()
    proposed = clerk.post(address, given | {"confirmed": "1"})
    change = ProposedChange.objects.get()
    assert proposed.url == f"/staff/changes/{change.pk}/"
    assert not Household.objects.filter(household_no="YC09001").exists()
    assert clerk.post(f"{proposed.url}agree/").status_code in {403, 409}
    lead = browse("lead")
    shown = texts(lead.get(proposed.url))
    for words in (
        "分出新户",
        "YC09001",
        "（子女 → 户主）",
        f"{household.household_no}-02",
        "分户申请书3号",
        "分户",
    ):
        assert words in shown
    assert change.title in texts(lead.get("/staff/"))
    assert lead.post(f"{proposed.url}agree/").status_code == 302
    new = Household.objects.get(household_no="YC09001")
    assert new.members.filter(valid_until=None).count() == 1
    assert household.members.filter(valid_until=None).count() == 2
    assert InventoryItem.objects.filter(household=new, valid_until=None).count() == 1
    beside_both = [set(one.pairings.values_list("helper_id", flat=True)) for one in (household, new)]
    assert beside_both[0] == beside_both[1] != set()
    assert set(new.pairings.values_list("valid_from", flat=True)) == {new.valid_from}


def test_a_division_without_a_new_head_is_told_in_words(browse, county) -> None:
    household = county.households[0]
    given = {name: "child" if value == "head" else value for name, value in division_of(household).items()}
    response = browse("clerk").post(f"/staff/households/{household.pk}/split/", given)
    assert response.status_code == 422
    assert "要有且只有一位新户主" in texts(response)


def test_a_taken_number_stands_beside_its_field(browse, county) -> None:
    household = county.households[0]
    given = division_of(household) | {"household_no": "YC00002", "confirmed": "1"}
    response = browse("clerk").post(f"/staff/households/{household.pk}/split/", given)
    assert response.status_code == 422
    assert response.context["form"].errors["household_no"] == ["户号为空或已被使用。"]


@pytest.mark.parametrize("typed", ["ＹＣ０９００２", " YC 09002 ", "YC\u200909002"])
def test_the_new_number_is_kept_in_its_plain_form(browse, county, typed) -> None:
    household = county.households[2]
    given = division_of(household) | {"household_no": typed, "confirmed": "1"}
    proposed = browse("clerk").post(f"/staff/households/{household.pk}/split/", given)
    assert browse("lead").post(f"{proposed.url}agree/").status_code == 302
    assert Household.objects.filter(household_no="YC09002").count() == 1


def merger_of(leaving: Household, staying: Household) -> dict[str, str]:
    members = HouseholdMember.objects.filter(household=leaving)
    given = {**PAPER, "household_no": staying.household_no, "on": "2026-06-01", "reason": "合户"}
    return given | {f"person-{row.person_id}": "other" for row in members}


def test_two_households_become_one_when_a_second_person_agrees(browse, county) -> None:
    leaving, staying = county.households[0], county.households[1]
    clerk, address = browse("clerk"), f"/staff/households/{leaving.pk}/merge/"
    given = merger_of(leaving, staying)
    assert "这样对吗" in texts(clerk.post(address, given))
    proposed = clerk.post(address, given | {"confirmed": "1"})
    leaving.refresh_from_db()
    assert leaving.valid_until is None
    assert "并入后终止" in texts(browse("lead").get(proposed.url))
    assert browse("lead").post(f"{proposed.url}agree/").status_code == 302
    leaving.refresh_from_db()
    assert leaving.ended_as == "merged"
    assert not leaving.pairings.filter(valid_until=None).exists()
    assert staying.members.filter(valid_until=None).count() == 6


def test_a_proposed_merger_is_refused_with_its_reason_or_taken_back(browse, county) -> None:
    leaving, staying = county.households[0], county.households[1]
    clerk, address = browse("clerk"), f"/staff/households/{leaving.pk}/merge/"
    given = merger_of(leaving, staying) | {"confirmed": "1"}
    first = clerk.post(address, given)
    assert "已经提出，正等另一人同意" in texts(clerk.post(address, given))
    assert browse("lead").post(f"{first.url}refuse/", {"note": "没有村里证明"}).status_code == 302
    assert "没有村里证明" in texts(clerk.get(first.url))
    second = clerk.post(address, given)
    assert clerk.post(f"{second.url}withdraw/", {"note": "补证明"}).status_code == 302
    leaving.refresh_from_db()
    assert leaving.valid_until is None


def test_joining_an_unknown_household_is_told_beside_the_number(browse, county) -> None:
    given = {"household_no": "YC99999", "on": "2026-06-01", "reason": "合户"}
    response = browse("clerk").post(f"/staff/households/{county.households[0].pk}/merge/", given)
    assert response.context["form"].errors["household_no"] == ["没有这个户号的其他户。"]


@pytest.mark.parametrize("name", ["township", "cadre", "auditor", "admin"])
def test_others_do_not_divide(browse, county, name: str) -> None:
    assert browse(name).get(f"/staff/households/{county.households[0].pk}/split/").status_code == 403


def test_a_policy_needs_a_second_person(browse, county) -> None:
    pack = PackAdoption.objects.get().pack_version_id
    given = {"area": county.areas["t1"].pk, "valid_from": "2026-07-01", "document": "镇发〔2026〕2号"}
    lead = browse("lead")
    assert lead.post(f"/staff/policies/{pack}/propose/", given).status_code == 302
    adoption = PackAdoption.objects.get(document="镇发〔2026〕2号")
    own = lead.post(f"/staff/adoptions/{adoption.pk}/approve/")
    assert own.status_code == 409
    assert "须由提出者之外的另一个人批准" in texts(own)
    waiting = texts(browse("leader").get("/staff/"))
    assert "批准政策" in waiting
    assert browse("leader").post(f"/staff/adoptions/{adoption.pk}/approve/").status_code == 302
    adoption.refresh_from_db()
    assert adoption.approved_by == county.users["leader"]


def test_a_proposed_policy_is_called_off_with_a_reason(browse, county) -> None:
    pack, lead = PackAdoption.objects.get().pack_version_id, browse("lead")
    day = timezone.localdate() + timedelta(days=30)
    given = {"area": county.areas["t1"].pk, "valid_from": day.isoformat(), "document": "镇发〔2026〕2号"}
    lead.post(f"/staff/policies/{pack}/propose/", given)
    adoption = PackAdoption.objects.get(document="镇发〔2026〕2号")
    address = f"/staff/adoptions/{adoption.pk}/call_off/"
    assert f'href="{address}"' in texts(lead.get("/staff/policies/"))
    assert day.isoformat() in texts(lead.get(address))
    assert lead.post(address, {"because": ""}).status_code == 422
    assert lead.post(address, {"because": "另行发文"}).status_code == 302
    page = texts(lead.get("/staff/policies/"))
    assert "已取消" in page
    assert "另行发文" in page
    assert f'href="{address}"' not in page
    assert "批准政策" not in texts(browse("leader").get("/staff/"))
    assert lead.post(address, {"because": "再一次"}).status_code in {409, 422}


def test_pairing_is_asked_for_and_its_result_shown(
    browse, county, django_capture_on_commit_callbacks
) -> None:
    clerk = browse("clerk")
    with django_capture_on_commit_callbacks(execute=True):
        given = {"area": county.areas["county"].pk, "seed": "7"}
        question = texts(clerk.post("/staff/pairing/solve/", given))
        assert "13 户中，今天有 8 户缺干部或者党员" in question
        assert not Job.objects.exists()
        asked = clerk.post("/staff/pairing/solve/", given | {"confirmed": "yes"})
    job = Job.objects.get(kind="duty.pair")
    assert asked.url == f"/staff/jobs/{job.pk}/"
    assert job.state == "done", job.error
    assert PairingRun.objects.get().seed == 7
    assert "已证明没有更好的结对" in texts(clerk.get("/staff/pairing/"))
    assert "办好了" in texts(clerk.get(asked.url))


def test_accounts_are_calculated_again_by_a_job(browse, county, django_capture_on_commit_callbacks) -> None:
    clerk = browse("clerk")
    with django_capture_on_commit_callbacks(execute=True):
        given = {"area": county.areas["county"].pk}
        question = texts(clerk.post("/staff/accounts/calculate/", given))
        assert "核算 13 户，每一行算两遍" in question
        assert "1 户还没有账目，1 户暂缓出账" in question
        assert not Job.objects.exists()
        clerk.post("/staff/accounts/calculate/", given | {"confirmed": "yes"})
    assert Job.objects.get(kind="compensation.calculate").state == "done"
    assert "还没有账目" not in texts(clerk.get("/staff/"))


def test_a_place_out_of_reach_cannot_be_calculated(browse, county) -> None:
    assert browse("clerk").post("/staff/accounts/calculate/", {"area": 999999}).status_code == 404
    assert (
        browse("township").post("/staff/accounts/calculate/", {"area": county.areas["t1"].pk}).status_code
        == 403
    )


def test_somebody_elses_job_is_not_there(browse, county) -> None:
    job = Job.objects.create(kind="duty.pair", owner=county.users["clerk"], created_at="2026-03-01T00:00:00Z")
    assert browse("lead").get(f"/staff/jobs/{job.pk}/").status_code == 404
    assert "正在排队" in texts(browse("clerk").get(f"/staff/jobs/{job.pk}/"))
    assert browse("clerk").post(f"/staff/jobs/{job.pk}/cancel/").status_code == 302
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_an_administrator_makes_a_user_who_can_sign_in(browse, county) -> None:
    admin = browse("admin")
    made = texts(admin.post("/staff/users/new/", {"username": "he", "display_name": "何"}))
    user = User.objects.get(username="he")
    code = re.search(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", made)
    assert code is not None
    assert code[0] not in texts(admin.get(f"/staff/users/{user.pk}/"))
    weak = Client().post(
        "/accounts/first/", {"username": "he", "code": code[0], "password": "short", "again": "short"}
    )
    assert weak.status_code == 422
    chosen = {"password": "long-enough-words-7", "again": "long-enough-words-7"}
    assert Client().post("/accounts/first/", {"username": "he", "code": code[0]} | chosen).status_code == 302
    assert Client().login(username="he", password="long-enough-words-7")
    given = {
        "role": "township_lead",
        "area": county.areas["t1"].path,
        "organisation": "",
        "valid_from": "2026-01-01",
        "valid_until": "",
    }
    assert admin.post(f"/staff/users/{user.pk}/grants/", given).status_code == 302
    grant = RoleGrant.objects.get(user=user)
    ending = f"/staff/users/{user.pk}/grants/{grant.pk}/end/"
    assert "从今天起，何不再是乡镇负责人" in texts(admin.post(ending))
    grant.refresh_from_db()
    assert grant.valid_until is None
    assert admin.post(ending, {"confirmed": "yes"}).status_code == 302
    admin.post(f"/staff/users/{user.pk}/active/", {"active": "0"})
    assert not Client().login(username="he", password="long-enough-words-7")


def test_an_administrator_cannot_be_given_a_role_that_opens_records(browse, county) -> None:
    admin = county.users["admin"]
    other = User.objects.create(username="admin2")
    RoleGrant.objects.create(user=other, role="administrator", valid_from="2020-01-01")
    given = {
        "role": "bureau_lead",
        "area": "",
        "organisation": "",
        "valid_from": "2026-01-01",
        "valid_until": "",
    }
    response = browse("admin").post(f"/staff/users/{other.pk}/grants/", given)
    assert response.status_code == 422
    assert "管理员不得兼任其他角色" in texts(response)
    own = browse("admin").post(f"/staff/users/{admin.pk}/grants/", given)
    assert "不能给自己授予角色" in texts(own)


def test_signing_in_and_out_by_the_pages(county) -> None:
    client = Client()
    assert client.get("/staff/").url == "/accounts/login/?next=/staff/"
    wrong = client.post("/accounts/login/", {"login": "clerk", "password": "wrong"})
    assert wrong.status_code == 200
    right = client.post("/accounts/login/?next=/staff/", {"login": "clerk", "password": PASSWORD})
    assert right.url == "/staff/"
    assert "今天要办的事" in texts(client.get("/staff/"))
    client.post("/accounts/logout/")
    assert client.get("/staff/").status_code == 302


def test_each_tab_of_sign_ins_and_rights_offers_and_applies_its_own_kinds(browse, county) -> None:
    asked = {"kind": "grant.given", "sign_in": "sign_in.failed"}
    for tab, own, other in (("rights", "kind", "sign_in"), ("sign_ins", "sign_in", "kind")):
        page = texts(browse("admin").get("/staff/access/", asked | {"show": tab}))
        assert f'<option value="{asked[own]}" selected' in page
        assert f'value="{asked[other]}"' not in page
        applied = ACCESS_CHANGES.query(PUBLIC, timezone.now(), asked | {"show": tab}, {})
        assert (applied[own], applied[other]) == (asked[own], "")


def test_calling_off_what_was_approved_is_offered_in_reach_and_asks_for_a_document(browse, county) -> None:
    day = timezone.localdate() + timedelta(days=30)
    PackAdoption.objects.update(valid_until=day)
    row = PackAdoption.objects.get()
    lead, leader = county.users["lead"], county.users["leader"]
    RoleGrant.objects.filter(user=leader).update(area_path=county.areas["t1"].path)
    decided = {"pack_version": row.pack_version, "document": "5号", "valid_from": day}
    decided |= {"proposed_by": lead, "approved_by": leader, "proposed_at": row.proposed_at}
    here, _beyond = (
        PackAdoption.objects.create(area=area, approved_at=row.proposed_at, **decided)
        for area in (county.areas["t1"], county.areas["county"])
    )
    address = f"/staff/adoptions/{here.pk}/call_off/"
    assert re.findall(
        r'href="(/staff/adoptions/\d+/call_off/)"', texts(browse("leader").get("/staff/policies/"))
    ) == [address]
    assert address not in texts(browse("lead").get("/staff/policies/"))
    assert "文号" in texts(browse("leader").get(address))
    assert browse("leader").post(address, {"because": "另行发文"}).status_code == 422
    assert browse("leader").post(address, {"because": "另行发文", "number": "6号"}).status_code == 302
    here.refresh_from_db()
    assert here.is_called_off
