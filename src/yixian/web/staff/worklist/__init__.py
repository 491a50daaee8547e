"""待办: the worklist (task inbox) of the staff side — what waits for whom, declared once a kind, shown first on *Today*.

A kind of work is a `WorkQueue`: who may, which rows of a room's query wait for the actor, and what one of them says. Every
state that waits for a second person has one; `tests/web/staff/test_worklist.py` walks them.
"""

from yixian.web.staff.worklist.access_queues import ACCESS
from yixian.web.staff.worklist.account_queues import ACCOUNTS
from yixian.web.staff.worklist.duty_queues import DUTY
from yixian.web.staff.worklist.matter_queues import MATTERS
from yixian.web.staff.worklist.outreach_queues import OUTREACH
from yixian.web.staff.worklist.policy_queues import POLICIES
from yixian.web.staff.worklist.posting_queues import POSTINGS
from yixian.web.staff.worklist.queues import Worklist, WorkQueue, worklist
from yixian.web.staff.worklist.register_queues import REGISTER
from yixian.web.staff.worklist.survey_queues import SURVEY
from yixian.web.staff.worklist.visit_queues import VISITS

QUEUES: tuple[WorkQueue, ...] = (
    *MATTERS,
    *ACCOUNTS,
    *POLICIES,
    *REGISTER,
    *OUTREACH,
    *VISITS,
    *SURVEY,
    *POSTINGS,
    *DUTY,
    *ACCESS,
)

__all__ = ["QUEUES", "WorkQueue", "Worklist", "worklist"]
