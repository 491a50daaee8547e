"""责任查询: what duty hands out. The first argument is who asks; what comes back is already limited to what they may see."""

from yixian.duty.queries.absences import absences, get_absence, sudden_in_reach
from yixian.duty.queries.beside import beside, beside_many, is_beside, stood_beside
from yixian.duty.queries.coverage import (
    coverage,
    helper_households,
    helper_loads,
    in_service,
    uncovered_households,
)
from yixian.duty.queries.handovers import handovers, handovers_of, handovers_to, requests
from yixian.duty.queries.leaders import (
    leaders_below,
    leaders_of_area,
    stationings_of_area,
    stationings_of_body,
)
from yixian.duty.queries.runs import latest_run
from yixian.duty.queries.why_them import Why, why_them

__all__ = [
    "Why",
    "absences",
    "beside",
    "beside_many",
    "coverage",
    "get_absence",
    "handovers",
    "handovers_of",
    "handovers_to",
    "helper_households",
    "helper_loads",
    "in_service",
    "is_beside",
    "latest_run",
    "leaders_below",
    "leaders_of_area",
    "requests",
    "stationings_of_area",
    "stationings_of_body",
    "stood_beside",
    "sudden_in_reach",
    "uncovered_households",
    "why_them",
]
