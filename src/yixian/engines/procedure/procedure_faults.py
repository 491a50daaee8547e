"""错误收集: as for packs, with the sentences of procedures and calendars besides."""

from __future__ import annotations

from yixian.domain.policy import PackProblem
from yixian.engines.entitlements.located import Faults, Place
from yixian.engines.entitlements.pack_fault_texts import Value
from yixian.engines.procedure.procedure_fault_texts import WORDS


class ProcedureFaults(Faults):
    """Collects the problems of a procedure."""

    def add(self, place: Place, key: str, **values: Value) -> None:
        """One more problem; ``values`` fill the blanks of its sentence."""
        if key not in WORDS:
            super().add(place, key, **values)
            return
        zh, en = (
            words.format(**{name: _in(value, side) for name, value in values.items()})
            for side, words in enumerate(WORDS[key])
        )
        self.problems.append(PackProblem(place.file, place.line, place.column, key, en, zh))


def _in(value: Value, side: int) -> object:
    return value[side] if isinstance(value, tuple) else value
