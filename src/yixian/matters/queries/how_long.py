"""多久办完: the limits of every procedure that this county offers, as its pack has them."""

from __future__ import annotations

from dataclasses import dataclass

from yixian.domain.policy import Document
from yixian.domain.procedure import Clock, Procedure
from yixian.kernel.languages import language
from yixian.matters.choices import MatterKind
from yixian.matters.matter_read_models import LadderView, ladder_of
from yixian.matters.procedures import offered_kinds, shipped


@dataclass(frozen=True, slots=True)
class LimitView:
    """One limit: so many days, whose time it is, by how many it may be lengthened (0: not at all), and where it is decided."""

    id: str
    title: str
    days: int
    working: bool
    of: str
    longer: int
    plain: str
    document: str
    clause: str
    ladder: LadderView


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """A kind of matter with the procedure it goes by and its limits, in the order of the procedure."""

    kind: str
    kind_label: str
    title: str
    document: str
    limits: tuple[LimitView, ...]


def procedure_views() -> list[ProcedureView]:
    """What every kind of matter takes. Computed from the pack that is in use; nothing of it stands here."""
    pack, lang = shipped(), language()
    found = []
    for kind in offered_kinds():
        procedure = pack.procedures[pack.kinds[kind]]
        document = pack.documents[procedure.document]
        limits = tuple(_limit(clock, procedure, pack.documents, lang) for clock in procedure.clocks)
        found.append(
            ProcedureView(
                kind,
                str(MatterKind(kind).label),
                procedure.title(lang),
                document.number,
                limits,
            )
        )
    return found


def _limit(clock: Clock, procedure: Procedure, documents: dict[str, Document], lang: str) -> LimitView:
    document = documents[clock.document]
    return LimitView(
        id=clock.id,
        title=clock.title(lang),
        days=clock.limit,
        working=clock.working,
        of=clock.of,
        longer=clock.extension.days * clock.extension.most if clock.extension else 0,
        plain=document.clauses[clock.clause].plain(lang),
        document=document.number,
        clause=clock.clause,
        ladder=ladder_of(clock, procedure),
    )
