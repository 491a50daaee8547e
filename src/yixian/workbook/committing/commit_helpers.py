"""帮扶人员入库. Somebody whose ID number the register knows is that person, also as a member of a household."""

from __future__ import annotations

from typing import Any

from yixian.registry.models import Area, Helper, Organisation, Person, Post
from yixian.workbook.committing.commit_persons import index_of, put_person
from yixian.workbook.committing.context import Commit
from yixian.workbook.differences import Change, SheetPlan, change_words
from yixian.workbook.schema import sheet

_HELPER_COLUMNS = ("kind", "work_phone", "languages", "places", "lon", "lat")
_PERSON_FIELDS = ["name", "gender", "birth_date", "id_number", "id_index"]


def commit_people(plan: SheetPlan, commit: Commit) -> None:
    """New helpers with their persons and posts; corrections of known ones."""
    areas, organisations = (
        Area.objects.in_bulk(field_name="code"),
        Organisation.objects.in_bulk(field_name="code"),
    )
    persons = _persons([row.values for row in plan.new])
    helpers = []
    for row, person in zip(plan.new, persons, strict=True):
        helper = Helper(helper_no=row.values["helper_no"], person=person)
        _put(helper, row.values, areas, organisations)
        helpers.append(helper)
    created = Helper.objects.bulk_create(helpers, batch_size=1000)
    pairs = list(zip(created, (row.values for row in plan.new), strict=True))
    Post.objects.bulk_create([_post(helper, values["post"]) for helper, values in pairs if values["post"]])
    for helper in created:
        commit.record_event("helper.imported", "helper", helper.pk, helper.organisation.area.path)
    numbers = [change.row.values["helper_no"] for change in plan.changed]
    known = {
        row.helper_no: row for row in Helper.objects.filter(helper_no__in=numbers).select_related("person")
    }
    for change in plan.changed:
        _correct(known[change.row.values["helper_no"]], change, areas, organisations, commit)


def _persons(rows: list[dict[str, Any]]) -> list[Person]:
    """A person for each row: the register's own where the ID number is known, else a new one."""
    indexes = [index_of(values) for values in rows]
    known = Person.objects.in_bulk([index for index in indexes if index], field_name="id_index")
    found = []
    for values, index in zip(rows, indexes, strict=True):
        person = known.get(index) if index else None
        if person is None:
            person = Person()
            put_person(person, values)
        found.append(person)
    Person.objects.bulk_create([person for person in found if person.pk is None], batch_size=1000)
    return found


def _put(
    helper: Helper, values: dict[str, Any], areas: dict[str, Area], organisations: dict[str, Organisation]
) -> None:
    for name in _HELPER_COLUMNS:
        setattr(helper, name, values[name])
    helper.organisation = organisations[values["organisation_code"]]
    helper.home_area = areas.get(values["home_area_code"])
    helper.valid_from, helper.valid_until = values["from_date"], values["until_date"]


def _post(helper: Helper, title: str) -> Post:
    return Post(helper=helper, organisation=helper.organisation, title=title, valid_from=helper.valid_from)


def _correct(
    helper: Helper,
    change: Change,
    areas: dict[str, Area],
    organisations: dict[str, Organisation],
    commit: Commit,
) -> None:
    values = change.row.values
    put_person(helper.person, values)
    helper.person.save(update_fields=_PERSON_FIELDS)
    _put(helper, values, areas, organisations)
    helper.save()
    if "post" in change.columns or "organisation_code" in change.columns:
        Post.objects.filter(helper=helper, valid_until=None).update(valid_until=commit.today)
        if values["post"]:
            Post.objects.create(
                helper=helper, organisation=helper.organisation, title=values["post"], valid_from=commit.today
            )
    words = change_words(sheet("people"), change)
    commit.record_event("helper.changed", "helper", helper.pk, helper.organisation.area.path, changes=words)
