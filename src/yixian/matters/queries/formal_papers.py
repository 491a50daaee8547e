"""公文查询: which formal papers a matter still lacks, those that were drafted, and where each stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.memo import memoised
from yixian.kernel.pending import NOTHING, Pending
from yixian.kernel.prepared import prepared
from yixian.kernel.result_sets import ResultSet
from yixian.matters.access import HANDLERS, OFFICE_HEADS, get_matter, matter_scope, organisations_of
from yixian.matters.choices import FormalPaperKind, FormalStepKind
from yixian.matters.colleagues import acting_users
from yixian.matters.formal_texts import formal_text
from yixian.matters.models import FormalPaper, FormalStep, Matter, MatterEvent, PaperNumber

PAPERS_OF = {
    "accepted": (FormalPaperKind.ACCEPTANCE,),
    "not_accepted": (FormalPaperKind.REFUSAL,),
    "forwarded": (FormalPaperKind.FORWARDING, FormalPaperKind.ASSIGNMENT),
    "extension_approved": (FormalPaperKind.EXTENSION,),
    "decided": (FormalPaperKind.DECISION,),
    "review_decided": (FormalPaperKind.REVIEW,),
    "rereview_decided": (FormalPaperKind.FINAL,),
}
"""By which papers an event is told; of several, by one of them."""


@dataclass(frozen=True, slots=True)
class FormalView:
    """A paper with where it stands (``stage`` is its latest step, "" for a draft). ``mine``: the actor acts for its body."""

    paper: FormalPaper
    stage: str
    number: PaperNumber | None
    steps: tuple[FormalStep, ...]
    mine: bool

    @property
    def stage_label(self) -> str:
        """Where it stands, in words."""
        return str(FormalStepKind(self.stage).label) if self.stage else str(_("Draft, waits for review"))


def papers_of(actor: Actor, matter: Matter, *, at: datetime) -> list[FormalView]:
    """The papers of a matter that the actor sees, in their order."""
    mine = organisations_of(actor, at=at) if actor.has_any(HANDLERS) else frozenset()
    return [_view(row, mine) for row in _of_matter(matter.pk)]


def own_papers(matter: Matter) -> list[FormalView]:
    """The papers that were delivered to the person, of a matter that they have proven to be theirs; in their order."""
    if not _is_anything_drafted():
        return []
    rows = _staged(FormalPaper.objects.filter(matter=matter, receiver=None)).filter(
        stage=FormalStepKind.DELIVERED
    )
    return [_view(row, frozenset()) for row in rows.order_by("pk")]


def own_paper(matter: Matter, paper_id: int) -> FormalView:
    """One of these. Raises `NotFound` for any other."""
    for view in own_papers(matter):
        if view.paper.pk == paper_id:
            return view
    raise NotFound("formal.not_found", _("There is no such paper."))


def missing_papers(actor: Actor, matter: Matter, *, at: datetime) -> list[tuple[FormalPaperKind, int]]:
    """The papers that the actor's body could draft now, each with the event that it tells of."""
    if not actor.has_any(HANDLERS):
        return []
    mine = organisations_of(actor, at=at)
    rows = matter.events.filter(kind__in=PAPERS_OF, actor_organisation__in=mine).order_by("seq")
    told = {row.seq for row in _of_matter(matter.pk) if row.stage != FormalStepKind.RETURNED}
    return [(kind, row.seq) for row in rows if row.seq not in told for kind in PAPERS_OF[row.kind]]


def draft_of(
    actor: Actor, number: str, kind: str, *, at: datetime
) -> tuple[Matter, FormalPaperKind, MatterEvent, str]:
    """What a paper would say: matter, kind, the event that it tells of, and its paragraphs. Raises `NotFound` where the actor's
    body has none of this kind to draft.
    """
    matter = get_matter(actor, number, at=at)
    seqs = [seq for one, seq in missing_papers(actor, matter, at=at) if one == kind]
    if not seqs:
        raise NotFound("formal.nothing", _("There is no such paper to draft."))
    event = matter.events.select_related("to_organisation").get(seq=seqs[-1])
    paper = FormalPaperKind(kind)
    return matter, paper, event, formal_text(paper, matter, event, at=at)


