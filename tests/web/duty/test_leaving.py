"""离岗与交接, through the forms: preview, confirm, hand over, choose another, take the list along; every fault at its field."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from tests.duty.place import SYSTEM
from tests.factories import make_organisation
from tests.web.duty.conftest import Room, text_of
from yixian.duty.coverage import uncovered
from yixian.duty.models import Absence, Handover, Pairing, Stationing
from yixian.duty.queries import coverage_board
from yixian.registry.models import Helper

ANNOUNCE = "/staff/duty/absences/announce/"


def given(*helpers: Helper, **changes: str) -> dict[str, str]:
    first = timezone.localdate() + timedelta(days=20)
    return {
        "helpers": "\n".join(helper.helper_no for helper in helpers),
        "kind": "transfer",
        "first": first.isoformat(),
        "reason": "调任",
        "step": "preview",
    } | changes


def gaps() -> list:
    today = timezone.localdate()
    return uncovered(today, today + timedelta(days=365))


def test_first_the_preview_then_the_absence(room: Room) -> None:
    helper, clerk = room.place.cadres[0], room.browse("clerk")
    page = text_of(clerk.post(ANNOUNCE, given(helper)))
    assert "现在还什么都没有写入" in page
    assert not Absence.objects.exists()
    answer = clerk.post(ANNOUNCE, given(helper, step="confirm"))
    absence = Absence.objects.get()
    assert answer["Location"] == f"/staff/duty/absences/{absence.pk}/"
    assert gaps() == []
    assert (
        Handover.objects.filter(absence=absence).count() == helper.pairings.exclude(valid_until=None).count()
    )
    assert "交接清单" in text_of(clerk.get(f"/staff/duty/absences/{absence.pk}/list/"))
    assert helper.person.name in text_of(clerk.get("/staff/duty/absences/"))


def test_many_at_once_all_or_nothing(furnish) -> None:
    room = furnish(cadres=5)
    clerk, leaving = room.browse("clerk"), room.place.cadres[:2]
    answer = clerk.post(ANNOUNCE, given(*leaving, step="confirm"))
    assert answer["Location"] == "/staff/duty/absences/"
    assert Absence.objects.count() == 2
    assert gaps() == []
    assert not Pairing.objects.filter(helper__in=leaving, valid_until=None).exists()
    everybody = clerk.post(ANNOUNCE, given(*room.place.cadres[2:], step="confirm"))
    assert everybody.status_code == 409
    assert Absence.objects.count() == 2


def test_who_would_be_left_is_named_and_a_way_out_is_offered(room: Room) -> None:
    helper = room.place.cadres[0]
    Helper.objects.filter(kind="cadre").exclude(pk=helper.pk).update(places=0)
    Helper.objects.filter(pk=room.place.cadres[1].pk).update(places=1)
    clerk = room.browse("clerk")
    answer = clerk.post(ANNOUNCE, given(helper, step="confirm"))
    page = text_of(answer)
    assert answer.status_code == 409
    assert "不许安排出空档" in page
    assert "缺" in page
    for row in helper.pairings.all():
        assert row.household.household_no in page
    assert not Absence.objects.exists()
    Helper.objects.filter(kind="cadre").update(places=4)
    assert "会有" not in text_of(clerk.post(ANNOUNCE, given(helper, beyond="4")))


def test_every_fault_stands_at_its_field(room: Room) -> None:
    clerk, helper = room.browse("clerk"), room.place.cadres[0]
    leave = clerk.post(ANNOUNCE, given(helper, kind="leave"))
    assert leave.status_code == 422
    assert "返岗日期要在请假第一天之后" in text_of(leave)
    unknown = text_of(clerk.post(ANNOUNCE, given(helper, helpers="没有这人\n" + helper.helper_no)))
    assert "没有这个编号或姓名：没有这人" in unknown
    clerk.post(ANNOUNCE, given(helper, step="confirm"))
    again = text_of(clerk.post(ANNOUNCE, given(helper)))
    assert helper.helper_no in again
    assert "已经登记过离岗" in again
    assert room.browse("township").get(ANNOUNCE).status_code == 403


def test_people_are_found_by_name_sound_number_and_organisation(room: Room) -> None:
    helper = room.place.cadres[0]
    helper.person.name = "单小芳"
    helper.person.save()
    clerk = room.browse("clerk")
    for text in ("单小", "shanxiao", "sxf", helper.helper_no, "水务"):
        assert "单小芳" in text_of(clerk.get("/staff/duty/absences/find/", {"find": text})), text
    assert "单小芳" not in text_of(clerk.get("/staff/duty/absences/find/", {"find": "没有"}))


def test_steps_are_noted_and_another_successor_chosen(room: Room) -> None:
    clerk, helper = room.browse("clerk"), room.place.cadres[0]
    clerk.post(ANNOUNCE, given(helper, step="confirm"))
    row = Handover.objects.first()
    address, today = f"/staff/duty/handovers/{row.pk}/", timezone.localdate().isoformat()
    silent = clerk.post(f"{address}accepted/", {"on": today, "note": ""})
    assert silent.status_code == 422
    assert "请写明原因，或者是怎么办的" in text_of(silent)
    for kind in ("accepted", "acknowledged"):
        clerk.post(f"{address}{kind}/", {"on": today, "note": "电话"})
    assert clerk.get(address).context["handover"].state == "done"
    other = Handover.objects.exclude(pk=row.pk).first() or row
    Helper.objects.filter(pk=other.pairing.helper_id).update(work_phone="")
    assert "没有登记电话" in text_of(clerk.get(f"/staff/duty/handovers/{other.pk}/"))
    successor = Helper.objects.get(pk=other.pairing.helper_id)
    successor.work_phone = "16009990001"
    successor.save(update_fields=["work_phone"])
    page = clerk.get(f"/staff/duty/handovers/{other.pk}/")
    assert 'href="tel:16009990001"' in page.content.decode()
    assert "另选接手的人" in text_of(page) or other == row
    choosing = f"/staff/duty/handovers/{other.pk}/successor/"
    candidates = clerk.get(choosing).context["form"].candidates
    if candidates.eligible:
        chosen = candidates.eligible[0].helper
        assert clerk.post(choosing, {"helper": chosen.pk, "note": "更近"}).status_code == 302
        assert Handover.objects.latest("pk").pairing.helper == chosen
    assert gaps() == []


def test_a_helper_who_may_not_is_refused_with_the_rules(room: Room) -> None:
    clerk, helper = room.browse("clerk"), room.place.cadres[0]
    clerk.post(ANNOUNCE, given(helper, step="confirm"))
    row = Handover.objects.first()
    data = {"helper": helper.pk, "note": "还是原来的"}
    refused = clerk.post(f"/staff/duty/handovers/{row.pk}/successor/", data)
    assert refused.status_code == 422
    assert "不在岗，或者就要离岗" in text_of(refused)


def test_a_sudden_absence_from_report_to_return(room: Room) -> None:
    helper, lead = room.place.cadres[0], room.browse("township")
    data = {"helper": helper.helper_no, "reason": "住院"}
    answer = lead.post("/staff/duty/absences/sudden/", data)
    absence = Absence.objects.get()
    address = f"/staff/duty/absences/{absence.pk}/"
    assert answer["Location"] == address
    today = timezone.localdate()
    assert coverage_board(SYSTEM, room.place.township, on=today).whole.lead == helper.pairings.count()
    assert lead.post(f"{address}cover/", {"beyond": "0"}).status_code == 302
    assert coverage_board(SYSTEM, room.place.township, on=today).whole.uncovered == 0
    again = lead.post(f"{address}cover/", {"beyond": "0"}, follow=True)
    assert "每户都重新有人管了" in text_of(again)
    early = (today - timedelta(days=3)).isoformat()
    assert "离岗开始之前" in text_of(lead.post(f"{address}end/", {"on": early}))
    back = (today + timedelta(days=2)).isoformat()
    assert lead.post(f"{address}end/", {"on": back}).status_code == 302
    absence.refresh_from_db()
    assert absence.valid_until.isoformat() == back
    assert room.browse("auditor").post(f"{address}end/", {"on": back}).status_code == 403


def test_a_planned_stationing_is_called_off_from_its_page(room: Room) -> None:
    clerk, day = room.browse("clerk"), timezone.localdate() + timedelta(days=10)
    township = room.place.township
    body = make_organisation(room.place.county, name="新派的单位")
    planned = Stationing.objects.create(
        organisation=body, area=township, area_path=township.path, valid_from=day, document="两委〔2026〕9号"
    )
    page = f"/staff/duty/areas/{township.pk}/leaders/"
    address = f"{page}call_off_station/{planned.pk}/"
    assert f'href="{address}"' in clerk.get(page).content.decode()
    assert clerk.post(address, {"because": ""}).status_code == 422
    assert "已取消" in text_of(clerk.post(address, {"because": "改派别处"}, follow=True))
    assert f'href="{address}"' not in clerk.get(page).content.decode()
