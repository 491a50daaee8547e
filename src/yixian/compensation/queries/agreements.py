"""协议查询: the agreements of households in reach — lists, one of them, and which households are bound by one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from yixian.compensation.access import WHOLE_NUMBERS, may_record, reached_with_account
from yixian.compensation.agreement_read_models import (
    AgreementPointer,
    AgreementRow,
    AgreementView,
    EndView,
    SignatureView,
)
from yixian.compensation.choices import AgreementEnding, AgreementState, Party, PaymentMethod
from yixian.compensation.models import Agreement, AgreementSignature, StatementLine
from yixian.compensation.queries.runs import ONCE
from yixian.domain.identity import household_number, mask_id_number
from yixian.domain.money import capital_amount
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.search import matching_ids
from yixian.registry.access import Part, below, parts_for, reach_of
from yixian.registry.models import Household
from yixian.registry.queries.areas import area_names

_IDS_A_STATEMENT = 5000
"""SQLite takes at most 32,766 values in one statement."""

_ORDERS: Mapping[str, Order] = {
    "head": ("household__head__name",),
    "no": ("number",),
    "household": ("household__household_no",),
    "place": ("area_path",),
    "version": ("statement__version",),
    "state": ("end__kind", "signed"),
    "total": ("statement__total_fen",),
    "day": ("drawn_up_on",),
}

AGREED = Q(Exists(AgreementSignature.objects.filter(agreement=OuterRef("pk")))) & Q(end=None)
"""Agreements that bind: from the first signature on, until they end. No reckoning replaces an account under one."""

_STATES = {
    AgreementState.DRAWN_UP: Q(end=None, signed=0),
    AgreementState.SIGNING: Q(end=None, signed__gt=0, signed__lt=len(Party)),
    AgreementState.IN_FORCE: Q(end=None, signed=len(Party)),
    AgreementState.SUPERSEDED: Q(end__kind=AgreementEnding.SUPERSEDED),
    AgreementState.VOID: Q(end__kind=AgreementEnding.VOID),
    AgreementState.WITHDRAWN: Q(end__kind=AgreementEnding.WITHDRAWN),
}


def agreed_household_ids(household_ids: Iterable[int]) -> set[int]:
    """Those of the households whose account stands under an agreement that at least one party has signed."""
    ids = list(household_ids)
    found: set[int] = set()
    for start in range(0, len(ids), _IDS_A_STATEMENT):
        rows = Agreement.objects.filter(AGREED, household__in=ids[start : start + _IDS_A_STATEMENT])
        found |= set(rows.values_list("household_id", flat=True))
    return found


def commitments_by_budget_head(area_path: str) -> dict[str, int]:
    """What the agreed accounts below a place come to under each budget head, in fen; paid once. Open, like the budget."""
    bound = Agreement.objects.filter(AGREED).filter(below(area_path))
    rows = StatementLine.objects.filter(statement__in=bound.values("statement_id"), paid=ONCE)
    return dict(rows.order_by().values_list("budget_head").annotate(Sum("amount_fen")))


def agreements(
    actor: Actor, *, search: str = "", state: str = "", area_path: str = ""
) -> QuerySet[Agreement]:
    """Agreements of households whose account the actor may see, latest first; ``row_of`` makes a row of each.

    ``search`` is a number, the beginning of a household number, or the head's name in Han characters or pinyin.
    """
    rows = Agreement.objects.filter(household__in=reached_with_account(actor).values("pk"))
    rows = rows.filter(below(area_path)).annotate(signed=Coalesce(Subquery(_signature_counts()), 0))
    rows = rows.select_related("household__head", "statement", "end").order_by("-pk")
    if state in _STATES:
        rows = rows.filter(_STATES[AgreementState(state)])
    search = search.strip()
    if search:
        named = Q(household__in=matching_ids("household", search))
        number = household_number(search)
        numbered = Q(number__startswith=number) | Q(household__household_no__startswith=number)
        rows = rows.filter(named | numbered)
    return rows


def agreement_list(
    actor: Actor, *, search: str = "", state: str = "", area_path: str = ""
) -> ResultSet[AgreementRow]:
    """The same as rows of a list, with the names of their places."""
    if not search.strip():
        found = _unsearched(reach=reach_of(actor), state=state, area_path=area_path)
    else:
        found = ResultSet(agreements(actor, search=search, state=state, area_path=area_path), _ORDERS)
    return found.reading(_listed)


@prepared_results(_ORDERS)
def _unsearched(*, reach: Actor, state: str, area_path: str) -> QuerySet[Agreement]:
    return agreements(reach, state=state, area_path=area_path)


def _signature_counts() -> QuerySet[AgreementSignature, Any]:
    """How many signatures an agreement bears."""
    rows = AgreementSignature.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement")
    return rows.annotate(number=Count("pk")).values("number")


def _listed(found: list[Agreement]) -> list[AgreementRow]:
    places = area_names({row.area_path for row in found})
    return [replace(row_of(row), place=places.get(row.area_path, "")) for row in found]


def row_of(agreement: Any) -> AgreementRow:
    """An agreement of `agreements` as a row of a list."""
    state = _state(agreement, agreement.signed)
    return AgreementRow(
        pk=agreement.pk,
        number=agreement.number,
        household_id=agreement.household_id,
        household_no=agreement.household.household_no,
        head=_content(agreement)["head"],
        area_path=agreement.area_path,
        version=agreement.statement.version,
        total_fen=agreement.statement.total_fen,
        state=state,
        state_label=str(state.label),
        drawn_up_on=agreement.drawn_up_on,
        signed=agreement.signed,
    )


def agreements_of(actor: Actor, household: Household) -> list[AgreementRow]:
    """Every agreement this household ever had, latest first; none if the actor may not see its account."""
    return [row_of(row) for row in agreements(actor).filter(household=household)]


def unsigned_agreements(actor: Actor, household_ids: Collection[int]) -> list[AgreementRow]:
    """Agreements of these households that not all parties have signed: drawn up, then being signed."""
    return [
        row_of(row)
        for state in (AgreementState.DRAWN_UP, AgreementState.SIGNING)
        for row in _in_state(household_ids, reach=reach_of(actor), state=state.value)
    ]


@prepared
def _in_state(household_ids: Collection[int], *, reach: Actor, state: str) -> QuerySet[Agreement]:
    return agreements(reach, state=state).filter(one_of("household", household_ids))


def agreement_of(actor: Actor, household: Household) -> AgreementView | None:
    """The household's agreement that holds or is being signed; None if there is none, or none to see."""
    pointer = binding_agreement(actor, household)
    return None if pointer is None else get_agreement(actor, pointer.pk)


