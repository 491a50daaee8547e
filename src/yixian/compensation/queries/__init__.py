"""Reading accounts: the first argument is always who asks, and what comes back is already theirs to see."""

from yixian.compensation.queries.accounts import (
    account_totals,
    accounts_of,
    current_statement,
    households_without_account,
    line_view,
    problems_of,
    statement_view,
    withheld_households,
)
from yixian.compensation.queries.agreements import (
    agreed_household_ids,
    agreement_of,
    agreements,
    agreements_of,
    commitment_by_head,
    get_agreement,
    parties_to_record,
    row_of,
    standing_agreement,
)
from yixian.compensation.queries.cases import cases, get_case, open_cases
from yixian.compensation.queries.change import change_of
from yixian.compensation.queries.runs import (
    difference_total,
    difference_views,
    differences_of_run,
    forecast_by_head,
    get_open_run,
    latest_reckoning,
    open_runs,
    unreckoned,
)
from yixian.compensation.queries.versions import (
    compare_versions,
    current_change,
    get_version,
    version_view,
    versions,
)

__all__ = [
    "account_totals",
    "accounts_of",
    "agreed_household_ids",
    "agreement_of",
    "agreements",
    "agreements_of",
    "cases",
    "change_of",
    "commitment_by_head",
    "compare_versions",
    "current_change",
    "current_statement",
    "difference_total",
    "difference_views",
    "differences_of_run",
    "forecast_by_head",
    "get_agreement",
    "get_case",
    "get_open_run",
    "get_version",
    "households_without_account",
    "latest_reckoning",
    "line_view",
    "open_cases",
    "open_runs",
    "parties_to_record",
    "problems_of",
    "row_of",
    "standing_agreement",
    "statement_view",
    "unreckoned",
    "version_view",
    "versions",
    "withheld_households",
]
