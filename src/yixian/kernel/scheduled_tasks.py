"""定时: registry of scheduled tasks by dotted address, so that nothing is loaded before its time.

A tick is a function ``(*, at: datetime) -> dict[str, int]``: it does what is due at that moment and says in counts what it
did (``{"reminded": 3}``). It may be run again at any time and by several processes, so it must do nothing twice by itself:
what it does is worked out from what stands in the tables. `yixian.kernel.actions.run_scheduled_tasks` runs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from yixian.kernel.extension_points import Registry
from yixian.kernel.leases import MAX_LEASE


class TickFunction(Protocol):
    """What is done again and again."""

    def __call__(self, *, at: datetime) -> dict[str, int]:
        """Do what is due at a moment, and say in counts what was done."""


FUNCTIONS: Registry[TickFunction] = Registry("task", TickFunction)

LEASE = timedelta(minutes=10)
"""For how long a tick belongs to the process that runs it. One whose process died is taken up by another after that."""


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """A registered tick: its stable name, and how often it is due."""

    name: str
    every: timedelta
    lease: timedelta = LEASE

    def load(self) -> TickFunction:
        """The function, loaded now. Raises ImportError where nothing stands at its address."""
        return FUNCTIONS.load(self.name)


_TASKS: dict[str, ScheduledTask] = {}


def register_scheduled_task(name: str, address: str, every: timedelta, *, lease: timedelta = LEASE) -> None:
    """Register a tick under a stable name, by its dotted address.

    ``lease`` must be longer than the tick can take: after it another process may run the same tick beside this one.
    """
    task = ScheduledTask(name, every, lease)
    if every <= timedelta(0) or not timedelta(0) < lease <= MAX_LEASE:
        raise ValueError(f"tick {name!r} needs a positive time, and a lease of two hours at most")
    if _TASKS.setdefault(name, task) != task:
        raise ValueError(f"tick {name!r} is registered twice")
    FUNCTIONS.register(name, address)


def scheduled_tasks() -> list[ScheduledTask]:
    """Every tick, by name."""
    return [_TASKS[name] for name in sorted(_TASKS)]
