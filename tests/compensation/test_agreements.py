"""Agreements: drawn up without blanks, signed by three parties, frozen, and ended only by people."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.translation import override

from tests.compensation.signing import AT, RECORDED_BY, TODAY, Valley
from tests.factories import make_organisation, make_person
from yixian.compensation.actions.decide_case import decide_case
from yixian.compensation.actions.draw_up_agreement import draw_up_agreement, withdraw_draw_up
from yixian.compensation.actions.end_agreement import declare_void, propose_void
from yixian.compensation.actions.sign_agreement import sign_agreement
from yixian.compensation.choices import AgreementState, CaseOutcome, Party, SignedBy
from yixian.compensation.drawing_up import missing
from yixian.compensation.models import Agreement, AgreementSignature, Statement
from yixian.compensation.queries import (
    agreed_household_ids,
    agreement_of,
    agreements,
    commitments_by_budget_head,
    get_agreement,
    open_cases,
    parties_to_record,
)
from yixian.compensation.queries.pending_signatures import agreements_to_sign, voids_to_decide
from yixian.kernel.actors import household_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.models import Event
from yixian.registry.actions.issue_cards import issue_cards
from yixian.registry.choices import OrganisationKind

SECRETS = ("530625197003051001", "622200000000001")


def _refusal(error: type[Exception], key: str):
    return pytest.raises(error, check=lambda found: found.key == key)  # type: ignore[attr-defined]


def test_three_signatures_bring_it_into_force(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    states = [agreement_of(signing_valley.actor("lead"), signing_valley.household).state]
    for party, name in RECORDED_BY.items():
        sign_agreement(agreement.pk, signing_valley.signing(party), actor=signing_valley.actor(name), at=AT)
        states.append(agreement_of(signing_valley.actor("lead"), signing_valley.household).state)
    assert states == [
        AgreementState.DRAWN_UP,
        AgreementState.SIGNING,
        AgreementState.SIGNING,
        AgreementState.IN_FORCE,
    ]
    kinds = Event.objects.filter(kind__startswith="agreement.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [
        "agreement.drawn_up",
        "agreement.signed_household",
        "agreement.signed_bureau",
        "agreement.signed_attesting",
    ]


@pytest.mark.parametrize(
    ("field", "named"),
    [
        ("phone", "phone"),
        ("address", "address"),
        ("bank_account", "bank"),
        ("bank_name", "bank"),
        ("head", "head"),
    ],
)
def test_each_blank_is_named_and_nothing_is_drawn_up(signing_valley: Valley, field: str, named: str) -> None:
    household = signing_valley.household
    setattr(household, field, None if field == "head" else "")
    household.save()
    statement = Statement.objects.get(household=household)
    with override("en"):
        blanks = [str(one.what) for one in missing(household, statement, signing_valley.terms, on=TODAY)]
    assert any(named in blank for blank in blanks), blanks
    assert len(blanks) == (2 if field == "head" else 1)
    with _refusal(Refused, "agreement.blank"):
        signing_valley.draw_up()
    assert not Agreement.objects.exists()


def test_no_phone_and_cash_can_be_chosen_outright(signing_valley: Valley) -> None:
    household = signing_valley.household
    household.phone = household.bank_account = ""
    household.save()
    terms = replace(signing_valley.terms, no_phone=True, paid_by="cash")
    assert draw_up_agreement(household.pk, terms, actor=signing_valley.actor("cadre"), at=AT).pk


def test_a_withheld_account_or_the_bureau_attesting_itself_is_a_blank(signing_valley: Valley) -> None:
    terms = replace(signing_valley.terms, attesting_organisation_id=signing_valley.bureau.pk)
    with _refusal(Refused, "agreement.blank"):
        draw_up_agreement(signing_valley.household.pk, terms, actor=signing_valley.actor("cadre"), at=AT)
    far = make_organisation(signing_valley.county, kind=OrganisationKind.DEPARTMENT)
    with _refusal(Refused, "agreement.blank"):
        draw_up_agreement(
            signing_valley.household.pk,
            replace(terms, attesting_organisation_id=far.pk),
            actor=signing_valley.actor("cadre"),
            at=AT,
        )
    signing_valley.household.items.update(item_code="house.palace")
    signing_valley.calculate(at=AT + timedelta(days=1))
    with _refusal(Refused, "agreement.blank"):
        signing_valley.draw_up()


def test_there_is_one_at_a_time(signing_valley: Valley) -> None:
    first = signing_valley.draw_up()
    with _refusal(Refused, "agreement.open"):
        signing_valley.draw_up()
    withdraw_draw_up(first.pk, "wrong body", actor=signing_valley.actor("cadre"), at=AT)
    assert signing_valley.draw_up().sequence == 2


def test_days_before_the_drawing_up_or_to_come_are_refused(signing_valley: Valley) -> None:
    agreement, cadre = signing_valley.draw_up(), signing_valley.actor("cadre")
    for day, key in ((-1, "agreement.before"), (1, "agreement.future")):
        signing = signing_valley.signing(Party.HOUSEHOLD, signed_on=TODAY + timedelta(days=day))
        with _refusal(Invalid, key):
            sign_agreement(agreement.pk, signing, actor=cadre, at=AT)
    assert not AgreementSignature.objects.exists()


def test_only_an_adult_of_the_household_signs_and_not_the_head_only_with_authority(
    signing_valley: Valley,
) -> None:
    agreement, cadre = signing_valley.draw_up(), signing_valley.actor("cadre")
    other = signing_valley.household.members.exclude(person=signing_valley.household.head).get().person
    stranger = make_person()

    def sign(**changes: object) -> None:
        signing = signing_valley.signing(Party.HOUSEHOLD, **changes)
        sign_agreement(agreement.pk, signing, actor=cadre, at=AT)

    with _refusal(Invalid, "agreement.member"):
        sign(person_id=stranger.pk)
    with _refusal(Invalid, "agreement.authority"):
        sign(person_id=other.pk)
    with _refusal(Invalid, "agreement.authority_paper"):
        sign(person_id=other.pk, authority="户主外出务工")
    other.birth_date = TODAY.replace(year=TODAY.year - 18) + timedelta(days=1)
    other.save()
    whole = {"person_id": other.pk, "authority": "户主外出务工", "authority_paper": "授权书"}
    with _refusal(Invalid, "agreement.adult"):
        sign(**whole)
    other.birth_date -= timedelta(days=1)
    other.save()
    sign(**whole)
    assert AgreementSignature.objects.get().signer == other


def test_nobody_records_for_two_parties_or_for_somebody_else(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    everybody = (*RECORDED_BY.values(), "auditor", "leader")
    waiting = {name for name in everybody if agreements_to_sign(signing_valley.actor(name)).count()}
    assert waiting == set(RECORDED_BY.values())
    for party, name in RECORDED_BY.items():
        for other in set(RECORDED_BY.values()) | {"auditor", "leader"}:
            if other != name:
                with _refusal(NotPermitted, "agreement.recorder"):
                    sign_agreement(
                        agreement.pk, signing_valley.signing(party), actor=signing_valley.actor(other), at=AT
                    )
    lead, cadre = signing_valley.actor("lead"), signing_valley.actor("cadre")
    both = cadre.with_grants(cadre.grants + lead.grants)
    sign_agreement(agreement.pk, signing_valley.signing(Party.HOUSEHOLD), actor=both, at=AT)
    assert parties_to_record(both, agreement.pk) == []
    assert not agreements_to_sign(both).count()
    assert [row.key for row in agreements_to_sign(lead).window(0, 9)] == [agreement.pk]
    with _refusal(Refused, "agreement.one_party"):
        sign_agreement(agreement.pk, signing_valley.signing(Party.BUREAU), actor=both, at=AT)
    with _refusal(Refused, "agreement.party_signed"):
        sign_agreement(
            agreement.pk,
            signing_valley.signing(Party.HOUSEHOLD),
            actor=signing_valley.actor("township"),
            at=AT,
        )


def test_the_household_can_sign_with_its_card_in_presence(signing_valley: Valley) -> None:
    agreement, cadre = signing_valley.draw_up(), signing_valley.actor("cadre")
    own, other = (
        issue_cards([household.pk], actor=signing_valley.actor("clerk"), at=AT)[0]
        for household in (signing_valley.household, signing_valley.neighbour)
    )

    def sign(code: str, pin: str) -> None:
        signing = signing_valley.signing(
            Party.HOUSEHOLD, way=SignedBy.CARD, kept_at="", card_code=code, card_pin=pin, source="10.0.0.1"
        )
        sign_agreement(agreement.pk, signing, actor=cadre, at=AT)

    with _refusal(Invalid, "agreement.card"):
        sign(other.code, other.pin)
    with _refusal(Invalid, "card.wrong"):
        sign(own.code, "000000" if own.pin != "000000" else "111111")
    sign(own.code, own.pin)
    assert AgreementSignature.objects.get().way == SignedBy.CARD


def test_once_signed_it_is_frozen_and_only_two_people_declare_it_void(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    with _refusal(Refused, "agreement.unsigned"):
        propose_void(agreement.pk, "r", "d", actor=signing_valley.actor("lead"), at=AT)
    signing_valley.sign_all(agreement)
    with _refusal(Refused, "agreement.signed"):
        withdraw_draw_up(agreement.pk, "r", actor=signing_valley.actor("cadre"), at=AT)
    for rows in (Agreement.objects.all(), AgreementSignature.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        AgreementSignature.objects.update(signer_name="另一人")
    lead = signing_valley.actor("lead")
    with _refusal(Refused, "agreement.no_proposal"):
        declare_void(agreement.pk, actor=lead, at=AT)
    propose_void(agreement.pk, "签错", "两移发〔2026〕3号", actor=lead, at=AT)
    assert agreed_household_ids([signing_valley.household.pk]) == {signing_valley.household.pk}
    with _refusal(Refused, "agreement.two_people"):
        declare_void(agreement.pk, actor=lead, at=AT)
    leader = signing_valley.actor("leader")
    assert [row.key for row in voids_to_decide(leader).window(0, 9)] == [agreement.pk]
    assert not voids_to_decide(lead).count()
    declare_void(agreement.pk, actor=leader, at=AT)
    assert not voids_to_decide(leader).count()
    assert agreed_household_ids([signing_valley.household.pk]) == set()
    assert get_agreement(lead, agreement.pk).state == AgreementState.VOID


def test_who_sees_it_and_with_which_numbers(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    household = signing_valley.household
    assert get_agreement(household_actor(household.pk), agreement.pk).number == agreement.number
    for actor in (household_actor(signing_valley.neighbour.pk), signing_valley.actor("stranger")):
        assert not agreements(actor).exists()
        with _refusal(NotFound, "agreement.not_found"):
            get_agreement(actor, agreement.pk)
    whole = get_agreement(signing_valley.actor("clerk"), agreement.pk).terms
    assert (whole["id_number"], whole["bank_account"]) == SECRETS
    for name in ("cadre", "auditor", "attester", "leader"):
        told = str(get_agreement(signing_valley.actor(name), agreement.pk))
        assert not any(secret in told for secret in SECRETS), name
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM compensation_agreement")
        stored = str(cursor.fetchall())
    assert len(stored) > 100
    assert not any(text in stored for text in (*SECRETS, "赵近壹"))


def test_states_filter_and_names_find(signing_valley: Valley) -> None:
    agreement, lead = signing_valley.draw_up(), signing_valley.actor("lead")
    signing_valley.sign_all(agreement)
    found = {state: agreements(lead, state=state).count() for state in AgreementState}
    assert found == {state: int(state == AgreementState.IN_FORCE) for state in AgreementState}
    assert agreements(lead, search=signing_valley.household.household_no).count() == 1
    assert agreements(lead, search="nobody").count() == 0
    assert agreements(lead, area_path=signing_valley.group.path).count() == 1


def test_a_calculation_only_proposes_where_somebody_signed_and_a_decision_ends_the_agreement(
    signing_valley: Valley,
) -> None:
    agreement = signing_valley.draw_up()
    sign_agreement(
        agreement.pk, signing_valley.signing(Party.HOUSEHOLD), actor=signing_valley.actor("cadre"), at=AT
    )
    signing_valley.measure("90")
    signing_valley.calculate(at=AT + timedelta(days=1))
    lead = signing_valley.actor("lead")
    case = open_cases(lead).get()
    assert (case.breaks_agreement, case.current_id, case.proposed.is_current) == (
        True,
        agreement.statement_id,
        False,
    )
    assert commitments_by_budget_head("") == {"property": agreement.statement.total_fen}
    decide_case(
        case.pk, CaseOutcome.APPLY, "复核属实", "两移发〔2026〕9号", actor=lead, at=AT + timedelta(days=1)
    )
    view = get_agreement(lead, agreement.pk)
    assert (view.state, view.end.document, view.is_current) == (
        AgreementState.SUPERSEDED,
        "两移发〔2026〕9号",
        False,
    )
    assert commitments_by_budget_head("") == {}
    with _refusal(Refused, "agreement.has_ended"):
        sign_agreement(
            agreement.pk, signing_valley.signing(Party.BUREAU), actor=signing_valley.actor("clerk"), at=AT
        )
    assert signing_valley.draw_up().statement == case.proposed


def test_keeping_leaves_the_agreement_as_it_stands(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    signing_valley.sign_all(agreement)
    signing_valley.measure("90")
    signing_valley.calculate(at=AT + timedelta(days=1))
    lead = signing_valley.actor("lead")
    decide_case(open_cases(lead).get().pk, CaseOutcome.KEEP, "已签", "纪要1号", actor=lead, at=AT)
    signing_valley.calculate(at=AT + timedelta(days=2))
    assert not open_cases(lead).exists()
    assert get_agreement(lead, agreement.pk).state == AgreementState.IN_FORCE
    assert Statement.objects.get(household=signing_valley.household, is_current=True).version == 1


def test_an_unsigned_one_protects_nothing_and_is_stale_after_a_calculation(signing_valley: Valley) -> None:
    agreement = signing_valley.draw_up()
    signing_valley.measure("90")
    signing_valley.calculate(at=AT + timedelta(days=1))
    assert not open_cases(signing_valley.actor("lead")).exists()
    with _refusal(Refused, "agreement.stale"):
        sign_agreement(
            agreement.pk, signing_valley.signing(Party.HOUSEHOLD), actor=signing_valley.actor("cadre"), at=AT
        )
