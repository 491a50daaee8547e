"""Small true things to test with: places, people and households, each valid by itself."""

from __future__ import annotations

from datetime import date
from itertools import count

from yixian.domain.areas import CODE_LENGTH, AreaLevel, child_path
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.roles import Role
from yixian.registry.choices import Eligibility, Gender, RegisterType, Relation
from yixian.registry.models import Area, Household, HouseholdMember, Organisation, Person

LONG_AGO = date(2020, 1, 1)
PASSWORD = "gorge-river-terrace-9"

_numbers = count(1)


def make_area(parent: Area | None = None, name: str = "") -> Area:
    """An area one level below its parent; without one, a province."""
    number = next(_numbers)
    levels = list(AreaLevel)
    level = levels[levels.index(AreaLevel(parent.level)) + 1] if parent else AreaLevel.PROVINCE
    length = CODE_LENGTH[level] - (len(parent.code) if parent else 0)
    siblings = Area.objects.filter(parent=parent).count()
    return Area.objects.create(
        level=level,
        name=name or f"地方{number}",
        parent=parent,
        code=(parent.code if parent else "") + f"{siblings + 11:0{length}d}",
        path=child_path(parent.path if parent else "", siblings + 1),
    )


def make_group(*, depth: int = 4) -> Area:
    """A village group in a line of areas of its own."""
    area = make_area()
    for _step in range(depth):
        area = make_area(area)
    return area


def make_person(name: str = "", **fields: object) -> Person:
    """A person; born in 1970 unless said otherwise."""
    number = next(_numbers)
    values = {"gender": Gender.FEMALE, "birth_date": date(1970, 3, 5), "person_no": f"P{number}"} | fields
    return Person.objects.create(name=name or f"王{number}", **values)


def make_household(area: Area | None = None, head: str = "", *, others: int = 0) -> Household:
    """A household with a head, and with so many other members."""
    area = area or make_group()
    number = next(_numbers)
    person = make_person(head)
    household = Household.objects.create(
        household_no=f"T{number:06d}", area=area, area_path=area.path, head=person, valid_from=LONG_AGO
    )
    _join(household, person, Relation.HEAD)
    for _other in range(others):
        _join(household, make_person(), Relation.CHILD)
    return household


def make_organisation(area: Area, **fields: object) -> Organisation:
    """A body of a county."""
    number = next(_numbers)
    values = {"name": f"单位{number}", "kind": "department", "valid_from": LONG_AGO} | fields
    return Organisation.objects.create(code=f"B{number}", area=area, **values)


def make_user(
    role: Role, *, area_path: str = "", organisation: Organisation | None = None, helper_id: int | None = None
) -> User:
    """A signed-in user of one role, over an area, for a body or as a helper."""
    user = User(username=f"{role}-{next(_numbers)}", display_name=str(role.label), helper_id=helper_id)
    user.set_password(PASSWORD)
    user.save()
    RoleGrant.objects.create(
        user=user,
        role=role,
        area_path=area_path,
        organisation_id=organisation and organisation.pk,
        valid_from=LONG_AGO,
    )
    return user


def _join(household: Household, person: Person, relation: Relation) -> None:
    HouseholdMember.objects.create(
        household=household,
        person=person,
        relation=relation,
        register_type=RegisterType.AGRICULTURAL,
        present_at_cutoff=True,
        eligibility=Eligibility.ELIGIBLE,
        valid_from=LONG_AGO,
    )
