"""领导一览: five figures of what a leader reaches, their change in a week, and the lists behind them; nobody else has it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.staff.test_pages import ROLES, texts
from yixian.compensation.models import Agreement, AgreementSignature
from yixian.compensation.queries.progress import account_progress, together
from yixian.duty.access import complete
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import LEADER_ROLES
from yixian.matters.queries.matter_trends import ClosedInTime
from yixian.web.staff import leader_strip as strip_module
from yixian.web.staff.leader_strip import StripFigure, leader_strip

pytestmark = pytest.mark.django_db


def actor(county, name: str) -> Actor:
    now = timezone.now()
    return complete(actor_for(county.users[name], at=now), on=timezone.localdate(now))


def figures(county, name: str) -> list[StripFigure]:
    return leader_strip(actor(county, name), may=lambda _name: True, at=timezone.now())


@pytest.mark.parametrize("name", ROLES)
def test_leaders_alone_have_the_strip(browse, county, name: str) -> None:
    role = county.users[name].role_grants.get().role
    client = browse(name)
    assert ('hx-get="/staff/progress/"' in texts(client.get("/staff/"))) == (role in LEADER_ROLES)
    part = client.get("/staff/progress/", headers={"hx-request": "true"})
    assert part.status_code == (200 if role in LEADER_ROLES else 403)
    assert ("strip-title" in texts(part)) == (role in LEADER_ROLES)
    assert "<html" not in texts(part)


def test_what_is_out_of_reach_is_in_no_figure(browse, county) -> None:
    everything = together(account_progress(actor(county, "leader"), on=timezone.localdate()))
    township = account_progress(actor(county, "township"), on=timezone.localdate())
    assert [row.township for row in township] == [county.areas["t1"].path]
    assert together(township).households < everything.households
    page = texts(browse("township").get("/staff/progress/"))
    assert county.areas["t1"].label in page
    assert county.areas["t2"].label not in page


def test_accounts_are_counted_by_the_version_issued_by_the_day(county) -> None:
    today = timezone.localdate()
    now = together(account_progress(actor(county, "leader"), on=today))
    assert now.issued == now.households - 2  # one is withheld, one was entered afterwards
    long_ago = together(account_progress(actor(county, "leader"), on=today.replace(year=2021)))
    assert (long_ago.issued, long_ago.agreed) == (0, 0)


def test_an_agreement_counts_when_all_have_signed(county) -> None:
    today, user = timezone.localdate(), county.users["clerk"]
    household = county.households[0]
    agreement = Agreement.objects.create(
        number="协1", household=household, area_path=household.area_path, sequence=1,
        statement=household.statements.get(is_current=True), bureau=county.organisations["water"],
        attesting_organisation=next(one for one in county.organisations.values() if one != county.organisations["water"]),
        content="{}", drawn_up_on=today, drawn_up_by=user, drawn_up_at=timezone.now(),
    )  # fmt: skip
    signers = [county.users[name] for name in ("clerk", "lead", "department")]
    for order, (party, signer) in enumerate(zip(("household", "bureau", "attesting"), signers, strict=True)):
        assert together(account_progress(actor(county, "leader"), on=today)).agreed == 0
        AgreementSignature.objects.create(
            agreement=agreement, party=party, signer=household.head if not order else None, signer_name="某",
            post="局长" if order else "", signed_on=today, way="paper", kept_at="档案室", recorded_by=signer,
            recorded_at=timezone.now(),
        )  # fmt: skip
    assert together(account_progress(actor(county, "leader"), on=today)).agreed == 1
    assert together(account_progress(actor(county, "leader"), on=today - timedelta(days=1))).agreed == 0


def test_whoever_lacks_somebody_since_yesterday_is_a_change_for_the_worse(county) -> None:
    before = figures(county, "leader")[-1]
    both = Pairing.objects.filter(valid_until=None, role="member").values("household")
    lacking = Pairing.objects.filter(valid_until=None, role="cadre", household__in=both)
    changed = lacking.filter(household=lacking[0].household_id)
    changed.update(valid_until=timezone.localdate() - timedelta(days=1))
    after = figures(county, "leader")[-1]
    assert int(after.shown) == int(before.shown) + 1
    assert after.trend == "worse"
    assert after.rises


def test_shares_are_rounded_down_and_nothing_is_no_share(county, monkeypatch) -> None:
    counted = iter([ClosedInTime(1000, 999), ClosedInTime(10, 10)] * 1)
    monkeypatch.setattr(strip_module, "closed_in_time", lambda *_args, **_more: next(counted))
    figure = figures(county, "leader")[3]
    assert (figure.shown, figure.of, figure.trend, figure.rises) == ("99.9%", "999 / 1,000", "worse", False)
    assert re.fullmatch(r"-0\.1 .+", figure.change)
    monkeypatch.setattr(strip_module, "closed_in_time", lambda *_args, **_more: ClosedInTime(0, 0))
    assert figures(county, "leader")[3].shown == "—"


def test_only_what_one_may_ask_for_has_a_figure(county) -> None:
    found = leader_strip(actor(county, "leader"), may=lambda name: name == "staff:visits", at=timezone.now())
    assert [one.href for one in found] == ["/staff/visits/"]
