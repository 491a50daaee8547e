"""A revision from its first draft to every account: what it changes, who may do what, and that nothing goes twice."""

from __future__ import annotations

import csv
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.factories import make_group
from tests.revisions.conftest import AT, PACK, SYSTEM, TODAY, WALL, add_item, person
from yixian.budget.actions.enter_budget import Approved, confirm_budget, enter_budget
from yixian.budget.queries import budget_heads_for
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import AccountCase, Statement, StatementRun
from yixian.compensation.queries import differences_of_run, forecast_by_budget_head, open_cases
from yixian.domain.policy import PackErrors
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.pack_files import read_pack as read_sources
from yixian.kernel.actors import Grant
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.roles import Role
from yixian.policies.models import PackAdoption, PackVersion
from yixian.policies.queries import pack_in_force, read_pack
from yixian.revisions.actions.adopt_revision import adopt_revision
from yixian.revisions.actions.begin_revision import Intent, begin_revision
from yixian.revisions.actions.call_off_adoption import call_off_adoption, call_off_decision
from yixian.revisions.actions.compare_revision import compare_revision
from yixian.revisions.actions.save_draft import go_back, save_pack, save_prices
from yixian.revisions.actions.take_step import approve, decide, return_it, submit, withdraw
from yixian.revisions.choices import RevisionStage
from yixian.revisions.models import RevisionDraft
from yixian.revisions.queries import (
    compared_groups,
    compared_households,
    compared_lines,
    compared_places,
    comparison_status,
    current_draft,
    draft_pack,
    get_revision,
    price_changes,
    revision_run,
    revision_view,
    stage_of,
)
from yixian.revisions.queries.difference_bands import difference_bands
from yixian.revisions.queries.outcomes import deciding_revisions
from yixian.revisions.queries.pending_revisions import revisions_to_approve

pytestmark = pytest.mark.django_db
RURAL = (WALL, "rural")
BASE = load_pack(PACK).version
NUMBER = "县政发〔2026〕12号"


class Office:
    """The people of one county's bureau."""

    def __init__(self, county) -> None:
        self.county = county
        self.clerk = person(Role.BUREAU_CLERK, county)
        self.lead = person(Role.BUREAU_LEAD, county)
        self.leader = person(Role.COUNTY_LEADER, county)

    def begin(self, **changes):
        values = {
            "title_zh": "关于调整土木结构房屋补偿单价的决定",
            "title_en": "",
            "issuer": "县人民政府",
            "reason": "木料涨价，重建不够。",
            "valid_from": TODAY,
        } | changes
        return begin_revision(self.county.pk, Intent(**values), actor=self.clerk, at=AT)

    def drafted(self, price: str = "420", **changes):
        revision = self.begin(**changes)
        save_prices(revision.pk, {RURAL: price}, actor=self.clerk, at=AT)
        return revision

    def submitted(self, price: str = "420"):
        revision = self.drafted(price)
        evidence = compare_revision(revision.pk, actor=self.clerk, at=AT).evidence
        submit(revision.pk, actor=self.clerk, at=AT)
        return revision, evidence

    def decided(self, price: str = "420"):
        revision, evidence = self.submitted(price)
        approve(revision.pk, evidence, actor=self.lead, at=AT)
        decide(revision.pk, evidence, NUMBER, TODAY, actor=self.leader, at=AT)
        return revision


@pytest.fixture
def office(county, households) -> Office:
    return Office(county)


def _old_price() -> Decimal:
    with open("packs/danjiangkou-2009/prices.csv", encoding="utf-8") as file:  # noqa: PTH123
        rows = [row for row in csv.DictReader(file) if (row["item_code"], row["zone"]) == RURAL]
    return Decimal(rows[0]["price"])


