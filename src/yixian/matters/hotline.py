"""热线转办: the calls of a hotline's list as matters. The list is checked as a whole, and taken in as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from yixian.domain.areas import AreaLevel
from yixian.domain.text import plain_text
from yixian.engines.hotline import Call, HotlineFault, HotlineList, read_hotline
from yixian.engines.hotline.hotline_columns import COLUMNS
from yixian.matters import limits
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.codes import key_of_source
from yixian.matters.intake import Complainant, Submission
from yixian.matters.models import Matter
from yixian.registry.models import Area

_TOPICS = {
    "实物调查": Topic.INVENTORY,
    "搬迁": Topic.MOVE,
    "后期扶持": Topic.LAND,
    "生产生活": Topic.PUBLIC_WORKS,
    "干部作风": Topic.CONDUCT,
    "其他": Topic.OTHER,
}
"""What the hotline's words are here. Those that could be several things (补偿, 安置) somebody sorts."""

_HEADS = {column.key: column.zh for column in COLUMNS}


def checked(content: bytes, *, at: datetime) -> HotlineList:
    """The list as it was read, with its faults, and those that only this house can see: a call that is too long for a
    matter, or whose number was taken in before with other words. Whatever has a fault is not among its calls.
    """
    read = read_hotline(content, latest=timezone.localtime(at).replace(tzinfo=None))
    known = _words_by_key(read.calls)
    faults = [fault for call in read.calls if (fault := _fault(call, known)) is not None]
    wrong = {fault.row for fault in faults}
    calls = tuple(call for call in read.calls if call.row not in wrong)
    return HotlineList(calls, tuple(sorted((*read.faults, *faults), key=lambda one: one.row)), read.rows)


def is_valid(found: HotlineList) -> bool:
    """Whether it can be taken in: there is something in it, and nothing is wrong with it."""
    return bool(found.calls) and all(fault.is_note for fault in found.faults)


@dataclass(frozen=True, slots=True)
class Places:
    """Townships and villages by name, to find where a call is about from what the hotline wrote."""

    townships: tuple[Area, ...]
    villages: tuple[Area, ...]

    def of(self, words: str) -> int | None:
        """The one village that the words name, else the one township, else None: then it is the county's."""
        towns = [area for area in self.townships if area.name in words]
        villages = [area for area in self.villages if area.name in words]
        if towns:
            villages = [area for area in villages if any(area.path.startswith(one.path) for one in towns)]
        for found in (villages, towns):
            if len(found) == 1:
                return int(found[0].pk)
        return None


def all_places() -> Places:
    """The register's townships and villages."""
    rows = list(Area.objects.filter(level__in=(AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)).order_by("path"))
    return Places(
        tuple(area for area in rows if area.level == AreaLevel.TOWNSHIP),
        tuple(area for area in rows if area.level == AreaLevel.VILLAGE),
    )


def submission_of(call: Call, places: Places) -> Submission:
    """A call as a matter. Its number is its key, so that the same call is taken in once however often a list is sent.

    Who called, and where they live, are sealed with the person; of a call without a name and a number nothing of it is kept.
    A call about how officials behave is one about somebody in office whom nobody has named yet.
    """
    topic = _TOPICS.get(call.topic, Topic.UNSORTED)
    named = bool(call.name or call.phone)
    who = f"{call.name}（{call.place}）" if call.place else call.name
    return Submission(
        key=key_of_source(call.no),
        words=call.text,
        topic=topic,
        channel=IntakeChannel.HOTLINE,
        people=(Complainant(who[: limits.MAX_NAME], call.phone[: limits.MAX_PHONE]),) if named else (),
        anonymous=not named,
        area_id=places.of(call.place),
        about_official=topic == Topic.CONDUCT,
        source_no=call.no,
        received_at=timezone.make_aware(call.received_at),
    )


def _words_by_key(calls: Iterable[Call]) -> dict[str, str]:
    """What was taken in before under these numbers."""
    keys = [key_of_source(call.no) for call in calls]
    found: dict[str, str] = {}
    for start in range(0, len(keys), 500):
        rows = Matter.objects.filter(key__in=keys[start : start + 500]).select_related("text")
        found |= {str(row.key): row.text.words for row in rows.defer("code")}
    return found


def _fault(call: Call, known: dict[str, str]) -> HotlineFault | None:
    words = plain_text(call.text).strip()
    blank = HotlineFault(call.row, "", "", "", "")
    if len(words) > limits.MAX_WORDS:
        return replace(
            blank,
            column=_HEADS["text"],
            rule="cell.length",
            sentence=f"超过 {limits.MAX_WORDS} 个字。",
            english=f"This is longer than {limits.MAX_WORDS} characters.",
            value=words[:20],
        )
    if known.get(str(key_of_source(call.no)), words) != words:
        return replace(
            blank,
            column=_HEADS["no"],
            rule="row.other_words",
            sentence="这个编号登记过，内容不一样。是另一件就换编号，是同一件就删掉这一行。",
            english="This number was taken in before with other words. Give another matter another number, or delete the row.",
            value=call.no,
        )
    return None
