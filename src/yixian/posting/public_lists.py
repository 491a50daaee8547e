"""公众看的名单: postings that hang or hung, with what of their lines everybody may read.

Of a household there stand its number, the family name of its head, and its lines; the names of its members hang in the village
alone. What was never put up, or is void, is not here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.domain.procedure.posting import CLOSED, CONFIRMED, HANGING, HUNG
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.memo import memoised
from yixian.policies.queries import read_pack
from yixian.posting.choices import PostedList
from yixian.posting.models import Posting, PostingEvent
from yixian.posting.posting_rules import calendar
from yixian.posting.queries import PostingView, course_of
from yixian.posting.register_lines import ListLine, line_of
from yixian.registry.models import Area

_PUBLIC = (HANGING, HUNG, CONFIRMED, CLOSED)
"""States that everybody sees, in the order in which lists of postings show them."""


@dataclass(frozen=True, slots=True)
class PublicLine:
    """A line as everybody may read it."""

    household_no: str
    head: str
    item: str
    quantity: Decimal
    unit: str
    is_gone: bool


def public_postings(search: str = "", posted: str = "", *, at: datetime) -> list[PostingView]:
    """What hangs, the one that comes down first first, then what has hung, the latest first."""
    wanted = search.casefold()
    return [
        view
        for view in _seen_on(timezone.localdate(at))
        if (not posted or view.posting.list == posted) and (not wanted or wanted in _places(view))
    ]


@memoised(Area, Posting, PostingEvent)
def _seen_on(day: date) -> list[PostingView]:
    """Everything that everybody sees on a day: what hangs comes down at midnight, so a day is one moment."""
    end = calendar().end_of(day.toordinal()) - timedelta(seconds=1)
    rows = Posting.objects.filter(events__isnull=False).distinct()
    found = (
        PostingView(row, course_of(row, at=end))
        for row in rows.select_related("area__parent").prefetch_related("events")
    )
    return sorted((view for view in found if view.course.state in _PUBLIC), key=_by_day)


def _places(view: PostingView) -> str:
    """The names by which a village is searched."""
    area = view.posting.area
    places = (area, area.parent) if area.parent else (area,)
    return " ".join(f"{place.name} {place.name_en}" for place in places).casefold()


def public_posting(posting_id: int, *, at: datetime) -> PostingView:
    """One that hangs or hung. Raises `NotFound`."""
    posting = Posting.objects.select_related("area").prefetch_related("events").filter(pk=posting_id).first()
    view = PostingView(posting, course_of(posting, at=at)) if posting else None
    if view is None or view.course.state not in _PUBLIC:
        raise NotFound("posting.none", _("There is no such posting."))
    return view


def public_lines(posting: Posting, search: str = "") -> list[PublicLine]:
    """The lines of a posting, of all households or of those whose number contains what is searched for."""
    pack = read_pack(posting.pack_version_id)
    rows = posting.lines.order_by("position")
    if search:
        rows = rows.filter(household_no__icontains=search)
    return [_public(line_of(row), posting.list, pack) for row in rows]


def item_and_unit(pack: Pack, posted: str, line: ListLine) -> tuple[str, str]:
    """What a line is of, and its unit, in the language being spoken."""
    if posted == PostedList.POPULATION:
        return str(PostedList.POPULATION.label), str(_("persons"))
    item = pack.items.get(line.item_code)
    if item is None:
        return line.item_code, ""
    unit = pack.units.get(item.unit)
    return item.name(language()), (unit.zh if language() == "zh" else unit.en) if unit else item.unit


def _public(line: ListLine, posted: str, pack: Pack) -> PublicLine:
    item, unit = item_and_unit(pack, posted, line)
    return PublicLine(line.household_no, family_name(line.head_name), item, line.quantity, unit, line.is_gone)


def family_name(name: str) -> str:
    """The first sign of a name and 某 for each of the others: enough for the household to know itself."""
    return name[:1] + "某" * max(len(name) - 1, 0)


def _by_day(view: PostingView) -> tuple[int, int]:
    last = view.last_day or 0
    return (0, last) if view.course.state == HANGING else (1, -last)
