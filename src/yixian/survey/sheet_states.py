"""调查表状态推算: where each of some submissions stands, from what has come, in whatever order it came.

A correction waits until every sheet that it goes back to has come. What no right sheet corrects, and is right itself, is a
rival of others that go back to the same first sheet, and of others of its household and form. Rivals are all kept and wait
for a person; nothing is settled by which came first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yixian.survey.choices import SheetStatus


@dataclass(frozen=True, slots=True)
class Received:
    """What the state of a submission hangs on. ``choice`` is the number of the last choice made of it, later ones being
    larger, and ``chosen_over`` the instance ids of the rivals that the chooser saw; 0 and none where there is no choice.
    """

    instance_id: str
    replaces: str
    household_no: str
    form_id: str
    is_right: bool
    choice: int = 0
    chosen_over: frozenset[str] = frozenset()


def sheet_states(received: Iterable[Received]) -> dict[str, SheetStatus]:
    """The state of each by its instance id. Give all submissions of a household, and all that they are linked with."""
    rows = {one.instance_id: one for one in received}
    chains = {key: _chain(one, rows) for key, one in rows.items()}
    last = _last(rows, chains)
    corrected = {above.instance_id for key in rows for above in (chains[key] or [])[1:] if rows[key].is_right}
    found: dict[str, SheetStatus] = {}
    for key in rows.keys() - last.keys():
        if chains[key] is None:
            found[key] = SheetStatus.WAITING
        else:
            found[key] = SheetStatus.CORRECTED if key in corrected else SheetStatus.SET_ASIDE
    return found | _among_rivals(last)


def states_of_campaign(received: Iterable[Received]) -> dict[str, SheetStatus]:
    """The state of each of many submissions by its instance id: those that are linked are worked out together."""
    rows = list(received)
    group_of: dict[object, list[Received]] = {}
    for one in rows:
        groups = {id(group): group for key in _keys_of(one) if (group := group_of.get(key)) is not None}
        linked = [one, *(row for group in groups.values() for row in group)]
        linked_keys = {key for row in linked for key in _keys_of(row)}
        group_of |= dict.fromkeys(linked_keys, linked)
    found: dict[str, SheetStatus] = {}
    for group in {id(group): group for group in group_of.values()}.values():
        found |= sheet_states(group)
    return found


def rivals_of(instance_id: str, received: Iterable[Received]) -> frozenset[str]:
    """The instance ids of the sheets of which only one can hold with this one."""
    rows = {one.instance_id: one for one in received}
    last = _last(rows, {key: _chain(one, rows) for key, one in rows.items()})
    if instance_id not in last:
        return frozenset()
    return frozenset(key for key in last if key != instance_id and _are_rivals(last[instance_id], last[key]))


def _keys_of(one: Received) -> list[object]:
    """By what it is linked with others: its id, what it corrects, its household and form."""
    keys: list[object] = [one.instance_id]
    if one.replaces:
        keys.append(one.replaces)
    if one.household_no:
        keys.append((one.household_no, one.form_id))
    return keys


_Chain = list[Received]


def _last(rows: dict[str, Received], chains: dict[str, _Chain | None]) -> dict[str, _Chain]:
    """The right sheets that no right sheet corrects, each with its chain."""
    right = {key: chain for key, chain in chains.items() if chain and rows[key].is_right}
    corrected = {above.instance_id for chain in right.values() for above in chain[1:]}
    return {key: chain for key, chain in right.items() if key not in corrected}


def _chain(one: Received, rows: dict[str, Received]) -> _Chain | None:
    """A sheet and those that it goes back to; None if one has not come. Corrections in a circle wait for each other."""
    chain = [one]
    while one.replaces:
        if one.replaces not in rows or rows[one.replaces] in chain:
            return None
        one = rows[one.replaces]
        chain.append(one)
    return chain


def _among_rivals(last: dict[str, _Chain]) -> dict[str, SheetStatus]:
    """A choice, the latest first, decides against the rivals that were seen with it; a rival that came later asks anew.

    A correction keeps the choice that was made of the sheet before it.
    """
    lost: set[str] = set()
    choices = {key: max(chain, key=lambda one: one.choice) for key, chain in last.items()}
    for key in sorted(last, key=lambda each: choices[each].choice, reverse=True):
        if key not in lost:
            lost |= {
                other
                for other in choices[key].chosen_over & last.keys()
                if other != key and _are_rivals(last[key], last[other])
            }
    found = dict.fromkeys(lost, SheetStatus.NOT_CHOSEN)
    still = [key for key in last if key not in lost]
    for key in still:
        rival = any(other != key and _are_rivals(last[key], last[other]) for other in still)
        found[key] = SheetStatus.TO_CHOOSE if rival else SheetStatus.TAKEN
    return found


def _are_rivals(one: _Chain, other: _Chain) -> bool:
    same_household = (one[0].household_no, one[0].form_id) == (other[0].household_no, other[0].form_id)
    return same_household or one[-1].instance_id == other[-1].instance_id
