"""核查查询: somebody's own forms, and the sample of a group as its clerks see it: who is done, and never what anybody said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.engines.entitlements import unit_word
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.intervals import in_force
from yixian.kernel.languages import language
from yixian.kernel.models import RoleGrant, User
from yixian.kernel.result_sets import Order, ResultSet
from yixian.policies.queries import read_pack
from yixian.working_groups.access import CHECKERS
from yixian.working_groups.frames import items_to_check
from yixian.working_groups.models import CheckAssignment, Sample, SampledHousehold, WorkingGroup


@dataclass(frozen=True, slots=True)
class LineToCheck:
    """一项: a thing to be measured, by its line number, without what was recorded of it."""

    line_no: str
    title: str
    unit: str
    place: str


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """抽中户一行: a drawn household, who checks it, and what came of it."""

    sampled: SampledHousehold
    checker: str
    checker_id: int | None
    outcome: str
    outcome_label: str


def checks(actor: Actor) -> QuerySet[SampledHousehold]:
    """The forms that were given to the actor, what is still to be done first; nothing for anybody else."""
    if actor.user_id is None or not actor.has_any(CHECKERS):
        return SampledHousehold.objects.none()
    latest = CheckAssignment.objects.filter(sampled=OuterRef("pk")).order_by("-pk")
    rows = SampledHousehold.objects.annotate(checker=Subquery(latest.values("user_id")[:1]))
    rows = rows.filter(checker=actor.user_id).select_related(
        "household__area", "household__head", "draw__sample__group", "result"
    )
    return rows.order_by("result__pk", "draw_id", "order")


def check_list(actor: Actor) -> ResultSet[SampledHousehold]:
    """The same to be listed: by name of the head, place, group or outcome."""
    orders: dict[str, Order] = {
        "name": ("household__head__name", "household__household_no"),
        "area": ("household__area_path",),
        "group": ("draw__sample__group__title_zh",),
        "outcome": ("result__outcome",),
    }
    return ResultSet(checks(actor), orders)


def get_check(actor: Actor, sampled_id: int) -> SampledHousehold:
    """One form of one's own. Raises `NotFound` for any other."""
    row = checks(actor).filter(pk=sampled_id).first()
    if row is None:
        raise NotFound("check.not_found", _("There is no such check."))
    return row


def lines_to_check(sampled: SampledHousehold, *, at: datetime) -> list[LineToCheck]:
    """What is to be measured at a drawn household."""
    group = sampled.draw.sample.group
    pack, lang = read_pack(group.base_id), language()
    found = []
    for one in items_to_check(group, sampled.household_id, on=timezone.localdate(at)):
        item = pack.items.get(one.item_code)
        unit = unit_label(pack, one.item_code)
        found.append(LineToCheck(one.line_no, item.name(lang) if item else one.item_code, unit, one.place))
    return found


def unit_label(pack: Pack, item_code: str) -> str:
    """The unit of an item in words; empty where the pack does not know it."""
    item = pack.items.get(item_code)
    return unit_word(pack, item.unit, language()) if item else ""


def sample_of(group: WorkingGroup) -> Sample | None:
    """The sample of a group that the caller's actor may see, if it was announced."""
    return Sample.objects.filter(group=group).select_related("draw", "by").first()


def drawn_rows(sample: Sample) -> list[DrawnRow]:
    """The drawn households of a group that the caller's actor may see, in the order of the draw."""
    rows = SampledHousehold.objects.filter(draw__sample=sample).order_by("order")
    rows = rows.select_related("household__area", "household__head", "result").prefetch_related(
        "assignments__user"
    )
    found = []
    for row in rows:
        latest = max(row.assignments.all(), key=lambda one: one.pk, default=None)
        result = getattr(row, "result", None)
        found.append(
            DrawnRow(
                sampled=row,
                checker=str(latest.user) if latest else "",
                checker_id=latest.user_id if latest else None,
                outcome=result.outcome if result else "",
                outcome_label=str(result.get_outcome_display()) if result else "",
            )
        )
    return found


def checkers(*, on: date) -> list[User]:
    """Who could check: cadres and surveyors in service, by name."""
    grants = RoleGrant.objects.filter(in_force(on), role__in=CHECKERS)
    users = User.objects.filter(pk__in=grants.values("user_id"), is_active=True)
    return sorted(users, key=lambda one: (str(one), one.pk))
