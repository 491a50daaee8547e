"""制发公文: draft a formal paper, review it, issue it under the next number of its body and year, record its delivery."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.languages import language
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.kernel.workflow import Step
from yixian.matters import limits
from yixian.matters.access import HANDLERS
from yixian.matters.choices import DeliveryWay, FormalPaperKind
from yixian.matters.formal_steps import DELIVER, ISSUE, RETURN, REVIEW
from yixian.matters.intake import require_words
from yixian.matters.models import FormalPaper, FormalStep, MatterProjection, PaperNumber
from yixian.matters.queries.formal_papers import FormalView, draft_of, get_paper
from yixian.registry.models import Organisation

_CODE = re.compile(r"[\w·（）()-]{1,20}")
_TO_ORGANISATIONS = frozenset({FormalPaperKind.FORWARDING, FormalPaperKind.ASSIGNMENT})


@transaction.atomic
def draft_paper(number: str, kind: str, words: str, *, actor: Actor, at: datetime) -> FormalPaper:
    """Draft a paper about what one's body did with a matter. Raises `NotFound` where there is nothing to tell by such a paper."""
    user = require_person(actor, HANDLERS)
    matter, paper_kind, event, _text = draft_of(actor, number, kind, at=at)
    MatterProjection.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    draft_of(actor, number, kind, at=at)
    paper = FormalPaper.objects.create(
        matter=matter,
        kind=paper_kind,
        seq=event.seq,
        organisation_id=event.actor_organisation_id or 0,
        receiver=event.to_organisation if paper_kind in _TO_ORGANISATIONS else None,
        lang=language(),
        words=require_words("words", words),
        by_id=user,
        at=at,
    )
    _record("drafted", paper, actor, at)
    return paper


@transaction.atomic
def review_paper(paper_id: int, *, actor: Actor, at: datetime) -> FormalStep:
    """审签: somebody who did not draft it has read it and agrees."""
    return _take(REVIEW, _locked(paper_id, actor, at), actor, at)


@transaction.atomic
def return_paper(paper_id: int, words: str, *, actor: Actor, at: datetime) -> FormalStep:
    """退回: it is not issued, for this reason; another may be drafted."""
    said = require_words("words", words, limits.MAX_REASON)
    return _take(RETURN, _locked(paper_id, actor, at), actor, at, words=said)


@transaction.atomic
def issue_paper(paper_id: int, code: str, *, actor: Actor, at: datetime) -> PaperNumber:
    """签发: it gets the next number of its body in this year; ``code`` are the letters before it (机关代字)."""
    letters = "".join(code.split())
    if not _CODE.fullmatch(letters):
        raise Invalid(
            "formal.code", _("Give the letters of your body, as they stand before its numbers."), field="code"
        )
    view = _locked(paper_id, actor, at)
    organisation = view.paper.organisation_id
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation)
    _take(ISSUE, view, actor, at)
    on = timezone.localdate(at)
    last = PaperNumber.objects.filter(organisation=organisation, year=on.year).order_by("-number").first()
    return PaperNumber.objects.create(
        paper=view.paper,
        organisation_id=organisation,
        code=letters,
        year=on.year,
        number=last.number + 1 if last else 1,
        on=on,
    )


@transaction.atomic
def deliver_paper(paper_id: int, on: date, way: DeliveryWay, *, actor: Actor, at: datetime) -> FormalStep:
    """送达: on which day it reached whom it is for, and how."""
    view = _locked(paper_id, actor, at)
    issued = view.number.on if view.number else timezone.localdate(at)
    if not issued <= on <= timezone.localdate(at):
        raise Invalid("formal.day", _("The day lies between the paper's own and today."), field="on")
    return _take(DELIVER, view, actor, at, on=on, way=way)


def _locked(paper_id: int, actor: Actor, at: datetime) -> FormalView:
    get_paper(actor, paper_id, at=at)
    FormalPaper.objects.select_for_update(of=("self",)).get(pk=paper_id)
    return get_paper(actor, paper_id, at=at)


def _take(
    step: Step[FormalView],
    view: FormalView,
    actor: Actor,
    at: datetime,
    *,
    words: str = "",
    on: date | None = None,
    way: str = "",
) -> FormalStep:
    user = step.check(view, actor, at)
    taken = FormalStep.objects.create(
        paper=view.paper, kind=step.event, words=words, on=on, way=way, by_id=user, at=at
    )
    _record(step.event, view.paper, actor, at)
    return taken


def _record(kind: str, paper: FormalPaper, actor: Actor, at: datetime) -> None:
    matter = paper.matter
    data = {"paper": paper.pk, "kind": paper.kind}
    record(Entry(f"paper.{kind}", "matter", matter.pk, matter.area_path, data), actor=actor, at=at)
