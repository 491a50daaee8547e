"""题库: a pack on a day with its common cases, ready to be drawn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from yixian.domain.policy import Pack
from yixian.engines.entitlements import rules_typed_on
from yixian.quizzes.drawing.clauses import clause_question
from yixian.quizzes.drawing.forces import force_question
from yixian.quizzes.drawing.lines import line_question
from yixian.quizzes.drawing.lots import Lots
from yixian.quizzes.drawing.promise_questions import promise_question
from yixian.quizzes.drawing.question import Case, Kind, Question

QUESTIONS = 5
"""How many questions a quiz has."""

_ORDER = (Kind.LINE, Kind.PROMISE, Kind.CLAUSE, Kind.FORCE, Kind.LINE)
_TRIES = 20


class Deck:
    """A pack on a day. ``cases`` are items and quantities common to at least five households (`Case`); there may be none."""

    def __init__(self, pack: Pack, on: date, cases: Sequence[Case] = ()) -> None:
        self.pack = pack
        self.on = on
        self.cases = tuple(cases)
        self._rules = rules_typed_on(pack, on)

    def question(self, kind: Kind, lots: Lots) -> Question | None:
        """One question of a kind; None where the pack has nothing to ask, or the lot fell on nothing."""
        asked: dict[Kind, Callable[[], Question | None]] = {
            Kind.LINE: lambda: line_question(self.pack, self._rules, self.cases, self.on, lots),
            Kind.PROMISE: lambda: promise_question(self.pack, self.on, lots),
            Kind.CLAUSE: lambda: clause_question(self.pack, self.on, lots),
            Kind.FORCE: lambda: force_question(self.pack, lots),
        }
        return asked[kind]()


def draw(deck: Deck, seed: int, count: int = QUESTIONS) -> tuple[Question, ...]:
    """Questions by lot, no two alike, of every kind that the pack allows; fewer only where it has no more to ask."""
    lots = Lots(deck.pack.sha256, deck.on, seed)
    found: list[Question] = []
    for number in range(count * _TRIES):
        if len(found) == count:
            break
        wanted = _ORDER[(len(found) + number // count) % len(_ORDER)]
        question = deck.question(wanted, lots)
        if question is not None and all(question.asked != other.asked for other in found):
            found.append(question)
    return tuple(found)
