"""The one way in: nothing lost, nothing doubled, nothing overwritten, in whatever order sheets come."""

from __future__ import annotations

import base64
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from tests.engines.survey.filling import PICTURE
from tests.factories import make_household
from tests.starting_states import StartingState
from tests.survey.yard import AT, Yard, make_yard, picture_content
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.survey.actions.choose_sheet import choose_sheet
from yixian.survey.actions.receive_sheet import receive_sheet
from yixian.survey.choices import SheetStatus
from yixian.survey.models import SheetAttachment, SheetChoice, SheetSubmission, SubmissionReading
from yixian.survey.queries import linked_sheets

pytestmark = pytest.mark.django_db
yard = StartingState(make_yard).fixture()


def questions(name: str) -> list[str]:
    reading = SubmissionReading.objects.filter(submission__instance_id=name).latest("pk")
    return [one["question"] for one in reading.problems]


def test_a_sheet_is_kept_byte_for_byte_and_sealed(yard: Yard) -> None:
    receipt = yard.send("a")
    assert receipt.is_new
    assert base64.b64decode(SheetSubmission.objects.get().content) == yard.xml("a")
    assert receipt.submission.area_path == yard.household.area_path
    file = SheetAttachment.objects.get().file
    assert file.read() == picture_content()
    assert b"PNG" not in Path(file.path).read_bytes()
    assert yard.status("a") == SheetStatus.TAKEN


def test_the_same_again_is_the_same_and_other_bytes_are_refused(yard: Yard) -> None:
    first = yard.send("a")
    again = yard.send("a")
    assert (again.is_new, again.submission) == (False, first.submission)
    with pytest.raises(Refused, match="another content"):
        yard.send("a", length="10")
    with pytest.raises(Refused, match="another content"):
        yard.send("a", files={PICTURE: picture_content("black")})
    assert SheetSubmission.objects.count() == SheetAttachment.objects.count() == 1
    assert SubmissionReading.objects.count() == 1
    assert Event.objects.filter(kind="survey.sheet_received").count() == 1


def test_files_may_follow_in_later_posts(yard: Yard) -> None:
    yard.send("a", files={})
    assert yard.status("a") == SheetStatus.SET_ASIDE
    assert "item[1]/wall/photo_1" in questions("a")
    yard.send("a")
    assert yard.status("a") == SheetStatus.TAKEN


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"household": "H-nowhere"}, "household_id"),
        ({"length": "501"}, "item[1]/wall/length"),
        ({"files": {PICTURE: b"GIF89a no picture"}}, "item[1]/wall/photo_1"),
    ],
)
def test_a_bad_sheet_is_set_aside_with_its_questions(yard: Yard, changes, question) -> None:  # type: ignore[no-untyped-def]
    yard.send("a", **changes)
    assert yard.status("a") == SheetStatus.SET_ASIDE
    assert question in questions("a")


def test_another_version_of_the_form_and_a_wrong_clock_are_set_aside(yard: Yard) -> None:
    other = yard.xml("a").replace(b'version="', b'version="9.')
    receive_sheet(yard.device, other, {PICTURE: picture_content()}, at=AT)
    assert questions("a") == ["version"]
    early = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
    receive_sheet(yard.device, yard.xml("b"), {PICTURE: picture_content()}, at=early)
    assert questions("b") == ["measured_on"]
    yard.send("b", files={"more.png": picture_content()})
    assert questions("b") == ["measured_on"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<data>",
        b"<data/>",
        b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><data id="f">&b;</data>',
        b'<data id="f"><meta><instanceID>' + b"x" * 121 + b"</instanceID></meta></data>",
    ],
)
def test_what_is_no_instance_is_refused(yard: Yard, content: bytes) -> None:
    with pytest.raises(Invalid):
        receive_sheet(yard.device, content, {}, at=AT)
    assert not SheetSubmission.objects.exists()


