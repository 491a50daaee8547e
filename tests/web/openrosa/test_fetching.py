"""What a phone fetches: the list of forms, a form, and the household list, with nothing on it that a sheet does not need."""

from __future__ import annotations

import csv
import hashlib
import json
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.utils import timezone

from tests.factories import make_area, make_household
from tests.survey.yard import Yard
from tests.web.openrosa.phone import Phone, said
from yixian.kernel.models import User
from yixian.survey.actions.open_campaign import close_campaign
from yixian.survey.models import TeamDay

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
LIST = "{http://openrosa.org/xforms/xformsList}"
MANIFEST = "{http://openrosa.org/xforms/xformsManifest}"
FORM = "/openrosa/forms/danjiangkou-2009-facility"


def rows_of(phone: Phone) -> list[dict[str, str]]:
    content = phone.get("/openrosa/households.csv").content.decode()
    return list(csv.DictReader(content.splitlines()))


def send_team(yard: Yard, village, days: int) -> None:  # type: ignore[no-untyped-def]
    TeamDay.objects.create(team=yard.team, village=village, on=timezone.localdate() + timedelta(days=days))


def test_the_list_names_each_form_with_its_version_and_hash(phone: Phone) -> None:
    response = phone.get("/openrosa/formList")
    assert response["X-OpenRosa-Version"] == "1.0"
    assert int(response["X-OpenRosa-Accept-Content-Length"]) == 10 * 1024 * 1024
    assert response["Date"].endswith("GMT")
    root: Element = ElementTree.fromstring(response.content)
    listed = {one.findtext(f"{LIST}formID"): one for one in root.iter(f"{LIST}xform")}
    pack = phone.yard.campaign.pack_version.pack_id
    assert {f"{pack}-facility", f"{pack}-house"} <= listed.keys()
    facility = listed[f"{pack}-facility"]
    form = phone.get(facility.findtext(f"{LIST}downloadUrl") or "")
    assert facility.findtext(f"{LIST}hash") == "md5:" + hashlib.md5(form.content).hexdigest()  # noqa: S324
    version = facility.findtext(f"{LIST}version") or ""
    assert f'version="{version}"'.encode() in form.content
    assert f'version="{version}"'.encode() in phone.yard.xml("a")
    assert form["Content-Type"] == "text/xml; charset=utf-8"
    assert facility.findtext(f"{LIST}manifestUrl") == f"http://testserver{FORM}/manifest"


def test_a_form_that_is_not_the_campaigns_is_not_there(phone: Phone) -> None:
    for address in ("/openrosa/forms/other.xml", "/openrosa/forms/other/manifest"):
        response = phone.get(address)
        assert response.status_code == 404
        assert (
            said(response)
            == "没有这张表，或者这次调查已经结束。\nThere is no such form, or its campaign is closed."
        )


def test_a_closed_campaign_hands_out_no_form_and_still_takes_sheets(phone: Phone, yard: Yard) -> None:
    close_campaign(yard.campaign.pk, "结束", actor=yard.actor("clerk"), at=timezone.now())
    assert b"xform>" not in phone.get("/openrosa/formList").content
    assert phone.get(f"{FORM}.xml").status_code == 404
    assert phone.send("a").status_code == 201


def test_a_closed_campaign_hands_out_no_household(phone: Phone, yard: Yard) -> None:
    send_team(yard, yard.village, 0)
    assert len(rows_of(phone)) == 1
    close_campaign(yard.campaign.pk, "结束", actor=yard.actor("clerk"), at=timezone.now())
    assert rows_of(phone) == []
    day = json.loads(phone.get("/openrosa/day.json").content)
    assert (day["forms"], day["households"]) == ([], [])


