"""A field device's secret: it opens its six addresses, and at every other address it is as if it were not there."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.access.answers import undone
from tests.access.askings import ASKINGS
from tests.access.world import World
from tests.factories import make_organisation
from yixian.config.access_matrix import ENDPOINTS
from yixian.config.endpoint import FIELD_DEVICE
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.survey.actions.issue_device import issue_device
from yixian.survey.models import Campaign, SurveyTeam

pytestmark = pytest.mark.sqlite_enough
OWN = sorted(name for name, endpoint in ENDPOINTS.items() if endpoint == FIELD_DEVICE)
OTHERS = sorted(ENDPOINTS.keys() - set(OWN))


@pytest.fixture
def credential(world: World) -> dict[str, str]:
    """What a device of a team in the world's county sends with everything."""
    lead, day = world.users[Role.BUREAU_LEAD], date(2026, 11, 1)
    campaign = Campaign.objects.create(
        area=world.near.township,
        title="实物调查",
        pack_version=world.pack,
        freeze_document="云政发〔2026〕8号",
        freeze_issuer="云岭省人民政府",
        freeze_issued_on=day,
        cutoff_on=day,
        first_day=day,
        last_day=day,
        opened_by=lead,
        opened_at=timezone.now(),
    )
    first, second = make_organisation(world.county), make_organisation(world.county)
    team = SurveyTeam.objects.create(
        campaign=campaign,
        name="一组",
        measurer="李量",
        measurer_organisation=first,
        second="王图",
        second_organisation=second,
        has_woman=True,
    )
    actor = actor_for(lead, at=timezone.now())
    device, secret = issue_device(team.pk, "手机", 30, actor=actor, at=timezone.now() - timedelta(minutes=1))
    given = base64.b64encode(f"device-{device.pk}:{secret}".encode()).decode()
    return {"Authorization": f"Basic {given}", "X-OpenRosa-Version": "1.0"}


def answer(client: Client, world: World, name: str) -> tuple[int, str]:
    with undone():
        response = ASKINGS[name].send(name, client, world, world.near, Role.PUBLIC)
        return response.status_code, response.get("Location", "")


def test_at_every_other_address_the_secret_is_as_if_it_were_not_there(
    world: World, credential: dict[str, str]
) -> None:
    stranger, device = Client(), Client(headers=credential)
    assert len(OTHERS) > 200
    for name in OTHERS:
        assert answer(device, world, name) == answer(stranger, world, name), name
        assert "sessionid" not in {key for key, cookie in device.cookies.items() if cookie.value}, name
        device.cookies.clear()
        stranger.cookies.clear()


def test_no_address_but_its_own_lets_a_device_in(world: World, credential: dict[str, str]) -> None:
    for name in OTHERS:
        if not ENDPOINTS[name].public:
            status, location = answer(Client(headers=credential), world, name)
            assert status in {302, 403}, name
            assert not location or location == reverse("portal:home") or "/accounts/login/" in location, name


def test_its_own_addresses_let_a_device_in_and_no_role(
    world: World, credential: dict[str, str], client_of: Callable[[Role], Client]
) -> None:
    assert [
        f"openrosa:{name}" for name in ("day", "form", "form_list", "households", "manifest", "submission")
    ] == OWN
    for name in OWN:
        url = reverse(name, kwargs=dict(ASKINGS[name].path(world, world.near, Role.PUBLIC)))
        with undone():
            response: HttpResponse = Client(headers=credential).get(url)  # type: ignore[assignment]
            assert response.status_code == (204 if name == "openrosa:submission" else 200), name
        for role in (Role.BUREAU_LEAD, Role.ADMINISTRATOR, Role.CADRE):
            refused: HttpResponse = client_of(role).get(url, headers={"X-OpenRosa-Version": "1.0"})  # type: ignore[assignment]
            assert refused.status_code == 401, (name, role)
