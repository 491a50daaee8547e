"""修订查询: revisions of places in reach, where each stands, and what it changes in the pack."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.compensation.queries.change import FACTS
from yixian.domain.policy import Pack, Price
from yixian.engines.entitlements import pack_from_canonical, unit_word
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.models import Event
from yixian.kernel.permission import require
from yixian.kernel.result_sets import Order, ResultSet
from yixian.policies.queries import read_pack
from yixian.registry.queries.areas import reached_areas
from yixian.revisions.access import READERS
from yixian.revisions.choices import RevisionStage, RevisionStepKind
from yixian.revisions.models import Revision, RevisionComparison, RevisionDraft
from yixian.revisions.queries.outcomes import RunOutcomeView, revision_run, revision_runs
from yixian.revisions.revision_read_models import ListedRevision, RevisionView


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price as it stands and as it would be, in the currency's major unit."""

    item_code: str
    title: str
    zone: str
    unit: str
    old: Decimal | None
    new: Decimal | None


def revisions(actor: Actor) -> QuerySet[Revision]:
    """Revisions of places in reach, the latest first."""
    require(actor, READERS)
    rows = Revision.objects.filter(area__in=reached_areas(actor.acting_as(READERS))).order_by("-pk")
    return rows.select_related("area", "base", "begun_by").defer("base__content").prefetch_related("steps")


def revision_list(actor: Actor) -> ResultSet[ListedRevision]:
    """The same to be listed, each with where it stands: by title, place or day."""
    orders: dict[str, Order] = {
        "name": ("title_zh", "pk"),
        "from": ("valid_from", "pk"),
        "area": ("area__path", "pk"),
        "begun": ("begun_at", "pk"),
    }
    return ResultSet(revisions(actor), orders, _listed)


def _listed(rows: list[Revision]) -> list[ListedRevision]:
    runs = revision_runs(rows)
    return [ListedRevision(row, _stage(_kinds(row), runs.get(row.pk))) for row in rows]


def get_revision(actor: Actor, revision_id: int) -> Revision:
    """One revision. Raises `NotFound` outside of the actor's reach."""
    row = revisions(actor).filter(pk=revision_id).first()
    if row is None:
        raise NotFound("revision.not_found", _("There is no such revision."))
    return row


def revision_view(revision: Revision) -> RevisionView:
    """A revision in reach with where it stands."""
    draft = current_draft(revision)
    comparison = latest_comparison(draft)
    steps = list(revision.steps.select_related("by", "draft", "pack_version", "adoption").order_by("pk"))
    return RevisionView(
        revision=revision,
        stage=_stage([step.kind for step in steps], revision_run(revision)),
        draft=draft,
        steps=steps,
        comparison=comparison,
        is_outdated=comparison is not None and _changed_since(comparison),
    )


def stage_of(revision: Revision) -> RevisionStage:
    """Where a revision stands, from the steps taken with it."""
    return _stage(_kinds(revision), revision_run(revision))


def _kinds(revision: Revision) -> list[str]:
    return [step.kind for step in sorted(revision.steps.all(), key=lambda step: step.pk)]


def _stage(kinds: list[str], run: RunOutcomeView | None) -> RevisionStage:
    last = kinds[-1] if kinds else RevisionStepKind.RETURNED
    stages = {
        RevisionStepKind.DECIDED: RevisionStage.ADOPTED if run and run.is_finished else RevisionStage.DECIDED,
        RevisionStepKind.WITHDRAWN: RevisionStage.WITHDRAWN,
        RevisionStepKind.CALLED_OFF: RevisionStage.CALLED_OFF,
        RevisionStepKind.APPROVED: RevisionStage.APPROVED,
        RevisionStepKind.SUBMITTED: RevisionStage.SUBMITTED,
        RevisionStepKind.RETURNED: RevisionStage.DRAFTING,
    }
    return stages[RevisionStepKind(last)]


def current_draft(revision: Revision) -> RevisionDraft:
    """The draft as it stands."""
    return revision.drafts.select_related("saved_by").latest("number")


def drafts_of(revision: Revision) -> list[RevisionDraft]:
    """Every draft without its content, the latest first."""
    return list(revision.drafts.select_related("saved_by").defer("content").order_by("-number"))


def draft_pack(draft: RevisionDraft) -> Pack:
    """A draft as a checked pack."""
    return _read(bytes(draft.content))


def latest_comparison(draft: RevisionDraft) -> RevisionComparison | None:
    """The latest comparison of this very draft."""
    return draft.comparisons.order_by("-pk").first()


def price_changes(revision: Revision, draft: RevisionDraft, lang: str) -> list[PriceChange]:
    """Which prices of the revision's day differ between the pack in force and the draft."""
    base, drafted = read_pack(revision.base_id), draft_pack(draft).as_if_decided()
    old, new = (_prices(pack, revision) for pack in (base, drafted))
    return [
        _change(drafted if key in new else base, key, old.get(key), new.get(key), lang)
        for key in {**old, **new}
        if _amount(old.get(key)) != _amount(new.get(key))
    ]


@functools.lru_cache(maxsize=8)
def _read(content: bytes) -> Pack:
    return pack_from_canonical(content)


def _prices(pack: Pack, revision: Revision) -> dict[tuple[str, str], Price]:
    return {(price.item_code, price.zone): price for price in pack.prices_on(revision.valid_from)}


def _amount(price: Price | None) -> Decimal | None:
    return None if price is None else price.amount


def _change(pack: Pack, key: tuple[str, str], old: Price | None, new: Price | None, lang: str) -> PriceChange:
    code, zone = key
    unit = (new or old or pack.prices[0]).unit
    return PriceChange(
        item_code=code,
        title=pack.items[code].name(lang),
        zone=pack.zones[zone][lang != "zh"] if zone in pack.zones else "",
        unit=unit_word(pack, unit, lang),
        old=_amount(old),
        new=_amount(new),
    )


def _changed_since(comparison: RevisionComparison) -> bool:
    """Whether the register is no longer as the comparison shows it."""
    paths = Event.objects.filter(kind__in=FACTS, at__gt=comparison.at).values_list("area_path", flat=True)
    return any(path.startswith(comparison.revision.area.path) for path in paths.iterator())