def test_the_household_list_is_of_today_and_of_the_teams_next_day(phone: Phone, yard: Yard) -> None:
    township = yard.village.parent
    tomorrow, later, never = (make_area(township, name) for name in ("上河村", "下河村", "远河村"))
    for village in (tomorrow, later, never):
        make_household(make_area(village, f"{village.name}一组"), f"{village.name}人")
    assert rows_of(phone) == []
    send_team(yard, never, -1)
    send_team(yard, yard.village, 0)
    send_team(yard, tomorrow, 3)
    send_team(yard, later, 4)
    assert [row["label"] for row in rows_of(phone)] == ["周正", "上河村人"]
    assert rows_of(phone)[0] == {"name": yard.household.household_no, "label": "周正", "place": "近溪一组"}
    root: Element = ElementTree.fromstring(phone.get(f"{FORM}/manifest").content)
    content = phone.get(root.findtext(f"{MANIFEST}mediaFile/{MANIFEST}downloadUrl") or "").content
    assert root.findtext(f"{MANIFEST}mediaFile/{MANIFEST}filename") == "households.csv"
    wanted = "md5:" + hashlib.md5(content).hexdigest()  # noqa: S324
    assert root.findtext(f"{MANIFEST}mediaFile/{MANIFEST}hash") == wanted


def test_the_household_list_has_no_number_telephone_account_or_health(phone: Phone, yard: Yard) -> None:
    send_team(yard, yard.village, 0)
    head = yard.household.head
    assert head is not None
    head.id_number, head.phone = "530699199001011234", "13900001111"
    head.save()
    yard.household.phone, yard.household.bank_account = "13900002222", "6228480000000000001"
    yard.household.difficulty, yard.household.address = 3, "近溪一组 5 号"
    yard.household.save()
    assert phone.get("/openrosa/households.csv").content.decode() == (
        f"name,label,place\n{yard.household.household_no},周正,近溪一组\n"
    )


def test_another_teams_village_is_on_no_list(phone: Phone, yard: Yard) -> None:
    assert User.objects.exists()
    other = make_area(make_area(yard.other, "远谷镇"), "远谷村")
    make_household(make_area(other, "远谷一组"), "孙外")
    send_team(yard, yard.village, 0)
    assert "孙外" not in str(rows_of(phone))


def test_the_day_of_the_field_app_is_that_of_the_household_list(phone: Phone, yard: Yard) -> None:
    send_team(yard, yard.village, 0)
    head = yard.household.head
    assert head is not None
    head.id_number, head.phone = "530699199001011234", "13900001111"
    head.save()
    response = phone.get("/openrosa/day.json")
    assert response["X-OpenRosa-Version"] == "1.0"
    assert b"530699199001011234" not in response.content
    assert b"13900001111" not in response.content
    day = json.loads(response.content)
    assert day["households"] == [{"number": yard.household.household_no, "head": "周正", "place": "近溪一组"}]
    assert day["surveyors"]["measurer"]["name"] == "李量"
    assert day["surveyors"]["second"]["organisation"] == yard.institute.name
    facility = next(form for form in day["forms"] if form["form_id"].endswith("-facility"))
    assert facility["version"].encode() in yard.xml("a")
    ends = datetime.fromisoformat(day["until"])
    assert timezone.localtime(ends).strftime("%H:%M") == "00:00"
    assert timezone.localdate(ends) == timezone.localdate() + timedelta(days=1)


def test_the_day_ends_with_the_teams_next_day_in_a_village(phone: Phone, yard: Yard) -> None:
    send_team(yard, yard.village, 3)
    send_team(yard, yard.village, 5)
    day = json.loads(phone.get("/openrosa/day.json").content)
    assert timezone.localdate(datetime.fromisoformat(day["until"])) == timezone.localdate() + timedelta(
        days=4
    )


def test_the_day_of_a_closed_campaign_has_no_form(phone: Phone, yard: Yard) -> None:
    close_campaign(yard.campaign.pk, "结束", actor=yard.actor("clerk"), at=timezone.now())
    assert json.loads(phone.get("/openrosa/day.json").content)["forms"] == []


def test_the_day_of_another_county_is_on_no_phone(phone: Phone, yard: Yard) -> None:
    other = make_area(make_area(yard.other, "远谷镇"), "远谷村")
    make_household(make_area(other, "远谷一组"), "孙外")
    send_team(yard, yard.village, 0)
    assert "孙外" not in phone.get("/openrosa/day.json").content.decode()
