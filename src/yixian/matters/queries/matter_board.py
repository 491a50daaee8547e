"""清单与看板: the matters that an actor may see, by whose turn it is, with what is due first at the top."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.choice_labels import choice_label
from yixian.kernel.languages import language
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Orders, ResultSet
from yixian.kernel.user_names import user_names
from yixian.matters.access import (
    ReportingLine,
    holder_at,
    holding,
    offered,
    organisations_of,
    projection_scope,
    reporting_line_of,
    silent,
)
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.codes import plain_code
from yixian.matters.limits import NUMBER_DIGITS
from yixian.matters.matter_read_models import MatterRow
from yixian.matters.models import Matter, MatterEscalation, MatterProjection, MatterText
from yixian.matters.procedures import effective_procedure
from yixian.matters.queries.matter_view import state_label
from yixian.registry.access import below
from yixian.registry.models import Area, Organisation
from yixian.registry.queries import area_labels, organisation_labels

MAX_READ_THROUGH = 1000
"""So many matters, the latest of the list, are opened to look for words in them: what is said stands sealed, without an index."""

MIN_DIGITS = 4
"""So many digits of a number, at its beginning or its end, find a matter."""

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the list."""

    name: str
    title: str | Promise


TABS = (
    Tab("mine", _("Mine to do")),
    Tab("organisation", _("With our office")),
    Tab("offered", _("Offered to us")),
    Tab("overdue", _("Overdue")),
    Tab("told", _("Reported to us")),
    Tab("open", _("All open")),
    Tab("closed", _("Closed")),
)


@dataclass(frozen=True, slots=True)
class MatterBoard:
    """看板: how many matters stand where, as far as the actor may see them."""

    overdue: int
    soon: int
    open: int
    unsorted: int
    mine: int = 0
    organisation: int = 0
    offered: int = 0


def matter_board(actor: Actor, *, at: datetime, line: ReportingLine | None = None) -> MatterBoard:
    """The counts, in one statement. What an actor may not see is in none of them. ``line`` as of `projection_scope`."""
    line = reporting_line_of(actor, at=at) if line is None else line
    mine = line.acting or organisations_of(actor, at=at)
    counted = _counts(at, at + SOON, actor=actor, line=line, mine=mine)
    return MatterBoard(*counted[0]) if counted else MatterBoard(0, 0, 0, 0)


@prepared
def _counts(
    at: datetime, soon: datetime, *, actor: Actor, line: ReportingLine, mine: frozenset[int]
) -> QuerySet[MatterProjection, tuple[int, ...]]:
    """The figures of a `MatterBoard` in its order, as one row; no row where nothing is open."""
    counted = {
        "overdue": Count("pk", filter=Q(sort_at__lte=at)),
        "soon": Count("pk", filter=Q(sort_at__gt=at, sort_at__lte=soon)),
        "open": Count("pk"),
        "unsorted": Count("pk", filter=Q(topic=Topic.UNSORTED)),
    }
    if mine:
        held = holding(mine, at=at)
        counted |= {
            "mine": Count("pk", filter=held & Q(assignee_id=actor.user_id or 0)),
            "organisation": Count("pk", filter=held),
            "offered": Count("pk", filter=offered(mine, at=at)),
        }
    rows = projection_scope(actor, at=at, line=line).filter(is_closed=False).order_by()
    return rows.values("is_closed").annotate(**counted).values_list(*counted)


def matter_list(
    actor: Actor,
    *,
    at: datetime,
    tab: str = "open",
    topic: str = "",
    channel: str = "",
    area_path: str = "",
    search: str = "",
    line: ReportingLine | None = None,
) -> ResultSet[MatterRow]:
    """The matters of a tab, what is due first at the top. ``search`` is a number, or words that were said.

    Words are looked for in the latest thousand of the list, because what was said stands sealed. ``line`` as of
    `projection_scope`.
    """
    line = reporting_line_of(actor, at=at) if line is None else line
    mine = line.acting or organisations_of(actor, at=at)
    listed = _Listed(actor, line, mine, tab, topic, channel, area_path)
    found = _searched(at, search.strip(), listed=listed) if search.strip() else _unsearched(at, listed=listed)
    return found.offering(**orders_at(at)).reading(partial(rows_of, at=at))


def matters_numbered(actor: Actor, digits: str, *, at: datetime) -> ResultSet[MatterRow]:
    """Matters in reach whose number begins or ends with these four digits and more, the latest first; none for other words."""
    number = plain_code(digits)
    if not MIN_DIGITS <= len(number) <= NUMBER_DIGITS or not number.isdigit():
        return ResultSet(())
    wanted = Q(number__startswith=number) | Q(number__endswith=number)
    rows = projection_scope(actor, at=at).filter(wanted).order_by("-received_at", "-pk")
    return ResultSet(rows, read=partial(rows_of, at=at))


class _Listed(NamedTuple):
    """Whose list it is, and what it is limited to: the shape of its query."""

    actor: Actor
    line: ReportingLine
    mine: frozenset[int]
    tab: str
    topic: str
    channel: str
    area_path: str

    def rows(self, at: datetime) -> QuerySet[MatterProjection]:
        """The matters, in order."""
        rows = projection_scope(self.actor, at=at, line=self.line)
        rows = rows.filter(_in_tab(self.tab, self.actor, self.mine, at))
        if self.topic in Topic.values:
            rows = rows.filter(topic=self.topic)
        if self.channel in IntakeChannel.values:
            rows = rows.filter(matter__channel=self.channel)
        if self.area_path:
            rows = rows.filter(below(self.area_path))
        return rows.order_by(*_ORDERS.get(self.tab, ("sort_at", "pk")))


