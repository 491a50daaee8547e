"""我的事一页: where a matter stands, told to whoever it belongs to; one page for both doors to it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from yixian.domain.procedure.clocks import OVERDUE, RUNNING
from yixian.matters.choices import FileKind, Verdict
from yixian.matters.matter_read_models import FileView
from yixian.matters.queries import own_view
from yixian.matters.queries.formal_papers import own_papers
from yixian.matters.shown_files import address_token
from yixian.web.portal.matters.acting import FACES, JUDGE, REVIEW, WRITE, ActionResult
from yixian.web.portal.matters.clock_words import deadline
from yixian.web.portal.matters.decision_letter import paper_number


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A photograph or a voice note at the address that is good for the next ten minutes."""

    token: str
    is_voice_note: bool
    width: int
    height: int
    seconds: int
    by_person: bool


def own_context(request: HttpRequest, matter: Any, outcome: ActionResult, *, at: datetime) -> dict[str, Any]:
    """What the page needs. What was typed into a form that was refused stands in it again."""
    own = own_view(matter, at=at)
    view = own.view
    deadlines = [deadline(clock) for clock in view.clocks]
    is_open = {RUNNING, OVERDUE}
    return {
        "own": own,
        "view": view,
        "since": view.held[-1].since if view.held and not view.is_closed else None,
        "deadlines": [one for one in deadlines if one.clock.status in is_open],
        "kept_deadlines": [one for one in deadlines if one.clock.status not in is_open],
        "papers": [(one, paper_number(one), one.steps[-1]) for one in own_papers(matter)],
        "files": _shown(view.files),
        "outcome": outcome,
        "typed": request.POST if outcome.fault else {},
        "key": request.POST.get("key", "") if outcome.fault else uuid.uuid4(),
        "faces": FACES,
        "verdicts": Verdict.choices,
        "said": view.verdicts[-1] if view.verdicts else None,
        "WRITE": WRITE,
        "REVIEW": REVIEW,
        "JUDGE": JUDGE,
    }


def _shown(files: Sequence[FileView]) -> list[ShownFile]:
    return [
        ShownFile(
            address_token(one.pk),
            one.kind == FileKind.VOICE_NOTE,
            one.width,
            one.height,
            one.seconds,
            one.by_person,
        )
        for one in files
    ]
