"""The machine's clock jumps by a day, forward and back: nobody is locked in or out by it, and no work waits for the lost day."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import PASSWORD, make_household, make_user
from yixian.kernel import leases, throttle
from yixian.kernel.actions.sign_in_codes import choose_password, issue_code
from yixian.kernel.actors import system_actor
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Heartbeat
from yixian.kernel.roles import Role
from yixian.registry.actions.issue_cards import issue_cards

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_who_was_locked_is_free_when_the_clock_is_put_back_and_not_before() -> None:
    now = timezone.now()
    for _guess in range(throttle.FREE_GUESSES):
        throttle.failed("a", at=now)
    with pytest.raises(throttle.TooManyGuesses):
        throttle.check("a", at=now)
    throttle.check("a", at=now - DAY)
    throttle.failed("a", at=now - DAY)
    throttle.check("a", at=now - DAY)
    throttle.check("a", at=now + DAY)


def test_guesses_after_a_jump_count_as_ever() -> None:
    for jump in (-DAY, DAY):
        moment = timezone.now() + jump
        for _guess in range(throttle.FREE_GUESSES):
            throttle.check(f"b{jump}", at=moment)
            throttle.failed(f"b{jump}", at=moment)
        with pytest.raises(throttle.TooManyGuesses):
            throttle.check(f"b{jump}", at=moment)


def test_a_lease_from_the_lost_day_is_free() -> None:
    now = timezone.now()
    Heartbeat.objects.create(name="clock")
    row = Heartbeat.objects.filter(name="clock")
    assert leases.take(row, at=now + DAY, lease=timedelta(minutes=10))
    assert leases.take(row, at=now + DAY + timedelta(minutes=5), lease=timedelta(minutes=10)) is None
    assert leases.take(row, at=now, lease=timedelta(minutes=10))
    assert leases.take(row, at=now, lease=timedelta(minutes=10)) is None


@pytest.mark.parametrize(("jump", "status"), [(-DAY, 302), (DAY, 302), (timedelta(minutes=-2), 200)])
def test_a_sign_in_ends_when_nobody_knows_how_long_it_lay_open(
    jump: timedelta, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": make_user(Role.CADRE).username, "password": PASSWORD})
    assert client.get("/staff/").status_code == 200
    set_clock(monkeypatch, "yixian.web.staff_session", timezone.now() + jump)
    assert client.get("/staff/").status_code == status


@pytest.mark.parametrize(("jump", "status"), [(-DAY, 302), (DAY, 302), (timedelta(minutes=-2), 200)])
def test_a_card_is_asked_for_again_too(jump: timedelta, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    household, client = make_household(), Client()
    (card,) = issue_cards([household.pk], actor=system_actor("test"), at=timezone.now())
    assert client.post("/c/", {"code": card.code, "pin": card.pin}).status_code == 302
    assert client.get("/ours/").status_code == 200
    set_clock(monkeypatch, "yixian.web.portal.household_session", timezone.now() + jump)
    assert client.get("/ours/").status_code == status


def test_a_one_time_code_holds_a_week_of_the_clock_as_it_is() -> None:
    now, user = timezone.now(), make_user(Role.CADRE)
    code = issue_code(user.pk, actor=system_actor("cli"), at=now).text
    with pytest.raises(NotFound):
        choose_password(user.username, code, "river-and-mountain", source="here", at=now + 8 * DAY)
    assert choose_password(user.username, code, "river-and-mountain", source="here", at=now - DAY)


def set_clock(monkeypatch: pytest.MonkeyPatch, module: str, moment: datetime) -> None:
    """Set the clock that a module reads."""
    monkeypatch.setattr(f"{module}.timezone.now", lambda: moment)
