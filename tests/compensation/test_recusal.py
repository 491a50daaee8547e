"""Who approves a household's account does not stand beside it, and who stands beside it approves nothing of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.compensation.signing import AT, TODAY, Valley
from tests.factories import LONG_AGO, make_person, make_user
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.actions.draw_up_agreement import draw_up_agreement
from yixian.compensation.actions.end_agreement import declare_void, propose_void
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.approval_recusal import approvers_of
from yixian.compensation.choices import CaseOutcome, Party
from yixian.compensation.models import AgreementEnd, AgreementSignature, CaseDecision
from yixian.compensation.queries import open_cases
from yixian.duty.choices import Rule
from yixian.duty.eligibility import Days, why_not
from yixian.duty.models import Pairing
from yixian.kernel.errors import Refused
from yixian.kernel.roles import Role
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper

BESIDE = pytest.raises(Refused, check=lambda found: found.key == "agreement.beside")


def make_helper_of(valley: Valley, name: str) -> Helper:
    """The user of this name is a cadre in the register as well."""
    user = valley.users[name]
    helper = Helper.objects.create(
        helper_no=f"HU{user.pk}",
        person=make_person(),
        kind=HelperKind.CADRE,
        organisation=valley.justice,
        places=5,
        valid_from=LONG_AGO,
    )
    user.helper_id = helper.pk
    user.save()
    return helper


def stand_beside(valley: Valley, helper: Helper, *, days: int = 0) -> None:
    Pairing.objects.filter(household=valley.household, valid_until=None).update(valid_until=TODAY)
    Pairing.objects.create(
        household=valley.household,
        helper=helper,
        role=helper.kind,
        area_path=valley.group.path,
        cost=1,
        valid_from=TODAY + timedelta(days=days),
        began_because="nearest",
    )


def recused(valley: Valley) -> set[int]:
    return {helper for _home, helper, _ground in approvers_of([valley.household.pk], TODAY)}


def test_signing_for_an_office_recuses_and_the_households_own_signature_does_not(signing_valley: Valley):
    clerk, attester = (make_helper_of(signing_valley, name) for name in ("clerk", "attester"))
    agreement = signing_valley.draw_up()
    sign = signing_valley.signing
    sign_agreement(agreement.pk, sign(Party.HOUSEHOLD), actor=signing_valley.actor("cadre"), at=AT)
    assert recused(signing_valley) == set()
    assert Rule.APPROVAL not in why_not(signing_valley.household, clerk, Days(TODAY))
    sign_agreement(agreement.pk, sign(Party.BUREAU), actor=signing_valley.actor("clerk"), at=AT)
    sign_agreement(agreement.pk, sign(Party.ATTESTING), actor=signing_valley.actor("attester"), at=AT)
    assert recused(signing_valley) == {clerk.pk, attester.pk}
    assert Rule.APPROVAL in why_not(signing_valley.household, clerk, Days(TODAY))
    assert Rule.APPROVAL not in why_not(signing_valley.neighbour, clerk, Days(TODAY))
    assert not list(approvers_of(None, TODAY - timedelta(days=1)))


def test_drawing_up_recuses_only_who_does_not_stand_beside_the_household(signing_valley: Valley):
    signing_valley.draw_up()
    assert recused(signing_valley) == set()
    clerk = make_helper_of(signing_valley, "clerk")
    draw_up_agreement(
        signing_valley.neighbour.pk, signing_valley.terms, actor=signing_valley.actor("clerk"), at=AT
    )
    assert {(home, who) for home, who, _ in approvers_of(None, TODAY)} == {
        (signing_valley.neighbour.pk, clerk.pk)
    }


def test_proposing_and_declaring_void_recuse(signing_valley: Valley):
    lead, leader = (make_helper_of(signing_valley, name) for name in ("lead", "leader"))
    agreement = signing_valley.draw_up()
    signing_valley.sign_all(agreement)
    propose_void(agreement.pk, "签错", "文件", actor=signing_valley.actor("lead"), at=AT)
    assert recused(signing_valley) == {lead.pk}
    declare_void(agreement.pk, actor=signing_valley.actor("leader"), at=AT)
    assert recused(signing_valley) == {lead.pk, leader.pk}


def test_deciding_a_case_recuses(signing_valley: Valley):
    leader = make_helper_of(signing_valley, "leader")
    signing_valley.sign_all(signing_valley.draw_up())
    signing_valley.measure("80")
    signing_valley.calculate()
    actor = signing_valley.actor("leader")
    decide_case(open_cases(actor).get().pk, CaseOutcome.KEEP, "已签", "纪要1号", actor=actor, at=AT)
    assert recused(signing_valley) == {leader.pk}


@pytest.mark.parametrize("days", [0, 30])
def test_who_stands_beside_the_household_or_is_about_to_decides_nothing_of_it(
    signing_valley: Valley, days: int
):
    agreement = signing_valley.draw_up()
    signing_valley.sign_all(agreement)
    signing_valley.measure("80")
    signing_valley.calculate()
    case = open_cases(signing_valley.actor("lead")).get()
    stand_beside(signing_valley, make_helper_of(signing_valley, "lead"), days=days)
    lead = signing_valley.actor("lead")
    with BESIDE:
        propose_void(agreement.pk, "签错", "文件", actor=lead, at=AT)
    with BESIDE:
        decide_case(case.pk, CaseOutcome.KEEP, "已签", "纪要1号", actor=lead, at=AT)
    propose_void(agreement.pk, "签错", "文件", actor=signing_valley.actor("clerk"), at=AT)
    with BESIDE:
        declare_void(agreement.pk, actor=lead, at=AT)
    assert not AgreementEnd.objects.exists()
    assert not CaseDecision.objects.exists()


def test_who_stands_beside_the_household_signs_for_no_office(signing_valley: Valley):
    agreement = signing_valley.draw_up()
    stand_beside(signing_valley, make_helper_of(signing_valley, "clerk"))
    with BESIDE:
        sign_agreement(
            agreement.pk,
            signing_valley.signing(Party.BUREAU),
            actor=signing_valley.actor("clerk"),
            at=AT,
        )
    assert not AgreementSignature.objects.exists()


def test_who_is_going_to_stand_beside_the_household_does_not_draw_up_before(signing_valley: Valley):
    stand_beside(signing_valley, make_helper_of(signing_valley, "clerk"), days=30)
    with BESIDE:
        draw_up_agreement(
            signing_valley.household.pk, signing_valley.terms, actor=signing_valley.actor("clerk"), at=AT
        )


def test_staff_who_are_no_helpers_recuse_nobody(signing_valley: Valley):
    make_user(Role.BUREAU_CLERK)
    signing_valley.sign_all(signing_valley.draw_up())
    assert recused(signing_valley) == set()
