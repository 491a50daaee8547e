"""事项的进程: replay — from a procedure, a calendar, a matter's events and a moment to everything that follows from them.

Events after the moment are not looked at, so that asking about yesterday today gives what yesterday gave. An event that the
procedure does not allow at its point is a `ProcedureFault`; nothing else of that matter is then handed out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from yixian.domain.procedure.calendar import WorkCalendar
from yixian.domain.procedure.clocks import OVERDUE, ClockReading, Running
from yixian.domain.procedure.definition import (
    ANYBODY,
    HOLDER,
    OPENING,
    PERSON,
    RECEIVER,
    Procedure,
    Transition,
)
from yixian.domain.procedure.events import Event


class Custody(NamedTuple):
    """经手: a body held the matter from one moment until another (None: until the moment asked about)."""

    organisation: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ProcedureFault:
    """An event that the procedure does not allow where it stands. ``rule`` is stable; ``values`` fill its sentence."""

    seq: int
    event: str
    rule: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Course:
    """Where a matter stands. With a ``fault`` the rest is empty: nothing is told of a matter that cannot be followed.

    ``offered_to`` is the body that has been offered the matter and has not answered; ``with_superior`` says that it has been
    returned too often and the common superior decides. ``seconds`` is its age, without the time in which it was closed.
    """

    state: str
    holder: str
    offered_to: str
    with_superior: bool
    held: tuple[Custody, ...]
    clocks: tuple[ClockReading, ...]
    seconds: int
    fault: ProcedureFault | None = None

    @property
    def overdue(self) -> bool:
        """Whether some clock has run out and nobody has acted yet."""
        return any(reading.status == OVERDUE for reading in self.clocks)


def replay(procedure: Procedure, calendar: WorkCalendar, events: Iterable[Event], at: datetime) -> Course:
    """The course of a matter as of a moment, from its events in the order of ``seq``.

    Raises `UnknownYear` where a deadline would lie in a year whose holidays are not known.
    """
    matter = _Matter(procedure, calendar)
    for event in events:
        if event.at > at:
            break
        fault = matter.take(event)
        if fault is not None:
            return Course(OPENING, "", "", False, (), (), 0, fault)  # noqa: FBT003 - a course of nothing
    return matter.course(at)


class _Matter:
    """A matter while its events are read."""

    __slots__ = (
        "_answer", "_calendar", "_clocks", "_fixed", "_held", "_known", "_last", "_offer", "_offer_ended", "_offer_started",
        "_open", "_procedure", "_returns", "_superior", "_table", "holder", "state",
    )  # fmt: skip

    def __init__(self, procedure: Procedure, calendar: WorkCalendar) -> None:
        self._procedure = procedure
        self._calendar = calendar
        self._known = calendar
        """The calendar that was known when the event was recorded that is being read."""
        self._table = procedure.table
        self._clocks: list[Running] = []
        self._open: dict[int, Running] = {}
        self._held: list[Custody] = []
        self._last: tuple[int, datetime] | None = None
        self._offer: str = ""
        self._answer: Running | None = None
        self._offer_started: list[int] = []
        self._offer_ended: list[tuple[int, Running]] = []
        """What the standing offer did to clocks: their positions, and those that it ended."""
        self._returns = 0
        self._superior = False
        self._fixed = False
        self.state = OPENING
        self.holder = ""

    def take(self, event: Event) -> ProcedureFault | None:
        """Read one event; a fault if it is not allowed here."""
        if self._last is not None and (event.seq <= self._last[0] or event.at < self._last[1]):
            return ProcedureFault(event.seq, event.kind, "order")
        self._last = event.seq, event.at
        self._known = event.calendar or self._calendar
        if event.kind in self._procedure.ignored and self.state != OPENING:
            return None
        if event.kind not in self._procedure.events:
            return ProcedureFault(event.seq, event.kind, "unknown")
        self._silence(event.at)
        transition = self._table.get((self.state, event.kind))
        if transition is None:
            return ProcedureFault(event.seq, event.kind, "state", {"state": self.state})
        fault = self._refused(event, transition)
        if fault is None:
            self._go(event, transition)
        return fault

    def course(self, at: datetime) -> Course:
        """Where it stands at a moment, by the calendar of today."""
        self._known = self._calendar
        self._silence(at)
        held = tuple(self._held)
        readings = tuple(running.read(self._calendar, at) for running in self._clocks)
        seconds = sum(int(((part.until or at) - part.since).total_seconds()) for part in held)
        return Course(self.state, self.holder, self._offer, self._superior, held, readings, seconds)

    def _refused(self, event: Event, transition: Transition) -> ProcedureFault | None:
        for need in transition.needs:
            if not (event.to_organisation if need == "to_body" else getattr(event, need)):
                return ProcedureFault(event.seq, event.kind, f"needs_{need}")
        handover = self._procedure.handover
        if event.kind in handover.offers:
            if self._fixed or self._superior:
                return ProcedureFault(event.seq, event.kind, "fixed")
            if self._offer or event.to_organisation == self.holder:
                return ProcedureFault(event.seq, event.kind, "offered", {"body": self._offer or self.holder})
        if event.kind in handover.returns | handover.withdraws and not self._offer:
            return ProcedureFault(event.seq, event.kind, "no_offer")
        if event.kind == handover.decides and self._superior and not event.to_organisation:
            return ProcedureFault(event.seq, event.kind, "needs_to_body")
        if not self._may(event, transition):
            return ProcedureFault(
                event.seq,
                event.kind,
                f"by_{transition.by}",
                {"body": event.actor_organisation, "holder": self.holder},
            )
        return self._late_extension(event)

    def _may(self, event: Event, transition: Transition) -> bool:
        if transition.by == ANYBODY or self.state == OPENING:
            return True
        if transition.by == PERSON:
            return event.actor_organisation in {"", PERSON}
        if transition.by == RECEIVER or (self._offer and event.kind in self._procedure.handover.accepts):
            if self._offer and event.actor_organisation == self._offer:
                return True
            if transition.by == RECEIVER:
                return False
        return transition.by != HOLDER or event.actor_organisation == self.holder

    def _late_extension(self, event: Event) -> ProcedureFault | None:
        """An extension comes before the limit ends, as often as allowed, and for a clock that runs."""
        for position in self._procedure.touching.get((self.state, event.kind), ()):
            extension = self._procedure.clocks[position].extension
            if extension is None or extension.event != event.kind:
                continue
            running = self._open.get(position)
            if running is None:
                return ProcedureFault(event.seq, event.kind, "extension_nothing")
            if running.extended >= extension.most:
                return ProcedureFault(event.seq, event.kind, "extension_again")
            if event.at >= running.due(self._known, event.at):
                return ProcedureFault(event.seq, event.kind, "extension_late")
        return None

    def _go(self, event: Event, transition: Transition) -> None:
        key = self.state, event.kind
        procedure = self._procedure
        offers, returns = event.kind in procedure.handover.offers, event.kind in procedure.handover.returns
        day = self._calendar.local_day(event.at)
        self._hand(event)
        for position in procedure.stopping.get(key, ()):
            if offers and position in self._open:
                self._offer_ended.append((position, self._open[position]))
            if not returns:
                self._stop(position, event.at)
        for position in procedure.touching.get(key, ()):
            running = self._open.get(position)
            if running is not None:
                running.touch(event.kind, event.at, day, self._known)
        for position in procedure.starting.get(key, ()):
            if position not in self._open and procedure.clocks[position].starts_with(event.to_kind):
                self._start(position, event.at, day)
                if offers:
                    self._offer_started.append(position)
        if offers:
            self._answer = self._open.get(procedure.place_of[procedure.handover.answer])
        if transition.to:
            self._move(transition.to, event)

    def _hand(self, event: Event) -> None:
        """What an event does to who holds the matter."""
        handover = self._procedure.handover
        if self.state == OPENING:
            self._pass_to(event.to_organisation or event.actor_organisation, event.at)
        elif event.kind in handover.moves:
            self._undo_offer(event.at)
            self._superior = False
            self._stop(self._procedure.place_of[handover.superior], event.at)
            self._pass_to(event.to_organisation, event.at)
        elif event.kind in handover.offers:
            self._end_offer()
            self._offer = event.to_organisation
        elif event.kind in handover.returns:
            self._undo_offer(event.at)
            self._returns += 1
            self._superior = self._returns >= handover.returns_until_superior
            if self._superior:
                self._start(
                    self._procedure.place_of[handover.superior], event.at, self._calendar.local_day(event.at)
                )
        elif event.kind in handover.withdraws:
            self._undo_offer(event.at)
        elif event.kind in handover.accepts and self._offer:
            if event.actor_organisation == self._offer:
                self._pass_to(self._offer, event.at)
            self._end_offer()
        elif event.kind == handover.decides and self._superior:
            self._superior, self._fixed = False, True
            self._stop(self._procedure.place_of[handover.superior], event.at)
            self._named(event)
            self._pass_to(event.to_organisation, event.at)

    def _named(self, event: Event) -> None:
        """Clocks mind being named by the superior as they mind an offer, but that nobody is asked for an answer."""
        procedure = self._procedure
        answer, day = procedure.place_of[procedure.handover.answer], self._calendar.local_day(event.at)
        for offer in sorted(procedure.handover.offers):
            if (self.state, offer) not in self._table:
                continue
            for position in procedure.stopping.get((self.state, offer), ()):
                self._stop(position, event.at)
            for position in procedure.starting.get((self.state, offer), ()):
                starts = procedure.clocks[position].starts_with(event.to_kind)
                if position != answer and position not in self._open and starts:
                    self._start(position, event.at, day)

    def _move(self, to: str, event: Event) -> None:
        """Go into another state. Nobody holds what is closed; what is opened again goes to whom it is given, or back."""
        was_final = self.state in self._procedure.final
        self.state = to
        if self._offer and not any((to, name) in self._table for name in self._procedure.handover.returns):
            self._withdraw(event.at)
        if to in self._procedure.final:
            self._let_go(event.at)
        elif was_final:
            self._pass_to(event.to_organisation or self._held[-1].organisation, event.at)
        elif event.to_organisation and event.kind not in self._procedure.handover.offers:
            self._pass_to(event.to_organisation, event.at)

    def _withdraw(self, moment: datetime) -> None:
        """The holder has gone on by themselves: nothing is offered any more."""
        self._end_offer()
        self._stop(self._procedure.place_of[self._procedure.handover.answer], moment)

    def _undo_offer(self, moment: datetime) -> None:
        """It was returned or withdrawn: what it started ends, and what it ended goes on with its first limit."""
        for position in self._offer_started:
            self._stop(position, moment)
        for position, running in self._offer_ended:
            if position not in self._open:
                running.go_on()
                self._open[position] = running
        self._end_offer()

    def _end_offer(self) -> None:
        self._offer, self._answer = "", None
        self._offer_started, self._offer_ended = [], []

    def _silence(self, moment: datetime) -> None:
        """Nobody's answer in time is acceptance, from the moment at which the time was over."""
        if not self._offer or self._answer is None:
            return
        due, organisation = self._answer.due(self._known, moment), self._offer
        if due <= moment:
            self._end_offer()
            self._stop(self._procedure.place_of[self._procedure.handover.answer], due)
            self._pass_to(organisation, due)

    def _pass_to(self, organisation: str, moment: datetime) -> None:
        if organisation != self.holder or not self._held or self._held[-1].until is not None:
            self._let_go(moment)
            self._held.append(Custody(organisation, moment, None))
            self.holder = organisation

    def _let_go(self, moment: datetime) -> None:
        if self._held and self._held[-1].until is None:
            last = self._held[-1]
            self._held[-1] = Custody(last.organisation, last.since, moment)
        self.holder = ""

    def _start(self, position: int, moment: datetime, day: int) -> None:
        running = Running(self._procedure.clocks[position], moment, day)
        self._open[position] = running
        self._clocks.append(running)

    def _stop(self, position: int, moment: datetime) -> None:
        running = self._open.pop(position, None)
        if running is not None:
            running.stop(moment, self._known if self._known is not self._calendar else None)
