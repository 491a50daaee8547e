"""多久办完: every number on the page is the pack's."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.utils.translation import override

from tests.matters.place import Place
from tests.web.portal.matters.forms import page_of
from yixian.matters.procedures import shipped
from yixian.matters.queries import procedure_views


def test_every_limit_of_every_kind_stands_there(place: Place, client: Client) -> None:
    page = page_of(client.get("/how-long/"))
    pack = shipped()
    for kind in pack.kinds:
        procedure = pack.procedures[pack.kinds[kind]]
        assert procedure.title("zh") in page
        for clock in procedure.clocks:
            days = f"{clock.limit}个工作日" if clock.working else f"{clock.limit}天"
            assert clock.title("zh") in page
            assert days in page
            assert pack.documents[clock.document].clauses[clock.clause].plain("zh") in page


def test_another_county_has_other_numbers(place: Place, client: Client, settings: Any, tmp_path: Any) -> None:
    folder = tmp_path / "procedures"
    folder.mkdir()
    for source in settings.YIXIAN_PROCEDURES.iterdir():
        text = source.read_text(encoding="utf-8")
        if source.name == "procedures.yaml":
            text = text.replace('limit: "60"', 'limit: "47"')
        (folder / source.name).write_text(text, encoding="utf-8")
    settings.YIXIAN_PROCEDURES = folder
    assert "47天" in page_of(client.get("/how-long/"))


def test_a_kind_that_is_not_offered_is_not_there(
    place: Place, client: Client, settings: Any, tmp_path: Any
) -> None:
    folder = tmp_path / "procedures"
    folder.mkdir()
    for source in settings.YIXIAN_PROCEDURES.iterdir():
        text = source.read_text(encoding="utf-8")
        (folder / source.name).write_text(
            "project: ess10-grievance\n" if source.name == "kinds.yaml" else text, encoding="utf-8"
        )
    settings.YIXIAN_PROCEDURES = folder
    with override("en"):
        assert [view.kind for view in procedure_views()] == ["project"]
    page = page_of(client.get("/raise/"))
    assert 'name="kind"' not in page
