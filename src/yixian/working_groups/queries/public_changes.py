"""公开查询: what everybody may know of signals and working groups. No sum of a household, no person, nothing of fewer than ten.

What is drafted and not decided is not told: only that it is being drafted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.matters.matter_read_models import CitedView
from yixian.working_groups.choices import RecipientKind, ReplyVerdict
from yixian.working_groups.estimates import Findings, findings
from yixian.working_groups.frames import seed_text
from yixian.working_groups.limits import MIN_HOUSEHOLDS
from yixian.working_groups.models import Sample
from yixian.working_groups.pricing import ClausePrice
from yixian.working_groups.queries.groups import GroupView, clause_of, every_group, group_view
from yixian.working_groups.queries.outcomes import households_touched, new_prices
from yixian.working_groups.queries.reports import sent
from yixian.working_groups.queries.signals import SignalView, every_signal, signal_views
from yixian.working_groups.report.paper import household_count_sentence
from yixian.working_groups.report.report_facts import group_household_count
from yixian.working_groups.signals.household_counts import HouseholdCount

MAX_SIGNALS = 50


@dataclass(frozen=True, slots=True)
class PublicReply:
    """What kind of recipient answered what, and when."""

    kind: str
    name: str
    sent_on: date
    received_on: date | None
    verdict: str


@dataclass(frozen=True, slots=True)
class PublicSample:
    """The draw, so that anybody can repeat it; the findings once the checks have ended."""

    sample: Sample
    size: int
    seed: str
    drawn_at: datetime | None
    numbers: tuple[int, ...]
    found: Findings | None


@dataclass(frozen=True, slots=True)
class GroupStory:
    """一件事的始末."""

    view: GroupView
    clause: CitedView
    household_count: HouseholdCount
    similar_matters: str
    prices: list[ClausePrice]
    sample: PublicSample | None
    replies: tuple[PublicReply, ...]
    touched: int | None


@dataclass(frozen=True, slots=True)
class PublicChanges:
    """Everything there is to tell: the groups, the latest first, and signals that have none."""

    groups: list[tuple[GroupView, CitedView]]
    signals: list[SignalView]


def changes(*, at: datetime) -> PublicChanges:
    """All groups with where they stand, and the latest signals for which none was opened."""
    views = [group_view(group) for group in every_group()]
    told = [(view, clause_of(view.group)) for view in views]
    rows = every_signal().filter(groups=None)[:MAX_SIGNALS]
    return PublicChanges(told, signal_views(rows, at=at))


def story(group_id: int, *, at: datetime) -> GroupStory:
    """One group's whole way, as far as it has come. Raises `NotFound`."""
    group = every_group().filter(pk=group_id).first()
    if group is None:
        raise NotFound("group.not_found", _("There is no such working group."))
    view = group_view(group)
    tally = group_household_count(group)
    return GroupStory(
        view=view,
        clause=clause_of(group),
        household_count=tally,
        similar_matters=household_count_sentence(tally.households, tally.villages, tally.others),
        prices=new_prices(view, language()),
        sample=_sample(view),
        replies=tuple(
            PublicReply(
                kind=str(RecipientKind(one.dispatch.kind).label),
                name=one.dispatch.name,
                sent_on=one.dispatch.sent_on,
                received_on=one.reply.received_on if one.reply else None,
                verdict=str(ReplyVerdict(one.reply.verdict).label) if one.reply else "",
            )
            for one in sent(group, at=at)
        ),
        touched=households_touched(view),
    )


def _sample(view: GroupView) -> PublicSample | None:
    sample = Sample.objects.filter(group=view.group).select_related("draw").first()
    if sample is None:
        return None
    draw = getattr(sample, "draw", None)
    numbers = tuple(draw.households.values_list("number", flat=True).order_by("order")) if draw else ()
    ended = draw is not None and any(one.kind == "checked" for one in view.steps)
    return PublicSample(
        sample=sample,
        size=sample.size if sample.size >= MIN_HOUSEHOLDS else 0,
        seed=seed_text(sample, draw.seed) if draw else "",
        drawn_at=timezone.localtime(draw.at) if draw else None,
        numbers=numbers if sample.size >= MIN_HOUSEHOLDS else (),
        found=findings(sample) if ended else None,
    )
