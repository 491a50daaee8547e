"""入库的次序: places, households, their people and things, then helpers — each after what it refers to."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext_noop

from yixian.kernel.job_reports import Reporter
from yixian.kernel.ledger import record_many
from yixian.registry.actions.reindex import reindex_households
from yixian.registry.models import Household
from yixian.workbook.committing.commit_helpers import commit_people
from yixian.workbook.committing.commit_households import commit_households
from yixian.workbook.committing.commit_items import commit_items
from yixian.workbook.committing.commit_leaders import commit_leaders
from yixian.workbook.committing.commit_persons import commit_persons, free_id_numbers
from yixian.workbook.committing.commit_places import commit_areas, commit_organisations, commit_stationings
from yixian.workbook.committing.context import Commit
from yixian.workbook.differences import Plan, change_words
from yixian.workbook.money_changes import money_changes
from yixian.workbook.schema import sheet

_OF_HOUSEHOLDS = ("households", "persons", "items")


def apply_plan(plan: Plan, commit: Commit, report: Reporter) -> None:
    """Write everything the plan says, and the events that tell it. Call it inside a transaction."""
    step = gettext_noop("Writing to the register")
    report(step, 0, 6)
    commit_areas(plan["areas"], commit)
    commit_organisations(plan["organisations"], commit)
    commit_stationings(plan["stationings"], commit)
    report(step, 1, 6)
    free_id_numbers(plan)
    created = commit_households(plan["households"])
    households = Household.objects.in_bulk(_numbers(plan), field_name="household_no")
    report(step, 2, 6)
    members = commit_persons(plan["persons"], households)
    report(step, 3, 6)
    items = commit_items(plan["items"], households, commit)
    report(step, 4, 6)
    commit_people(plan["people"], commit)
    commit_leaders(plan["leaders"], commit)
    new = {household.pk for household in created}
    for household in created:
        commit.record_event(
            "household.imported",
            "household",
            household.pk,
            household.area_path,
            members=members[household.pk],
            items=items[household.pk],
        )
    touched = _record_changes(plan, households, new, commit)
    report(step, 5, 6)
    reindex_households([*new, *touched])
    record_many(commit.entries, actor=commit.actor, at=commit.at)
    report(step, 6, 6)


def _numbers(plan: Plan) -> list[str]:
    """The numbers of all households that something of a plan is about."""
    rows = [row for key in _OF_HOUSEHOLDS for row in plan[key].new]
    rows += [change.row for key in _OF_HOUSEHOLDS for change in plan[key].changed]
    return sorted({row.values["household_no"] for row in rows})


def _record_changes(plan: Plan, households: dict[str, Household], new: set[int], commit: Commit) -> set[int]:
    """One event for each known household that anything changed of; returns their ids."""
    changes: dict[int, list[dict[str, str]]] = defaultdict(list)
    for key in _OF_HOUSEHOLDS:
        for change in plan[key].changed:
            pk = households[change.row.values["household_no"]].pk
            line = str(change.row.values[sheet(key).keys[0]]) if key != "households" else ""
            changes[pk] += [{**words, "row": line} for words in change_words(sheet(key), change)]
        for row in plan[key].new:
            pk = households[row.values["household_no"]].pk
            if pk not in new:
                name = str(row.values[sheet(key).keys[0]])
                changes[pk].append({"field": sheet(key).zh, "old": "", "new": name})
    paths = {household.pk: household.area_path for household in households.values()}
    money = money_changes(plan).household_numbers
    numbers = {household.pk: number for number, household in households.items()}
    for pk, words in changes.items():
        told = {"money": True, **(commit.by.as_data() if commit.by else {})} if numbers[pk] in money else {}
        commit.record_event("household.changed", "household", pk, paths[pk], changes=words, **told)
    return set(changes)
