"""两人同时: what two people do to the same thing at the same moment, each on a connection of their own.

Run by `test_two_at_once` in a process apart, whose database keeps what was committed; prints what each of the two was told.
"""

from __future__ import annotations

import functools
import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import connection
from django.utils import translation

from tests.duty.place import AT as DUTY_AT
from tests.duty.place import TODAY, make_paired_place
from tests.factories import make_group, make_household, make_user
from tests.matters.place import AT, days, make_place
from yixian.duty.access import complete
from yixian.duty.actions.announce_absence import Announcement, announce_absence
from yixian.duty.actions.hand_over import choose_successor, take_step
from yixian.duty.choices import AbsenceKind, HandoverStepKind
from yixian.duty.models import Absence, Handover, HandoverStep
from yixian.inventory.actions.correct_item import ItemCorrection
from yixian.inventory.actions.propose_item import propose_item
from yixian.inventory.actions.propose_split import Division, propose_split
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import YixianError
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.matters.actions.hand_over import accept_handover, offer, return_handover, take_back
from yixian.matters.actions.take_on import accept_matter, refuse_matter, register_matter
from yixian.matters.models import MatterEvent
from yixian.registry.actions.decide_change import agree, refuse, withdraw
from yixian.registry.models import Household, ProposedChange
from yixian.registry.second_person import Document
from yixian.workbook.actions.check import check
from yixian.workbook.actions.commit import commit
from yixian.workbook.actions.discard import discard
from yixian.workbook.actions.stage import stage
from yixian.workbook.models import ImportBatch
from yixian.workbook.writing import write_workbook

ON = AT.date()
PAPER = Document("复核单1号", date(2026, 2, 1), "复核丈量")
SYSTEM = system_actor("test")
Act = Callable[[], object]
Pair = tuple[Act, Act, Callable[[], int]]
"""Two acts, and how often what they are about was done."""


def raced(*acts: Act) -> list[str]:
    """What each act was told: "done", the key and sentence of a refusal, or the name of what nobody should see."""
    told = [""] * len(acts)
    together = threading.Barrier(len(acts))

    def run(number: int, act: Act) -> None:
        with translation.override("en"):
            together.wait()
            try:
                act()
                told[number] = "done"
            except YixianError as refused:
                told[number] = f"{refused.key}: {refused.sentence}"
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what a person would meet
                told[number] = f"CRASH {type(error).__name__}: {error}"
            finally:
                connection.close()

    threads = [threading.Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def _someone(role: Role) -> Actor:
    return actor_for(make_user(role), at=AT)


def _household() -> Household:
    household = make_household(make_group(), others=1)
    InventoryItem.objects.create(
        household=household,
        area_path=household.area_path,
        line_no=f"L{household.pk}",
        item_code="house.main",
        quantity="80",
        surveyed_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1),
    )
    return household


def _line(household: Household, actor: Actor, quantity: str) -> ProposedChange:
    given = ItemCorrection(f"L{household.pk}", quantity=quantity)
    return propose_item(household.pk, given, PAPER, on=ON, actor=actor, at=AT)


def changes(other: str) -> Iterator[Pair]:
    """Two leads agree, or one agrees and another refuses or withdraws; two proposals about one line."""
    while True:
        household = _household()
        clerk, one, two = _someone(Role.BUREAU_CLERK), _someone(Role.BUREAU_LEAD), _someone(Role.BUREAU_LEAD)
        change = _line(household, clerk, "81")
        second: dict[str, Act] = {
            "agree": lambda change=change, two=two: agree(change.pk, actor=two, at=AT),
            "refuse": lambda change=change, two=two: refuse(change.pk, "不对", actor=two, at=AT),
            "withdraw": lambda change=change, clerk=clerk: withdraw(change.pk, "写错", actor=clerk, at=AT),
        }
        yield (
            lambda change=change, one=one: agree(change.pk, actor=one, at=AT),
            second[other],
            lambda change=change: (
                ProposedChange.objects.filter(pk=change.pk).exclude(outcome="waiting").count()
            ),
        )


def two_divisions() -> Iterator[Pair]:
    """The same new number for two households."""
    while True:
        found = []
        number = ""
        for _one in range(2):
            household = _household()
            number = number or f"NEW-{household.pk}"
            leaves = household.members.order_by("pk").last()
            assert leaves is not None
            division = Division(number, {leaves.person_id: "head"}, [], ON)
            clerk, lead = _someone(Role.BUREAU_CLERK), _someone(Role.BUREAU_LEAD)
            change = propose_split(household.pk, division, {}, PAPER, actor=clerk, at=AT)

            def act(change: ProposedChange = change, lead: Actor = lead) -> None:
                decided = agree(change.pk, actor=lead, at=AT)
                if decided.outcome == "outdated":
                    raise YixianError("change.outdated", decided.note)

            found.append(act)
        yield found[0], found[1], lambda number=number: Household.objects.filter(household_no=number).count()


_place = functools.cache(make_place)