_ORDERS = {"closed": ("-received_at", "-pk"), "offered": ("answer_due_at", "sort_at", "pk")}
"""Tabs that do not begin with what is due first for whoever holds a matter: what is offered is due when silence takes it over."""


@prepared_results({})
def _unsearched(at: datetime, *, listed: _Listed) -> QuerySet[MatterProjection]:
    return listed.rows(at)


def orders_at(at: datetime) -> Orders:
    """What index rows may be ordered by."""
    return {
        "number": ("number",),
        "topic": ("topic", "sort_at"),
        "channel": ("matter__channel", "sort_at"),
        "place": ("area_path", "sort_at"),
        "received": ("received_at",),
        "state": ("state", "sort_at"),
        "holder": lambda: (
            Case(When(silent(at), then=F("offered_to__code")), default=F("holder__code")),
            "sort_at",
        ),
        "due": ("is_closed", "sort_at"),
    }


def _in_tab(tab: str, actor: Actor, mine: frozenset[int], at: datetime) -> Q:
    if tab == "closed":
        return Q(is_closed=True)
    told = MatterEscalation.objects.filter(organisation__in=mine).values("matter_id")
    conditions = {
        "mine": Q(assignee_id=actor.user_id or 0) & holding(mine, at=at),
        "organisation": holding(mine, at=at),
        "offered": offered(mine, at=at),
        "overdue": Q(sort_at__lte=at),
        "told": Q(pk__in=told),
    }
    return Q(is_closed=False) & conditions.get(tab, Q())


def rows_of(rows: Iterable[MatterProjection], *, at: datetime) -> list[MatterRow]:
    """Index rows as rows of a list, each with its matter."""
    found = list(rows)
    matters = {matter.pk: matter for matter in _matters([row.matter_id for row in found])}
    named = _names()
    users = user_names(row.assignee_id for row in found)
    return [_row(row, matters[row.matter_id], named, users, at) for row in found]


@prepared
def _matters(matter_ids: Collection[int]) -> QuerySet[Matter]:
    return Matter.objects.filter(one_of("pk", matter_ids)).defer("code")


class _Names(NamedTuple):
    """What bodies and places are called in the language of the page."""

    organisations: Mapping[int, str]
    areas: Mapping[int, str]


@memoised(Organisation, Area)
def _names() -> _Names:
    return _Names(organisation_labels(), area_labels())


def _row(
    projection: MatterProjection, matter: Matter, named: _Names, users: dict[int, str], at: datetime
) -> MatterRow:
    work = effective_procedure(matter.procedure_version_id, matter.kind)
    taken = holder_at(projection, at=at) == projection.offered_to_id and projection.offered_to_id is not None
    holder_id = projection.offered_to_id if taken else projection.holder_id
    offered_id = None if taken else projection.offered_to_id
    clock_id, due = projection.next_clock, projection.next_due_at
    is_overdue = due is not None and due <= at
    answer_due = projection.answer_due_at if offered_id else None
    if answer_due is not None and (due is None or answer_due < due):  # kept silent, it is taken over
        clock_id, due = work.procedure.handover.answer, answer_due
    clock = next((one for one in work.procedure.clocks if one.id == clock_id), None)
    due_on = timezone.localdate(due - timedelta(seconds=1)) if due else None
    return MatterRow(
        number=matter.number,
        topic_label=str(Topic(projection.topic).label),
        channel_label=choice_label(IntakeChannel, matter.channel),
        area=named.areas[matter.area_id],
        received_at=matter.received_at,
        state=projection.state,
        state_label=state_label(work, projection.state),
        is_closed=projection.is_closed,
        holder=named.organisations[holder_id] if holder_id else "",
        offered_to=named.organisations[offered_id] if offered_id else "",
        assignee="" if taken else users.get(projection.assignee_id or 0, ""),
        next_clock=clock.title(language()) if clock else "",
        next_due_on=due_on,
        is_overdue=is_overdue,
        days_left=(due_on - timezone.localdate(at)).days if due_on else None,
        unknown_year=projection.unknown_year,
        fault=projection.fault,
        joint=matter.joint,
        about_official=projection.guarded,
    )


def _searched(at: datetime, search: str, *, listed: _Listed) -> ResultSet[MatterProjection]:
    digits = plain_code(search)
    if digits and len(digits) == len(search.replace(" ", "").replace("-", "")):
        low, high = digits.ljust(NUMBER_DIGITS, "0"), digits.ljust(NUMBER_DIGITS, "9")
        return _numbered(at, low, high, listed=listed)
    words = search.lower()
    return _among(
        at, [pk for pk, text in _latest_said(at, listed=listed) if words in text.lower()], listed=listed
    )


@prepared_results({})
def _numbered(at: datetime, low: str, high: str, *, listed: _Listed) -> QuerySet[MatterProjection]:
    return listed.rows(at).filter(number__gte=low, number__lte=high)


@prepared_results({})
def _among(at: datetime, matter_ids: Collection[int], *, listed: _Listed) -> QuerySet[MatterProjection]:
    return listed.rows(at).filter(one_of("pk", matter_ids))


@prepared
def _latest_said(at: datetime, *, listed: _Listed) -> QuerySet[MatterText, tuple[int, str]]:
    """What was said in the latest matters of the list."""
    latest = listed.rows(at).order_by("-received_at").values("pk")[:MAX_READ_THROUGH]
    return MatterText.objects.filter(matter__in=latest).values_list("matter_id", "words")
