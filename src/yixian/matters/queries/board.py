"""清单与看板: the matters that an actor may see, by whose turn it is, with what is due first at the top."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.models import User
from yixian.matters.access import bodies_of, holder_at, holding, matter_scope, offered
from yixian.matters.choices import Channel, Topic
from yixian.matters.codes import plain_code
from yixian.matters.models import Matter, MatterEscalation, MatterStanding
from yixian.matters.procedures import clockwork
from yixian.matters.queries.page import state_label
from yixian.matters.rows import RowView
from yixian.registry.access import below

MOST_READ_THROUGH = 1000
"""So many matters, the latest of the list, are opened to look for words in them: what is said stands sealed, without an index."""

SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to look at the list."""

    name: str
    title: str | Promise


TABS = (
    Tab("mine", _("Mine to do")),
    Tab("body", _("With our office")),
    Tab("offered", _("Offered to us")),
    Tab("overdue", _("Overdue")),
    Tab("told", _("Told upwards to us")),
    Tab("open", _("All open")),
    Tab("closed", _("Closed")),
)


@dataclass(frozen=True, slots=True)
class Board:
    """看板: how many matters stand where, as far as the actor may see them."""

    mine: int
    body: int
    offered: int
    overdue: int
    soon: int
    open: int
    unsorted: int


def board(actor: Actor, *, at: datetime) -> Board:
    """The counts. What an actor may not see is in none of them."""
    mine = bodies_of(actor, at=at)
    held = holding(mine, at=at)
    rows = _standings(actor, at).filter(is_closed=False)
    late = Q(next_due_at__lte=at)
    found = rows.aggregate(
        mine=Count("pk", filter=held & Q(assignee_id=actor.user_id or 0)),
        body=Count("pk", filter=held),
        offered=Count("pk", filter=offered(mine, at=at)),
        overdue=Count("pk", filter=late),
        soon=Count("pk", filter=~late & Q(next_due_at__lte=at + SOON)),
        open=Count("pk"),
        unsorted=Count("pk", filter=Q(topic=Topic.UNSORTED)),
    )
    return Board(**found)


def matters(
    actor: Actor,
    *,
    at: datetime,
    tab: str = "open",
    topic: str = "",
    channel: str = "",
    area_path: str = "",
    search: str = "",
) -> QuerySet[Matter]:
    """The matters of a tab, what is due first at the top. ``search`` is a number, or words that were said.

    Words are looked for in the latest thousand of the list, because what was said stands sealed.
    """
    mine = bodies_of(actor, at=at)
    rows = _standings(actor, at)
    conditions = {
        "mine": Q(is_closed=False, assignee_id=actor.user_id or 0) & holding(mine, at=at),
        "body": Q(is_closed=False) & holding(mine, at=at),
        "offered": Q(is_closed=False) & offered(mine, at=at),
        "overdue": Q(is_closed=False, next_due_at__lte=at),
        "told": Q(is_closed=False)
        & Q(pk__in=MatterEscalation.objects.filter(body__in=mine).values("matter_id")),
        "closed": Q(is_closed=True),
    }
    rows = rows.filter(conditions.get(tab, Q(is_closed=False)))
    if topic in Topic.values:
        rows = rows.filter(topic=topic)
    if channel in Channel.values:
        rows = rows.filter(matter__channel=channel)
    if area_path:
        rows = rows.filter(below(area_path))
    found = Matter.objects.filter(pk__in=rows.values("pk"))
    due_first = (F("standing__next_due_at").asc(nulls_last=True), "received_at", "pk")
    found = found.order_by(*(("-received_at", "-pk") if tab == "closed" else due_first))
    return _searched(found, search.strip()) if search.strip() else found


def rows_of(rows: Iterable[Matter] | QuerySet[Matter], *, at: datetime) -> list[RowView]:
    """Matters as rows of a list."""
    if isinstance(rows, QuerySet):
        rows = rows.select_related("area", "standing__holder", "standing__offered_to").defer("code")
    rows = list(rows)
    ids = {row.standing.assignee_id for row in rows if row.standing.assignee_id}
    users = {user.pk: str(user) for user in User.objects.filter(pk__in=ids)} if ids else {}
    return [_row(row, users, at) for row in rows]


def _row(matter: Matter, users: dict[int, str], at: datetime) -> RowView:
    standing = matter.standing
    work = clockwork(matter.edition_id, matter.kind)
    taken = holder_at(standing, at=at) == standing.offered_to_id and standing.offered_to_id is not None
    holder = standing.offered_to if taken else standing.holder
    clock = next((one for one in work.procedure.clocks if one.id == standing.next_clock), None)
    due = standing.next_due_at
    due_on = timezone.localtime(due - timedelta(seconds=1)).date() if due else None
    return RowView(
        number=matter.number,
        topic_label=str(Topic(standing.topic).label),
        channel_label=str(matter.get_channel_display()),
        area=matter.area.label,
        received_at=matter.received_at,
        state=standing.state,
        state_label=state_label(work, standing.state),
        is_closed=standing.is_closed,
        holder=holder.label if holder else "",
        offered_to="" if taken or standing.offered_to is None else standing.offered_to.label,
        assignee="" if taken else users.get(standing.assignee_id or 0, ""),
        next_clock=clock.title(language()) if clock else "",
        next_due_on=due_on,
        is_overdue=due is not None and due <= at,
        days_left=(due_on - timezone.localtime(at).date()).days if due_on else None,
        unknown_year=standing.unknown_year,
        joint=matter.joint,
        about_official=matter.about_official,
    )


def _standings(actor: Actor, at: datetime) -> QuerySet[MatterStanding]:
    return MatterStanding.objects.filter(pk__in=matter_scope(actor, at=at).values("pk"))


def _searched(rows: QuerySet[Matter], search: str) -> QuerySet[Matter]:
    digits = plain_code(search)
    if digits and len(digits) == len(search.replace(" ", "").replace("-", "")):
        return rows.filter(number__startswith=digits)
    words = search.lower()
    latest = rows.order_by("-received_at").select_related("text").defer("code")[:MOST_READ_THROUGH]
    hits = [row.pk for row in latest if words in row.text.words.lower()]
    return rows.filter(pk__in=hits)