def test_a_decision_is_called_off_before_its_day(office, households):
    day = TODAY + timedelta(days=30)
    revision = office.drafted(valid_from=day)
    evidence = compare_revision(revision.pk, actor=office.clerk, at=AT).evidence
    submit(revision.pk, actor=office.clerk, at=AT)
    approve(revision.pk, evidence, actor=office.lead, at=AT)
    step = decide(revision.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    with pytest.raises(Refused, match="A revision decided it"):
        call_off_adoption(step.adoption_id, "另行发文", actor=office.leader, at=AT)
    with pytest.raises(NotPermitted):
        call_off_decision(revision.pk, "另行发文", "13号", actor=office.clerk, at=AT)
    with pytest.raises(Refused, match="Its day has come"):
        call_off_decision(revision.pk, "另行发文", "13号", actor=office.leader, at=AT + timedelta(days=30))
    with pytest.raises(Refused, match="leaves calling it off to another"):
        call_off_decision(revision.pk, "另行发文", "13号", actor=office.lead, at=AT)
    with pytest.raises(Invalid, match="Name the document"):
        call_off_decision(revision.pk, "另行发文", " ", actor=office.leader, at=AT)
    undone = call_off_decision(revision.pk, "另行发文", "13号", actor=office.leader, at=AT)
    assert (undone.note, undone.number) == ("另行发文", "13号")
    assert stage_of(get_revision(office.clerk, revision.pk)) == RevisionStage.CALLED_OFF
    assert deciding_revisions(office.clerk, [step.adoption_id]) == {step.adoption_id: revision.pk}
    stranger = office.clerk.with_grants((Grant(Role.CADRE, area_paths=("",)),))
    assert deciding_revisions(stranger, [step.adoption_id]) == {step.adoption_id: None}
    assert pack_in_force(office.county.path, day)[0].version == BASE
    (kept,) = PackAdoption.objects.filter(valid_until=None)
    assert kept.pack_version.version == BASE
    again, evidence = office.submitted("430")
    approve(again.pk, evidence, actor=office.lead, at=AT)
    decide(again.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    assert pack_in_force(office.county.path, day)[1].price_on(WALL, "rural", day).amount == 430


def test_one_price_from_draft_to_every_account(office, households):
    revision = office.drafted()
    (change,) = price_changes(revision, current_draft(revision), "zh")
    assert (change.old, change.new, change.item_code) == (_old_price(), Decimal(420), WALL)
    comparison = compare_revision(revision.pk, actor=office.clerk, at=AT)
    gain = int(Decimal("80.5") * (420 - _old_price()) * 100)
    told = comparison.manifest
    assert (told["households"], told["gaining"], told["losing"], told["gained_fen"]) == (6, 3, 0, 3 * gain)
    assert [row.difference_fen for row in compared_groups(comparison, "heads") if row.difference_fen] == [
        3 * gain
    ]
    assert [row.key for row in compared_groups(comparison, "items") if row.difference_fen] == [WALL]
    ((village, sums),) = compared_places(comparison, "village")
    assert (village.level, sums.gaining, sums.difference_fen) == ("village", 3, 3 * gain)
    bands = [(band.sign, band.households) for band in difference_bands(comparison) if band.households]
    assert bands == [(0, 3), (1, 3)]
    assert all(low.above_fen < gain <= (low.most_fen or gain) for low in difference_bands(comparison)[-1:])
    found = compared_households(office.clerk, comparison, order="gain")
    assert [row.pk for row in found.window(0, 9)] == [household.pk for household in households[::2]]
    wide = " ".join(chr(ord(one) + 0xFEE0) for one in households[0].household_no)
    found = compared_households(office.clerk, comparison, search=wide)
    assert [row.pk for row in found.window(0, 9)] == [households[0].pk]
    assert [line["difference_fen"] for line in compared_lines(comparison, households[0].household_no)] == [
        gain
    ]

    submit(revision.pk, actor=office.clerk, at=AT)
    approve(revision.pk, comparison.evidence, actor=office.lead, at=AT)
    assert pack_in_force(office.county.path, TODAY)[0].version == BASE
    step = decide(revision.pk, comparison.evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    version, pack = pack_in_force(office.county.path, TODAY)
    assert (version, version.version) == (step.pack_version, f"{BASE}.r{revision.pk}")
    document = pack.documents[f"REV-{revision.pk}"]
    assert (document.number, document.decided_on, document.is_decided) == (NUMBER, TODAY, True)
    assert pack.price_on(WALL, "rural", TODAY).amount == 420
    assert pack.price_on(WALL, "rural", TODAY - timedelta(days=1)).amount == _old_price()
    assert "420" in document.clauses["prices"].zh
    assert stage_of(revision) == RevisionStage.DECIDED

    run = adopt_revision(revision.pk, actor=office.clerk, at=AT)
    assert stage_of(revision) == RevisionStage.ADOPTED
    rows = list(differences_of_run(SYSTEM, run.pk))
    assert {row.household for row in rows} == set(households[::2])
    assert {row.total_fen - row.supersedes.total_fen for row in rows} == {gain}
    assert {row.cause for row in rows} == {"new_policy"}
    with pytest.raises(Refused):
        adopt_revision(revision.pk, actor=office.clerk, at=AT)


def test_whoever_has_no_sum_to_compare_is_listed_too(office, households):
    add_item(households[1], "house.unlisted", "1")
    calculate_accounts(office.county.path, on=TODAY, actor=SYSTEM, at=AT)
    comparison = compare_revision(office.drafted().pk, actor=office.clerk, at=AT)
    listed = {row.pk: row for row in compared_households(office.clerk, comparison).window(0, 9)}
    assert set(listed) == {household.pk for household in (households[1], *households[::2])}
    withheld = listed[households[1].pk]
    assert (withheld.status, withheld.difference_fen) == ("withheld_in_both", None)
    assert list(listed)[-1] == withheld.pk
    assert comparison_status(comparison, households[1].household_no) == "withheld_in_both"
    assert comparison_status(comparison, households[0].household_no) == "compared"


def test_a_lower_price_opens_cases_and_takes_nothing(office, households):
    revision = office.decided("100")
    before = dict(Statement.objects.filter(is_current=True).values_list("household", "total_fen"))
    run = adopt_revision(revision.pk, actor=office.clerk, at=AT)
    assert dict(Statement.objects.filter(is_current=True).values_list("household", "total_fen")) == before
    assert [case.household for case in open_cases(SYSTEM, run_id=run.pk)] == households[::2]


class _Killed(BaseException):
    """Like a kill: nothing catches it."""


def test_adoption_cut_off_goes_on_without_a_double_or_a_gap(office, households, monkeypatch):
    monkeypatch.setattr("yixian.compensation.actions.issue_accounts._BATCH", 2)
    revision = office.decided()

    def kill(_step: str, done: int, total: int) -> None:
        if total == 6 and done >= 2:
            raise _Killed

    with pytest.raises(_Killed):
        adopt_revision(revision.pk, actor=office.clerk, at=AT, report=kill)
    left = revision_run(revision)
    assert (stage_of(revision), left.is_finished) == (RevisionStage.DECIDED, False)
    run = adopt_revision(revision.pk, actor=office.clerk, at=AT)
    assert (run.pk, stage_of(revision)) == (left.run_id, RevisionStage.ADOPTED)
    assert Statement.objects.count() == 9
    assert Statement.objects.filter(is_current=True).count() == 6
    assert not AccountCase.objects.exists()


def who_may_approve(actor):
    return revisions_to_approve(actor).count()


def test_nobody_approves_their_own_draft_and_nobody_approves_twice(office, county):
    revision, evidence = office.submitted()
    other = person(Role.BUREAU_LEAD, county)
    for actor in (office.clerk, SYSTEM, person(Role.FINANCE, county)):
        with pytest.raises(NotPermitted):
            approve(revision.pk, evidence, actor=actor, at=AT)
    with pytest.raises(Refused):
        decide(revision.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    assert [who_may_approve(one) for one in (other, office.leader, office.clerk)] == [1, 1, 0]
    approve(revision.pk, evidence, actor=other, at=AT)
    assert [who_may_approve(one) for one in (other, office.leader, office.clerk)] == [0, 1, 0]
    with pytest.raises(Refused):
        decide(revision.pk, evidence, NUMBER, TODAY, actor=other, at=AT)
    with pytest.raises(Invalid):
        decide(revision.pk, evidence, " ", TODAY, actor=office.leader, at=AT)
    with pytest.raises(Invalid):
        decide(revision.pk, evidence, NUMBER, TODAY + timedelta(days=1), actor=office.leader, at=AT)
    assert PackAdoption.objects.count() == 1

    own = begin_revision(county.pk, Intent("二", "", "县", "因", TODAY), actor=office.lead, at=AT)
    save_prices(own.pk, {RURAL: "500"}, actor=office.clerk, at=AT)
    evidence = compare_revision(own.pk, actor=office.lead, at=AT).evidence
    submit(own.pk, actor=office.clerk, at=AT)
    with pytest.raises(Refused):
        approve(own.pk, evidence, actor=office.lead, at=AT)


def test_only_what_was_seen_is_approved(office, households):
    revision = office.drafted()
    with pytest.raises(Refused):
        submit(revision.pk, actor=office.clerk, at=AT)
    first = compare_revision(revision.pk, actor=office.clerk, at=AT)
    record(
        Entry("items.moved", "household", households[0].pk, households[0].area_path),
        actor=SYSTEM,
        at=AT + timedelta(1),
    )
    with pytest.raises(Refused):
        submit(revision.pk, actor=office.clerk, at=AT)
    add_item(households[0], "land.dry", "1")
    second = compare_revision(revision.pk, actor=office.clerk, at=AT + timedelta(2))
    assert second.evidence != first.evidence
    submit(revision.pk, actor=office.clerk, at=AT + timedelta(2))
    with pytest.raises(Refused):
        approve(revision.pk, first.evidence, actor=office.lead, at=AT + timedelta(2))
    approve(revision.pk, second.evidence, actor=office.lead, at=AT + timedelta(2))


def test_what_is_submitted_cannot_be_changed_until_it_is_returned(office):
    revision, evidence = office.submitted()
    with pytest.raises(Refused):
        save_prices(revision.pk, {RURAL: "430"}, actor=office.clerk, at=AT)
    with pytest.raises(Invalid):
        return_it(revision.pk, " ", actor=office.lead, at=AT)
    return_it(revision.pk, "缺调查依据", actor=office.lead, at=AT)
    assert stage_of(revision) == RevisionStage.DRAFTING
    save_prices(revision.pk, {RURAL: "430"}, actor=office.clerk, at=AT)
    with pytest.raises(Refused):
        submit(revision.pk, actor=office.clerk, at=AT)
    withdraw(revision.pk, "另行研究", actor=office.clerk, at=AT)
    assert stage_of(revision) == RevisionStage.WITHDRAWN
    with pytest.raises(Refused):
        approve(revision.pk, evidence, actor=office.lead, at=AT)


def test_every_draft_is_kept_and_can_be_gone_back_to(office):
    revision = office.drafted("420")
    save_prices(revision.pk, {RURAL: "450.5", (WALL, "town"): "470"}, actor=office.clerk, at=AT)
    assert len(price_changes(revision, current_draft(revision), "en")) == 2
    save_prices(revision.pk, {RURAL: "450.5", (WALL, "town"): "470"}, actor=office.clerk, at=AT)
    assert current_draft(revision).number == 3
    go_back(revision.pk, 2, actor=office.clerk, at=AT)
    (change,) = price_changes(revision, current_draft(revision), "en")
    assert (current_draft(revision).number, change.new) == (4, Decimal(420))
    save_prices(revision.pk, {RURAL: str(_old_price())}, actor=office.clerk, at=AT)
    assert price_changes(revision, current_draft(revision), "en") == []
    with pytest.raises(Refused):
        submit(revision.pk, actor=office.clerk, at=AT)
    with pytest.raises(NotFound):
        go_back(revision.pk, 99, actor=office.clerk, at=AT)


@pytest.mark.sqlite_enough
@pytest.mark.parametrize("text", ["-1", "1e3", "four", "1.23456", "9999999999", "１２x"])
def test_a_price_that_is_none_is_named_and_nothing_is_saved(office, text):
    revision = office.begin()
    with pytest.raises(Invalid) as caught:
        save_prices(revision.pk, {RURAL: text, (WALL, "town"): "400"}, actor=office.clerk, at=AT)
    assert caught.value.field == f"{WALL}|rural"
    assert RevisionDraft.objects.count() == 1


def test_a_draft_is_calculated_with_nowhere_but_in_the_comparison(office):
    revision = office.drafted()
    assert draft_pack(current_draft(revision)).is_draft
    assert not PackVersion.objects.filter(version=f"{BASE}.r{revision.pk}").exists()
    assert pack_in_force(office.county.path, TODAY)[0] == revision.base


@pytest.mark.sqlite_enough
def test_a_pack_is_handed_in_whole_or_its_faults_are_named(office):
    revision = office.begin()
    base = read_pack(revision.base_id)
    sources = dict(draft_pack(current_draft(office.drafted("433"))).sources)
    with pytest.raises(Invalid):
        save_pack(revision.pk, dict(base.sources), actor=office.clerk, at=AT)
    faulty = sources | {"prices.csv": sources["prices.csv"].replace("m2", "mu", 1)}
    with pytest.raises(PackErrors):
        save_pack(revision.pk, faulty, actor=office.clerk, at=AT)
    examples = next(name for name in sources if name.startswith("tests/"))
    wrong = sources | {examples: sources[examples].replace("total: ", "total: 1", 1)}
    with pytest.raises(PackErrors):
        save_pack(revision.pk, wrong, actor=office.clerk, at=AT)
    save_pack(revision.pk, sources, actor=office.clerk, at=AT)
    (change,) = price_changes(revision, current_draft(revision), "zh")
    assert change.new == 433
    evidence = compare_revision(revision.pk, actor=office.clerk, at=AT).evidence
    submit(revision.pk, actor=office.clerk, at=AT)
    approve(revision.pk, evidence, actor=office.lead, at=AT)
    decide(revision.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    decided = pack_in_force(office.county.path, TODAY)[1]
    assert not decided.is_draft
    assert read_sources(dict(decided.sources)).sha256 == decided.sha256


def test_begun_only_forwards_with_everything_filled_in_and_within_reach(office, county):
    for changes in (
        {"valid_from": TODAY - timedelta(days=1)},
        {"title_zh": " "},
        {"issuer": ""},
        {"reason": ""},
    ):
        with pytest.raises(Invalid):
            office.begin(**changes)
    elsewhere = make_group().parent.parent.parent
    stranger = person(Role.BUREAU_CLERK, elsewhere)
    with pytest.raises(Refused):
        begin_revision(elsewhere.pk, Intent("一", "", "县", "因", TODAY), actor=stranger, at=AT)
    revision = office.begin()
    for actor in (stranger, person(Role.AUDITOR, elsewhere)):
        with pytest.raises(NotFound):
            get_revision(actor, revision.pk)
    with pytest.raises(NotPermitted):
        get_revision(person(Role.CADRE, county), revision.pk)
    assert get_revision(person(Role.AUDITOR, county), revision.pk) == revision


def test_before_its_day_a_decided_revision_touches_no_account(office):
    revision, evidence = office.submitted()
    del evidence
    later = office.drafted("444", valid_from=TODAY + timedelta(days=9))
    evidence = compare_revision(later.pk, actor=office.clerk, at=AT).evidence
    submit(later.pk, actor=office.clerk, at=AT)
    approve(later.pk, evidence, actor=office.lead, at=AT)
    decide(later.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    with pytest.raises(Refused):
        adopt_revision(later.pk, actor=office.clerk, at=AT)
    with pytest.raises(Refused):
        adopt_revision(revision.pk, actor=office.clerk, at=AT)
    run = adopt_revision(later.pk, actor=office.clerk, at=AT + timedelta(days=9))
    assert StatementRun.objects.get(pk=run.pk).pack_version.version == f"{BASE}.r{later.pk}"


def test_no_revision_is_decided_beyond_a_budget_head(office, households):
    """Fen by fen: what all accounts come to under it must be held by the head that it raises."""
    revision, evidence = office.submitted()
    approve(revision.pk, evidence, actor=office.lead, at=AT)
    comparison = revision_view(revision).comparison
    rise = {row.key: row.difference_fen for row in compared_groups(comparison, "heads") if row.difference_fen}
    now = forecast_by_budget_head(office.county.path, on=TODAY)
    assert set(rise) == {"property"}
    needed = now["property"] + rise["property"]
    enter(office, property=needed - 1)
    with pytest.raises(Refused) as refused:
        decide(revision.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    assert (refused.value.key, refused.value.params["budget_heads"]) == (
        "budget.beyond",
        "移民个人财产补偿费 0.01",
    )
    enter(office, property=needed)
    decide(revision.pk, evidence, NUMBER, TODAY, actor=office.leader, at=AT)
    assert stage_of(get_revision(office.clerk, revision.pk)) == RevisionStage.DECIDED


def enter(office, **named):
    """A budget entered by the clerk and confirmed by the lead."""
    amounts = {head.code: named.get(head.code, 0) for head in budget_heads_for(office.county.path, TODAY)}
    given = Approved("概算批复", "批准", TODAY, amounts)
    version = enter_budget(office.county.pk, given, actor=office.clerk, at=AT)
    confirm_budget(version.pk, actor=office.lead, at=AT)
