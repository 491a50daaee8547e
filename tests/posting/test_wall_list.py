"""The sheets for the wall: what stands on them, and that they can be printed."""

from __future__ import annotations

import pytest

from tests.posting.village import Village, make_village
from tests.starting_states import StartingState
from yixian.posting.choices import PostedList
from yixian.posting.paper.wall_list import wall_list, wall_list_pdf
from yixian.registry.queries.public_offices import PublicOffice

pytestmark = pytest.mark.django_db
village = StartingState(make_village).fixture()
ADDRESS = "https://county.example/posted/1/"
OFFICES = [
    PublicOffice(1, "移民局", "", "department", "两河县", "", "0888-1234567", "", ""),
    PublicOffice(2, "没有电话的单位", "", "department", "两河县", "", "", "", ""),
]


def test_a_household_stands_there_once_with_all_its_lines_and_the_way_to_object(village: Village) -> None:
    data = wall_list(village.prepare(), ADDRESS, OFFICES, lang="zh", place="近溪镇 近溪村")
    assert [(one["head"], [line["quantity"] for line in one["lines"]]) for one in data["households"]] == [
        ("周正", ["101.27"]),
        ("吴桐", ["101.27"]),
    ]
    assert data["offices"] == ["移民局 0888-1234567"]
    assert data["span"] == "张贴次日起 7 天"
    assert data["round"] == "第 1 轮，共 3 轮"
    assert not data["has_detail"]


def test_of_people_it_names_who_is_counted(village: Village) -> None:
    data = wall_list(village.prepare(PostedList.POPULATION), ADDRESS, OFFICES, lang="zh", place="近溪村")
    first = data["households"][0]["lines"][0]
    assert data["has_detail"]
    assert (first["quantity"], first["detail"].count("、")) == ("3", 2)


@pytest.mark.parametrize("posted", PostedList)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_a_file_for_the_archive(village: Village, posted: PostedList, lang: str) -> None:
    content = wall_list_pdf(village.prepare(posted), ADDRESS, OFFICES, lang=lang, place="近溪村")
    assert content.startswith(b"%PDF-")
    assert b"pdfaid" in content
