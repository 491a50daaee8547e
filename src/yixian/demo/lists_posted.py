"""示范公示: lists of four villages — one locked, one in its second round, one hanging with an objection, one void.

The days lie before the day on which the demonstration is made, because a list hangs for a week.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

from django.db import transaction
from django.utils import timezone

from yixian.demo.sign_ins import CLERK, user_actor
from yixian.domain.areas import AreaLevel
from yixian.domain.procedure import UnknownYear
from yixian.kernel.actors import Actor
from yixian.kernel.received.upload import Upload
from yixian.lazy_imports import Image
from yixian.posting.actions.keep_posting import close_round, prove_posting, put_up, take_down
from yixian.posting.actions.lock_list import agree_lock, propose_lock
from yixian.posting.actions.object_to_posting import Said, take_objection
from yixian.posting.actions.prepare_posting import prepare_posting
from yixian.posting.choices import ObjectionChannel, PostedList
from yixian.posting.models import Posting
from yixian.posting.posting_rules import calendar
from yixian.registry.models import Area

_WALL = "村委会公示栏"
_OPINION = "两河政函〔2026〕31号（演示）"
_WRONG = "偏房量少了一间，请再量一遍。（演示）"
_ROUND = timedelta(days=13)
"""A week, with a last day that may move over a holiday, and some."""


def are_lists_posted() -> bool:
    """Whether any list was prepared."""
    return Posting.objects.exists()


@transaction.atomic
def post_lists(*, at: datetime) -> None:
    """Post lists in the first four villages that have households; none where the workdays of the year are not known yet."""
    try:
        calendar().after(calendar().local_day(at), _ROUND.days, working=False)
    except UnknownYear:
        return
    clerk = user_actor(CLERK, at=at)
    villages = Area.objects.filter(level=AreaLevel.VILLAGE, children__households__isnull=False)
    names = ("locked", "second", "hanging", "void")
    found = dict(zip(names, villages.distinct().order_by("path")[: len(names)], strict=False))
    if "locked" in found:
        _lock(found["locked"], clerk, at)
    if "second" in found:
        _hang_through(_prepared(found["second"], PostedList.PROPERTY, clerk, at - _ROUND), clerk, at - _ROUND)
        put_up(_prepared(found["second"], PostedList.PROPERTY, clerk, at).pk, _WALL, actor=clerk, at=at)
    if "hanging" in found:
        _object(_prepared(found["hanging"], PostedList.PROPERTY, clerk, at - timedelta(days=2)), clerk, at)
    if "void" in found:
        posting = _prepared(found["void"], PostedList.LAND, clerk, at - timedelta(days=3))
        put_up(posting.pk, _WALL, actor=clerk, at=at - timedelta(days=3))
        take_down(posting.pk, "被大风刮落。（演示）", actor=clerk, at=at - timedelta(days=1))


def _prepared(village: Area, posted: PostedList, clerk: Actor, at: datetime) -> Posting:
    return prepare_posting(village.pk, posted, timezone.localdate(at), actor=clerk, at=at)


def _hang_through(posting: Posting, clerk: Actor, at: datetime) -> None:
    put_up(posting.pk, _WALL, actor=clerk, at=at)
    for days in range(posting.proofs_needed):
        shown = at + timedelta(days=days, hours=1)
        prove_posting(posting.pk, _photograph(), _WALL, actor=clerk, at=shown)
    close_round(posting.pk, actor=clerk, at=at + _ROUND)


def _lock(village: Area, clerk: Actor, at: datetime) -> None:
    began = at - 2 * _ROUND
    _hang_through(_prepared(village, PostedList.POPULATION, clerk, began), clerk, began)
    last = _prepared(village, PostedList.POPULATION, clerk, began + _ROUND)
    _hang_through(last, clerk, began + _ROUND)
    propose_lock(last.pk, _OPINION, actor=clerk, at=at)
    agree_lock(last.pk, actor=user_actor("county", at=at), at=at)


def _object(posting: Posting, clerk: Actor, at: datetime) -> None:
    put_up(posting.pk, _WALL, actor=clerk, at=at - timedelta(days=2))
    prove_posting(posting.pk, _photograph(), _WALL, actor=clerk, at=at - timedelta(days=1))
    line = posting.lines.order_by("position")[0]
    said = Said(ObjectionChannel.COUNTER, line.household_no, _WRONG, line.line_no, line.head_name)
    take_objection(posting.pk, said, actor=clerk, at=at - timedelta(hours=2))


def _photograph() -> Upload:
    """A drawn wall: a demonstration has no photographs of real ones."""
    picture = Image.new("RGB", (320, 240), "#c9b79c")
    picture.paste("#fbfaf5", (60, 50, 260, 190))
    file = BytesIO()
    picture.save(file, "JPEG")
    return Upload("wall.jpg", file.getvalue())
