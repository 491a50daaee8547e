"""关乎钱款的变更: what of a workbook one person enters alone, and what only two do."""

from __future__ import annotations

import json

import pytest

from tests.factories import make_user
from tests.second_person import two_persons
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import Event, Job
from yixian.kernel.roles import Role
from yixian.registry.actions.decide_change import agree
from yixian.registry.models import Household, ProposedChange
from yixian.registry.queries.proposed_changes import decided_alone
from yixian.registry.second_person import ACCOUNTED, Document
from yixian.workbook.actions import commit as commit_module
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.discard import discard
from yixian.workbook.actions.propose import propose_batch
from yixian.workbook.jobs import commit_job
from yixian.workbook.models import BatchState

from .books import FIRST, changed, column, page, with_cell
from .conftest import AT, SYSTEM

PAPER = Document("复核单1号", AT.date(), "复核丈量")

ALONE = [
    ("households", "phone", "13800138000"),
    ("households", "address", "新址"),
    ("households", "language", "彝语"),
    ("persons", "name", "王新名"),
    ("persons", "ethnicity", "苗族"),
    ("persons", "eligibility_note", "会议纪要"),
    ("items", "place", "坡上"),
    ("items", "surveyor", "李四"),
    ("people", "places", "9"),
]
BY_TWO = [
    ("households", "zone", "集镇"),
    ("households", "bank_name", "农信社"),
    ("households", "bank_account", "62109800000000000"),
    ("households", "from_date", "2024-02-02"),
    ("persons", "id_number", None),
    ("persons", "eligibility", "不予计列"),
    ("persons", "present_at_cutoff", "否"),
    ("persons", "from_date", "2024-02-03"),
    ("items", "quantity", "7.25"),
    ("items", "quantity", "0"),
]


@pytest.fixture
def loaded(county_file, entered):
    """The county in the register, entered by one person because the register was empty."""
    assert entered.money == ""
    return county_file


def by_clerk():
    return actor_for(make_user(Role.BUREAU_CLERK), at=AT)


@pytest.mark.sqlite_enough
@pytest.mark.parametrize(("sheet", "name", "value"), ALONE)
def test_ordinary_fields_are_entered_by_one_person(loaded, bring, sheet, name, value):
    batch = bring(with_cell(loaded, sheet, name, value))
    assert (batch.state, batch.money, batch.summary["change_count"]) == (BatchState.CHECKED, "", 1)


@pytest.mark.sqlite_enough
@pytest.mark.parametrize(("sheet", "name", "value"), BY_TWO)
def test_what_money_hangs_on_is_not(loaded, bring, sheet, name, value):
    batch = bring(with_cell(loaded, sheet, name, value))
    if value is None or batch.summary["change_count"]:
        assert batch.summary["money_count"] >= 1, batch.summary
    with pytest.raises(Refused) as caught:
        commit(batch, partial=False, actor=by_clerk(), at=AT)
    assert caught.value.key in {"import.second_person", "import.faulty"}


def test_neither_the_operator_nor_a_check_handed_on_gets_round_it(loaded, bring):
    from yixian.workbook.actions.check import check_for_commit

    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    checked = check_for_commit(batch, at=AT)
    for extra in ({}, {"checked": checked}, {"partial": True}):
        options = {"partial": False, "actor": SYSTEM, "at": AT} | extra
        with pytest.raises(Refused) as caught:
            commit(batch, **options)
        assert caught.value.key == "import.second_person"


def test_two_persons_enter_it_and_each_event_names_them(loaded, bring):
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    by = two_persons()
    commit(batch, partial=False, actor=SYSTEM, at=AT, by=by)
    event = Event.objects.get(kind="household.changed")
    assert (event.data["proposed_by"], event.data["agreed_by"]) == (by.proposed_by, by.agreed_by)
    assert event.data["money"] is True
    assert not decided_alone(actor_for(make_user(Role.AUDITOR), at=AT)).exists()


def test_what_is_added_to_a_known_household_needs_two(loaded, bring):
    def add(book):
        rows = page(book, "items")
        values = [cell.value for cell in rows[FIRST]]
        values[column("items", "line_no") - 1] += "-9"
        rows.append(values)

    assert bring(changed(loaded, add)).summary["money_count"] == 1