def binding_agreement(actor: Actor, household: Household) -> AgreementPointer | None:
    """The same for pages that only point to it; nothing of what it says is read."""
    if Part.ACCOUNT not in parts_for(actor, household):
        return None
    found = _latest_open(household.pk)
    if not found:
        return None
    pk, signed = found[0]
    state = _while_open(signed)
    return AgreementPointer(pk, state, str(state.label))


@prepared
def _latest_open(household_id: int) -> QuerySet[Agreement, tuple[int, int]]:
    """Its key, and how many have signed."""
    rows = Agreement.objects.filter(household=household_id, end=None).annotate(signed=Count("signatures"))
    return rows.order_by("-pk").values_list("pk", "signed")[:1]


def get_agreement(actor: Actor, agreement_id: int) -> AgreementView:
    """One agreement. Raises `NotFound` unless the actor may see the household's account."""
    found = _agreement(agreement_id, reach=reach_of(actor))
    if not found:
        raise NotFound("agreement.not_found", _("There is no such agreement."))
    return _view(found[0], actor)


@prepared
def _agreement(agreement_id: int, *, reach: Actor) -> QuerySet[Agreement]:
    rows = agreements(reach).filter(pk=agreement_id)
    return rows.select_related("bureau", "attesting_organisation", "drawn_up_by", "end__decided_by")


def sealed_agreement(actor: Actor, agreement_id: int) -> tuple[Agreement, dict[str, Any], bool]:
    """The agreement, what its paper shows, and whether this reader gets the numbers unmasked. Raises `NotFound`."""
    row = agreements(actor).select_related("statement__run__pack_version").filter(pk=agreement_id).first()
    if row is None:
        raise NotFound("agreement.not_found", _("There is no such agreement."))
    whole = parts_for(actor, row.household) >= WHOLE_NUMBERS
    return row, content_shown(_content(row), whole=whole), whole


