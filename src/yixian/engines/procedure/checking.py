"""程序的证明: every state can be reached and left, every clock can start and be stopped, every event and clause exists."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from yixian.domain.policy import PackProblem
from yixian.domain.procedure import Clock, Procedure
from yixian.domain.procedure.definition import OPENING
from yixian.engines.entitlements.located import Located, Place, Placed
from yixian.engines.procedure.loading import ProcedurePack, load_procedures
from yixian.engines.procedure.procedure_faults import ProcedureFaults


def check_procedures(folder: Path) -> tuple[ProcedurePack, list[PackProblem]]:
    """The procedures of a pack's folder and every way in which they do not hold. Raises `PackErrors` if unreadable."""
    pack = load_procedures(folder)
    faults = ProcedureFaults()
    for placed in pack.placed:
        _Proof(pack, placed, faults).prove()
    return pack, sorted(faults.problems)


class _Proof:
    """One procedure being proven."""

    def __init__(self, pack: ProcedurePack, placed: Placed[Procedure], faults: ProcedureFaults) -> None:
        self._pack = pack
        self._procedure = placed.value
        self._placed = placed
        self._faults = faults
        self._happening = {
            (state, transition.event): transition.to or state
            for (state, _event), transition in placed.value.table.items()
        }

    def prove(self) -> None:
        """Note whatever does not hold."""
        self._states()
        self._transitions()
        self._handover()
        for clock, source in zip(self._procedure.clocks, self._sources("clocks"), strict=True):
            self._clock(clock, source)

    def _states(self) -> None:
        procedure, reached = self._procedure, self._from({OPENING})
        if (OPENING, procedure.opens) not in procedure.table:
            self._faults.add(self._placed.at("opens"), "procedure.opens", name=procedure.opens)
            return
        for name in sorted(procedure.final - set(procedure.states)):
            self._faults.add(self._placed.at("final"), "procedure.state", name=name)
        for state in procedure.states:
            place = self._inside("states", state)
            if state not in reached:
                self._faults.add(place, "procedure.unreachable", state=state)
            elif not self._from({state}) & procedure.final:
                self._faults.add(place, "procedure.dead_end", state=state)

    def _transitions(self) -> None:
        seen: set[tuple[str, str]] = set()
        for transition, source in zip(self._procedure.transitions, self._sources("transitions"), strict=True):
            for state in sorted(transition.states):
                if (state, transition.event) in seen:
                    self._faults.add(
                        source.place, "procedure.transition_twice", state=state, event=transition.event
                    )
                seen.add((state, transition.event))

    def _handover(self) -> None:
        handover = self._procedure.handover
        place = self._placed.at("handover")
        named = (
            handover.offers
            | handover.accepts
            | handover.returns
            | handover.moves
            | handover.withdraws
            | {handover.decides}
        )
        for event in sorted(named - self._procedure.events):
            self._faults.add(place, "procedure.event", name=event)
        known = {clock.id for clock in self._procedure.clocks}
        for name in (handover.answer, handover.superior):
            if name not in known:
                self._faults.add(place, "procedure.clock", id=name)

    def _clock(self, clock: Clock, source: Located) -> None:
        if [one.id for one in self._procedure.clocks].count(clock.id) > 1:
            self._faults.add(source.place, "procedure.clock_twice", id=clock.id)
        self._citation(clock, source)
        events = (
            clock.starts_on
            | clock.stops_on
            | clock.restarts_on
            | {name for pair in clock.pauses for name in pair}
        )
        events |= {clock.extension.event} if clock.extension else set()
        known = True
        for written in sorted(events):
            event, _, state = written.partition("@")
            known = (
                known and event in self._procedure.events and (not state or state in self._procedure.states)
            )
            if event not in self._procedure.events:
                self._faults.add(source.place, "procedure.event", name=event)
            if state and state not in self._procedure.states:
                self._faults.add(source.place, "procedure.state", name=state)
        if known:
            self._stoppable(clock, source)

    def _stoppable(self, clock: Clock, source: Located) -> None:
        """It can start, and wherever it may be running something that stops it can still happen."""
        procedure = self._procedure
        reached = self._from({OPENING})
        if clock.id == procedure.handover.superior:
            starts = {
                to for (state, event), to in self._happening.items() if event in procedure.handover.returns
            }
        else:
            starts = {
                to
                for (state, event), to in self._happening.items()
                if _is(clock.starts_on, event, state) and state in reached
            }
        if not starts:
            self._faults.add(source.place, "procedure.never_starts", id=clock.id)
            return
        stops = {state for (state, event) in self._happening if _is(clock.stops_on, event, state)}
        for state in sorted(starts):
            if not self._from({state}) & stops:
                self._faults.add(source.place, "procedure.never_stops", id=clock.id)
                return

    def _citation(self, clock: Clock, source: Located) -> None:
        document = self._pack.documents.get(clock.document)
        place = source.entries.get("clause", source).place
        if document is None:
            self._faults.add(place, "procedure.document", id=clock.document)
        elif clock.clause not in document.clauses:
            self._faults.add(place, "procedure.clause", document=clock.document, clause=clock.clause)
        elif document.status != "decided":
            self._faults.add(place, "procedure.draft", id=clock.document)

    def _from(self, states: Iterable[str]) -> set[str]:
        """All states that can follow these, these among them."""
        reached, waiting = set(states), list(states)
        while waiting:
            state = waiting.pop()
            for (here, _event), to in self._happening.items():
                if here == state and to not in reached:
                    reached.add(to)
                    waiting.append(to)
        return reached

    def _sources(self, key: str) -> list[Located]:
        return self._placed.parts[key].items if key in self._placed.parts else []

    def _inside(self, key: str, name: str) -> Place:
        return self._placed.within(key, name)


def _is(written: Iterable[str], event: str, state: str) -> bool:
    return not {event, f"{event}@{state}"}.isdisjoint(written)
