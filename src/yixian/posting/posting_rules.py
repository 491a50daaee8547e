"""公示规则: how long a list hangs and by when one may object, as the project's pack says it, or else the county's procedure."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from yixian.domain.policy import Pack
from yixian.domain.policy.survey import CALENDAR_DAYS
from yixian.domain.procedure import WorkCalendar
from yixian.domain.procedure.posting import PostingEvent, PostingLimit, PostingProcedure
from yixian.engines.procedure import procedures_of, read_texts
from yixian.engines.procedure.posting_files import load_postings
from yixian.posting.choices import PostedList
from yixian.posting.models import Posting

_MIN_PROOFS = 2


@dataclass(frozen=True, slots=True)
class RoundRules:
    """一轮规则: of one round of a list: its number of rounds in all, days, limits, and proofs that it hung."""

    rounds: int
    posting: PostingLimit
    objection_days: int
    answer_days: int
    proofs: int


def round_rules(pack: Pack, posted: PostedList, number: int) -> RoundRules | None:
    """The rules of a round as they are today, after the last one those of the last; None where the list has no round."""
    own = pack.survey.posting
    rounds = own.rounds_of(posted)
    procedure = _procedure(_folder())
    if rounds:
        one = rounds[min(number, len(rounds)) - 1]
        limit = PostingLimit(one.days, one.unit, own.document, own.clause)
        proofs = procedure.proofs if procedure else _MIN_PROOFS
        return RoundRules(len(rounds), limit, own.objection_days, own.recheck_days, proofs)
    in_all = procedure.rounds_of(posted) if procedure else 0
    if procedure is None or not in_all:
        return None
    limit = procedure.rounds[posted, min(number, in_all)]
    return RoundRules(in_all, limit, procedure.objection.days, procedure.answer.days, procedure.proofs)


def procedure_of(posting: Posting) -> PostingProcedure:
    """By what a posting is followed: by what held when it was prepared."""
    cited = posting.document, posting.clause
    return PostingProcedure(
        id="",
        title_zh="",
        title_en="",
        rounds={(posting.list, posting.round): PostingLimit(posting.days, posting.unit, *cited)},
        objection=PostingLimit(posting.objection_days, CALENDAR_DAYS, *cited),
        answer=PostingLimit(posting.answer_days, CALENDAR_DAYS, *cited),
        proofs=posting.proofs_needed,
    )


def events_of(posting: Posting) -> list[PostingEvent]:
    """What happened to it, in order."""
    return [
        PostingEvent(row.seq, row.at, row.kind, posting.list, posting.round, row.reason)
        for row in sorted(posting.events.all(), key=lambda row: row.seq)
    ]


def calendar() -> WorkCalendar:
    """The county's calendar of workdays."""
    return _calendar(_folder())


def _folder() -> str:
    return str(settings.YIXIAN_PROCEDURES)


@functools.lru_cache(maxsize=4)
def _procedure(folder: str) -> PostingProcedure | None:
    return load_postings(Path(folder), procedures_of(read_texts(Path(folder))).documents)


@functools.lru_cache(maxsize=4)
def _calendar(folder: str) -> WorkCalendar:
    return procedures_of(read_texts(Path(folder))).calendar.calendar(provisional=True)
