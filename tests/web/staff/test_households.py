"""The list and the page of households: who finds whom, what they see of it, and how many statements it takes."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.urls import reverse

from tests.web.staff.county import WITHHELD
from yixian.domain.cells import plain
from yixian.kernel.models import RecordRead

LIST = "/staff/households/"
LIST_BUDGET = 11  # two of them ask whether absences and places are still those that are known
# six of them ask whether what was known of places, policies, absences, facts and changes still is, one what was explained
PAGE_BUDGET = 31


def texts(response) -> str:
    return response.content.decode()


def test_a_clerk_sees_all_households_and_the_count(browse) -> None:
    page = texts(browse("clerk").get(LIST))
    assert "13 户" in page
    assert "YC00001" in page


def test_a_cadre_sees_only_the_paired_ones_and_no_other_count(browse) -> None:
    page = texts(browse("cadre").get(LIST))
    assert "6 户" in page
    assert "YC00007" not in page


@pytest.mark.parametrize(
    ("search", "number"),
    [("王阿呷", "YC00002"), ("wangaga", "YC00002"), ("YC00002", "YC00002"), ("ＹＣ０００ ０２", "YC00002")],
)
def test_search_by_characters_pinyin_and_number(browse, search: str, number: str) -> None:
    page = texts(browse("clerk").get(LIST, {"q": search}))
    assert number in page
    assert "YC00003" not in page


def test_search_outside_ones_reach_finds_nothing(browse) -> None:
    page = texts(browse("cadre").get(LIST, {"q": "YC00008"}))
    assert "没有符合的户" in page


def test_filters_narrow_by_account_place_and_missing_people(browse, county) -> None:
    clerk = browse("clerk")
    withheld = texts(clerk.get(LIST, {"account": "withheld"}))
    assert "1 户" in withheld
    assert f"YC{WITHHELD:05d}" in withheld
    missing = texts(clerk.get(LIST, {"account": "none"}))
    assert "1 户" in missing
    assert "YC00013" in missing
    village = texts(clerk.get(LIST, {"area": county.areas["v1"].pk}))
    assert "6 户" in village
    uncovered = texts(clerk.get(LIST, {"uncovered": "1"}))
    assert "8 户" in uncovered


def test_an_area_out_of_reach_is_not_there(browse, county) -> None:
    response = browse("township").get(LIST, {"area": county.areas["v2"].pk})
    assert response.status_code == 404


def test_htmx_gets_the_results_alone(browse) -> None:
    response = browse("clerk").get(
        LIST, {"q": "王"}, headers={"hx-request": "true", "hx-request-type": "partial"}
    )
    assert "<html" not in texts(response)
    assert "<table" in texts(response)


def test_the_list_keeps_its_query_budget(browse, django_assert_max_num_queries) -> None:
    clerk = browse("clerk")
    clerk.get(LIST)  # what is kept while nothing changes is worked out once
    with django_assert_max_num_queries(LIST_BUDGET):
        clerk.get(LIST)


def test_the_household_page_keeps_its_query_budget(browse, county, django_assert_max_num_queries) -> None:
    lead = browse("lead")
    address = f"{LIST}{county.households[0].pk}/"
    lead.get(address)
    with django_assert_max_num_queries(PAGE_BUDGET):
        lead.get(address)


def test_the_page_tells_the_account_in_sentences_with_its_clause(browse, county) -> None:
    page = texts(browse("clerk").get(f"{LIST}{county.households[0].pk}/"))
    assert "86.40 平方米 × 735.00 元/平方米 = 63,504.00 元" in page
    assert "67,204.00" in page
    assert "陆万柒仟贰佰零肆元整" in page
    assert "农村居民房屋及附属房补偿单价表" in page or "农村居民房屋及附属设施补偿单价表" in page


def test_a_withheld_account_names_its_reason_and_no_sum(browse, county) -> None:
    page = texts(browse("clerk").get(f"{LIST}{county.households[WITHHELD - 1].pk}/"))
    assert "政策里没有这个项目" in page
    assert "63,504.00" not in page


def test_each_role_sees_its_parts_only(browse, county) -> None:
    address = f"{LIST}{county.households[1].pk}/"
    full = county.households[1].head.id_number
    assert len(full) == 18
    assert full in texts(browse("clerk").get(address))
    cadre = texts(browse("cadre").get(address))
    assert full not in cadre
    assert "13987000002" in cadre
    assert "8011 0000" not in cadre
    surveyor = texts(browse("surveyor").get(address))
    assert "13987000002" not in surveyor
    assert "这户应得的补偿" not in surveyor
    assert "谁在身边" not in surveyor


def test_reading_a_page_is_noted_and_shown_to_those_who_may_see_readers(browse, county) -> None:
    household = county.households[1]
    browse("cadre").get(f"{LIST}{household.pk}/")
    note = RecordRead.objects.get(household_id=household.pk)
    assert (note.actor_label, note.role) == ("user:cadre", "cadre")
    assert "包户干部" in texts(browse("lead").get(f"{LIST}{household.pk}/"))


def test_households_out_of_reach_are_not_there(browse, county) -> None:
    other = county.households[8]
    for name in ("cadre", "township", "member"):
        assert browse(name).get(f"{LIST}{other.pk}/").status_code == 404
        assert browse(name).get(f"{LIST}999999/").status_code == 404
    assert not RecordRead.objects.filter(household_id=other.pk).exists()


def test_the_export_holds_ones_reach_alone_and_is_noted(browse, county) -> None:
    response = browse("cadre").get("/staff/households/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.getvalue())).active
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == 7
    assert rows[1][7] == 67204
    assert RecordRead.objects.filter(what="list export").count() == 6


def test_the_text_table_is_the_same_list(browse) -> None:
    text = (
        browse("clerk").get("/staff/households/export.csv", {"q": "YC00001"}).getvalue().decode("utf-8-sig")
    )
    assert text.splitlines()[1].startswith("陈桂英,YC00001,源盛村一组,农村")
    assert RecordRead.objects.filter(what="list export").count() == len(text.splitlines()) - 1


def test_the_text_table_begins_so_that_excel_reads_it(browse) -> None:
    assert browse("clerk").get("/staff/households/export.csv").getvalue().startswith(b"\xef\xbb\xbf")


def test_the_file_is_limited_and_sorted_as_the_page_is(browse, county) -> None:
    clerk = browse("clerk")
    for sort in ("no", "-no"):
        shown = clerk.get(LIST, {"area": county.areas["v1"].pk, "sort": sort}).context["list"]
        numbers = [row.household.household_no for row in shown.page.rows]
        assert len(numbers) == 6
        assert numbers == sorted(numbers, reverse=sort == "-no")
        text = clerk.get(dict(shown.files)["CSV"], follow=False).getvalue().decode("utf-8-sig")
        assert [line.split(",")[1] for line in text.splitlines()[1:]] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+86",
        "-1",
        "@SUM",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\t=1",
        "\rx",
        "\n",
        " =1",
        "\u3000＝1",
        "\ufeff=1",
        "\u200b@x",
    ],
)
def test_no_cell_can_act_as_a_formula(text: str) -> None:
    assert plain(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "张三", "a=1", "3-1", "'=1", " 张", "（=1）"])
def test_what_is_no_formula_stays(text: str) -> None:
    assert plain(text) == text


def test_an_unknown_form_of_export_is_not_there(browse) -> None:
    assert browse("clerk").get("/staff/households/export.exe").status_code == 404


def test_a_card_is_asked_for_first_and_its_pin_shown_once(browse, county) -> None:
    clerk, address = browse("clerk"), f"{LIST}{county.households[0].pk}/card/"
    asked = clerk.get(address)
    assert "密码只在下一页显示一次" in texts(asked)
    assert f'action="{reverse("paper:card", args=[county.households[0].pk])}"' in asked.content.decode()
    shown = clerk.post(address)
    assert len(shown.context["card"].pin) == 6
    assert shown.context["card"].pin in texts(shown)
    assert browse("cadre").get(address).status_code == 403