@pytest.mark.parametrize("name", ["../a.png", "a/b.png", "a\\b.png", "a\x00.png", "", "x" * 121])
def test_a_name_that_leads_elsewhere_is_refused(yard: Yard, name: str) -> None:
    with pytest.raises(Invalid, match="no name of a file"):
        yard.send("a", files={name: picture_content()})
    assert not SheetSubmission.objects.exists()


def test_a_correction_that_comes_first_waits_and_is_then_taken(yard: Yard) -> None:
    yard.send("c", replaces="b", length="11")
    yard.send("b", replaces="a", length="10")
    assert (yard.status("b"), yard.status("c")) == (SheetStatus.WAITING, SheetStatus.WAITING)
    yard.send("a")
    assert [yard.status(name) for name in "abc"] == ["corrected", "corrected", "taken"]


def test_sheets_without_a_household_are_not_linked(yard: Yard) -> None:
    for name in ("a", "b"):
        yard.send(name, household="")
    assert yard.status("a") == yard.status("b") == SheetStatus.SET_ASIDE
    assert len(linked_sheets(SheetSubmission.objects.get(instance_id="a"))) == 1


def test_a_correction_into_another_household_is_linked(yard: Yard) -> None:
    other = make_household(yard.household.area, "吴山")
    yard.send("b", replaces="a", household=other.household_no)
    assert yard.status("b") == SheetStatus.WAITING
    yard.send("a")
    assert (yard.status("a"), yard.status("b")) == (SheetStatus.CORRECTED, SheetStatus.TAKEN)


def test_two_sheets_of_a_household_wait_for_a_person_with_a_reason(yard: Yard) -> None:
    a, b = yard.send("a").submission, yard.send("b", length="10").submission
    lead = yard.actor("lead")
    assert yard.status("a") == yard.status("b") == SheetStatus.TO_CHOOSE
    with pytest.raises(NotPermitted):
        choose_sheet(a.pk, "复核", actor=yard.actor("clerk"), at=AT)
    with pytest.raises(NotFound):
        choose_sheet(a.pk, "复核", actor=yard.actor("stranger"), at=AT)
    with pytest.raises(Invalid):
        choose_sheet(a.pk, " ", actor=lead, at=AT)
    choose_sheet(a.pk, "复核", actor=lead, at=AT)
    assert (yard.status("a"), yard.status("b")) == (SheetStatus.TAKEN, SheetStatus.NOT_CHOSEN)
    choose_sheet(b.pk, "重新丈量", actor=lead, at=AT)
    assert (yard.status("a"), yard.status("b")) == (SheetStatus.NOT_CHOSEN, SheetStatus.TAKEN)
    assert SheetChoice.objects.count() == 2
    yard.send("c", length="12")
    assert (yard.status("b"), yard.status("c")) == (SheetStatus.TO_CHOOSE, SheetStatus.TO_CHOOSE)


def test_where_there_is_nothing_to_choose_it_says_so(yard: Yard) -> None:
    submission = yard.send("a").submission
    with pytest.raises(Refused, match="nothing to choose"):
        choose_sheet(submission.pk, "复核", actor=yard.actor("lead"), at=AT)


@pytest.mark.parametrize("model", [SheetSubmission, SheetAttachment, SubmissionReading])
def test_what_came_is_never_changed(yard: Yard, model) -> None:  # type: ignore[no-untyped-def]
    yard.send("a")
    row = model.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()


def test_sheets_sent_three_times_in_any_order_are_each_there_once(yard: Yard) -> None:
    names = [f"s{number}" for number in range(12)]
    before = {name: names[at - 1] for at, name in enumerate(names) if at % 3}
    posts = names * 3
    random.Random(57).shuffle(posts)
    households = [make_household(yard.household.area).household_no for _ in range(4)]
    for name in posts:
        household = households[names.index(name) // 3]
        yard.send(name, household=household, replaces=before.get(name, ""))
    assert sorted(SheetSubmission.objects.values_list("instance_id", flat=True)) == sorted(names)
    assert SheetAttachment.objects.count() == SubmissionReading.objects.count() == len(names)
    taken = [name for name in names if yard.status(name) == SheetStatus.TAKEN]
    assert taken == ["s2", "s5", "s8", "s11"]
