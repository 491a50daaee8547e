"""提问的页面: clauses or the desk, a code to come back with, an answer that everybody may read; nothing kept of the asker."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from yixian.policies.actions.submit_question import QUESTIONS_PER_SOURCE
from yixian.policies.choices import QuestionChannel
from yixian.policies.codes import new_once
from yixian.policies.models import PackClause, PolicyAnswer, PolicyQuestion
from yixian.policies.policy_helpdesk import GUESSES_PER_SOURCE
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Organisation

NOWHERE = "外星人来了归谁管？"
CODE = re.compile(r'class="question-code"[^>]*>([0-9A-Z]{4} [0-9A-Z]{4})<')


def text_of(response) -> str:
    """The page in one line: where the template breaks it says nothing."""
    return " ".join(response.content.decode().split())


def hand_in(client: Client, text: str = NOWHERE, **fields) -> str:
    page = client.post("/policy/ask/desk/", {"text": text, "once": new_once(), **fields})
    assert page.status_code == 200
    found = CODE.search(text_of(page))
    assert found
    return found[1]


def come_back(code: str):
    return Client().post("/policy/question/", {"code": code})


def answer(client: Client, **fields):
    question = PolicyQuestion.objects.get()
    clause = PackClause.objects.get(clause="table-facilities")
    given = {
        "after": "0",
        "outcome": "cited",
        "clauses": [clause.pk],
        "words_zh": "按附属设施表补偿。",
        "is_public": "on",
        "public_zh": "水边的设施怎么补？",
        "names_nobody": "on",
    }
    return client.post(f"/staff/helpdesk/{question.pk}/", given | fields)


def test_a_question_is_answered_by_the_clause_with_its_citation(county) -> None:
    response = Client().post("/policy/ask/", {"text": "我家围墙怎么赔？"})
    page = text_of(response)
    assert "国调办征地〔2009〕215号" in page
    assert "围墙：" in page
    assert "53 元 / 平方米" in page
    assert not response.cookies
    assert not PolicyQuestion.objects.exists()


def test_what_stands_nowhere_is_said_so_and_may_be_handed_in(county) -> None:
    page = text_of(Client().post("/policy/ask/", {"text": NOWHERE}))
    assert "没有找到" in page
    assert 'action="/policy/ask/desk/"' in page
    assert "信访工作条例" in page
    assert "已经定了" not in page
    assert 'href="tel:' not in page  # no body of this county has a telephone yet


def test_a_subject_that_no_document_answers_is_said_so_and_leads_to_a_telephone(county) -> None:
    Organisation.objects.filter(kind=OrganisationKind.RESETTLEMENT_BUREAU).update(phone="16010000005")
    page = text_of(Client().post("/policy/ask/", {"text": "过渡期租房子有没有补助"}))
    assert "还没有人说过" in page
    assert "已经定了" not in page
    assert 'href="tel:16010000005"' in page


def test_a_subject_with_a_page_leads_there(county) -> None:
    page = text_of(Client().post("/policy/ask/", {"text": "移民卡丢了怎么办"}))
    assert "在这里办" in page
    assert 'href="/#lost"' in page


def test_an_empty_question_is_led_back_to_its_field(county) -> None:
    response = Client().post("/policy/ask/", {"text": " "})
    assert response.status_code == 422
    assert "请写下您的问题" in text_of(response)


def test_from_question_to_answer(county, browse) -> None:
    code = hand_in(Client())
    assert "尚未答复" in text_of(come_back(code))
    assert NOWHERE in text_of(browse("clerk").get("/staff/helpdesk/"))
    assert answer(browse("clerk")).status_code == 302
    mine = text_of(come_back(code.lower()))
    assert "按附属设施表补偿。" in mine
    assert NOWHERE in mine
    everybody = text_of(Client().get("/policy/answers/"))
    assert "水边的设施怎么补？" in everybody
    assert NOWHERE not in everybody
    one = text_of(Client().get(f"/policy/answers/{PolicyQuestion.objects.get().pk}/"))
    assert "国调办征地〔2009〕215号" in one
    assert "水边的设施怎么补？" in text_of(Client().post("/policy/ask/", {"text": "水边的设施"}))


def test_a_correction_begins_with_what_was_said(county, browse) -> None:
    hand_in(Client())
    clerk = browse("clerk")
    answer(clerk)
    page = text_of(clerk.get(f"/staff/helpdesk/{PolicyQuestion.objects.get().pk}/"))
    clause = PackClause.objects.get(clause="table-facilities")
    assert f'name="clauses" value="{clause.pk}" checked' in page
    assert answer(clerk, after="1").status_code == 422
    assert answer(clerk, after="1", correction="写漏了一项。").status_code == 302
    assert list(PolicyAnswer.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"clauses": []}, "请至少选一条"),
        ({"names_nobody": ""}, "没有点到任何人"),
        ({"words_zh": ""}, "errorlist"),
        ({"after": "7"}, "notice-bad"),
    ],
)
def test_what_may_not_be_answered_keeps_what_was_typed(county, browse, fields, shown: str) -> None:
    hand_in(Client())
    response = answer(browse("clerk"), **fields)
    page = text_of(response)
    assert response.status_code in {409, 422}
    assert "水边的设施怎么补？" in page
    assert shown in page
    assert not PolicyAnswer.objects.exists()


def test_a_wrong_code_finds_nothing(county) -> None:
    hand_in(Client())
    response = come_back("2222 2222")
    assert response.status_code == 404
    assert NOWHERE not in text_of(response)


def test_guessing_and_flooding_wait(county) -> None:
    client = Client()
    for _try in range(GUESSES_PER_SOURCE):
        assert come_back("2222 2222").status_code == 404
    waits = come_back("2222 2222")
    assert (waits.status_code, waits["Retry-After"].isdigit()) == (429, True)
    for number in range(QUESTIONS_PER_SOURCE):
        hand_in(client, f"第{number}问")
    flooding = client.post("/policy/ask/desk/", {"text": "再来一问", "once": new_once()})
    assert (flooding.status_code, flooding["Retry-After"].isdigit()) == (429, True)
    assert "再来一问" in text_of(flooding)
    assert PolicyQuestion.objects.count() == QUESTIONS_PER_SOURCE


def test_another_site_cannot_ask_in_somebodys_name(county) -> None:
    response = Client().post(
        "/policy/ask/desk/", {"text": NOWHERE, "once": new_once()}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert not PolicyQuestion.objects.exists()


def test_staff_write_a_question_down_for_somebody(county, browse) -> None:
    response = browse("cadre").post("/staff/library/ask/helpdesk/", {"text": NOWHERE, "once": new_once()})
    assert CODE.search(text_of(response))
    assert PolicyQuestion.objects.get().channel == QuestionChannel.STAFF


def test_the_helpdesk_waits_among_todays_work(county, browse) -> None:
    hand_in(Client())
    assert "答复政策提问" in text_of(browse("clerk").get("/staff/"))
    assert "答复政策提问" not in text_of(browse("cadre").get("/staff/"))
