"""登记走访: who may, what is refused and at which field, once however often sent, and not a word of it in the ledger."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from tests.kernel.received.pictures import jpeg, placed_jpeg
from tests.policies.shelf import register_shelf
from tests.visits.place import AT, DAY, Place, drafted, help_by, visited
from yixian.compensation.models import Statement, StatementLine
from yixian.duty.models import Pairing
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.kernel.received.upload import Upload
from yixian.policies.models import PackAdoption, PackVersion
from yixian.visits.actions.record_visit import record_visit
from yixian.visits.choices import PromiseKind
from yixian.visits.models import Promise, Visit, VisitPhoto, VisitPresence
from yixian.visits.promising.decided import DecidedFacts
from yixian.visits.visit_draft import PromiseDraft

pytestmark = pytest.mark.django_db
HOUSE = "D2009-215|table-rural"


def policy(text: str, cited: str = HOUSE) -> PromiseDraft:
    return PromiseDraft(text, DAY + timedelta(days=30), PromiseKind.POLICY, cited)


def refusal(place: Place, name: str = "cadre", **changes: object) -> Invalid:
    with pytest.raises(Invalid) as caught:
        record_visit(place.ours.pk, drafted(place, **changes), actor=place.actor(name), at=AT)
    assert not Visit.objects.exists()
    assert not Promise.objects.exists()
    return caught.value


def test_a_visit_is_written_down_with_its_promises(place: Place) -> None:
    visit = visited(place, help_by(5), policy("砖混正房每平方米530元，照表补"), others="村民小组长")
    assert (visit.helper, visit.recorded_by) == (place.cadre, place.users["cadre"])
    assert [one.person_id for one in VisitPresence.objects.all()] == [place.head]
    first, second = Promise.objects.order_by("pk")
    assert (first.kind, first.document, first.helper) == ("help", "", place.cadre)
    pack = PackVersion.objects.get()
    assert (second.pack_id, second.pack_version) == (pack.pack_id, pack.version)
    assert (second.document, second.clause) == ("D2009-215", "table-rural")


@pytest.mark.parametrize("name", ["cadre", "member", "township", "clerk", "lead"])
def test_who_may_record(place: Place, name: str) -> None:
    visit = visited(place, name=name)
    assert (visit.helper_id is None) == (name not in {"cadre", "member"})


@pytest.mark.parametrize("name", ["auditor", "county", "finance"])
def test_who_sees_and_may_not_record(place: Place, name: str) -> None:
    with pytest.raises(NotPermitted):
        record_visit(place.ours.pk, drafted(place), actor=place.actor(name), at=AT)


def test_nobody_records_out_of_reach(place: Place) -> None:
    with pytest.raises(NotFound):
        record_visit(place.ours.pk, drafted(place), actor=place.actor("stranger"), at=AT)
    with pytest.raises(NotFound):
        record_visit(place.theirs.pk, drafted(place), actor=place.actor("cadre"), at=AT)


def test_whoever_no_longer_stands_there_does_not_reach_it(place: Place) -> None:
    Pairing.objects.filter(helper=place.cadre).update(valid_until=DAY)
    with pytest.raises(NotFound):
        record_visit(place.ours.pk, drafted(place), actor=place.actor("cadre"), at=AT)


@pytest.mark.parametrize(
    ("changes", "key", "field"),
    [
        ({"on": DAY + timedelta(days=1)}, "visit.future", "on"),
        ({"on": date(2019, 1, 1)}, "visit.early", "on"),
        ({"said": "  "}, "visit.silent", "said"),
        ({"said": "很" * 4001}, "visit.long", "said"),
        ({"present": frozenset()}, "visit.nobody", "present"),
        ({"others": "人" * 201}, "visit.long_names", "others"),
        ({"kind": "letter"}, "visit.kind", "kind"),
        ({"promises": (help_by(-1),)}, "promise.due", "due_0"),
        ({"promises": (PromiseDraft("好", None),)}, "promise.due", "due_0"),
        ({"promises": (PromiseDraft(" ", DAY),)}, "promise.empty", "text_0"),
        ({"promises": (PromiseDraft("好" * 301, DAY),)}, "promise.long", "text_0"),
        ({"promises": (help_by(1),) * 6}, "visit.promises", "promises"),
        ({"photos": (Upload("a.jpg", b"x"),) * 7}, "visit.photos", "photos"),
        ({"photos": (Upload("a.svg", b"<svg/>"),)}, "photo.kind", "photos"),
    ],
)
def test_every_fault_is_named_and_nothing_is_written(
    place: Place, changes: dict[str, object], key: str, field: str
) -> None:
    error = refusal(place, **changes)
    assert (error.key, error.field) == (key, field)


def test_a_helper_records_nothing_before_standing_there(place: Place) -> None:
    Pairing.objects.filter(helper=place.cadre).update(valid_from=DAY - timedelta(days=3))
    assert visited(place, ago=3)
    with pytest.raises(Invalid) as error:
        record_visit(place.ours.pk, drafted(place, ago=4), actor=place.actor("cadre"), at=AT)
    assert error.value.key == "visit.early"


def test_only_members_of_the_household_are_present(place: Place) -> None:
    error = refusal(place, present=frozenset({place.theirs.head_id}))
    assert error.key == "visit.member"


def test_the_same_form_is_one_visit(place: Place) -> None:
    draft = drafted(place, promises=(help_by(3),), photos=(Upload("a.jpg", jpeg()),))
    made = {record_visit(place.ours.pk, draft, actor=place.actor("cadre"), at=AT).pk for _time in range(3)}
    assert len(made) == 1
    assert (Visit.objects.count(), Promise.objects.count(), VisitPhoto.objects.count()) == (1, 1, 1)
    assert Event.objects.filter(kind="visit.recorded").count() == 1


def test_a_key_belongs_to_its_form(place: Place) -> None:
    key = uuid.uuid4()
    visited(place, key=key)
    with pytest.raises(Refused):
        visited(place, name="member", key=key)


@pytest.mark.parametrize(
    ("promised", "key"),
    [
        (help_by(5, "房子给你们补3000元"), "promise.needs_clause"),
        (help_by(5, "给你们一个月球上的名额"), "promise.nothing_decided"),
        (policy("按这一条补", "D2009-215|no-such"), "promise.unknown_clause"),
        (policy("按这一条补", "nothing"), "promise.unknown_clause"),
        (policy("砖混正房每平方米650元"), "promise.amount"),
        (policy("照表补，再多给一点"), "promise.beyond"),
    ],
)
def test_what_is_not_decided_is_stopped_at_entry(place: Place, promised: PromiseDraft, key: str) -> None:
    error = refusal(place, promises=(help_by(2), promised))
    assert (error.key, error.field) == (key, "text_1")


@pytest.mark.parametrize(
    ("cited", "key", "title", "instead"),
    [
        ("SUPPORT|each-year", "promise.draft", "后期扶持办法（征求意见稿）", "—"),
        ("YIELD-OLD|yield", "promise.not_in_force", "统一年产值标准", "统一年产值标准（2025）"),
    ],
)
def test_drafts_and_what_has_ended_carry_no_promise(
    place: Place, tmp_path: Path, cited: str, key: str, title: str, instead: str
) -> None:
    PackAdoption.objects.update(pack_version=register_shelf(tmp_path / "shelf"))
    error = refusal(place, promises=(policy("按这一条给", cited),))
    assert (error.key, error.params["document"], error.params["instead"]) == (key, title, instead)
    with override("zh-hans"):
        assert title in error.sentence


def test_clauses_to_choose_from_are_in_force_here(place: Place) -> None:
    decided = DecidedFacts(place.ours.area_path, DAY)
    keys = [choice.key for choice in decided.choices()]
    assert HOUSE in keys
    assert "LANDU-DUTY|visits" in keys
    assert decided.about("祖坟怎么补")[0].key == "T5-LOCAL|list-1"
    assert decided.about("月球") == []
    assert DecidedFacts(place.ours.area_path, date(2019, 1, 1)).choices() == []


def test_amounts_of_the_account_may_be_promised(place: Place) -> None:
    line = StatementLine.objects.filter(statement__household=place.ours, clause="table-rural").get()
    total = Statement.objects.get(household=place.ours, is_current=True).total_fen
    for fen in (line.amount_fen, total):
        assert visited(place, policy(f"照账目给{Decimal(fen or 0) / 100}元"))


def test_photographs_stand_sealed_and_open_as_they_were(place: Place) -> None:
    visited(place, photos=(Upload("a.jpg", placed_jpeg()),))
    photo = VisitPhoto.objects.get()
    on_disk = Path(photo.file.path).read_bytes()
    assert b"\xff\xd8" not in on_disk[:4]
    assert b"JFIF" not in on_disk
    with photo.file.open() as file:
        assert file.read().startswith(b"\xff\xd8")


def test_files_of_what_was_not_written_are_removed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise RuntimeError("the ledger is away")

    monkeypatch.setattr("yixian.visits.actions.record_visit.record", fail)
    with pytest.raises(RuntimeError):
        visited(place, photos=(Upload("a.jpg", jpeg()),))
    assert not Visit.objects.exists()
    assert list(Path(settings.MEDIA_ROOT).rglob("*.jpg")) == []


def test_not_a_word_of_it_stands_in_the_ledger_or_open_in_the_table(place: Place) -> None:
    visited(place, help_by(5, "陪老人去看病"), said="老人说腿疼得厉害", others="妹夫")
    ledger = str(list(Event.objects.values_list("kind", "data")))
    with connection.cursor() as cursor:
        cursor.execute("SELECT said, others FROM visits_visit")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT text FROM visits_promise")
        stored += str(cursor.fetchall())
    for word in ("腿疼", "看病", "妹夫"):
        assert word not in ledger
        assert word not in stored


@pytest.mark.parametrize("table", ["visits_visit", "visits_promise", "visits_visitpresence"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_nothing_is_changed_and_nothing_removed(place: Place, table: str, statement: str) -> None:
    visited(place, help_by(5))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
