"""程序定义: a procedure as data — its states, what may happen in each, and the clocks that run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

CALENDAR_DAYS, WORKING_DAYS = "calendar_days", "working_days"
UNITS = (CALENDAR_DAYS, WORKING_DAYS)

HOLDER, RECEIVER, SUPERIOR, PERSON, ANYBODY = "holder", "receiver", "superior", "person", "anybody"
ACTORS = (HOLDER, RECEIVER, SUPERIOR, PERSON, ANYBODY)
"""Who may do something: whoever holds the matter, whoever it is offered to, the common superior, the person, or anybody."""

NEEDS = ("reason", "clause", "to_body")
"""What an event may have to state."""

OPENING = ""
"""The state of a matter that does not exist yet."""


@dataclass(frozen=True, slots=True)
class Transition:
    """An event that may happen in some states, what it leads to ("" for no other state), who may do it, and what it states."""

    event: str
    states: frozenset[str]
    to: str
    by: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """延期: an event that lengthens a clock, by how much, and how often at most."""

    event: str
    days: int
    most: int = 1


@dataclass(frozen=True, slots=True)
class Escalation:
    """升级: who is told, so many of the clock's own days after it was missed."""

    after: int
    to: str


@dataclass(frozen=True, slots=True)
class Clock:
    """期限: a limit that some events start and others stop.

    An event written ``told@decided`` counts only where the matter stood in that state before it. ``pauses``: pairs of events
    between which time does not count; those in ``once`` pause it a single time. ``restarts_on``: events from which a clock
    that has not run out counts anew, where the law says so; one that ends a pause only if it does end one. ``of`` is whose
    time it is (`ACTORS`): a person's own limit lapses and is never overdue. ``document`` and ``clause`` are where it is
    decided. ``for_kinds``: it starts only where the matter comes to a body of these kinds, or of a kind that is not known;
    ``not_for_kinds``: only where it comes to a body of a known kind that is none of these.
    """

    id: str
    title_zh: str
    title_en: str
    document: str
    clause: str
    starts_on: frozenset[str]
    stops_on: frozenset[str]
    limit: int
    unit: str
    of: str = HOLDER
    extension: Extension | None = None
    pauses: tuple[tuple[str, str], ...] = ()
    restarts_on: frozenset[str] = frozenset()
    ladder: tuple[Escalation, ...] = ()
    once: frozenset[str] = frozenset()
    for_kinds: frozenset[str] = frozenset()
    not_for_kinds: frozenset[str] = frozenset()

    def starts_with(self, kind: str) -> bool:
        """Whether it starts where a matter comes to a body of this kind."""
        if self.not_for_kinds:
            return bool(kind) and kind not in self.not_for_kinds
        return not self.for_kinds or not kind or kind in self.for_kinds

    @property
    def working(self) -> bool:
        """Whether only working days count."""
        return self.unit == WORKING_DAYS

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en


@dataclass(frozen=True, slots=True)
class Handover:
    """移交规则: who first holds a matter holds it until another body has accepted it.

    ``offers`` are the events that offer it to ``to_organisation``; ``accepts`` and ``returns`` are the receiver's
    answers. Nobody's answer within the clock ``answer`` is acceptance. After ``returns_until_superior`` returns the
    common superior decides by the event ``decides``, within the clock ``superior``; until then whoever held it holds it.
    ``moves`` are events by which it passes at once to ``to_organisation``, asking nobody: because whoever held it may
    not, or cannot. ``withdraws`` are events by which whoever offered it takes the offer back before it is answered. An offer
    that is returned or withdrawn is undone: clocks that it started end, those that it stopped go on with their first limit.
    """

    offers: frozenset[str]
    accepts: frozenset[str]
    returns: frozenset[str]
    decides: str
    answer: str
    superior: str
    returns_until_superior: int = 2
    moves: frozenset[str] = frozenset()
    withdraws: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Procedure:
    """A procedure. ``final`` are the states in which nobody holds the matter; ``opens`` is the event that begins it."""

    id: str
    title_zh: str
    title_en: str
    document: str
    states: dict[str, tuple[str, str]]
    opens: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    clocks: tuple[Clock, ...]
    handover: Handover
    ignored: frozenset[str] = field(default_factory=frozenset)
    """Events that may happen at any time and change nothing: comments, readings."""

    def title(self, lang: str) -> str:
        """The title in ``zh`` or ``en``."""
        return self.title_zh if lang == "zh" else self.title_en

    @cached_property
    def events(self) -> frozenset[str]:
        """Every event that it knows."""
        return frozenset(transition.event for transition in self.transitions) | self.ignored

    @cached_property
    def table(self) -> dict[tuple[str, str], Transition]:
        """(state, event) → what it leads to. Where two transitions stand for one pair the first counts."""
        found: dict[tuple[str, str], Transition] = {}
        for transition in self.transitions:
            for state in transition.states:
                found.setdefault((state, transition.event), transition)
        return found

    @cached_property
    def starting(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(state, event) → the positions of the clocks that it starts; the superior's is started by one return too many."""
        superior = self.handover.superior
        return self._positions(lambda clock: clock.starts_on if clock.id != superior else frozenset())

    @cached_property
    def stopping(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(state, event) → the positions of the clocks that it stops."""
        return self._positions(lambda clock: clock.stops_on)

    @cached_property
    def touching(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """(state, event) → the positions of the clocks that it pauses, resumes, extends or restarts."""
        return self._positions(_touched_by)

    @cached_property
    def place_of(self) -> dict[str, int]:
        """Clock id → its position."""
        return {clock.id: position for position, clock in enumerate(self.clocks)}

    def _positions(
        self, events_of: Callable[[Clock], frozenset[str]]
    ) -> dict[tuple[str, str], tuple[int, ...]]:
        found: dict[tuple[str, str], list[int]] = {}
        for position, clock in enumerate(self.clocks):
            for written in events_of(clock):
                event, _, state = written.partition("@")
                for each in (state,) if state else (OPENING, *self.states):
                    found.setdefault((each, event), []).append(position)
        return {key: tuple(positions) for key, positions in found.items()}


def _touched_by(clock: Clock) -> frozenset[str]:
    paused = frozenset(event for pair in clock.pauses for event in pair)
    extended = frozenset({clock.extension.event}) if clock.extension else frozenset()
    return paused | clock.restarts_on | extended
