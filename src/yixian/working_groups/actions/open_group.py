"""组建工作组: for a signal, or because the bureau's lead decides so, with a question and those who are to answer it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.models import User
from yixian.kernel.permission import require_person
from yixian.kernel.roles import Role
from yixian.matters.intake import ClauseKey
from yixian.policies.queries import pack_in_force
from yixian.registry.models import Area, Helper, Organisation
from yixian.registry.queries.areas import reached_areas
from yixian.revisions.sources import PriceKey
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.group_steps import note, optional, words
from yixian.working_groups.choices import GroupStepKind
from yixian.working_groups.limits import MAX_MEMBERS, MAX_TITLE
from yixian.working_groups.models import GroupMember, GroupStep, Signal, SignalAnswer, WorkingGroup
from yixian.working_groups.pricing import priced_by
from yixian.working_groups.queries.signals import get_signal
from yixian.working_groups.weeks import monday


@dataclass(frozen=True, slots=True)
class Member:
    """Who belongs to a group: one of a user, a helper or a body, by id, and what they are there for."""

    user_id: int | None = None
    helper_id: int | None = None
    organisation_id: int | None = None
    task: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a group is to find out. ``prices`` are those it looks into, of the ones that the clause sets; empty means all.

    ``basis`` says why it is opened where there is no signal, and ``since`` from which day on it looks at matters then.
    """

    title_zh: str
    question_zh: str
    title_en: str = ""
    question_en: str = ""
    prices: tuple[PriceKey, ...] = ()
    members: tuple[Member, ...] = ()
    basis: str = ""
    since: date | None = None


@transaction.atomic
def open_for_signal(signal_id: int, charge: Charge, *, actor: Actor, at: datetime) -> WorkingGroup:
    """Open a group for a signal; that it was opened is the public answer to it. Raises `Refused` if it has one already."""
    person = require_person(actor, OPENERS)
    signal = get_signal(actor, signal_id)
    signal = Signal.objects.select_for_update(of=("self",)).select_related("area").get(pk=signal.pk)
    if signal.groups.exists():
        raise Refused("group.opened", gettext_lazy("A working group was opened for it already."))
    key = ClauseKey(signal.pack_id, signal.document, signal.clause)
    group = _open(signal.area, key, charge, monday(signal.since_week), person, actor, at, signal=signal)
    with override("en"):
        english = _("A working group was opened to look into it. Every step stands here.")
    with override("zh-hans"):
        chinese = _("A working group was opened to look into it. Every step stands here.")
    SignalAnswer.objects.create(
        signal=signal, group=group, words_zh=chinese, words_en=english, by_id=person, at=at
    )
    return group


@transaction.atomic
def open_by_decision(
    area_id: int, key: ClauseKey, charge: Charge, *, actor: Actor, at: datetime
) -> WorkingGroup:
    """Open a group without a signal, by decision of the bureau's lead.

    Raises `NotPermitted` for everybody else, `Invalid` without a reason or the day from which matters are looked at.
    """
    person = require_person(actor, frozenset({Role.BUREAU_LEAD}))
    area = reached_areas(actor).filter(pk=area_id).first()
    if area is None:
        raise NotFound("area.not_found", gettext_lazy("There is no such area."))
    words("basis", charge.basis, 500)
    if charge.since is None or charge.since > timezone.localdate(at):
        raise Invalid("group.since", gettext_lazy("Give a day that is past."), field="since")
    return _open(area, key, charge, charge.since, person, actor, at)


@transaction.atomic
def add_members(group: WorkingGroup, members: Iterable[Member], person: int, *, at: datetime) -> None:
    """Add members. Raises `NotFound` for nobody in the registers, `Invalid` for too many."""
    added = list(members)
    if group.members.count() + len(added) > MAX_MEMBERS:
        raise Invalid("group.members", gettext_lazy("These are too many members."), field="members")
    for one in added:
        _require_known(one)
        GroupMember.objects.create(
            group=group,
            user_id=one.user_id,
            helper_id=one.helper_id,
            organisation_id=one.organisation_id,
            task=optional("task", one.task, 120),
            by_id=person,
            at=at,
        )


def _open(
    area: Area,
    key: ClauseKey,
    charge: Charge,
    since: date,
    person: int,
    actor: Actor,
    at: datetime,
    *,
    signal: Signal | None = None,
) -> WorkingGroup:
    today = timezone.localdate(at)
    found = pack_in_force(area.path, today)
    if found is None:
        raise Refused("account.no_pack", gettext_lazy("No policy pack is in force here on this day."))
    base, pack = found
    document = pack.documents.get(key.document)
    if pack.id != key.pack_id or document is None or key.clause not in document.clauses:
        raise Refused("group.clause", gettext_lazy("The policy in force here has no such clause."))
    current = priced_by(pack, key, today)
    chosen = [one for one in current if one in charge.prices] if charge.prices else current
    if len(chosen) < len(set(charge.prices)):
        raise Invalid("group.prices", gettext_lazy("The clause sets no such price."), field="prices")
    group = WorkingGroup.objects.create(
        key=uuid.uuid4(),
        area=area,
        area_path=area.path,
        title_zh=words("title_zh", charge.title_zh, MAX_TITLE),
        title_en=optional("title_en", charge.title_en, 160),
        question_zh=words("question_zh", charge.question_zh),
        question_en=optional("question_en", charge.question_en),
        pack_id=key.pack_id,
        document=key.document,
        clause=key.clause,
        base=base,
        prices=[list(one) for one in chosen],
        since=since,
        signal=signal,
        basis=optional("basis", charge.basis, 500),
        opened_by_id=person,
        opened_at=at,
    )
    GroupStep.objects.create(group=group, kind=GroupStepKind.OPENED, by_id=person, at=at)
    note(group, "group.opened", actor=actor, at=at)
    add_members(group, (Member(user_id=person), *charge.members), person, at=at)
    return group


def _require_known(one: Member) -> None:
    registers: list[tuple[QuerySet[Any], int | None]] = [
        (User.objects.filter(is_active=True), one.user_id),
        (Helper.objects.all(), one.helper_id),
        (Organisation.objects.all(), one.organisation_id),
    ]
    named = [(rows, pk) for rows, pk in registers if pk is not None]
    if len(named) != 1:
        raise Invalid("group.member", gettext_lazy("Name one person or one body."), field="members")
    ((rows, pk),) = named
    if not rows.filter(pk=pk).exists():
        raise NotFound("group.nobody", gettext_lazy("There is no such person or body."))