def get_paper(actor: Actor, paper_id: int, *, at: datetime) -> FormalView:
    """One paper, for those who act for its body and reach its matter. Raises `NotFound` for everybody else."""
    row = _of_own_organisations(actor, at).filter(pk=paper_id).first()
    if row is None:
        raise NotFound("formal.not_found", _("There is no such paper."))
    return _view(row, organisations_of(actor, at=at))


def papers_to_review(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """Drafts of the actor's body that somebody else wrote (worklist)."""
    if not actor.has_any(HANDLERS) or not _is_anything_drafted():
        return NOTHING
    rows = _of_own_organisations(actor, at).filter(stage=None).exclude(by=actor.user_id)
    return ResultSet(rows.order_by("pk"), read=_pending)


def papers_to_issue(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """Reviewed drafts of the body that the actor heads, written by somebody else (worklist)."""
    if not actor.has_any(OFFICE_HEADS) or not _is_anything_drafted():
        return NOTHING
    rows = _of_own_organisations(actor.acting_as(OFFICE_HEADS), at, scope=actor)
    rows = rows.filter(stage=FormalStepKind.REVIEWED).exclude(by=actor.user_id)
    return ResultSet(rows.order_by("pk"), read=_pending)


def papers_to_deliver(actor: Actor, *, at: datetime) -> ResultSet[Pending]:
    """Issued papers of the actor's body that nobody has delivered (worklist)."""
    if not actor.has_any(HANDLERS) or not _is_anything_drafted():
        return NOTHING
    rows = _of_own_organisations(actor, at).filter(stage=FormalStepKind.ISSUED)
    return ResultSet(rows.order_by("pk"), read=_pending)


@memoised(FormalPaper)
def _is_anything_drafted() -> bool:
    """Whether any paper was ever drafted: where none was, nothing needs to be looked for."""
    return FormalPaper.objects.exists()


def awaited_people(view: FormalView, *, at: datetime) -> list[str] | None:
    """The names of those who can review or issue a paper as it stands; None where it waits for neither."""
    roles = {"": HANDLERS, FormalStepKind.REVIEWED: OFFICE_HEADS}.get(view.stage)
    if roles is None:
        return None
    people = acting_users(view.paper.organisation_id, at=at)
    return [str(user) for user, actor in people if user.pk != view.paper.by_id and actor.has_any(roles)]


def code_used_before(organisation_id: int) -> str:
    """The letters with which the body's last number began; "" where it has issued nothing yet."""
    rows = PaperNumber.objects.filter(organisation=organisation_id).order_by("-pk")
    return rows.values_list("code", flat=True).first() or ""


def _of_own_organisations(actor: Actor, at: datetime, scope: Actor | None = None) -> QuerySet[Any]:
    mine = organisations_of(actor, at=at) if actor.has_any(HANDLERS) else frozenset()
    reach = matter_scope(scope or actor, at=at).values("pk")
    return _staged(FormalPaper.objects.filter(Q(organisation__in=mine), matter__in=reach))


def _staged(rows: QuerySet[Any]) -> QuerySet[Any]:
    latest = FormalStep.objects.filter(paper=OuterRef("pk")).order_by("-pk")
    found: QuerySet[Any] = rows.select_related("matter", "organisation__area", "receiver", "by").annotate(
        stage=Subquery(latest.values("kind")[:1])
    )
    return found


@prepared
def _of_matter(matter_id: int) -> QuerySet[Any]:
    return _staged(FormalPaper.objects.filter(matter=matter_id)).order_by("pk")


def _view(row: FormalPaper, mine: frozenset[int]) -> FormalView:
    steps = tuple(row.steps.select_related("by").order_by("pk"))
    number = PaperNumber.objects.filter(paper=row).first()
    return FormalView(row, steps[-1].kind if steps else "", number, steps, row.organisation_id in mine)


def _pending(rows: list[FormalPaper]) -> list[Pending]:
    return [
        Pending(
            row.pk,
            f"{row.get_kind_display()} {row.matter.number}",
            row.organisation.label,
            timezone.localdate(row.at),
        )
        for row in rows
    ]
