"""The way of a working group, stop by stop: each function goes from one to the next (as fixtures: `conftest`)."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from decimal import Decimal

from tests.working_groups.county import AT, PRICE, TODAY, County
from yixian.matters.models import Matter
from yixian.revisions.actions.adopt_revision import adopt_revision
from yixian.revisions.actions.begin_revision import Intent
from yixian.revisions.actions.compare_revision import compare_revision
from yixian.revisions.actions.take_step import approve, decide, submit
from yixian.revisions.models import Revision
from yixian.revisions.queries import revision_view
from yixian.working_groups.actions.answer_everybody import answer_everybody
from yixian.working_groups.actions.assign_check import assign_check
from yixian.working_groups.actions.close_checks import close_checks
from yixian.working_groups.actions.draw_sample import announce_sample, draw_sample
from yixian.working_groups.actions.link_revision import draft_standard, note_seen
from yixian.working_groups.actions.record_check import Finding, record_check
from yixian.working_groups.actions.send_report import (
    Letter,
    Recipient,
    end_replies,
    freeze_report,
    record_reply,
    send_report,
)
from yixian.working_groups.choices import CheckOutcome, RecipientKind, ReplyVerdict
from yixian.working_groups.models import SampledHousehold, WorkingGroup
from yixian.working_groups.queries.checks import lines_to_check

SOURCE = "福彩双色球 2026026 期开奖号码"
SEED = "03 11 17 20 28 31 + 09"
NUMBER = "三政发〔2026〕12号"
OPTIONS = "一、单价调至每平方米420元；二、维持现价，另给木料补助。"
INTENT = Intent(
    "关于调整土木结构房屋补偿单价的决定", "", "三江县人民政府", "木料和工钱涨了，重建不够。", TODAY
)
LATER = AT + timedelta(hours=1)


def drawn(county: County, group: WorkingGroup) -> list[SampledHousehold]:
    """Announce and draw; at ten points of a share of thirty, twenty-four are drawn."""
    clerk = county.actor("clerk")
    announce_sample(group.pk, SOURCE, actor=clerk, at=AT + timedelta(minutes=1))
    draw = draw_sample(group.pk, SEED, actor=clerk, at=LATER)
    return list(draw.households.order_by("order"))


def found(
    row: SampledHousehold, number: int = 0, *, at: datetime = LATER, quantity: str = "", **changes: object
) -> Finding:
    """A finding: what was recorded, unless said otherwise, and building costs around 430 yuan."""
    lines = lines_to_check(row, at=at)
    measured = {
        one.line_no: quantity or f"{row.household.items.get(line_no=one.line_no).quantity:f}" for one in lines
    }
    values = {
        "key": uuid.uuid4(),
        "outcome": CheckOutcome.DONE,
        "checked_on": TODAY,
        "measures": measured,
        "timber": "1850",
        "wage": "260",
        "rebuild": f"{420 + number}",
    } | changes
    return Finding(**values)


def checked(county: County, group: WorkingGroup, rows: list[SampledHousehold]) -> None:
    """Have everybody who was drawn checked: the first two measure more, the last refuses."""
    assign_check(
        group.pk, [row.pk for row in rows], county.users["surveyor"].pk, actor=county.actor("clerk"), at=LATER
    )
    surveyor = county.actor("surveyor")
    for number, row in enumerate(rows):
        finding = found(row, number, quantity="200" if number < 2 else "")
        if row is rows[-1]:
            finding = found(row, outcome=CheckOutcome.REFUSED)
        record_check(row.pk, finding, actor=surveyor, at=LATER)
    close_checks(group.pk, actor=county.actor("clerk"), at=LATER)


def drafted(county: County, group: WorkingGroup, price: str = "420") -> Revision:
    """Draft a new price, compare, and look at the effects."""
    clerk = county.actor("clerk")
    revision = draft_standard(group.pk, INTENT, {PRICE: price}, actor=clerk, at=LATER)
    compare_revision(revision.pk, actor=clerk, at=LATER)
    note_seen(group.pk, actor=clerk, at=LATER)
    return revision


def replied(county: County, group: WorkingGroup) -> None:
    """Send the report to three, and have them answer."""
    clerk = county.actor("clerk")
    freeze_report(group.pk, OPTIONS, actor=clerk, at=LATER)
    for kind, name in (
        (RecipientKind.OWNER, "三江水电开发公司"),
        (RecipientKind.DESIGN, "水电设计院"),
        (RecipientKind.HIGHER, "省移民局"),
    ):
        dispatch = send_report(group.pk, 1, Recipient(kind, name, TODAY), actor=clerk, at=LATER)
        letter = Letter(TODAY, ReplyVerdict.AGREE, "同意调整，差额列入概算调整。", "水司函〔2026〕8号")
        record_reply(group.pk, dispatch.pk, letter, actor=clerk, at=LATER)
    end_replies(group.pk, actor=clerk, at=LATER)


def decided(county: County, revision: Revision) -> None:
    """Have two others approve and decide."""
    submit(revision.pk, actor=county.actor("clerk"), at=LATER)
    comparison = revision_view(revision).comparison
    assert comparison is not None
    approve(revision.pk, comparison.evidence, actor=county.actor("lead"), at=LATER)
    decide(revision.pk, comparison.evidence, NUMBER, TODAY, actor=county.actor("leader"), at=LATER)


def adopted(county: County, revision: Revision) -> None:
    """Reckon every account again."""
    adopt_revision(revision.pk, actor=county.actor("clerk"), at=LATER)


def answered(county: County, group: WorkingGroup) -> dict[str, int]:
    """Answer everybody."""
    return answer_everybody(group.pk, actor=county.actor("clerk"), at=LATER)


def walked(county: County, group: WorkingGroup) -> None:
    """The whole way, from a group that was just opened."""
    checked(county, group, drawn(county, group))
    revision = drafted(county, group)
    replied(county, group)
    decided(county, revision)
    adopted(county, revision)
    answered(county, group)


def told(matter: Matter) -> list[str]:
    """What the office wrote to the person of a matter."""
    return [one.words for one in matter.messages.filter(by_person=False).order_by("pk")]


GAIN_A_METRE = Decimal(420) - Decimal(384)
