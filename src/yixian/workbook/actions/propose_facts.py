"""拟登记核算事实: propose what the pack asks of one or many households; it holds when a second person agrees."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yixian.domain.policy import Input, Pack
from yixian.inventory.actions.record_facts import (
    FactKey,
    FaultyFacts,
    changes_of,
    field_name,
    households_named,
    record_facts_of_many,
)
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.permission import require
from yixian.policies.queries import pack_in_force
from yixian.registry.access import get_household
from yixian.registry.actions.propose_change import ChangedField, Proposal, propose_change
from yixian.registry.change_steps import CHANGE_PROPOSERS
from yixian.registry.choices import ChangeKind
from yixian.registry.models import Household, ProposedChange
from yixian.registry.second_person import Document, Overtaken, TwoPersons


def propose_facts(
    household_id: int,
    values: Mapping[FactKey, str],
    pack: Pack,
    document: Document,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> ProposedChange:
    """Propose facts of one household from a day on. An empty value takes a fact back.

    Raises `FaultyFacts` with every value that the pack does not take, `Invalid`, `NotFound`, `NotPermitted`, or `Refused` where
    nothing would change.
    """
    require(actor, CHANGE_PROPOSERS)
    household = get_household(actor, household_id)
    title = household.head.name if household.head else household.household_no
    return _propose({household: values}, title, pack, document, on=on, actor=actor, at=at)


def propose_facts_of_many(
    values: Mapping[str, Mapping[FactKey, str]],
    title: str,
    pack: Pack,
    document: Document,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> ProposedChange:
    """The same for many households by their numbers, in one proposal under a title. Raises the same."""
    require(actor, CHANGE_PROPOSERS)
    given = households_named(actor, values)
    return _propose(given, title, pack, document, on=on, actor=actor, at=at)


@transaction.atomic
def _propose(
    given: Mapping[Household, Mapping[FactKey, str]],
    title: str,
    pack: Pack,
    document: Document,
    *,
    on: date,
    actor: Actor,
    at: datetime,
) -> ProposedChange:
    changes, asked = changes_of(given, pack, on)
    kept: dict[str, list[list[str]]] = {}
    words: list[ChangedField] = []
    for household, changed in changes.items():
        rows = [[key.line_no, key.name, old, new] for key, (old, new) in sorted(changed.items())]
        kept[household.household_no] = rows
        words += [
            _words(household, key, asked[household.pk][key], pair) for key, pair in sorted(changed.items())
        ]
    content = {"on": on.isoformat(), "values": kept}
    proposal = Proposal(ChangeKind.FACTS, title, content, words, list(changes))
    return propose_change(proposal, document, actor=actor, at=at)


def apply_facts(change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
    """Enter agreed facts. Raises `Overtaken` where one stands otherwise than was proposed, or the policy asks otherwise."""
    on = date.fromisoformat(json.loads(change.content)["on"])
    for pack, part in _unchanged(change, at):
        named = {household.household_no: facts for household, facts in part.items()}
        record_facts_of_many(named, pack, reason=change.reason, on=on, by=by, actor=actor, at=at)


def check_facts(change: ProposedChange, *, actor: Actor, at: datetime) -> None:  # noqa: ARG001 - as every `Feasibility` is called
    """Raise `Overtaken` as `apply_facts` does."""
    _unchanged(change, at)


def _unchanged(
    change: ProposedChange, at: datetime
) -> list[tuple[Pack, dict[Household, Mapping[FactKey, str]]]]:
    """The facts by the policy that asks them. Raises `Overtaken` where one stands otherwise, or the policy asks otherwise."""
    content = json.loads(change.content)
    kept = content["values"]
    values = {
        number: {FactKey(line, name): new for line, name, _old, new in rows} for number, rows in kept.items()
    }
    homes = {household.household_no: household for household in change.households.all()}
    for number in values.keys() - homes.keys():
        raise Overtaken(
            _("%(number)s is the number of no household of this proposal any more.") % {"number": number}
        )
    given: dict[Household, Mapping[FactKey, str]] = {homes[number]: facts for number, facts in values.items()}
    found = []
    for pack, households in _by_pack(given, timezone.localdate(at)):
        part = {household: given[household] for household in households}
        _require_unchanged(part, kept, pack, date.fromisoformat(content["on"]))
        found.append((pack, part))
    return found


def _by_pack(households: Iterable[Household], today: date) -> list[tuple[Pack, list[Household]]]:
    """Households with the policy that holds where they live."""
    found: dict[str, tuple[Pack, list[Household]]] = {}
    of_place: dict[str, Pack] = {}
    for household in households:
        if household.area_path not in of_place:
            in_force = pack_in_force(household.area_path, today)
            if in_force is None:
                raise Overtaken(_("No policy pack is in force here on this day."))
            of_place[household.area_path] = in_force[1]
        pack = of_place[household.area_path]
        found.setdefault(pack.sha256, (pack, []))[1].append(household)
    return list(found.values())


def _require_unchanged(
    given: Mapping[Household, Mapping[FactKey, str]],
    kept: Mapping[str, list[list[str]]],
    pack: Pack,
    on: date,
) -> None:
    try:
        changes, asked = changes_of(given, pack, on)
    except (Invalid, FaultyFacts) as refused:
        raise Overtaken(refused.sentence) from refused
    for household in given:
        for line, name, old, new in kept[household.household_no]:
            key = FactKey(line, name)
            stands = changes.get(household, {}).get(key, (new, new))[0]
            if stands != old:
                told = {
                    "place": f"{household.household_no} {field_name(key, asked[household.pk][key])}",
                    "old": old or "—",
                    "stands": stands or "—",
                }
                raise Overtaken(
                    _("%(place)s: “%(old)s” was to be changed, but “%(stands)s” stands there now.") % told
                )


def _words(household: Household, key: FactKey, declared: Input, pair: tuple[str, str]) -> ChangedField:
    old, new = pair
    return {
        "household_no": household.household_no,
        "field": field_name(key, declared),
        "field_en": f"{declared.title_en} {key.line_no}".strip(),
        "old": _said(declared, old),
        "new": _said(declared, new),
        "kind": "",
    }


def _said(declared: Input, value: str) -> str:
    return declared.choice(value, "zh") if value and declared.choices else value
