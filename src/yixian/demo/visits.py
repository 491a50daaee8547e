"""示范走访: what was said and promised at the invented households over the last three months; the same for the same seed.

Most were visited within the month, some wait longer, a few were never visited; promises were kept, are open, are overdue,
or were not kept. Nobody in it is real, and nothing was ever promised beyond a clause: every visit goes through the same
checks as those of a real county.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone
from django.utils.translation import gettext_noop

from yixian.demo.example import assigned_helper, first_example
from yixian.demo.sign_ins import CLERK, user_actor
from yixian.demo.visit_words import AT_HOME, BROKEN, BY_CLAUSE, CALLS, HELP, PRESENT, SHOWN, PromiseText
from yixian.duty.models import Pairing
from yixian.kernel.intervals import in_force
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.choices import HelperKind
from yixian.registry.models import Household
from yixian.visits.actions.enter_visits import PaperOutcome, PaperVisit, enter_visits
from yixian.visits.choices import PromiseKind, PromiseResult, SaidBy, VisitKind
from yixian.visits.models import Visit
from yixian.visits.strokes import HEIGHT, WIDTH
from yixian.visits.visit_draft import PromiseDraft, VisitDraft

_MAX_LENGTH = 88
_WITHIN = 28


def are_visits_made() -> bool:
    """Whether anybody was visited."""
    return Visit.objects.exists()


def make_visits(seed: int, *, at: datetime) -> int:
    """Enter the invented visits; how many there are. Whoever enters a visit has opened the household's record."""
    on, clerk = timezone.localdate(at), user_actor(CLERK, at=at)
    made = enter_visits(_papers(seed, on), actor=clerk, at=at)
    visited = Visit.objects.order_by("household_id").values_list("household_id", flat=True).distinct()
    note_reading_many(clerk, list(visited), gettext_noop("visits and promises"), at=at)
    return made


def _papers(seed: int, on: date) -> Iterator[PaperVisit]:
    rng = Random(f"{seed}:visits")  # noqa: S311 - invented visits, not secrets
    assigned_helpers = _assigned_helpers(on)
    rows = Household.objects.filter(in_force(on), head__isnull=False).order_by("household_no")
    yield from _shown(on)
    shown = first_example(on).household.pk
    for household in rows.exclude(pk=shown).only("pk", "head_id", "valid_from").iterator():
        for ago in _days_ago(rng):
            helpers = assigned_helpers.get(household.pk)
            day = on - timedelta(days=ago)
            if helpers and day > household.valid_from:
                yield _paper(household, rng.choice(helpers), day, on, rng)


def _shown(on: date) -> Iterator[PaperVisit]:
    """What is seen at the household that is shown first: a promise kept, one overdue, one by a clause, one for next week."""
    household = first_example(on).household
    cadre = assigned_helper(household, HelperKind.CADRE, on)
    for number, (ago, said, promised, became) in enumerate(SHOWN):
        day = on - timedelta(days=ago)
        typed = tuple(
            PromiseDraft(
                one.text,
                day + timedelta(days=one.days[0]),
                PromiseKind.POLICY if one.clause else PromiseKind.HELP,
                one.clause,
            )
            for one in promised
        )
        draft = VisitDraft(
            on=day,
            said=said,
            key=uuid.UUID(int=number + 1),
            begun=time(10, 20),
            present=frozenset({household.head_id or 0}),
            promises=typed,
        )
        signed = _signature(Random(number)) if number == 0 else ""  # noqa: S311 - nobody's name
        yield PaperVisit(household.pk, cadre.pk, household.valid_from, draft, signed, became)


def _assigned_helpers(on: date) -> dict[int, list[int]]:
    """Who stands beside each household: cadre and party member alike."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = Pairing.objects.filter(in_force(on)).order_by("household_id", "role", "pk")
    for household_id, helper_id in rows.values_list("household_id", "helper_id"):
        found[household_id].append(helper_id)
    return found


def _days_ago(rng: Random) -> list[int]:
    """How long ago a household was visited: six in ten within the month, one in sixteen never."""
    luck = rng.random()
    if luck < 0.06:
        return []
    last = rng.randrange(1, _WITHIN) if luck < 0.67 else rng.randrange(_WITHIN + 4, _MAX_LENGTH)
    before = last + rng.randrange(18, 40)
    return [before, last] if before < _MAX_LENGTH and rng.random() < 0.4 else [last]


def _paper(household: Household, helper_id: int, day: date, on: date, rng: Random) -> PaperVisit:
    by_phone = rng.random() < 0.12
    said = rng.choice(CALLS if by_phone else AT_HOME)
    promised = _promised(rng) if rng.random() < 0.42 else None
    draft = VisitDraft(
        on=day,
        said=said,
        key=uuid.UUID(int=rng.getrandbits(128), version=4),
        begun=time(rng.randrange(8, 19), rng.choice((0, 10, 20, 30, 40, 50))),
        kind=VisitKind.CALL if by_phone else VisitKind.VISIT,
        present=frozenset({household.head_id or 0}),
        others=rng.choice(PRESENT) if rng.random() < 0.25 else "",
        promises=(_typed(promised, day, rng),) if promised else (),
    )
    became = tuple(_became(draft.promises[0], day, on, rng)) if draft.promises else ()
    signed = _signature(rng) if not by_phone and rng.random() < 0.8 else ""
    return PaperVisit(household.pk, helper_id, household.valid_from, draft, signed, became)


def _promised(rng: Random) -> PromiseText:
    return rng.choice(BY_CLAUSE) if rng.random() < 0.12 else rng.choice(HELP)


def _typed(given: PromiseText, day: date, rng: Random) -> PromiseDraft:
    due_on = day + timedelta(days=rng.choice(given.days))
    kind = PromiseKind.POLICY if given.clause else PromiseKind.HELP
    return PromiseDraft(given.text, due_on, kind, given.clause)


def _became(promised: PromiseDraft, day: date, on: date, rng: Random) -> Iterator[PaperOutcome]:
    """What was said of a promise by now: of those that are due most were kept, and some households say so, some not."""
    days = ((promised.due_on or day) - day).days
    passed = (on - day).days
    luck = rng.random()
    if days >= passed:
        if luck < 0.15:
            yield PaperOutcome(0, PromiseResult.KEPT, SaidBy.HELPER, min(passed, 2))
        return
    if luck < 0.74:
        yield PaperOutcome(0, PromiseResult.KEPT, SaidBy.HELPER, max(0, days - 1))
        if luck < 0.40:
            yield PaperOutcome(0, PromiseResult.KEPT, SaidBy.HOUSEHOLD, min(passed, days + 2))
        elif luck > 0.71:
            yield PaperOutcome(0, PromiseResult.BROKEN, SaidBy.HOUSEHOLD, min(passed, days + 3))
    elif luck < 0.82:
        yield PaperOutcome(0, PromiseResult.BROKEN, SaidBy.HELPER, days, rng.choice(BROKEN))
    elif luck < 0.85:
        yield PaperOutcome(0, PromiseResult.OVERTAKEN, SaidBy.HELPER, days, "户里自己已经办好了。")


def _signature(rng: Random) -> str:
    """A few strokes that are nobody's name."""
    strokes = []
    for number in range(3):
        x, y = 180 + number * 220, rng.randrange(120, HEIGHT - 120)
        points = []
        for _step in range(8):
            points.append([x, y])
            x, y = min(WIDTH, x + rng.randrange(8, 30)), min(HEIGHT, max(0, y + rng.randrange(-50, 50)))
        strokes.append(points)
    return json.dumps(strokes)
