"""照此办: what would help a shortage is named by name first, and carried out in one step."""

from __future__ import annotations

import pytest
from django.utils import timezone

from yixian.duty.actions.apply_remedy import Remedy, apply_remedy
from yixian.duty.models import Pairing, PairingShortage, Stationing
from yixian.kernel.actors import PUBLIC, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.jobs import run_job
from yixian.kernel.models import Event, Job
from yixian.registry.models import Helper

from .conftest import text_of

pytestmark = pytest.mark.sqlite_enough


def short(room) -> PairingShortage:
    """Solve the place, in which two of twelve households find no cadre."""
    given = {"area": room.place.township.pk, "seed": "7", "confirmed": "yes"}
    room.browse("clerk").post("/staff/pairing/solve/", given)
    job = Job.objects.latest("pk")
    if job.is_open:
        run_job.func(job.pk)
    return PairingShortage.objects.get(role="cadre")


@pytest.fixture
def crowded(furnish):
    """Ten places for twelve households."""
    return furnish(pair=False, cadres=2, places=5, households=6, members=2)


def test_more_places_are_named_first_and_then_given(crowded):
    gap, clerk = short(crowded), crowded.browse("clerk")
    number = [one["kind"] for one in gap.remedies].index("places")
    address = f"/staff/duty/shortages/{gap.pk}/remedies/{number}/"
    assert address in text_of(clerk.get(f"/staff/duty/shortages/{gap.pk}/"))
    given = {"document": "县移发〔2026〕9号", "reason": "两户没有人"}
    question = text_of(clerk.post(address, given))
    assert "照此办吗？" in question
    assert "可包户数由 5 改为" in question
    assert Pairing.objects.filter(role="cadre").count() == 10
    cadres = Helper.objects.filter(pk__in=[cadre.pk for cadre in crowded.place.cadres])
    assert set(cadres.values_list("places", flat=True)) == {5}
    done = clerk.post(address, given | {"confirmed": "yes"}, follow=True)
    assert "2 户从今天起有人了" in text_of(done)
    assert Pairing.objects.filter(role="cadre", household__in=gap.household_ids).count() == 2
    assert sum(cadres.values_list("places", flat=True)) == 12
    changed = Event.objects.filter(kind="helper.changed")
    assert {event.data["document"] for event in changed} == {"县移发〔2026〕9号"}
    again = clerk.post(address, given)
    assert again.status_code == 409
    assert "已经没有缺人的户了" in text_of(again)


def test_another_body_is_stationed_and_its_people_begin(crowded):
    gap = short(crowded)
    elsewhere = crowded.place.county.organisations.exclude(pk=crowded.place.department.pk)[0]
    Helper.objects.filter(pk=crowded.place.cadres[1].pk).update(organisation=elsewhere, places=7)
    row = {"kind": "department", "organisation_id": elsewhere.pk, "households": 2, "unserved_after": 0}
    gap.pk, gap.remedies = None, [row | {"added_places": 0, "helpers": 1, "moved": 0}]
    gap.save()
    address = f"/staff/duty/shortages/{gap.pk}/remedies/0/"
    clerk, given = crowded.browse("clerk"), {"document": "县移发〔2026〕9号", "reason": "两户没有人"}
    question = text_of(clerk.post(address, given))
    assert "从今天起进驻" in question
    assert not Stationing.objects.filter(organisation=elsewhere).exists()
    clerk.post(address, given | {"confirmed": "yes"})
    assert Stationing.objects.get(organisation=elsewhere).area_path == gap.area_path
    begun = Pairing.objects.filter(role="cadre", household__in=gap.household_ids)
    assert set(begun.values_list("helper", flat=True)) == {crowded.place.cadres[1].pk}


def test_what_is_for_people_has_no_button_and_no_step(crowded):
    gap, clerk = short(crowded), crowded.browse("clerk")
    row = {"kind": "interpreter", "organisation_id": None, "households": 1, "unserved_after": 1}
    gap.pk, gap.remedies = None, [row | {"added_places": 0, "helpers": 1, "moved": 0}]
    gap.save()
    page = text_of(clerk.get(f"/staff/duty/shortages/{gap.pk}/"))
    assert f"/staff/duty/shortages/{gap.pk}/remedies/" not in page
    assert clerk.get(f"/staff/duty/shortages/{gap.pk}/remedies/0/").status_code == 404


def test_it_needs_who_plans_a_reason_and_a_document(crowded):
    gap = short(crowded)
    given = {"shortage_id": gap.pk, "number": 0, "reason": "两户没有人", "document": "县移发〔2026〕9号"}
    at, system = timezone.now(), system_actor("test")
    with pytest.raises(NotPermitted):
        apply_remedy(Remedy(**given), actor=PUBLIC, at=at)
    for name in ("reason", "document"):
        with pytest.raises(Invalid) as empty:
            apply_remedy(Remedy(**given | {name: " "}), actor=system, at=at)
        assert empty.value.field == name
    with pytest.raises(NotFound):
        apply_remedy(Remedy(**given | {"number": 9}), actor=system, at=at)
    Pairing.objects.filter(role="cadre").delete()
    Helper.objects.filter(kind="cadre").update(places=0)
    with pytest.raises(Refused) as nobody:
        apply_remedy(Remedy(**given), actor=system, at=at)
    assert nobody.value.key == "remedy.nobody"
