"""Whatever is reckoned, signed, decided and ended in whatever order: one version in force, and agreements untouched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.compensation.signing import AT, RECORDED_BY, Valley
from tests.proofs import examples
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.actions.draw_up_agreement import withdraw_draw_up
from yixian.compensation.actions.end_agreement import declare_void, propose_void
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.choices import CaseOutcome
from yixian.compensation.models import Agreement, AgreementSignature, Statement
from yixian.compensation.queries import agreed_household_ids, open_cases
from yixian.kernel.errors import YixianError

pytestmark = pytest.mark.django_db(transaction=False)

STEPS = st.one_of(
    st.tuples(st.just("measure"), st.sampled_from(["60", "86.4", "90", "120"])),
    st.tuples(st.sampled_from(["draw_up", "withdraw", "void", "apply", "keep"]), st.just("")),
    st.tuples(st.just("sign"), st.sampled_from(list(RECORDED_BY))),
)


def _do(valley: Valley, step: str, what: str, number: int) -> None:
    at = AT + timedelta(minutes=number)
    latest = Agreement.objects.filter(household=valley.household).order_by("-pk").first()
    if step == "measure":
        valley.measure(what)
        valley.calculate(at=at)
    elif step == "draw_up":
        valley.draw_up()
    elif step in {"apply", "keep"}:
        case = open_cases(valley.actor("lead")).first()
        if case:
            decide_case(case.pk, CaseOutcome(step), "r", "d", actor=valley.actor("lead"), at=at)
    elif latest and step == "sign":
        sign_agreement(latest.pk, valley.signing(what), actor=valley.actor(RECORDED_BY[what]), at=at)
    elif latest and step == "withdraw":
        withdraw_draw_up(latest.pk, "r", actor=valley.actor("cadre"), at=at)
    elif latest and step == "void":
        propose_void(latest.pk, "r", "d", actor=valley.actor("clerk"), at=at)
        declare_void(latest.pk, actor=valley.actor("leader"), at=at)


def _frozen() -> dict[int, tuple[object, ...]]:
    """Everything an agreement says, and who has signed it."""
    signed: dict[int, list[object]] = {}
    for row in AgreementSignature.objects.order_by("pk").values_list():
        signed.setdefault(row[1], []).append(row)
    return {row[0]: (row, *signed.get(row[0], [])) for row in Agreement.objects.values_list()}


@examples(25, gate=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_one_version_is_in_force_and_agreements_never_change(
    signing_valley: Valley, steps: list[tuple[str, str]]
) -> None:
    household = signing_valley.household
    with transaction.atomic():
        before = _frozen()
        for number, (step, what) in enumerate(steps):
            bound = agreed_household_ids([household.pk])
            current = Statement.objects.get(household=household, is_current=True).pk
            try:
                with transaction.atomic():
                    _do(signing_valley, step, what, number)
            except YixianError:
                pass
            now = Statement.objects.get(household=household, is_current=True).pk
            if bound and step != "apply":
                assert now == current
            after = _frozen()
            for pk, rows in before.items():
                assert after[pk][: len(rows)] == rows
            living = Agreement.objects.filter(household=household, end=None)
            assert living.count() <= 1
            for agreement in living:
                if agreed_household_ids([household.pk]):
                    assert agreement.statement_id == now
            before = after
        transaction.set_rollback(True)
