"""责任查询: what duty hands out. The first argument is who asks; what comes back is already limited to what they may see."""

from yixian.duty.queries.absences import (
    absences,
    count_unsolved,
    get_absence,
    left_with_lead,
)
from yixian.duty.queries.assigned_helpers import (
    assigned_helpers,
    assigned_helpers_of_many,
    former_helpers,
    is_assigned,
    missing_roles,
)
from yixian.duty.queries.assignment_reason import AssignmentReason, assignment_reason
from yixian.duty.queries.candidates import Candidates, candidates
from yixian.duty.queries.coverage import (
    coverage,
    helper_household_list,
    helper_households,
    helper_loads,
    load_order,
    uncovered_count,
    uncovered_households,
    uncovered_list,
)
from yixian.duty.queries.coverage_board import (
    CoverageFigures,
    coverage_board,
    figures_of,
    state_of,
    states_of,
)
from yixian.duty.queries.handovers import (
    handover_counts,
    handover_list,
    handover_rows,
    handovers_of,
    handovers_to,
    requests,
)
from yixian.duty.queries.leaders import (
    leaders_of_area,
    leadership_history,
    stationing_history,
    stationings_of_area,
    stationings_of_organisation,
)
from yixian.duty.queries.loads import LoadView, loads
from yixian.duty.queries.over_time import Week, weeks
from yixian.duty.queries.recusals import RecusalView, recusals_of_helper, recusals_of_household
from yixian.duty.queries.runs import get_shortage, latest_run, shortage_households
from yixian.duty.queries.tiers import Tier, tiers

__all__ = [
    "AssignmentReason",
    "Candidates",
    "CoverageFigures",
    "LoadView",
    "RecusalView",
    "Tier",
    "Week",
    "absences",
    "assigned_helpers",
    "assigned_helpers_of_many",
    "assignment_reason",
    "candidates",
    "count_unsolved",
    "coverage",
    "coverage_board",
    "figures_of",
    "former_helpers",
    "get_absence",
    "get_shortage",
    "handover_counts",
    "handover_list",
    "handover_rows",
    "handovers_of",
    "handovers_to",
    "helper_household_list",
    "helper_households",
    "helper_loads",
    "is_assigned",
    "latest_run",
    "leaders_of_area",
    "leadership_history",
    "left_with_lead",
    "load_order",
    "loads",
    "missing_roles",
    "recusals_of_helper",
    "recusals_of_household",
    "requests",
    "shortage_households",
    "state_of",
    "states_of",
    "stationing_history",
    "stationings_of_area",
    "stationings_of_organisation",
    "tiers",
    "uncovered_count",
    "uncovered_households",
    "uncovered_list",
    "weeks",
]