def parties_to_record(actor: Actor, agreement_id: int) -> list[Party]:
    """The parties that have not signed and whose signature the actor may record now; none for who recorded one."""
    row: Any = agreements(actor).filter(pk=agreement_id).first()
    if row is None or _state(row, row.signed) not in {AgreementState.DRAWN_UP, AgreementState.SIGNING}:
        return []
    signed = list(row.signatures.all())
    if actor.user_id is None or any(one.recorded_by_id == actor.user_id for one in signed):
        return []
    organisations = {Party.BUREAU: row.bureau_id, Party.ATTESTING: row.attesting_organisation_id}
    left = [party for party in Party if party not in {one.party for one in signed}]
    return [party for party in left if may_record(actor, row.household, party, organisations.get(party, 0))]


def content_shown(content: dict[str, Any], *, whole: bool) -> dict[str, Any]:
    """What an agreement's paper shows, with ID number and bank account masked unless ``whole``."""
    if whole:
        return content
    account = content["bank_account"]
    masked = {
        "id_number": mask_id_number(content["id_number"]),
        "bank_account": f"····{account[-4:]}" if account else "",
    }
    return content | masked


def _content(agreement: Agreement) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(agreement.content)
    return found


def _state(agreement: Agreement, signed: int) -> AgreementState:
    if hasattr(agreement, "end"):
        return AgreementState(agreement.end.kind)
    return _while_open(signed)


def _while_open(signed: int) -> AgreementState:
    """How far an agreement is that has not ended, by how many parties have signed."""
    if not signed:
        return AgreementState.DRAWN_UP
    return AgreementState.IN_FORCE if signed == len(Party) else AgreementState.SIGNING


def _view(row: Any, actor: Actor) -> AgreementView:
    whole = parts_for(actor, row.household) >= WHOLE_NUMBERS
    content, lang = content_shown(_content(row), whole=whole), language()
    state = _state(row, row.signed)
    proposal = row.void_proposals.select_related("proposed_by").order_by("-pk").first()
    terms = {
        name: content[name] for name in ("head", "id_number", "address", "phone", "bank_name", "bank_account")
    }
    return AgreementView(
        pk=row.pk,
        number=row.number,
        household_id=row.household_id,
        household_no=content["household_no"],
        statement_id=row.statement_id,
        version=row.statement.version,
        is_current=row.statement.is_current,
        total_fen=row.statement.total_fen,
        total_capital=capital_amount(row.statement.total_fen),
        state=state,
        state_label=str(state.label),
        drawn_up_on=row.drawn_up_on,
        drawn_up_by=str(row.drawn_up_by),
        terms=terms
        | {"paid_by": str(PaymentMethod(content["paid_by"]).label), "place": content["place"][lang]},
        members=content["members"],
        signatures=_signatures(row, content, lang),
        end=_end(row),
        proposal=proposal
        and EndView("", proposal.reason, proposal.document, str(proposal.proposed_by), proposal.proposed_at),
        proposed_by_id=proposal and proposal.proposed_by_id,
    )


def _signatures(row: Agreement, content: dict[str, Any], lang: str) -> list[SignatureView]:
    signed = {one.party: one for one in row.signatures.select_related("recorded_by")}
    organisations = {
        Party.BUREAU: content["bureau"][lang],
        Party.ATTESTING: content["attesting_organisation"][lang],
    }
    return [_signature(party, signed.get(party), organisations.get(party, "")) for party in Party]


def _signature(party: Party, row: AgreementSignature | None, organisation: str) -> SignatureView:
    if row is None:
        return SignatureView(party, str(party.label), organisation, "", "", "", "", None, "", "", "")
    return SignatureView(
        party=party,
        party_label=str(party.label),
        organisation=organisation,
        signer_name=row.signer_name,
        post=row.post,
        authority=row.authority,
        authority_paper=row.authority_paper,
        signed_on=row.signed_on,
        way_label=str(row.get_way_display()),
        kept_at=row.kept_at,
        recorded_by=str(row.recorded_by),
    )


def _end(row: Agreement) -> EndView | None:
    if not hasattr(row, "end"):
        return None
    end = row.end
    return EndView(
        str(end.get_kind_display()), end.reason, end.document, str(end.decided_by or ""), end.decided_at
    )
