"""登记待办: changes that wait for a second person, workbooks on their way in, and work of one's own that failed."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.queries import jobs_failed_since
from yixian.registry.queries.proposed_changes import changes_to_agree
from yixian.web.staff.worklist.queues import WorkQueue, listing, page
from yixian.workbook.queries import batches_to_commit, batches_to_correct

REGISTER = (
    WorkQueue(
        name="changes.agree",
        needs="staff:change_agree",
        act=_("Agree to a change"),
        title=_("Changes wait for a second person"),
        why=_("What is paid depends on them; they take effect when you have agreed."),
        rows=lambda actor, _at: changes_to_agree(actor),
        page=page("staff:change"),
        listing=listing("staff:changes"),
    ),
    WorkQueue(
        name="imports.commit",
        needs="staff:imports",
        act=_("Commit a workbook"),
        title=_("Workbooks wait to be committed"),
        why=_("They are checked; nothing is entered before somebody commits them."),
        rows=lambda actor, _at: batches_to_commit(actor),
        page=page("staff:import"),
        listing=listing("staff:imports"),
    ),
    WorkQueue(
        name="imports.correct",
        needs="staff:imports",
        act=_("Correct a workbook"),
        title=_("Workbooks of yours have errors"),
        why=_("Correct the file and hand it in again, or discard it; nothing of it was entered."),
        rows=lambda actor, _at: batches_to_correct(actor),
        page=page("staff:import"),
        listing=listing("staff:imports"),
    ),
    WorkQueue(
        name="jobs.failed",
        needs="staff:jobs",
        title=_("Work that failed today"),
        why=_("Look at the reason, and ask for it again."),
        count=lambda actor, at: jobs_failed_since(actor, timezone.localdate(at)),
        listing=listing("staff:jobs"),
    ),
)
