"""检索: the same answers on SQLite and PostgreSQL, whatever is typed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yixian.kernel.models import SearchDocument
from yixian.kernel.search import index, matching_ids, remove, tokens_for_person_names

pytestmark = pytest.mark.django_db

HOUSEHOLDS = {
    1: ["单小芳", "张小明"],
    2: ["张明小", "李小"],
    3: ["欧阳修", "吕绿"],
    4: ["吉克·阿依", "\U000323af𠮷"],
    5: ["𠮷田𰻝", "〇明"],
    6: ["Nguyễn Văn An"],
}


@pytest.fixture(autouse=True)
def _households() -> None:
    index(("household", pk, "000001", tokens_for_person_names(names)) for pk, names in HOUSEHOLDS.items())
    index([("letter", 1, "000001", "关于张小明家补偿的信 letter 2013")])


def found(query: str, kind: str = "household") -> set[int]:
    return set(matching_ids(kind, query))


@pytest.mark.parametrize(
    ("query", "households"),
    [
        ("小芳", {1}),
        ("张小", {1}),
        ("张 小", {1, 2}),
        ("张 李", {2}),
        ("芳张", set()),
        ("小明", {1}),
        ("明", {1, 2, 5}),
        ("吉克阿依", {4}),
        ("吉克·阿依", {4}),
        ("克•阿", {4}),
        ("𠮷", {4, 5}),
        ("𠮷田", {5}),
        ("𰻝", {5}),
        ("\U000323af", {4}),
        ("〇", {5}),
        ("依\U000323af", set()),
        ("shanxiaofang", {1}),
        ("shanxiao", {1}),
        ("SXF", {1}),
        ("ｓｘｆ", {1}),
        ("Shàn Xiǎofāng", {1}),
        ("shan xiao fang", {1}),
        ("shan'xiao'fang", {1}),
        ("xiaofang", set()),
        ("danxiaofang", set()),
        ("zhang xm", set()),
        ("sxf zxm", {1}),
        ("zhang", {1, 2}),
        ("zhang 明小", {2}),
        ("张xiao", set()),
        ("张zxm", {1}),
        ("lvlv", {3}),
        ("lǜ", {3}),
        ("lulu", {3}),
        ("lyu", {3}),
        ("ouyang", {3}),
        ("nguyen", {6}),
        ("Nguyễn Văn", {6}),
        ("补偿", set()),
    ],
)
def test_people_are_found(query: str, households: set[int]) -> None:
    assert found(query) == households


def test_kinds_are_apart() -> None:
    assert found("张小明") == {1}
    assert found("张小明", "letter") == {1}
    assert found("2013 补偿", "letter") == {1}
    assert found("补偿家", "letter") == set()
    assert found("张小明", "matter") == set()


@pytest.mark.parametrize(
    "query",
    [
        '"', "''", '"张" OR "李"', "张* OR 李", "张 NEAR 李", "body:张", "-张", "^张", "张)", "((", "张 AND NOT 李", "张 | 李",
        "!张", "张 <-> 小", "张:*", "\\", "\\'", "'; DROP TABLE kernel_searchdocument; --", "%s %(x)s {}", "\x00", "张\x00小",
        "\ud800", "😀", "😀张小", "*", ":*", "&", "+", "{a b}:c", "x" * 9000, "张" * 9000, "a b " * 5000, "张 " * 5000, " ", "",
        "\u202e张", "\u2066", "null", "and or not near",
    ],
)  # fmt: skip
def test_nothing_typed_is_an_operator_or_an_error(query: str) -> None:
    assert found(query) <= set(HOUSEHOLDS)
    assert SearchDocument.objects.count() == len(HOUSEHOLDS) + 1


def test_operators_are_only_words() -> None:
    assert found('"单小芳" OR "欧阳修"') == set()
    assert found("张 NOT 李") == set()
    assert found("body:单") == set()
    assert found("😀张小？") == {1}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_is_answered(query: str) -> None:
    assert found(query) <= set(HOUSEHOLDS)


@given(st.lists(st.sampled_from(list("张小明李单芳欧阳")), min_size=1, max_size=3).map("".join))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_phrases_find_what_the_names_hold_and_nothing_else(query: str) -> None:
    assert found(query) == {pk for pk, names in HOUSEHOLDS.items() if any(query in name for name in names)}


def test_nothing_typed_finds_nothing() -> None:
    assert found("") == found("？！") == set()


def test_a_limit_takes_the_lowest_ids() -> None:
    assert list(matching_ids("household", "明", limit=2)) == [1, 2]


def test_it_is_one_statement_as_a_subquery(django_assert_num_queries) -> None:
    known = list(Permission.objects.order_by("pk").values_list("pk", flat=True)[:2])
    index([("permission", known[0], "", "甲 乙"), ("permission", known[1], "", "甲 丙")])
    with django_assert_num_queries(1):
        assert (
            list(
                Permission.objects.filter(pk__in=matching_ids("permission", "甲乙")).values_list(
                    "pk", flat=True
                )
            )
            == known[:1]
        )
    with django_assert_num_queries(1):
        assert Permission.objects.filter(pk__in=matching_ids("permission", "甲", limit=1)).count() == 1
    assert SearchDocument.objects.filter(object_id__in=matching_ids("permission", "甲")).count() >= 2


def test_writing_again_replaces() -> None:
    index([("household", 1, "000002", "王 五"), ("household", 1, "000003", "赵 六")])
    assert found("单小芳") == found("王五") == set()
    assert found("赵六") == {1}
    assert SearchDocument.objects.get(kind="household", object_id=1).area_path == "000003"


def test_text_is_cut_where_it_is_written() -> None:
    index([("letter", 2, "", "“征地”:补偿's \\ 100% | Ａ４" + "x" * 5000), ("letter", 3, "", "")])
    assert found("征地补偿", "letter") == found("a4", "letter") == {2}


def test_removing_takes_out_of_one_kind_only() -> None:
    remove("household", range(1, 50_000))
    assert found("张小明") == set()
    assert found("张小明", "letter") == {1}
    assert SearchDocument.objects.count() == 1
