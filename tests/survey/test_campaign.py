"""Campaigns, teams of two organisations, and devices that end."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.factories import LONG_AGO, make_user
from tests.starting_states import StartingState
from tests.survey.yard import AT, DAYS, NOTICE, Yard, make_yard
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused, YixianError
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event, RoleGrant
from yixian.kernel.roles import Role
from yixian.survey.actions.issue_device import MAX_DAYS, issue_device, revoke_device
from yixian.survey.actions.open_campaign import (
    TeamMembers,
    close_campaign,
    form_team,
    open_campaign,
    plan_team_day,
)
from yixian.survey.models import DeviceRevocation, FieldDevice, SurveyTeam, TeamDay
from yixian.survey.queries import campaigns, device_with_secret

pytestmark = pytest.mark.django_db
yard = StartingState(make_yard).fixture()


def test_a_campaign_cites_its_notice_and_the_pack_in_force(yard: Yard) -> None:
    assert yard.campaign.pack_version.pack_id == "danjiangkou-2009"
    assert yard.campaign.cutoff_on == date(2026, 9, 1)
    event = Event.objects.get(kind="survey.campaign_opened")
    assert (event.area_path, event.data["document"]) == (yard.county.path, "云政发〔2026〕8号")


@pytest.mark.parametrize(
    ("title", "notice", "days", "key"),
    [
        (" ", NOTICE, DAYS, "survey.empty"),
        ("调查", replace(NOTICE, document=""), DAYS, "survey.empty"),
        ("调查", NOTICE, (DAYS[1], DAYS[0]), "survey.days"),
        ("调查", NOTICE, (date(2026, 8, 31), DAYS[1]), "survey.before_notice"),
    ],
)
def test_a_campaign_without_its_notice_is_refused(yard: Yard, title, notice, days, key) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Invalid) as refused:
        open_campaign(yard.county.pk, title, notice, days, actor=yard.actor("clerk"), at=AT)
    assert refused.value.key == key


def test_where_no_pack_is_in_force_nothing_is_surveyed(yard: Yard) -> None:
    with pytest.raises(Refused, match="No policy pack with survey sheets"):
        open_campaign(yard.other.pk, "调查", NOTICE, DAYS, actor=yard.actor("stranger"), at=AT)


def test_others_neither_see_nor_change_it(yard: Yard) -> None:
    members = TeamMembers("甲", yard.bureau.pk, "乙", yard.institute.pk)
    assert list(campaigns(yard.actor("clerk"))) == [yard.campaign]
    assert list(campaigns(yard.actor("stranger"))) == []
    for name, error in (("stranger", NotFound), ("cadre", NotPermitted)):
        actor = yard.actor(name)
        with pytest.raises(error):
            form_team(yard.campaign.pk, "二组", members, actor=actor, at=AT)
        with pytest.raises(error):
            close_campaign(yard.campaign.pk, "完成", actor=actor, at=AT)
        with pytest.raises(error):
            plan_team_day(yard.team.pk, yard.village.pk, DAYS[0], actor=actor, at=AT)
        with pytest.raises(error):
            issue_device(yard.team.pk, "手机2", 3, actor=actor, at=AT)
        with pytest.raises(error):
            revoke_device(yard.device.pk, "丢失", actor=actor, at=AT)


def test_who_reaches_every_place_reaches_every_campaign(yard: Yard) -> None:
    everywhere = actor_for(make_user(Role.BUREAU_CLERK), at=AT)
    assert list(campaigns(everywhere)) == [yard.campaign]
    assert list(campaigns(actor_for(make_user(Role.BUREAU_CLERK, area_path=yard.village.path), at=AT))) == []


def test_what_another_role_reaches_does_not_widen_what_a_clerk_may_do(yard: Yard) -> None:
    user = make_user(Role.AUDITOR)
    RoleGrant.objects.create(
        user=user, role=Role.BUREAU_CLERK, area_path=yard.other.path, valid_from=LONG_AGO
    )
    both = actor_for(user, at=AT)
    members = TeamMembers("甲", yard.bureau.pk, "乙", yard.institute.pk)
    assert list(campaigns(both)) == [yard.campaign]
    for act in (
        lambda: open_campaign(yard.county.pk, "调查", NOTICE, DAYS, actor=both, at=AT),
        lambda: form_team(yard.campaign.pk, "二组", members, actor=both, at=AT),
        lambda: plan_team_day(yard.team.pk, yard.village.pk, DAYS[0], actor=both, at=AT),
        lambda: issue_device(yard.team.pk, "手机2", 3, actor=both, at=AT),
        lambda: revoke_device(yard.device.pk, "丢失", actor=both, at=AT),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_team_is_of_two_organisations_and_the_database_holds_it(yard: Yard) -> None:
    same = TeamMembers("甲", yard.bureau.pk, "乙", yard.bureau.pk)
    with pytest.raises(Invalid, match="two organisations"):
        form_team(yard.campaign.pk, "二组", same, actor=yard.actor("clerk"), at=AT)
    rows = SurveyTeam.objects.filter(pk=yard.team.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(second_organisation=yard.bureau)


def test_a_day_is_one_of_the_campaign_in_one_of_its_places(yard: Yard) -> None:
    actor = yard.actor("clerk")
    for _again in range(2):
        plan_team_day(yard.team.pk, yard.village.pk, DAYS[0], actor=actor, at=AT)
    assert TeamDay.objects.count() == Event.objects.filter(kind="survey.team_day_planned").count() == 1
    with pytest.raises(Invalid, match="no day of the campaign"):
        plan_team_day(yard.team.pk, yard.village.pk, DAYS[1] + timedelta(1), actor=actor, at=AT)
    with pytest.raises(NotFound):
        plan_team_day(yard.team.pk, yard.other.pk, DAYS[0], actor=actor, at=AT)


def test_a_closed_campaign_gets_no_team_and_no_device(yard: Yard) -> None:
    actor = yard.actor("clerk")
    close_campaign(yard.campaign.pk, "外业完成", actor=actor, at=AT)
    members = TeamMembers("甲", yard.bureau.pk, "乙", yard.institute.pk)
    for act in (
        lambda: form_team(yard.campaign.pk, "二组", members, actor=actor, at=AT),
        lambda: issue_device(yard.team.pk, "手机2", 3, actor=actor, at=AT),
        lambda: close_campaign(yard.campaign.pk, "再次", actor=actor, at=AT),
    ):
        with pytest.raises(YixianError) as refused:
            act()
        assert refused.value.key == "survey.closed"


def test_a_secret_is_kept_as_its_hash_alone(yard: Yard) -> None:
    stored = FieldDevice.objects.values().get()
    assert stored["secret_sha256"] == hashlib.sha256(yard.secret.encode()).hexdigest()
    assert yard.secret not in str(stored) + str(list(Event.objects.values_list("data", flat=True)))
    assert len(yard.secret) >= 43


def test_a_device_holds_until_its_end_or_its_revocation(yard: Yard) -> None:
    end = AT + timedelta(days=30)
    assert device_with_secret(yard.secret, at=end - timedelta(seconds=1)) == yard.device
    assert device_with_secret(yard.secret, at=end) is None
    assert device_with_secret(yard.secret + "x", at=AT) is None
    revoke_device(yard.device.pk, "丢失", actor=yard.actor("clerk"), at=AT)
    assert device_with_secret(yard.secret, at=AT) is None
    with pytest.raises(Refused, match="revoked already"):
        revoke_device(yard.device.pk, "丢失", actor=yard.actor("clerk"), at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeviceRevocation.objects.all().delete()


@pytest.mark.parametrize("days", [0, MAX_DAYS + 1])
def test_a_device_has_a_term(yard: Yard, days: int) -> None:
    with pytest.raises(Invalid, match="term is from one to"):
        issue_device(yard.team.pk, "手机2", days, actor=yard.actor("clerk"), at=AT)
