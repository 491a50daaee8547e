"""拟订协议: what must be there before an agreement is drawn up, and what its paper then shows for ever."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.compensation.choices import PaymentMethod, StatementStatus
from yixian.compensation.models import Statement
from yixian.compensation.outdated_accounts import is_outdated
from yixian.domain.areas import AreaLevel
from yixian.duty.queries import stationings_of_area
from yixian.kernel.intervals import in_force
from yixian.registry.choices import OrganisationKind, Relation
from yixian.registry.models import Household, Organisation
from yixian.registry.paper.addresses import areas_above, place_of

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Terms:
    """What is chosen when an agreement is drawn up: how it is paid, whether there is no phone, and the two bodies."""

    paid_by: str
    bureau_id: int
    attesting_organisation_id: int
    no_phone: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A blank that the paper would have: its name, and where it is to be filled in."""

    what: str | Promise
    where: str | Promise


IN_A_WORKBOOK = _("Enter it with a workbook under “Import and export”.")
HERE = _("Choose it on this page.")


def missing(household: Household, statement: Statement | None, terms: Terms, *, on: date) -> list[Missing]:
    """Every blank that keeps this agreement from being drawn up; empty if the paper would be complete."""
    return [
        Missing(what, where)
        for blank, what, where in (
            (not _issued(statement), _("an account that is issued and not withheld"), _ISSUE),
            (_is_behind(statement, on), _("an account calculated from what the register says today"), _AGAIN),
            (household.head is None, _("the head of the household"), IN_A_WORKBOOK),
            (not _head_id(household), _("the ID number of the head"), IN_A_WORKBOOK),
            (not household.address, _("the address"), IN_A_WORKBOOK),
            (not household.phone and not terms.no_phone, _("a phone number, or that there is none"), _PHONE),
            (
                not _payable(household, terms.paid_by),
                _("the bank and the account, or payment in cash"),
                _BANK,
            ),
            (
                not bureaus(household, on=on).filter(pk=terms.bureau_id).exists(),
                _("the bureau that signs"),
                HERE,
            ),
            (_no_attester(household, terms, on), _("an attesting body other than the bureau"), _ATTEST),
        )
        if blank
    ]


_AGAIN = _("Have the place, or this household's account, recalculated under “Accounts”.")
_ISSUE = _("See “Accounts”: what is withheld stands there with its reasons.")
_PHONE = _("Enter it with a workbook, or confirm on this page that the household has none.")
_BANK = _("Enter them with a workbook, or choose payment in cash on this page if the household wishes it.")
_ATTEST = _("Choose it on this page; only departments stationed at the household's place can attest.")


def _is_behind(statement: Statement | None, on: date) -> bool:
    return statement is not None and is_outdated(statement, on=on)


def _issued(statement: Statement | None) -> bool:
    return statement is not None and statement.status == StatementStatus.ISSUED


def _head_id(household: Household) -> str:
    return household.head.id_number if household.head else ""


def _payable(household: Household, paid_by: str) -> bool:
    if paid_by == PaymentMethod.CASH:
        return True
    return paid_by == PaymentMethod.BANK and bool(household.bank_account and household.bank_name)


def _no_attester(household: Household, terms: Terms, on: date) -> bool:
    return terms.attesting_organisation_id not in {
        organisation.pk for organisation in attesting_organisations(household, on=on)
    }


def bureaus(household: Household, *, on: date) -> Any:
    """The resettlement bureaus in office on a day whose area holds the household."""
    areas = areas_above([household.area_path])
    rows = Organisation.objects.filter(in_force(on), kind=OrganisationKind.RESETTLEMENT_BUREAU)
    return rows.filter(area__path__in=list(areas)).order_by("code")


def attesting_organisations(household: Household, *, on: date) -> list[Organisation]:
    """The bodies that could attest: the county departments stationed where the household lives."""
    stationed = stationings_of_area(household.area, on=on)
    organisations = {
        row.organisation_id: row.organisation
        for row in stationed
        if row.organisation.kind == OrganisationKind.DEPARTMENT
    }
    return sorted(organisations.values(), key=lambda organisation: organisation.code)


def content_of(
    household: Household,
    terms: Terms,
    number: str,
    *,
    bureau: Organisation,
    attesting: Organisation,
    on: date,
) -> dict[str, Any]:
    """Everything the agreement's paper shows besides the lines and the signatures, ready to be sealed."""
    areas = areas_above([household.area_path])
    to_bank = terms.paid_by == PaymentMethod.BANK
    return {
        "number": number,
        "household_no": household.household_no,
        "head": household.head.name if household.head else "",
        "id_number": _head_id(household),
        "address": household.address,
        "phone": household.phone,
        "paid_by": terms.paid_by,
        "bank_name": household.bank_name if to_bank else "",
        "bank_account": household.bank_account if to_bank else "",
        "members": _members(household, on),
        "county": {
            lang: place_of(household.area_path, areas, lang, levels=(AreaLevel.COUNTY,)) for lang in LANGUAGES
        },
        "place": {lang: place_of(household.area_path, areas, lang) for lang in LANGUAGES},
        "bureau": {lang: bureau.name_in(lang) for lang in LANGUAGES},
        "attesting_organisation": {lang: attesting.name_in(lang) for lang in LANGUAGES},
        "drawn_up_on": on.isoformat(),
        "portal": settings.YIXIAN_ADDRESS,
    }


def _members(household: Household, on: date) -> list[str]:
    """The names of the members on a day, the head first."""
    rows = household.members.filter(in_force(on)).select_related("person").order_by("pk")
    return [row.person.name for row in sorted(rows, key=lambda row: row.relation != Relation.HEAD)]
