"""移民户查询: lists of households, and the people and contact details of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet

from yixian.domain.ages import years_between
from yixian.domain.identity import household_number, mask_id_number
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.choice_labels import choice_label
from yixian.kernel.intervals import in_force
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.registry.access import Part, below, household_scope, parts_for, reached_by, reaching
from yixian.registry.choices import Eligibility, Gender, RegisterType, Relation
from yixian.registry.english_terms import in_english
from yixian.registry.models import Household, HouseholdMember
from yixian.registry.queries.household_search import matching
from yixian.registry.register_read_models import ContactView, MemberView

_SEALED = ("phone", "bank_account", "head__id_number", "head__phone")
"""Sealed columns that no list shows."""

_ORDERS: Mapping[str, Order] = {
    "no": ("household_no",),
    "name": ("head__name", "household_no"),
    "place": ("area_path", "household_no"),
    "help": ("-difficulty", "household_no"),
    "zone": ("zone", "household_no"),
    "language": ("language", "household_no"),
}


class _Limits(NamedTuple):
    """What a list is limited to by columns of the household; "" and 0 limit nothing."""

    area_path: str
    zone: str
    language: str
    difficulty: int

    def of(self, rows: QuerySet[Household]) -> QuerySet[Household]:
        """Those of the rows that are within the limits."""
        equal = {"zone": self.zone, "language": self.language, "difficulty": self.difficulty}
        return rows.filter(below(self.area_path), **{name: value for name, value in equal.items() if value})


def households(
    actor: Actor,
    *,
    on: date,
    search: str = "",
    area_path: str = "",
    zone: str = "",
    language: str = "",
    difficulty: int = 0,
    among: Sequence[QuerySet[Household]] = (),
) -> QuerySet[Household]:
    """Households in reach that stand in the register on a day, with area and head, by household number.

    ``among`` are other rooms' results, handed in: only households in all of them are left.

    ``search`` is what `household_search.matching` reads.
    """
    rows = household_scope(actor).select_related("area", "head").filter(in_force(on))
    rows = _Limits(area_path, zone, language, difficulty).of(rows)
    for others in among:
        rows = rows.filter(pk__in=others.order_by().values("pk"))
    search = search.strip()
    return rows.filter(matching(actor, search)) if search else rows


def household_list(
    actor: Actor,
    *,
    on: date,
    search: str = "",
    area_path: str = "",
    zone: str = "",
    language: str = "",
    difficulty: int = 0,
    among: Sequence[QuerySet[Household]] = (),
) -> ResultSet[Household]:
    """The same to be listed: by number, name of the head, place or help needed; without opening what is sealed."""
    limits = _Limits(area_path, zone, language, difficulty)
    if not search.strip() and not among:
        return _unsearched(on, grants=reaching(actor), limits=limits)
    rows = households(actor, on=on, search=search, among=among, **limits._asdict())
    return ResultSet(rows.defer(*_SEALED).order_by("household_no"), _ORDERS)


@memoised(Household)
def _count_unsearched(on: date, *, grants: tuple[Grant, ...], limits: _Limits) -> int:
    return limits.of(reached_by(grants).filter(in_force(on))).count()


@prepared_results(_ORDERS, _count_unsearched)
def _unsearched(on: date, *, grants: tuple[Grant, ...], limits: _Limits) -> QuerySet[Household]:
    """Households that stand in the register on a day, within limits, in reach of somebody with these grants."""
    rows = reached_by(grants).select_related("area", "head").filter(in_force(on))
    return limits.of(rows).defer(*_SEALED).order_by("household_no")


def listed_households(
    actor: Actor, ids: Collection[int], *, on: date, area_path: str = ""
) -> ResultSet[Household]:
    """Those of some households, found by another room, that are in reach below a place and in the register on a day."""
    return _of_ids(ids, on, grants=reaching(actor), area_path=area_path)


@prepared_results(_ORDERS)
def _of_ids(
    ids: Collection[int], on: date, *, grants: tuple[Grant, ...], area_path: str
) -> QuerySet[Household]:
    rows = reached_by(grants).filter(in_force(on)).filter(below(area_path), one_of("pk", ids))
    return rows.select_related("area", "head").defer(*_SEALED).order_by("household_no")


def household_numbered(actor: Actor, number: str, *, on: date) -> Household | None:
    """The household of this number in the register on a day; None if there is none in reach."""
    return households(actor, on=on).filter(household_no=household_number(number)).first()


def households_among(actor: Actor, ids: Collection[int], *, on: date) -> list[Household]:
    """Those of these households that are in reach and in the register on a day."""
    return list(households(actor, on=on).filter(pk__in=ids))


def members(actor: Actor, household: Household, *, on: date) -> list[MemberView]:
    """The members on a day, the head first, masked to what the actor may see."""
    rows = household.members.filter(in_force(on)).select_related("person")
    return _views(actor, household, rows, on)


def members_and_past(
    actor: Actor, household: Household, *, on: date
) -> tuple[list[MemberView], list[MemberView]]:
    """The same, and those who once belonged to the household, latest first; read together."""
    rows = _members_ever(household.pk, on)
    past = {row.pk for row in rows if row.valid_until is not None and row.valid_until <= on}
    return (
        _views(actor, household, [row for row in rows if row.pk not in past], on),
        _views(actor, household, _latest_first(row for row in rows if row.pk in past), on, keep_order=True),
    )


@prepared
def _members_ever(household_id: int, on: date) -> QuerySet[HouseholdMember]:
    rows = HouseholdMember.objects.filter(in_force(on) | Q(valid_until__lte=on), household=household_id)
    return rows.select_related("person").order_by("pk")


def contact(actor: Actor, household: Household) -> ContactView:
    """Phone and bank account; empty, or but the last four digits, where the actor may not see them."""
    parts = parts_for(actor, household)
    account = household.bank_account
    if account and Part.BANK not in parts:
        account = f"····{account[-4:]}" if Part.CONTACT in parts else ""
    return ContactView(
        phone=household.phone if Part.CONTACT in parts else "",
        bank_name=household.bank_name if Part.BANK in parts or Part.CONTACT in parts else "",
        bank_account=account,
    )


def _latest_first(rows: Iterable[HouseholdMember]) -> list[HouseholdMember]:
    return sorted(rows, key=lambda row: (-(row.valid_until or date.max).toordinal(), row.pk))


def _views(
    actor: Actor, household: Household, rows: Iterable[HouseholdMember], on: date, *, keep_order: bool = False
) -> list[MemberView]:
    parts = parts_for(actor, household)
    if Part.NAMES not in parts:
        return []
    found = [_view(row, parts, on) for row in rows]
    return found if keep_order else sorted(found, key=lambda view: (view.relation != "head", view.birth_date))


def _view(row: HouseholdMember, parts: frozenset[Part], on: date) -> MemberView:
    person = row.person
    number = person.id_number
    return MemberView(
        person_id=person.pk,
        name=person.name,
        relation=row.relation,
        relation_label=choice_label(Relation, row.relation),
        gender_label=choice_label(Gender, person.gender),
        birth_date=person.birth_date,
        age=years_between(person.birth_date, on),
        ethnicity=in_english(person.ethnicity),
        id_number=number if Part.IDENTITY in parts or not number else mask_id_number(number),
        phone=person.phone if Part.CONTACT in parts else "",
        register_type_label=choice_label(RegisterType, row.register_type),
        present_at_cutoff=row.present_at_cutoff,
        eligibility=row.eligibility,
        eligibility_label=choice_label(Eligibility, row.eligibility),
        eligibility_note=row.eligibility_note,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )
