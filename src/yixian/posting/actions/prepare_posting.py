"""编制公示: make a village's list for its next round from the register as it stands."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel
from yixian.domain.procedure.posting import CLOSED, CONFIRMED
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.policies.queries import pack_in_force
from yixian.posting.access import KEEPERS
from yixian.posting.choices import PostedList
from yixian.posting.models import PostedLine, Posting
from yixian.posting.posting_rules import round_rules
from yixian.posting.queries import course_of, unanswered
from yixian.posting.register_lines import changes, posted_lines, register_lines, sha256_of
from yixian.registry.models import Area
from yixian.registry.queries.areas import get_area


@transaction.atomic
def prepare_posting(area_id: int, posted: PostedList, as_of: date, *, actor: Actor, at: datetime) -> Posting:
    """Make the list of a village for its next round: all lines in the first, what changed since in every later one.

    What changes after the last round, also after the list was locked, hangs in a round of its own, as long as the last one did.
    Raises `NotFound` out of reach, `NotPermitted` without the role, `Invalid` for what is no village, `Refused` where no rule
    says how long it hangs, while an earlier round is not closed or an objection is not answered, and with nothing to post.
    """
    person = require_person(actor, KEEPERS)
    area = get_area(actor.acting_as(KEEPERS), area_id)
    if area.level != AreaLevel.VILLAGE:
        raise Invalid("posting.village", _("A list is posted by village: choose one."), field="area")
    Area.objects.select_for_update().get(pk=area.pk)  # two who prepare the same round wait for each other
    pack = pack_in_force(area.path, as_of)
    last = _last_round(area, posted, at)
    number = last.round + 1 if last else 1
    if as_of > timezone.localdate(at) or (last is not None and as_of < last.as_of):
        words = _("The day lies between that of the round before and today.")
        raise Invalid("posting.as_of", words, field="as_of")
    rules = round_rules(pack[1], posted, number) if pack else None
    if pack is None or rules is None:
        raise Refused("posting.no_rules", _("Nothing says how long this list hangs here."))
    lines = register_lines(area, posted, as_of, pack[1])
    if number == 1 and not lines:
        raise Refused(
            "posting.empty", _("There is nothing to post: the register has no line of this list here.")
        )
    if number > 1:
        lines = changes(posted_lines(area.pk, posted), lines)
    if number > rules.rounds and not lines:
        raise Refused(
            "posting.last_round", _("All rounds of this list have hung, and nothing has changed since.")
        )
    posting = Posting.objects.create(
        area=area,
        area_path=area.path,
        list=posted,
        round=number,
        rounds=max(rules.rounds, number),
        as_of=as_of,
        pack_version=pack[0],
        days=rules.posting.days,
        unit=rules.posting.unit,
        objection_days=rules.objection_days,
        answer_days=rules.answer_days,
        proofs_needed=rules.proofs,
        document=rules.posting.document,
        clause=rules.posting.clause,
        sha256=sha256_of(lines),
        prepared_by_id=person,
        prepared_at=at,
    )
    PostedLine.objects.bulk_create(
        PostedLine(
            posting=posting,
            position=position,
            household_no=line.household_no,
            head_name=line.head_name,
            line_no=line.line_no,
            item_code=line.item_code,
            quantity=line.quantity,
            detail=line.detail,
            is_gone=line.is_gone,
        )
        for position, line in enumerate(lines, 1)
    )
    data = {"list": posted, "round": number, "lines": len(lines), "sha256": posting.sha256}
    record(Entry("posting.prepared", "posting", posting.pk, area.path, data), actor=actor, at=at)
    return posting


def _last_round(area: Area, posted: PostedList, at: datetime) -> Posting | None:
    """The round after which another may come; None before the first. Raises `Refused` while none may."""
    last = Posting.objects.filter(area=area, list=posted).order_by("round").last()
    if last is None:
        return None
    if course_of(last, at=at).state not in {CLOSED, CONFIRMED}:
        raise Refused("posting.open_round", _("The round before is not closed yet."))
    if unanswered([area.pk], posted).exists():
        raise Refused("posting.unanswered", _("An objection to an earlier round is not answered yet."))
    return last