def matters(other: str) -> Iterator[Pair]:
    """Two officers of one body take the same step, or two that exclude each other."""
    place = _place()
    one, two, water = (place.actor(name) for name in ("petition", "petition2", "water"))
    while True:
        number = place.by_household().matter.number
        register_matter(number, actor=one, at=AT)
        pairs: dict[str, tuple[Act, Act, tuple[str, ...]]] = {
            "accept": (
                lambda number=number: accept_matter(number, actor=one, at=days(1)),
                lambda number=number: accept_matter(number, actor=two, at=days(1)),
                ("accepted",),
            ),
            "refuse": (
                lambda number=number: accept_matter(number, actor=one, at=days(1)),
                lambda number=number: refuse_matter(number, "不属", "法院", actor=two, at=days(1)),
                ("accepted", "not_accepted"),
            ),
            "handover": (
                lambda number=number: accept_handover(number, actor=water, at=days(2)),
                lambda number=number: accept_handover(number, actor=water, at=days(2)),
                ("handover_accepted",),
            ),
            "return": (
                lambda number=number: accept_handover(number, actor=water, at=days(2)),
                lambda number=number: return_handover(number, "不是我们的", actor=water, at=days(2)),
                ("handover_accepted", "handover_returned"),
            ),
            "take_back": (
                lambda number=number: accept_handover(number, actor=water, at=days(2)),
                lambda number=number: take_back(number, "发错了", actor=one, at=days(2)),
                ("handover_accepted", "handover_withdrawn"),
            ),
        }
        if other in {"handover", "return", "take_back"}:
            offer(number, place.organisations["water"].pk, "是你们的", "三定", actor=one, at=days(1))
        first, second, kinds = pairs[other]
        yield (
            first,
            second,
            lambda number=number, kinds=kinds: MatterEvent.objects.filter(
                matter__number=number, kind__in=kinds
            ).count(),
        )


def duties(other: str) -> Iterator[Pair]:
    """The same step of a hand-over of a household twice, or two successors."""
    while True:
        place = make_paired_place(cadres=6)
        helper = max(place.cadres, key=lambda one: one.pairings.count())
        given = Announcement(helper.pk, AbsenceKind.TRANSFER, date(2026, 3, 22), None, "调任")
        announce_absence(given, actor=SYSTEM, at=DUTY_AT)
        handover = Handover.objects.order_by("-pk").first()
        assert handover is not None
        own = complete(
            actor_for(make_user(Role.CADRE, helper_id=handover.pairing.helper_id), at=DUTY_AT), on=TODAY
        )
        others = [one for one in place.cadres if one.pk not in {helper.pk, handover.pairing.helper_id}]

        def choose(number: int, handover: Handover = handover, others: list[Any] = others) -> None:
            choose_successor(handover.pk, others[number].pk, "商量过", actor=SYSTEM, at=DUTY_AT)

        def accept(handover: Handover = handover, own: Actor = own) -> None:
            take_step(handover.pk, HandoverStepKind.ACCEPTED, TODAY, "", actor=own, at=DUTY_AT)

        pair: tuple[Act, Act] = (
            (accept, accept) if other == "step" else (lambda c=choose: c(0), lambda c=choose: c(1))
        )
        yield *pair, lambda handover=handover: HandoverStep.objects.filter(handover=handover).count()


def leavings() -> Iterator[Pair]:
    """The same leaving announced twice."""
    while True:
        place = make_paired_place(cadres=6)
        helper = max(place.cadres, key=lambda one: one.pairings.count())
        given = Announcement(helper.pk, AbsenceKind.TRANSFER, date(2026, 3, 22), None, "调任")

        def act(given: Announcement = given) -> None:
            announce_absence(given, actor=SYSTEM, at=DUTY_AT)

        yield act, act, lambda helper=helper: Absence.objects.filter(helper=helper).count()


_codes = count(60)
"""Of provinces that there are not."""


def imports(other: str) -> Iterator[Pair]:
    """The same workbook entered twice, or entered and dropped."""
    number = 0
    with TemporaryDirectory() as folder:
        while True:
            number += 1
            path = Path(folder) / f"{number}.xlsx"
            code = str(next(_codes))
            area = {"code": code, "level": "province", "name": f"省{code}"}
            empty = dict.fromkeys(("parent_code", "name_en", "lon", "lat"), "")
            write_workbook(path, {"areas": [empty | area]})
            with path.open("rb") as content:
                batch = check(stage(File(content), file_name=path.name, actor=SYSTEM, at=AT), at=AT)
            assert batch.state == "checked", (batch.state, batch.summary)

            def enter(pk: int = batch.pk) -> None:
                commit(ImportBatch.objects.get(pk=pk), partial=False, actor=SYSTEM, at=AT)

            def drop(pk: int = batch.pk) -> None:
                discard(pk, actor=SYSTEM, at=AT)

            yield (
                enter,
                enter if other == "enter" else drop,
                lambda pk=batch.pk: ImportBatch.objects.filter(
                    pk=pk, state__in=("committed", "discarded")
                ).count(),
            )


SCENES: dict[str, Callable[[], Iterator[Pair]]] = {
    "two agree to a change": lambda: changes("agree"),
    "one agrees, one refuses": lambda: changes("refuse"),
    "one agrees, it is withdrawn": lambda: changes("withdraw"),
    "one number for two households": two_divisions,
    "two accept a matter": lambda: matters("accept"),
    "one accepts a matter, one refuses it": lambda: matters("refuse"),
    "two take over a matter": lambda: matters("handover"),
    "one takes over, one returns": lambda: matters("return"),
    "one takes over, it is taken back": lambda: matters("take_back"),
    "two accept a household": lambda: duties("step"),
    "two successors": lambda: duties("successor"),
    "one leaving twice": leavings,
    "two enter a workbook": lambda: imports("enter"),
    "one enters a workbook, one drops it": lambda: imports("drop"),
}


def main(rounds: int) -> None:
    """Print, as JSON, for each scene and round what the two were told and how often it was done."""
    found: dict[str, list[list[Any]]] = {}
    for scene, begin in SCENES.items():
        pairs = begin()
        found[scene] = []
        for _round in range(rounds):
            first, second, times = next(pairs)
            found[scene].append([*raced(first, second), times()])
    print(json.dumps(found))
