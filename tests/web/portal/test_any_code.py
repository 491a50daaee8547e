"""一个入口: a number typed anywhere is recognised and leads to the page where it belongs."""

from __future__ import annotations

import pytest
from django.test import Client

from yixian.compensation.models import Statement
from yixian.registry.models import Organisation
from yixian.web.code_kinds import CodeKind, kind_of

KINDS = {
    "4905 0774 7605 9475": CodeKind.SIXTEEN,
    "４９０５-０７７４-７６０５-９４７５": CodeKind.SIXTEEN,
    "abcd 2345": CodeKind.QUESTION,
    "24683579": CodeKind.QUESTION,
    "99 6961 8236": CodeKind.MATTER,
    "520646": CodeKind.PIN,
    "11010519491231002X": CodeKind.IDENTITY,
    "53990110120101-0001": CodeKind.HOUSEHOLD,
    "539901101201010001": CodeKind.HOUSEHOLD,
    "澜信〔2026〕12号": CodeKind.PAPER,
    "两移[2026]1号": CodeKind.PAPER,
    "我的号": CodeKind.UNKNOWN,
    "12345": CodeKind.PHONE,
    "1234": CodeKind.UNKNOWN,
    "138 0011 2233": CodeKind.PHONE,
    "0887-8123456": CodeKind.PHONE,
    "400-800-1234": CodeKind.PHONE,
    "010 8123 456": CodeKind.PHONE,
    "dc0a b64e 30f4 c254": CodeKind.CHECK,
    "DC0AB64E30F4C254": CodeKind.CHECK,
    "gc0ab64e30f4c254": CodeKind.UNKNOWN,
}


@pytest.mark.parametrize(("typed", "kind"), list(KINDS.items()))
def test_a_code_is_known_by_its_form(typed: str, kind: CodeKind) -> None:
    assert kind_of(typed) == kind


def texts(response) -> str:
    return response.content.decode()


@pytest.mark.django_db
@pytest.mark.sqlite_enough
def test_each_leads_where_it_belongs() -> None:
    client = Client()
    assert "查一个号码" in texts(client.get("/code/"))
    card = texts(client.post("/code/", {"code": "4905 0774 7605 9475"}))
    assert "要是印在卡上，请接着输密码" in card
    assert "4905 0774 7605 9475" in card
    for typed, sentence in (
        ("9969618236", "打电话问事用的编号"),
        ("520646", "不要告诉任何人"),
        ("11010519491231002X", "这里从不要身份证号"),
        ("53990110120101-0001", "光有户号打不开什么"),
        ("澜信〔2026〕12号", "这是文号"),
        ("1234", "没有这个样子的"),
        ("138 0011 2233", "我们哪个单位都没有这个电话"),
        ("dc0ab64e30f4c254", "我们算的账里没有这个核对码"),
    ):
        page = texts(client.post("/code/", {"code": typed}))
        assert sentence in page, typed
    assert client.post("/code/", {"code": "abcd 2345"}).status_code == 404
    assert client.post("/code/", {"code": ""}).status_code == 422


@pytest.mark.django_db
@pytest.mark.sqlite_enough
def test_the_other_forms_recognise_what_belongs_elsewhere() -> None:
    client = Client()
    assert "提问的查询码" in texts(client.post("/c/", {"code": "abcd 2345", "pin": "123456"}))
    assert "打电话问事用的编号" in texts(client.post("/status/", {"code": "9969618236"}))
    assert "请出示移民卡" in texts(client.post("/status/", {"code": "4905 0774 7605 9475"}))
    assert "卡号和回执号都是十六位" in texts(
        client.post("/policy/question/", {"code": "4905 0774 7605 9475"})
    )


def test_whether_a_paper_or_a_caller_is_ours_is_told_to_everybody(valley) -> None:
    client = Client()
    run = Statement.objects.get(household=valley.zhao, is_current=True).run
    check = run.manifest["checksum"][:16].upper()
    ours = texts(client.post("/code/", {"code": f"{check[:4]} {check[4:]}"}))
    assert "核对码是我们的" in ours
    assert run.pack_version.title_zh in ours
    assert valley.zhao.head.name not in ours
    other = f"{check[:15]}{'A' if check[15] != 'A' else 'B'}"
    assert "我们算的账里没有这个核对码" in texts(client.post("/code/", {"code": other}))
    office = Organisation.objects.order_by("pk").first()
    Organisation.objects.filter(pk=office.pk).update(phone="4008001234")
    for typed in ("400-800-1234", "400 800 1234"):
        assert f"这是{office.name}的电话" in texts(client.post("/code/", {"code": typed}))
    assert "也可以在这里输" in texts(client.get("/genuine/"))
