"""Having complained costs nobody anything: what other households say, and how they are called, changes not one pairing.

Two things show it: the same county is paired with and without all that is said in it, to the last bit the same; and duty
cannot know of it, for it imports no room that does and none of the columns it reads speaks of it.
"""

from __future__ import annotations

import ast
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction

import yixian.duty
from tests.duty.place import AT, SYSTEM, TODAY, Place, make_place
from tests.duty.test_year import bring_in
from tests.factories import make_user
from yixian.duty import models
from yixian.duty.actions.ask_another import ask_another, withdraw_request
from yixian.duty.actions.pair_households import pair_households
from yixian.duty.choices import RecusalGround, RequestChannel
from yixian.duty.models import HelperRequest, Pairing, Recusal
from yixian.kernel.actors import PUBLIC, household_actor
from yixian.kernel.ledger import Entry, record
from yixian.kernel.roles import Role
from yixian.policies.actions.submit_question import submit_question
from yixian.policies.choices import QuestionChannel as DeskChannel
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]


@pytest.fixture
def county(tmp_path) -> str:
    return bring_in(tmp_path, 120)


def paired(path: str, before=lambda: None) -> tuple[set[tuple], str]:
    """What pairing the county gives after something happened: every pair with its cost, and the digest of what went in."""
    with transaction.atomic():
        before()
        run = pair_households(path, seed=11, on=TODAY, actor=SYSTEM, at=AT)
        rows = Pairing.objects.filter(run=run)
        pairs = set(rows.values_list("household_id", "helper_id", "role", "cost"))
        transaction.set_rollback(True)
    return pairs, run.inputs_sha256


def test_questions_and_readings_and_events_change_nothing(county):
    def say() -> None:
        for number, household in enumerate(Household.objects.order_by("pk")[:40]):
            entry = Entry(
                "matter.raised",
                "household",
                household.pk,
                household.area_path,
                {"words": f"第{number}次反映"},
            )
            record(entry, actor=household_actor(household.pk), at=AT)
        for number in range(5):
            submit_question(
                f"凭什么不赔？{number}",
                f"{number:032d}",
                DeskChannel.PORTAL,
                name="",
                phone="",
                actor=PUBLIC,
                at=AT,
            )
        make_user(Role.PETITION_OFFICER)

    assert paired(county) == paired(county, say)


def test_names_numbers_of_people_and_days_of_entry_change_nothing(county):
    def rename() -> None:
        rows = list(Household.objects.select_related("head").order_by("pk"))
        names = [row.head.name for row in rows]
        for row, name in zip(rows, reversed(names), strict=True):
            row.head.name = name
            row.head.save()
            row.phone, row.bank_account, row.address = "", "", f"另一处{row.pk}"
            row.valid_from = date(2021, 1, 1) + timedelta(days=row.pk % 300)
            row.save()

    assert paired(county) == paired(county, rename)


def test_requests_of_other_households_put_taken_back_and_settled_change_nothing_for_the_rest(county):
    """They stood in an earlier solution; who asks has somebody else, and everybody else keeps whom they have."""
    run = pair_households(county, seed=11, on=TODAY, actor=SYSTEM, at=AT)
    pairs = {
        row.pk: (row.household_id, row.helper_id, row.valid_until) for row in Pairing.objects.filter(run=run)
    }
    asked = set()
    for household in Household.objects.order_by("pk")[:30:3]:
        for role in HelperKind:
            if not Pairing.objects.filter(household=household, role=role).exists():
                continue
            made = ask_another(
                household.pk,
                role,
                "不合适",
                RequestChannel.PORTAL,
                actor=household_actor(household.pk),
                at=AT,
            )
            asked.add(household.pk)
            if made.settled_at is None and household.pk % 2:
                withdraw_request(made.pk, actor=household_actor(household.pk), at=AT)
    assert HelperRequest.objects.exists()
    for pk, (household, helper, until) in pairs.items():
        if household not in asked:
            row = Pairing.objects.get(pk=pk)
            assert (row.household_id, row.helper_id, row.valid_until) == (household, helper, until)
    assert not Pairing.objects.exclude(pk__in=pairs).exclude(household__in=asked).exists()


def test_a_household_that_asked_is_served_no_later_and_at_no_other_cost():
    """Of two alike, the one that has asked for somebody else before is given the same as it would have been given."""
    place: Place = make_place(cadres=4, members=2)
    before = paired(place.county.path)
    household = place.households[0]
    unrelated = Helper.objects.get(helper_no=place.lead.helper_no)

    def asked_once() -> None:
        HelperRequest.objects.create(
            household=household,
            helper=unrelated,
            role="cadre",
            area_path=household.area_path,
            channel="portal",
            by_right=False,
            reason="说过三次了",
            asked_at=AT,
            settled_at=AT,
        )
        Recusal.objects.create(
            household=household,
            helper=unrelated,
            ground=RecusalGround.ASKED,
            valid_from=TODAY,
            valid_until=TODAY + timedelta(days=365),
            declared_at=AT,
        )

    assert paired(place.county.path, asked_once) == before


# ---- and it cannot be otherwise

DUTY = Path(yixian.duty.__file__).parent
KNOWN = {"duty", "registry", "kernel", "engines", "domain", "policies"}
"""The rooms that duty may know. None of them keeps what households raise but the policy desk, whose tables are not read here."""

SPEAKS_OF_COMPLAINT = (
    "complain", "petition", "grievance", "appeal", "objection", "matter", "satisf", "mood", "risk", "score", "rank", "label",
)  # fmt: skip


def imports() -> set[str]:
    found = set()
    for path in DUTY.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    return {name for name in found if name.startswith("yixian.")}


def test_duty_imports_no_room_that_knows_of_matters():
    assert {name.split(".")[1] for name in imports()} - {"lazy_imports"} == KNOWN
    policies = {name for name in imports() if name.startswith("yixian.policies")}
    assert policies == {"yixian.policies.queries"}


def test_no_column_that_pairing_reads_speaks_of_complaints():
    tables = [getattr(models, name) for name in models.__all__]
    tables += [Household, Helper]
    columns = {
        f"{table.__name__}.{field.name}"
        for table in tables
        for field in table._meta.get_fields()
        if field.concrete
    }
    assert len(columns) > 90
    assert [
        name for name in sorted(columns) if any(word in name.lower() for word in SPEAKS_OF_COMPLAINT)
    ] == []


def test_eligibility_reads_no_request_and_no_event():
    """Only the recusal that a request leads to is read, and only to keep the same helper away."""
    for path in (DUTY / "eligibility").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "HelperRequest" not in text, path
        assert "Event" not in text, path
