"""挂乡驻村、回避、缺口、试算与为什么, through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.duty.place import SYSTEM, make_helper
from tests.web.duty.conftest import Room, text_of
from yixian.duty.models import Leadership, Pairing, PairingShortage, Recusal, Stationing
from yixian.duty.what_if import what_if_double
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import NotPermitted
from yixian.kernel.jobs import run_job
from yixian.kernel.models import Job
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household


def test_a_lead_is_succeeded_in_one_step_and_the_history_keeps_both(room: Room) -> None:
    clerk, township = room.browse("clerk"), room.place.township
    address = f"/staff/duty/areas/{township.pk}/leaders/"
    old = Leadership.objects.get(kind="township_lead")
    new, today = room.place.cadres[1], timezone.localdate().isoformat()
    data = {
        "helper": new.helper_no,
        "kind": "township_lead",
        "on": today,
        "document": "云委干〔2026〕4号",
    }
    refused = clerk.post(f"{address}appoint/", data)
    assert "请用同一份文件免去原任" in text_of(refused)
    assert clerk.post(f"{address}appoint/", data | {"relieves": old.pk}).status_code == 302
    page = text_of(clerk.get(address))
    assert new.person.name in page
    assert "云委干〔2026〕4号" in page
    last = Leadership.objects.get(valid_until=None, kind="township_lead")
    assert new.person.name in text_of(clerk.get(f"{address}relieve/{last.pk}/"))
    assert clerk.get(f"{address}relieve/{last.pk + 100}/").status_code == 404
    alone = clerk.post(f"{address}relieve/{last.pk}/", {"on": today, "because": "免职"})
    assert "这个乡镇就没有人了" in text_of(alone)
    assert room.browse("auditor").post(f"{address}appoint/", data).status_code == 403
    village = f"/staff/duty/areas/{room.place.villages[0].pk}/leaders/appoint/"
    assert clerk.post(village, data).status_code == 409


def test_a_organisation_is_stationed_and_cannot_leave_a_village_alone(room: Room) -> None:
    clerk, village = room.browse("clerk"), room.place.villages[0]
    address = f"/staff/duty/areas/{village.pk}/leaders/"
    today = timezone.localdate().isoformat()
    data = {"organisation": room.place.department.pk, "on": today}
    assert clerk.post(f"{address}station/", data).status_code == 422
    assert clerk.post(f"{address}station/", data | {"document": "云委〔2026〕1号"}).status_code == 302
    top = Stationing.objects.get(area=room.place.township)
    end = {"on": today, "because": "调整"}
    refused = clerk.post(f"/staff/duty/areas/{room.place.township.pk}/leaders/withdraw/{top.pk}/", end)
    assert refused.status_code == 422


def test_a_recusal_is_declared_and_somebody_else_takes_over(room: Room) -> None:
    clerk, household = room.browse("clerk"), room.place.households[0]
    held = Pairing.objects.get(household=household, role="cadre")
    address = f"/staff/duty/households/{household.pk}/recusals/declare/"
    data = {
        "helper": held.helper.helper_no,
        "ground": "kin",
        "on": timezone.localdate().isoformat(),
        "beyond": "0",
    }
    assert "请填亲等" in text_of(clerk.post(address, data))
    assert clerk.post(address, data | {"degree": "2"}).status_code == 302
    assert Pairing.objects.get(household=household, role="cadre", valid_until=None).helper != held.helper
    assert "三代以内的亲属" in text_of(clerk.get(f"/staff/duty/helpers/{held.helper_id}/recusals/"))
    assert room.browse("auditor").post(address, data).status_code == 403


def test_a_matter_about_somebody_is_never_told(room: Room) -> None:
    household, helper = room.place.households[0], room.place.cadres[0]
    Recusal.objects.create(
        household=household,
        helper=helper,
        ground="matter",
        valid_from=timezone.localdate(),
        declared_at=timezone.now(),
    )
    for address in (f"households/{household.pk}/recusals/", f"helpers/{helper.pk}/recusals/"):
        page = text_of(room.browse("clerk").get(f"/staff/duty/{address}"))
        assert "没有申报回避" in page
        assert "正反映与其有关的事" not in page


def test_ten_places_for_twelve_households_are_explained_and_the_possible_is_kept(furnish) -> None:
    room = furnish(pair=False, cadres=2, places=5, households=6, members=2)
    clerk = room.browse("clerk")
    clerk.post("/staff/pairing/solve/", {"area": room.place.township.pk, "seed": "7", "confirmed": "yes"})
    job = Job.objects.latest("pk")
    if job.is_open:
        run_job.func(job.pk)
    assert Pairing.objects.filter(role="cadre").count() == 10
    gap = PairingShortage.objects.get(role="cadre")
    assert gap.short == len(gap.household_ids) == 2
    assert len(gap.helper_ids) == 2
    page = text_of(clerk.get("/staff/pairing/"))
    assert "缺2" in page
    assert "加 2 个名额" in page
    listed = text_of(clerk.get(f"/staff/duty/shortages/{gap.pk}/"))
    for number in Household.objects.filter(pk__in=gap.household_ids).values_list("household_no", flat=True):
        assert number in listed
    rows = clerk.get(f"/staff/duty/shortages/{gap.pk}/households.csv").getvalue().decode().splitlines()
    assert len(rows) == 3


def test_another_department_would_help(furnish) -> None:
    room = furnish(pair=False, cadres=1, places=5, households=3)
    other = make_helper(
        HelperKind.CADRE, room.place.county.organisations.exclude(pk=room.place.department.pk)[0]
    )
    Stationing.objects.create(
        organisation=other.organisation,
        area=room.place.villages[1],
        area_path=room.place.villages[1].path,
        valid_from=room.place.department.valid_from,
    )
    Stationing.objects.filter(organisation=room.place.department).update(
        area=room.place.villages[0], area_path=room.place.villages[0].path
    )
    Household.objects.filter(area=room.place.groups[0]).update(difficulty=1)
    room.place.cadres[0].places = 1
    room.place.cadres[0].save()
    clerk = room.browse("clerk")
    clerk.post("/staff/pairing/solve/", {"area": room.place.township.pk, "seed": "7", "confirmed": "yes"})
    job = Job.objects.latest("pk")
    if job.is_open:
        run_job.func(job.pk)
    gap = PairingShortage.objects.get(role="cadre")
    assert {row["kind"] for row in gap.remedies} == {"places", "department"}
    assert "进驻" in text_of(clerk.get("/staff/pairing/"))


def answered(room: Room, data: dict[str, str]) -> str:
    clerk = room.browse("clerk")
    clerk.post("/staff/duty/what-if/", data)
    job = Job.objects.latest("pk")
    if job.is_open:
        run_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return text_of(clerk.get(f"/staff/duty/what-if/{job.pk}/"))


def test_what_if_these_people_were_gone(room: Room) -> None:
    leaving = room.place.cadres[:2]
    data = {
        "what": "leaving",
        "leaving-helpers": "\n".join(helper.helper_no for helper in leaving),
        "leaving-day": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "leaving-area": str(room.place.township.pk),
    }
    before = set(Pairing.objects.values_list("pk", "valid_until"))
    page = answered(room, data)
    assert "缺4" in page
    assert page.count("云岭1村一组") + page.count("云岭2村一组") == 4
    assert set(Pairing.objects.values_list("pk", "valid_until")) == before


def test_what_if_the_hardest_counted_double(room: Room) -> None:
    Household.objects.filter(pk__in=[row.pk for row in room.place.households]).update(difficulty=3)
    page = answered(room, {"what": "double", "double-area": str(room.place.township.pk)})
    assert "由两位不同的人负责" in page
    assert "缺4" in page
    with pytest.raises(NotPermitted):
        what_if_double("", on=timezone.localdate(), actor=PUBLIC)


def test_why_them_and_why_not_somebody_named(room: Room) -> None:
    clerk, household = room.browse("clerk"), room.place.households[0]
    address = f"/staff/duty/households/{household.pk}/why/"
    held = Pairing.objects.get(household=household, role="cadre")
    page = text_of(clerk.get(address))
    assert f"现在由{held.helper.person.name}包您家" in page
    other = next(row for row in room.place.cadres if row != held.helper)
    assert other.person.name in text_of(clerk.get(address, {"instead": other.helper_no}))
    far = room.place.members[-1]
    kept_away = text_of(clerk.get(address, {"instead": far.helper_no}))
    assert "住在别的村" in kept_away
    assert "没有这个编号或姓名" in text_of(clerk.get(address, {"instead": "查无此人"}))
    assert SYSTEM.is_system
