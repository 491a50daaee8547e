"""The household's page says who is away, who came and went, and writes down a request made at the counter or by telephone."""

from __future__ import annotations

from yixian.duty.models import HelperRequest, Pairing
from yixian.registry.models import Helper


def page(browse, name: str, household) -> str:
    return browse(name).get(f"/staff/households/{household.pk}/").content.decode()


def test_a_request_at_the_counter_is_written_down_shown_and_taken_back(browse, county):
    household = county.households[1]
    address = f"/staff/households/{household.pk}/another/"
    assert "不要追问" in browse("clerk").get(address).content.decode()
    given = {"role": "cadre", "channel": "phone", "reason": "说话听不懂"}
    assert browse("township").post(address, given).status_code == 302
    made = HelperRequest.objects.get()
    assert (made.channel, made.by_right, made.settled_at) == ("phone", True, None)
    assert "未了" in page(browse, "clerk", household)
    assert "说话听不懂" in page(browse, "lead", household)
    for name in ("township", "department"):
        assert "说话听不懂" not in page(browse, name, household)
    again = browse("clerk").post(address, given)
    assert again.status_code == 422
    assert browse("clerk").post(f"/staff/requests/{made.pk}/withdraw/").status_code == 302
    assert "已撤回" in page(browse, "clerk", household)


def test_who_came_before_and_what_passes_on_stand_on_the_page(browse, county):
    household = county.households[1]
    Helper.objects.filter(pk=county.helpers["cadre2"].pk).update(languages="cmn,iii,hmd", places=30)
    address = f"/staff/households/{household.pk}/another/"
    browse("clerk").post(address, {"role": "cadre", "channel": "counter", "reason": ""})
    assert HelperRequest.objects.get().settled_at
    shown = page(browse, "clerk", household)
    assert "这户的交接" in shown
    assert "已换人" in shown
    assert f"{county.helpers['cadre'].person.name} → {county.helpers['cadre2'].person.name}" in shown
    assert Pairing.objects.filter(household=household, role="cadre").count() == 2


def test_others_write_nothing_down(browse, county):
    address = f"/staff/households/{county.households[1].pk}/another/"
    for name in ("auditor", "department", "petition"):
        assert browse(name).get(address).status_code == 403
