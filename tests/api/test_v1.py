"""The API: the same reads as the pages, as JSON; nobody outside reach; refusals with a key."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_household, make_user
from yixian.kernel.grants import actor_for
from yixian.kernel.models import RecordRead
from yixian.kernel.roles import Role
from yixian.visits.actions.record_visit import record_visit
from yixian.visits.visit_draft import PromiseDraft, VisitDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def household():
    return make_household(head="单小芳", others=2)


@pytest.fixture
def clerk(household) -> Client:
    client = Client()
    client.force_login(make_user(Role.BUREAU_CLERK, area_path=household.area_path[:12]))
    return client


def test_who_am_i(clerk):
    answer = clerk.get("/api/v1/me").json()
    assert answer["roles"] == ["bureau_clerk"]


def test_the_list_and_one_household_with_its_members(clerk, household):
    page = clerk.get("/api/v1/households").json()
    assert page["count"] == 1
    assert page["items"][0]["household_no"] == household.household_no
    detail = clerk.get(f"/api/v1/households/{household.pk}").json()
    assert [row["relation"] for row in detail["members"]].count("head") == 1
    assert len(detail["members"]) == 3
    assert detail["statement"] is None
    assert RecordRead.objects.get().what == "API"


def test_what_is_out_of_reach_does_not_exist(clerk):
    far = make_household()
    answer = clerk.get(f"/api/v1/households/{far.pk}")
    assert answer.status_code == 404
    assert answer.json()["key"] == "household.not_found"
    assert clerk.get("/api/v1/households", {"search": far.household_no}).json() == {"count": 0, "items": []}
    assert RecordRead.objects.count() == 0


def test_strangers_and_administrators_are_refused_in_json(household):
    stranger = Client().get(f"/api/v1/households/{household.pk}")
    assert stranger.status_code == 403
    assert stranger.json()["key"] == "access.role"
    administrator = Client()
    administrator.force_login(make_user(Role.ADMINISTRATOR))
    assert administrator.get("/api/v1/households").status_code == 403


def test_limits_are_bounded(clerk):
    assert clerk.get("/api/v1/households", {"limit": 100_000}).status_code == 422
    assert clerk.get("/api/v1/households", {"offset": -1}).status_code == 422


def test_visits_and_promises_for_those_who_may_read_them(clerk, household):
    user = make_user(Role.BUREAU_CLERK, area_path=household.area_path[:12])
    at, today = timezone.now(), timezone.localdate()
    draft = VisitDraft(
        on=today, said="谈了学校", others="邻居", promises=(PromiseDraft("问清转学的材料", today),)
    )
    record_visit(household.pk, draft, actor=actor_for(user, at=at), at=at)
    (visit,) = clerk.get(f"/api/v1/households/{household.pk}/visits").json()
    (promise,) = clerk.get(f"/api/v1/households/{household.pk}/promises").json()
    assert (visit["said"], visit["present"], visit["confirmed"]) == ("谈了学校", ["邻居"], False)
    assert visit["promises"] == [promise["id"]]
    assert (promise["state"], promise["kind"], promise["clause"]) == ("soon", "help", "")
    assert RecordRead.objects.filter(what="visits and promises").count() == 2
    finance = Client()
    finance.force_login(make_user(Role.FINANCE, area_path=household.area_path[:12]))
    assert finance.get(f"/api/v1/households/{household.pk}/visits").status_code == 403
    far = make_household()
    assert clerk.get(f"/api/v1/households/{far.pk}/promises").status_code == 404
