"""Versions, agreements and cases on pages: from drawing up to the third signature, and a case to its decision."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.compensation.signing import SYSTEM, Valley
from yixian.compensation.models import AccountCase, Agreement, AgreementSignature, Statement
from yixian.registry.actions.issue_cards import issue_cards

Browse = Callable[[str], Client]
VERSIONS_BUDGET = 40
LIST_BUDGET = 30


def text_of(response) -> str:
    return response.content.decode()


def draw_up(browse: Browse, valley: Valley, **changes: str) -> Agreement:
    data = {
        "paid_by": "bank",
        "bureau": valley.bureau.pk,
        "attesting_organisation": valley.justice.pk,
    } | changes
    response = browse("cadre").post(f"/staff/households/{valley.household.pk}/agreement/", data)
    assert response.status_code == 302, text_of(response)
    return Agreement.objects.latest("pk")


def sign(browse: Browse, valley: Valley, agreement: Agreement, party: str, who: str, **changes: str):
    today = timezone.localdate().isoformat()
    data: dict[str, object] = {"signed_on": today, "kept_at": "卷1"}
    if party == "household":
        data |= {"person_id": valley.household.head_id, "way": "paper"}
    else:
        data |= {"signer_name": "周正", "post": "主任"}
    return browse(who).post(f"/staff/agreements/{agreement.pk}/sign/{party}/", data | changes)


def measure_anew(valley: Valley, quantity: str) -> None:
    valley.measure(quantity)
    valley.calculate(at=timezone.now())


def test_from_drawing_up_to_the_third_signature(browse: Browse, signing_valley: Valley) -> None:
    page = text_of(browse("cadre").get(f"/staff/households/{signing_valley.household.pk}/"))
    assert f"/staff/households/{signing_valley.household.pk}/agreement/" in page
    agreement = draw_up(browse, signing_valley)
    for party, who in (("household", "cadre"), ("bureau", "clerk"), ("attesting", "attester")):
        assert "登记签字" in text_of(browse(who).get(f"/staff/agreements/{agreement.pk}/"))
        assert sign(browse, signing_valley, agreement, party, who).status_code == 302
    page = text_of(browse("lead").get(f"/staff/agreements/{agreement.pk}/"))
    assert "三方已签" in page
    assert "登记签字" not in page
    assert page.count("周正") == 2


def test_an_account_behind_the_facts_leads_to_where_it_is_calculated_again_or_names_who_can(
    browse: Browse, signing_valley: Valley
) -> None:
    agreement = draw_up(browse, signing_valley)
    signing_valley.measure("91")
    cadre = sign(browse, signing_valley, agreement, "household", "cadre")
    assert "请先重新核算" in text_of(cadre)
    assert "这件事由这些人办：" in text_of(cadre)
    assert 'href="/staff/accounts/"' in text_of(sign(browse, signing_valley, agreement, "bureau", "clerk"))


def test_what_is_missing_is_named_with_where_to_enter_it(browse: Browse, signing_valley: Valley) -> None:
    household = signing_valley.household
    household.address = household.phone = ""
    household.save()
    url = f"/staff/households/{household.pk}/agreement/"
    page = text_of(browse("cadre").get(url))
    assert "还缺" in page
    assert "地址" in page
    assert "到“导入导出”用工作簿补录" in page
    data = {
        "paid_by": "bank",
        "bureau": signing_valley.bureau.pk,
        "attesting_organisation": signing_valley.justice.pk,
    }
    response = browse("cadre").post(url, data)
    assert response.status_code == 422
    assert "协议还有空白" in text_of(response)
    assert not Agreement.objects.exists()


def test_a_wrong_signature_stands_at_its_field_and_keeps_what_was_typed(
    browse: Browse, signing_valley: Valley
) -> None:
    agreement = draw_up(browse, signing_valley)
    response = sign(
        browse, signing_valley, agreement, "household", "cadre", kept_at="卷9", signed_on="2020-01-01"
    )
    page = text_of(response)
    assert response.status_code == 422
    assert "签字日期不能早于协议拟订日期" in page
    assert 'value="卷9"' in page
    assert sign(browse, signing_valley, agreement, "bureau", "cadre").status_code == 403
    assert sign(browse, signing_valley, agreement, "nobody", "cadre").status_code == 404
    assert not AgreementSignature.objects.exists()


def test_it_is_withdrawn_before_and_declared_void_by_two_people_after_a_signature(
    browse: Browse, signing_valley: Valley
) -> None:
    first = draw_up(browse, signing_valley)
    assert browse("cadre").get(f"/staff/agreements/{first.pk}/withdraw/").status_code == 200
    assert browse("cadre").post(f"/staff/agreements/{first.pk}/withdraw/", {"reason": ""}).status_code == 422
    assert (
        browse("cadre").post(f"/staff/agreements/{first.pk}/withdraw/", {"reason": "重拟"}).status_code == 302
    )
    second = draw_up(browse, signing_valley)
    sign(browse, signing_valley, second, "household", "cadre")
    url = f"/staff/agreements/{second.pk}/void/"
    assert browse("clerk").post(url, {"reason": "签错", "document": "纪要3号"}).status_code == 302
    assert browse("clerk").post(f"{url}decide/").status_code == 403
    assert "宣告无效" in text_of(browse("lead").get(f"/staff/agreements/{second.pk}/"))
    assert browse("lead").post(f"{url}decide/").status_code == 302
    assert "已宣告无效" in text_of(browse("lead").get(f"/staff/agreements/{second.pk}/"))


def test_a_case_is_decided_with_reason_and_document(browse: Browse, signing_valley: Valley) -> None:
    agreement = draw_up(browse, signing_valley)
    sign(browse, signing_valley, agreement, "household", "cadre")
    measure_anew(signing_valley, "90")
    case = AccountCase.objects.get()
    assert "赵近壹" in text_of(browse("lead").get("/staff/cases/"))
    page = text_of(browse("lead").get(f"/staff/cases/{case.pk}/"))
    assert "45,792.00" in page
    assert "47,700.00" in page
    assert "+1,908.00" in page
    assert "作出决定" not in text_of(browse("auditor").get(f"/staff/cases/{case.pk}/"))
    url = f"/staff/cases/{case.pk}/"
    response = browse("lead").post(url, {"outcome": "apply", "reason": "复核属实", "document": ""})
    assert response.status_code == 422
    assert "复核属实" in text_of(response)
    given = {"outcome": "apply", "reason": "复核属实", "document": "纪要4号"}
    assert browse("lead").post(url, given).status_code == 302
    assert "赵近壹" not in text_of(browse("lead").get("/staff/cases/"))
    assert "赵近壹" in text_of(browse("lead").get("/staff/cases/?all=1"))
    assert "已被新账目取代" in text_of(browse("lead").get(f"/staff/agreements/{agreement.pk}/"))


def test_versions_say_what_changed_and_are_set_side_by_side(
    browse: Browse, signing_valley: Valley, tmp_path, django_assert_max_num_queries
) -> None:
    signing_valley.adopt_prices(tmp_path, "600", on=timezone.localdate())
    signing_valley.calculate(at=timezone.now())
    base = f"/staff/households/{signing_valley.household.pk}/versions/"
    client = browse("auditor")
    with django_assert_max_num_queries(VERSIONS_BUDGET):
        page = text_of(client.get(base))
    for told in (
        "政策有变",
        "两政发〔2026〕2号",
        "45,792.00",
        "51,840.00",
        "+6,048.00",
        "移民局经办",
        "移民局负责人",
    ):
        assert told in page, told
    compared = text_of(client.get(f"{base}compare/?old=1&new=2"))
    for told in ("530.00", "600.00", "+6,048.00"):
        assert told in compared, told
    back = text_of(client.get(f"{base}compare/?old=2&new=1"))
    assert "-6,048.00" in back
    assert "45,792.00" in text_of(client.get(f"{base}1/"))
    assert client.get(f"{base}3/").status_code == 404
    for version in (1, 2):
        pdf = client.get(f"{base}{version}/account.pdf")
        assert pdf.content.startswith(b"%PDF")
        assert pdf.content == client.get(f"{base}{version}/account.pdf").content


def test_the_list_is_searched_limited_and_exported(
    browse: Browse, signing_valley: Valley, django_assert_max_num_queries
) -> None:
    agreement = draw_up(browse, signing_valley)
    client = browse("auditor")
    with django_assert_max_num_queries(LIST_BUDGET):
        assert agreement.number in text_of(client.get("/staff/agreements/"))
    assert agreement.number in text_of(client.get("/staff/agreements/?state=drawn_up"))
    assert agreement.number not in text_of(client.get("/staff/agreements/?state=in_force"))
    assert "没有符合条件的协议" in text_of(client.get("/staff/agreements/?q=ZZ"))
    table = client.get("/staff/agreements/export.csv").getvalue().decode("utf-8-sig")
    assert agreement.number in table
    assert ",45792.00" in table
    assert browse("stranger").get(f"/staff/agreements/{agreement.pk}/").status_code == 404
    assert agreement.number not in text_of(browse("stranger").get("/staff/agreements/"))


def test_a_household_sees_its_own_versions_and_agreement(browse: Browse, signing_valley: Valley) -> None:
    agreement = draw_up(browse, signing_valley)
    for household, sees in ((signing_valley.household, True), (signing_valley.neighbour, False)):
        card = issue_cards([household.pk], actor=SYSTEM, at=timezone.now())[0]
        client = Client()
        client.post("/c/", {"code": card.code, "pin": card.pin})
        page = text_of(client.get("/ours/agreement/"))
        assert (agreement.number in page) is sees
        assert client.get("/ours/agreement.pdf").status_code == (200 if sees else 404)
        versions = text_of(client.get("/ours/versions/"))
        assert "首次出账" in versions
        assert "两政发〔2026〕1号" in versions
        assert client.get("/ours/versions/1/").status_code == 200
        assert client.get("/ours/versions/1/account.pdf").content.startswith(b"%PDF")
        assert client.get("/ours/versions/2/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/staff/agreements/", "/staff/cases/", "agreement/", "versions/", "versions/compare/"]
)
def test_english_pages_are_english_and_nothing_is_inline(
    browse: Browse, signing_valley: Valley, path: str
) -> None:
    client = browse("lead")
    url = path if path.startswith("/") else f"/staff/households/{signing_valley.household.pk}/{path}"
    client.cookies["django_language"] = "en"
    page = text_of(client.get(url))
    assert 'lang="en"' in page
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page)
    assert Statement.objects.count() == 2


def test_a_correction_is_told_with_its_reason(browse: Browse, signing_valley: Valley) -> None:
    household = signing_valley.household
    url = f"/staff/households/{household.pk}/correct/"
    given = {"reason": "面积录错一位", "document": "复核表7号"}
    response = browse("clerk").post(url, given)
    assert response.status_code == 422
    assert "请先在登记里改正差错" in text_of(response)
    assert Statement.objects.count() == 2
    signing_valley.measure("88.4")
    assert browse("clerk").post(url, given | {"document": ""}).status_code == 422
    assert browse("cadre").post(url, given).status_code == 403
    assert browse("clerk").post(url, given).status_code == 302
    newest = Statement.objects.get(household=household, is_current=True)
    assert (newest.version, newest.cause, newest.total_fen) == (2, "correction", 46_852_00)
    page = text_of(browse("auditor").get(f"/staff/households/{household.pk}/versions/"))
    assert "更正了一处差错：面积录错一位（复核表7号）" in page
    assert Statement.objects.filter(household=signing_valley.neighbour).count() == 1


def test_a_correction_waits_while_the_policy_changed_too(
    browse: Browse, signing_valley: Valley, tmp_path
) -> None:
    signing_valley.adopt_prices(tmp_path, "600", on=timezone.localdate())
    signing_valley.measure("88.4")
    url = f"/staff/households/{signing_valley.household.pk}/correct/"
    response = browse("clerk").post(url, {"reason": "面积录错", "document": "复核表7号"})
    assert response.status_code == 422
    assert "请按地方重新核算" in text_of(response)
    assert Statement.objects.count() == 2
