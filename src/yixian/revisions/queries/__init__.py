"""Reading revisions: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.revisions.queries.comparison_tables import (
    ComparedHousehold,
    ComparedRow,
    compared_groups,
    compared_households,
    compared_lines,
    compared_places,
    comparison_status,
)
from yixian.revisions.queries.outcomes import revision_run
from yixian.revisions.queries.revisions import (
    PriceChange,
    current_draft,
    draft_pack,
    drafts_of,
    get_revision,
    latest_comparison,
    price_changes,
    revision_list,
    revision_view,
    stage_of,
)

__all__ = [
    "ComparedHousehold",
    "ComparedRow",
    "PriceChange",
    "compared_groups",
    "compared_households",
    "compared_lines",
    "compared_places",
    "comparison_status",
    "current_draft",
    "draft_pack",
    "drafts_of",
    "get_revision",
    "latest_comparison",
    "price_changes",
    "revision_list",
    "revision_run",
    "revision_view",
    "stage_of",
]
