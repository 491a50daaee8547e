"""工作组的办理步骤: what may be done with a working group, by whom and when. Actions, pages and the access matrix read it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.roles import Role
from yixian.kernel.workflow import Condition, Step
from yixian.revisions.choices import RevisionStage
from yixian.working_groups.access import DECIDERS, OPENERS
from yixian.working_groups.choices import GroupStage, GroupStepKind
from yixian.working_groups.queries.groups import GroupView
from yixian.working_groups.workflow import ORDER


def _unless(holds: Callable[[GroupView], bool], key: str, sentence: Any) -> Condition[GroupView]:
    """Refused with this sentence where it is so."""

    def condition(view: GroupView, _actor: Actor, _at: datetime) -> None:
        if holds(view):
            raise Refused(key, sentence)

    return condition


def _every(*conditions: Condition[GroupView]) -> Condition[GroupView]:
    """A moment: the group is open, and all of these."""

    def moment(view: GroupView, actor: Actor, at: datetime) -> None:
        for condition in (_OPEN, *conditions):
            condition(view, actor, at)

    return moment


def _after(stage: GroupStage) -> Condition[GroupView]:
    """A stop and everything before it is behind."""
    return _unless(
        lambda view: ORDER.index(view.here) < ORDER.index(stage),
        "group.order",
        _("Another stop comes first."),
    )


def _is_announced(view: GroupView, _actor: Actor, at: datetime) -> None:
    if view.sample is None or view.sample.at >= at:
        raise Refused("sample.unannounced", _("First say in public where the seed will come from."))


def _is_under_revision(view: GroupView) -> bool:
    given_up = {RevisionStage.WITHDRAWN, RevisionStage.CALLED_OFF}
    return view.revision is not None and view.stage not in given_up


def _by_another(view: GroupView, actor: Actor, _at: datetime) -> None:
    if view.keeping is not None and view.keeping.by_id == actor.user_id:
        raise Refused("adoption.two_people", _("Another person than the one who proposed it must approve."))


_OPEN = _unless(lambda view: view.has(GroupStage.CLOSED), "group.closed", _("This working group is closed."))
_UNANNOUNCED = _unless(
    lambda view: view.sample is not None, "sample.announced", _("The draw was announced already.")
)
_UNDRAWN = _unless(lambda view: view.is_drawn, "sample.drawn", _("It was drawn already."))
_CHECKING = _unless(lambda view: view.has(GroupStage.CHECKED), "check.ended", _("The checks have ended."))
_ALL_CHECKED = _unless(
    lambda view: view.has_open_checks,
    "check.open",
    _("Some drawn households have neither a result nor a reason why there is none."),
)
_UNDECIDED = _unless(lambda view: view.decision is not None, "group.decided", _("It is decided."))
_NOT_REVISED = _unless(_is_under_revision, "group.drafted", _("A revision is under way for this group."))
_NOT_KEPT = _unless(
    lambda view: view.keeping is not None,
    "group.keeping",
    _("Keeping the standard is proposed: that is to be decided first."),
)
_PROPOSED = _unless(lambda view: view.keeping is None, "group.not_proposed", _("It is not proposed."))
_LINKABLE = _unless(
    lambda view: not view.linkable, "group.no_revision", _("No other revision is under way here.")
)
_REVISED = _unless(lambda view: view.revision is None, "group.order", _("Another stop comes first."))
_CHANGED = _unless(
    lambda view: (
        view.revision is not None
        and view.effects is not None
        and view.effects.draft.sha256 == view.revision.base.sha256
    ),
    "revision.unchanged",
    _("The draft changes nothing yet."),
)
_COMPARED = _unless(
    lambda view: view.effects is None or view.effects.comparison is None,
    "revision.not_compared",
    _("First see what this draft would change, for everybody."),
)
_UP_TO_DATE = _unless(
    lambda view: view.effects is not None and view.effects.is_outdated,
    "revision.outdated",
    _("The register changed since the comparison; compare again."),
)
_FROZEN = _unless(lambda view: not view.report_numbers, "report.not_found", _("There is no such report."))
_WAITING = _unless(
    lambda view: view.has(GroupStage.REPLIED), "report.ended", _("No more replies are waited for.")
)
_CALCULATED = _unless(
    lambda view: view.decision is None or not view.decision.is_adopted,
    "group.uncalculated",
    _("First every account is recalculated under the decision."),
)
_CHECKABLE = (_after(GroupStage.SAMPLED), _CHECKING)
_DRAFTABLE = (_after(GroupStage.CHECKED), _UNDECIDED, _NOT_REVISED, _NOT_KEPT)
_KEEPERS = OPENERS | DECIDERS


def _step(
    name: str,
    event: str,
    *moment: Condition[GroupView],
    asks: tuple[str, ...] = (),
    requires: tuple[Condition[GroupView], ...] = (),
    roles: frozenset[Role] = OPENERS,
) -> Step[GroupView]:
    """A step that the bureau takes, unless ``roles`` says who. Without an event the ledger alone says that it was taken."""
    return Step(name=name, event=event, roles=roles, moment=_every(*moment), requires=requires, asks=asks)


MEMBER = _step("member", "", asks=("organisation", "task"))
ANNOUNCE = _step("announce", "", _UNANNOUNCED, asks=("seed_source", "margin"))
DRAW = _step("draw", GroupStepKind.SAMPLED, _is_announced, _UNDRAWN, asks=("seed",))
ASSIGN = _step("assign", "", *_CHECKABLE, asks=("sampled", "user"))
SHEET_IN = _step("sheet_in", "", *_CHECKABLE, asks=("file",))
END_CHECKS = _step("checked", GroupStepKind.CHECKED, *_CHECKABLE, requires=(_ALL_CHECKED,))
DRAFT = _step(
    "draft",
    GroupStepKind.DRAFTED,
    *_DRAFTABLE,
    asks=("title_zh", "title_en", "issuer", "reason", "valid_from", "*|*"),
)
LINK = _step("link", GroupStepKind.DRAFTED, *_DRAFTABLE, _LINKABLE, asks=("revision",))
KEEP = _step("keep", GroupStepKind.KEEP_PROPOSED, *_DRAFTABLE, asks=("reasons", "number"), roles=_KEEPERS)
DECIDE_KEEPING = _step(
    "keep_decide", GroupStepKind.KEPT, _UNDECIDED, _PROPOSED, requires=(_by_another,), roles=DECIDERS
)
TAKE_BACK = _step(
    "keep_back", GroupStepKind.KEEP_TAKEN_BACK, _UNDECIDED, _PROPOSED, asks=("reason",), roles=_KEEPERS
)
SEE = _step(
    "seen",
    GroupStepKind.SEEN,
    _after(GroupStage.DRAFTED),
    _UNDECIDED,
    _REVISED,
    requires=(_CHANGED, _COMPARED, _UP_TO_DATE),
)
FREEZE = _step("freeze", "", _after(GroupStage.SEEN), _UNDECIDED, asks=("options",))
SEND = _step(
    "send",
    GroupStepKind.SENT,
    _after(GroupStage.SEEN),
    _FROZEN,
    _WAITING,
    asks=("number", "kind", "name", "sent_on", "reply_days"),
)
REPLY = _step("reply", "", asks=("received_on", "number", "verdict", "words", "scan"))
END_REPLIES = _step("replies", GroupStepKind.REPLIED, _after(GroupStage.SENT), _WAITING, asks=("reason",))
ANSWER = _step("answer", GroupStepKind.ANSWERED, _after(GroupStage.DECIDED), requires=(_CALCULATED,))
CLOSE = _step("close", GroupStepKind.CLOSED, _after(GroupStage.ANSWERED))

STEPS = (
    MEMBER, ANNOUNCE, DRAW, ASSIGN, END_CHECKS, SHEET_IN, DRAFT, LINK, KEEP, DECIDE_KEEPING, TAKE_BACK, SEE, FREEZE,
    SEND, REPLY, END_REPLIES, ANSWER, CLOSE,
)  # fmt: skip
