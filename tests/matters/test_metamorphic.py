"""一件事项改变不了任何账: raising, pushing or deciding matters leaves every account and every pairing as it was, to the bit,
unless what was decided itself changed a fact.
"""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import transaction

from tests.duty.place import AT, SYSTEM, TODAY
from tests.duty.test_year import bring_in
from tests.factories import make_organisation, make_user
from tests.matters.test_handling import OPINION
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.models import Statement, StatementLine
from yixian.duty.actions.pair_households import pair_households
from yixian.duty.models import Pairing
from yixian.kernel.actors import Actor, household_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.matters.actions import converse, decide, hand_over, take_on
from yixian.matters.actions.escalate import escalate
from yixian.matters.actions.receive_matter import receive_matter
from yixian.matters.choices import DecisionOutcome, IntakeChannel, NotificationChannel, Topic
from yixian.matters.intake import ClauseKey, Complainant, Subject, Submission
from yixian.matters.models import Matter
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption
from yixian.registry.choices import OrganisationKind
from yixian.registry.models import Area, Helper, Household, Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

PACK = Path(__file__).resolve().parents[2] / "packs" / "danjiangkou-2009"
HOUSEHOLDS = 120
CLAUSE = ClauseKey("danjiangkou-2009", "D2009-215", "table-rural")


@pytest.fixture
def county(tmp_path: Path) -> str:
    path = bring_in(tmp_path, HOUSEHOLDS)
    area = Area.objects.get(path=path)
    pack = register_pack(PACK, actor=SYSTEM, at=AT)
    if not PackAdoption.objects.exists():
        PackAdoption.objects.create(
            pack_version=pack,
            area=area,
            valid_from=TODAY.replace(year=2020),
            document="云政发〔2020〕1号",
            proposed_by=make_user(Role.BUREAU_CLERK),
            proposed_at=AT,
            approved_by=make_user(Role.BUREAU_LEAD),
            approved_at=AT,
        )
    for kind in (
        OrganisationKind.PETITION_OFFICE,
        OrganisationKind.RESETTLEMENT_BUREAU,
        OrganisationKind.AUDIT_OFFICE,
    ):
        if not Organisation.objects.filter(kind=kind).exists():
            make_organisation(area, kind=kind)
    return path


def outcome(path: str, before: Callable[[], object] = lambda: None) -> tuple[str, str]:
    """What the accounts and the pairing of the county come to after something happened: a digest of each."""
    with transaction.atomic():
        before()
        calculate_accounts(path, on=TODAY, actor=SYSTEM, at=AT)
        run = pair_households(path, seed=11, on=TODAY, actor=SYSTEM, at=AT)
        pairs = sorted(
            Pairing.objects.filter(run=run).values_list(
                "household__household_no", "helper__helper_no", "role", "cost"
            )
        )
        heads = Statement.objects.values_list("household__household_no", "status", "total_fen", "version")
        lines = StatementLine.objects.values_list(
            "statement__household__household_no", "position", "amount_fen"
        )
        accounts = [*sorted(heads, key=repr), *sorted(lines, key=repr)]
        told = (digest(accounts), digest([*pairs, run.inputs_sha256]))
        transaction.set_rollback(True)
    return told


def digest(rows: list[object]) -> str:
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def officer(role: Role, path: str) -> Actor:
    return actor_for(make_user(role, area_path=path), at=AT)


def test_what_people_raise_changes_nothing_by_itself(county: str) -> None:
    chance = random.Random(7)
    untouched = outcome(county)

    def say() -> None:
        petition, clerk = officer(Role.PETITION_OFFICER, county), officer(Role.BUREAU_CLERK, county)
        bureau = Organisation.objects.get(kind=OrganisationKind.RESETTLEMENT_BUREAU)
        helpers = list(Helper.objects.order_by("pk")[:20])
        for number, household in enumerate(Household.objects.order_by("pk")[:60]):
            about = (Subject(helper_id=chance.choice(helpers).pk),) if number % 5 == 0 else ()
            submission = Submission(
                key=uuid.uuid4(),
                words=f"第{number}件，单价太低。",
                topic=chance.choice(list(Topic)),
                channel=IntakeChannel.CARD,
                people=(Complainant(household_id=household.pk),),
                clauses=(CLAUSE,) if number % 2 else (),
                subjects=about,
                shared=not about,
            )
            receipt = receive_matter(submission, actor=household_actor(household.pk), at=AT)
            if about or number % 3:
                continue
            name = receipt.matter.number
            hand_over.forward(name, bureau.pk, "", actor=petition, at=AT)
            take_on.accept_matter(name, actor=clerk, at=AT)
            result = DecisionOutcome.EXPLAINED if number % 2 else DecisionOutcome.NOT_SUPPORTED
            decide.decide(name, replace(OPINION, outcome=result), actor=clerk, at=AT)
            converse.write_to_person(
                name, uuid.uuid4(), "已作出意见。", NotificationChannel.VISIT, actor=clerk, at=AT
            )
            decide.close(name, actor=clerk, at=AT)
        escalate(at=AT)
        assert Matter.objects.count() == 60

    assert outcome(county, say) == untouched


def test_the_digests_would_show_a_change(county: str) -> None:
    """The control: one more household, and neither is as it was."""
    untouched = outcome(county)

    def change() -> None:
        Household.objects.filter(pk=Household.objects.order_by("pk").first().pk).update(
            zone="town", difficulty=3
        )

    changed = outcome(county, change)
    assert changed[0] != untouched[0]
    assert changed[1] != untouched[1]
