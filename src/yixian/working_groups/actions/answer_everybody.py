"""逐件答复: everybody who asked is answered, each once, however often it is begun anew.

No person sends these and no person reads them on the way. That a matter is open with somebody, or by whom, does not matter.
"""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, override

from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import Refused, YixianError
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.languages import language
from yixian.matters.actions.answer_many import answer_with_decision
from yixian.matters.queries.similar_matters import to_answer
from yixian.revisions.queries import revision_run
from yixian.working_groups.actions.group_steps import begin, take_step
from yixian.working_groups.answer_texts import AnswerText, general_answer, personal_answer
from yixian.working_groups.choices import GroupStage
from yixian.working_groups.limits import MIN_HOUSEHOLDS
from yixian.working_groups.models import WorkingGroup
from yixian.working_groups.queries.groups import GroupView, clause_of, get_group, group_view, key_of
from yixian.working_groups.queries.outcomes import new_prices
from yixian.working_groups.signals.detecting import owner_at
from yixian.working_groups.steps import ANSWER

_STEP = gettext_noop("Answering everybody who asked")


def answer_everybody(
    group_id: int, *, actor: Actor, at: datetime, report: Reporter = silent
) -> dict[str, int]:
    """Answer each matter of the group's place and time that cites the clause, up to the decision.

    Each in a transaction of its own, so that it can be stopped and gone on with. Once none is left it is the stop *everybody
    answered*. Returns how many were answered now and how many could not be. Raises `Refused` before every account was
    reckoned under the decision.
    """
    view = _ready(group_id, actor, at)
    told, run_id = _answer_text(view), _run(view)
    machine = system_actor(f"working group {view.group.pk}")
    decision = view.decision
    if decision is None:
        raise Refused("group.undecided", _("Nothing is decided yet."))
    rows = list(
        to_answer(
            machine, view.group.area_path, key_of(view.group), since=view.group.since, until=decision.at
        )
    )
    organisation = owner_at(view.group.area_path, at=at)
    answered, failed = 0, 0
    for done, one in enumerate(rows):
        report(_STEP, done, len(rows))
        words = (
            general_answer(told)
            if one.household_id is None
            else personal_answer(told, one.household_id, run_id)
        )
        key = message_key(view.group, one.matter_id)
        try:
            answered += answer_with_decision(
                one.matter_id,
                key,
                words,
                decision.number,
                organisation_id=organisation.pk if organisation else None,
                actor=machine,
                at=at,
            )
        except YixianError:
            failed += 1
    report(_STEP, len(rows), len(rows))
    if not failed:
        _finish(group_id, len(rows), actor=actor, at=at)
    return {"answered": _rounded(answered), "failed": failed}


def message_key(group: WorkingGroup, matter_id: int) -> uuid.UUID:
    """The key of what a group writes to a matter: always the same."""
    return uuid.uuid5(group.key, str(matter_id))


@transaction.atomic
def _ready(group_id: int, actor: Actor, at: datetime) -> GroupView:
    return begin(ANSWER, group_id, actor=actor, at=at)[0]


@transaction.atomic
def _finish(group_id: int, count: int, *, actor: Actor, at: datetime) -> None:
    view = group_view(get_group(actor, group_id))
    if not view.has(GroupStage.ANSWERED):
        take_step(view, ANSWER, actor=actor, at=at, count=_rounded(count))


def _answer_text(view: GroupView) -> AnswerText:
    if view.decision is None:
        raise Refused("group.undecided", _("Nothing is decided yet."))
    with override("zh-hans"):
        return AnswerText(
            title=view.group.title_zh,
            decision=view.decision,
            clause=clause_of(view.group).title,
            prices=new_prices(view, language()),
        )


def _run(view: GroupView) -> int | None:
    """The reckoning under the decision, if it was one for a new standard."""
    if view.revision is None or view.decision is None or view.decision.kept:
        return None
    run = revision_run(view.revision)
    return None if run is None else run.run_id


def _rounded(count: int) -> int:
    """A count as it is told: of fewer than ten, nothing."""
    return count if count >= MIN_HOUSEHOLDS else 0