def test_new_households_need_two_once_there_are_accounts(county_file, bring, monkeypatch):
    assert bring(county_file).money == ""
    monkeypatch.setattr("yixian.workbook.money_changes.has_accounts", lambda: True)
    words = json.loads(bring(county_file).money)["words"]
    assert {one["household_no"] for one in words} > {""} or len(words) > 80
    assert "compensation" in ACCOUNTED


def proposed(batch):
    clerk = by_clerk()
    return propose_batch(batch.pk, PAPER, actor=clerk, at=AT)


def test_a_proposed_workbook_is_entered_when_a_lead_agrees(loaded, bring, django_capture_on_commit_callbacks):
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    change = proposed(batch)
    (word,) = json.loads(change.words)
    assert (word["new"], word["old"] != word["new"]) == ("7.25", True)
    assert word["field"].endswith("数量")
    assert change.households.count() == 1
    lead = make_user(Role.BUREAU_LEAD)
    with django_capture_on_commit_callbacks(execute=True):
        agree(change.pk, actor=actor_for(lead, at=AT), at=AT)
    job = Job.objects.get(kind="workbook.commit")
    assert (job.state, job.error) == ("done", "")
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED
    told = Event.objects.get(kind="household.changed")
    assert told.actor_user_id == lead.pk
    assert told.data["proposed_by"] == change.proposed_by_id


def test_whoever_leads_where_the_household_lives_may_agree(loaded, bring):
    """A lead of the bureau proposed; the county's leader, whose reach is no whole register, is the second."""
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    lead = actor_for(make_user(Role.BUREAU_LEAD), at=AT)
    change = propose_batch(batch.pk, PAPER, actor=lead, at=AT)
    there, elsewhere = change.area_path[:12], f"{change.area_path[:6]}999999"
    with pytest.raises(NotFound):
        agree(change.pk, actor=actor_for(make_user(Role.COUNTY_LEADER, area_path=elsewhere), at=AT), at=AT)
    leader = make_user(Role.COUNTY_LEADER, area_path=there)
    assert agree(change.pk, actor=actor_for(leader, at=AT), at=AT).outcome == "agreed"
    job = Job.objects.get(kind="workbook.commit")
    commit_job(job, report=lambda *_told: None, at=AT)
    batch.refresh_from_db()
    assert batch.state == BatchState.COMMITTED


def test_one_that_the_register_has_left_behind_is_not_entered(loaded, bring, enter):
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    change = proposed(batch)
    enter(with_cell(loaded, "items", "quantity", "8.25"))
    lead = make_user(Role.BUREAU_LEAD)
    agree(change.pk, actor=actor_for(lead, at=AT), at=AT)
    job = Job.objects.get(kind="workbook.commit")
    with pytest.raises(Refused):
        commit_job(job, report=lambda *_told: None, at=AT)
    change.refresh_from_db()
    batch.refresh_from_db()
    assert (change.outcome, batch.state) == ("outdated", BatchState.CHECKED)
    assert not Household.objects.filter(items__quantity="7.25", items__valid_until=None).exists()


def test_a_workbook_laid_aside_is_not_entered_by_an_agreement(loaded, bring):
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    change = proposed(batch)
    discard(batch.pk, actor=SYSTEM, at=AT)
    assert agree(change.pk, actor=actor_for(make_user(Role.BUREAU_LEAD), at=AT), at=AT).outcome == "outdated"
    assert not Job.objects.filter(kind="workbook.commit").exists()


def test_a_workbook_waits_once_and_only_where_it_must(loaded, bring):
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    proposed(batch)
    with pytest.raises(Refused) as caught:
        proposed(batch)
    assert caught.value.key == "change.waits"
    with pytest.raises(Refused) as caught:
        proposed(bring(with_cell(loaded, "households", "phone", "13800138000")))
    assert caught.value.key == "import.one_person"
    assert ProposedChange.objects.count() == 1


def test_a_job_of_an_old_proposal_enters_nothing(loaded, bring):
    """Asked for by hand with the number of a proposal that nobody agreed to."""
    batch = bring(with_cell(loaded, "items", "quantity", "7.25"))
    change = proposed(batch)
    owner = make_user(Role.BUREAU_LEAD)
    job = Job.objects.create(
        kind="workbook.commit",
        owner=owner,
        created_at=AT,
        arguments={"batch_id": batch.pk, "change_id": change.pk},
    )
    with pytest.raises(Refused) as caught:
        commit_job(job, report=lambda *_told: None, at=AT)
    assert caught.value.key == commit_module.needs_second_person().key
