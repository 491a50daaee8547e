"""A backup stands in whenever the first helper is away, and keeps nobody from having a helper of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.duty.place import AT, SYSTEM, TODAY, Place, make_paired_place
from tests.starting_states import StartingState
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.give_backups import give_backups
from yixian.duty.actions.sudden_absence import report_sudden_absence
from yixian.duty.choices import AbsenceKind, PairingPart
from yixian.duty.coverage import uncovered
from yixian.duty.models import Pairing
from yixian.duty.queries import assigned_helpers
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import NotPermitted
from yixian.registry.models import Helper

pytestmark = pytest.mark.django_db
LATER = TODAY + timedelta(days=10)
BACKUPS = Pairing.objects.filter(part=PairingPart.BACKUP)


place = StartingState(lambda: make_paired_place(cadres=4, members=3, places=6)).fixture()


def give(place: Place, **changes):
    return give_backups(place.county.path, **{"on": TODAY, "actor": SYSTEM, "at": AT} | changes)


def test_every_household_gets_somebody_else_as_far_as_places_reach(place):
    assert give(place) == {"cadre": 8, "member": 8}
    for backup in BACKUPS:
        first = Pairing.objects.get(household=backup.household, role=backup.role, part=PairingPart.FIRST)
        assert first.helper_id != backup.helper_id
    assert give(place) == {"cadre": 0, "member": 0}


def test_where_places_end_backups_end(place):
    Helper.objects.filter(kind="cadre").update(places=2)
    Helper.objects.filter(pk=place.cadres[0].pk).update(places=5)
    assert give(place)["cadre"] <= 3


def test_a_backup_stands_in_without_anybody_being_asked(place):
    give(place)
    helper = max(place.cadres, key=lambda one: one.pairings.filter(part=PairingPart.FIRST).count())
    household = helper.pairings.filter(part=PairingPart.FIRST).first().household
    away = Announcement(helper.pk, AbsenceKind.LEAVE, LATER, LATER + timedelta(days=5), "探亲")
    plan = announce_absence(away, actor=SYSTEM, at=AT)
    assert plan.begun == []
    views = [view for view in assigned_helpers(SYSTEM, household, on=LATER) if view.role == "cadre"]
    assert [(view.part, view.is_away) for view in views] == [("backup", False), ("first", True)]
    assert uncovered(TODAY, LATER + timedelta(days=30)) == []


def test_with_a_backup_a_sudden_absence_leaves_nobody_to_the_lead(place):
    give(place)
    helper = place.cadres[0]
    report_sudden_absence(helper.pk, "住院", actor=SYSTEM, at=AT)
    assert uncovered(TODAY, TODAY + timedelta(days=1)) == []


def test_a_backup_who_becomes_responsible_is_a_backup_no_more(place):
    give(place)
    backup = BACKUPS.filter(role="cadre").first()
    first = Pairing.objects.get(household=backup.household, role="cadre", part=PairingPart.FIRST)
    others = [cadre.pk for cadre in place.cadres if cadre.pk not in {backup.helper_id, first.helper_id}]
    Helper.objects.filter(pk__in=others).update(places=0)
    Helper.objects.filter(pk=backup.helper_id).update(places=20)
    leaving = Announcement(first.helper_id, AbsenceKind.DEPARTURE, LATER, None, "退休")
    announce_absence(leaving, actor=SYSTEM, at=AT)
    backup.refresh_from_db()
    assert backup.valid_until == LATER
    now = Pairing.objects.get(household=backup.household, role="cadre", part="first", valid_until=None)
    assert now.helper_id == backup.helper_id
    assert uncovered(TODAY, LATER + timedelta(days=30)) == []


def test_only_planners_give_backups(place):
    with pytest.raises(NotPermitted):
        give(place, actor=PUBLIC)
