"""文库的页面: on which day what counts, in both languages, for everybody, within a fixed number of statements."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.web.staff.county import THEN
from yixian.kernel.actors import PUBLIC
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import QuestionChannel
from yixian.policies.codes import new_once

DOCUMENT = "/policy/documents/danjiangkou-2009/D2009-215/"
PUBLIC_PAGES = (
    "/policy/",
    "/policy/?q=围墙",
    "/policy/?on=2019-01-01",
    "/policy/ask/",
    "/policy/answers/",
    DOCUMENT,
    "/policy/question/",
)
BUDGET = 14
"""Statements that a page of the library may take, however many documents, clauses or answers stand on it."""


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_everybody_reads_and_nothing_is_left_in_the_browser(county, path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 200
    assert not response.cookies
    assert " style=" not in response.content.decode()
    assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "path", [*PUBLIC_PAGES, "/staff/library/", "/staff/helpdesk/", "/staff/helpdesk/?state=answered&q=水"]
)
def test_the_pages_keep_their_budget(county, browse, django_assert_max_num_queries, path: str) -> None:
    for number in range(30):
        submit_question(f"第{number}问：水", new_once(), QuestionChannel.PORTAL, actor=PUBLIC, at=THEN)
    client = browse("clerk")
    client.get(path)
    with django_assert_max_num_queries(BUDGET):
        assert client.get(path).status_code == 200


def test_before_it_was_adopted_nothing_is_in_force(county) -> None:
    page = Client().get("/policy/", {"on": "2019-01-01"}).content.decode()
    assert "尚未生效" in page
    assert "当天有效" not in page
    assert "2019 年 1 月 1 日" in page or "2019年1月1日" in page


def test_what_is_no_day_is_said_so(county) -> None:
    page = Client().get("/policy/", {"on": "2026-02-30"}).content.decode()
    assert 'role="alert"' in page
    assert "当天有效" in page


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "补偿单价表"), ("en", "Unit prices for houses")])
def test_a_document_in_both_languages(county, language: str, words: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    page = client.get(DOCUMENT).content.decode()
    assert words in page
    assert "国调办征地〔2009〕215号" in page
    assert 'id="c-table-rural"' in page


@pytest.mark.parametrize(
    "path", ["/policy/documents/none/none/", DOCUMENT + "?version=999", "/policy/answers/99/"]
)
def test_what_is_not_there(county, path: str) -> None:
    assert Client().get(path).status_code == 404
