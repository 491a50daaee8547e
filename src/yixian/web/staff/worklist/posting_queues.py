"""公示待办: objections that nobody has answered, and lists that wait for a second person to lock them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from yixian.posting.queries import lists_to_lock, objections_to_answer
from yixian.web.staff.worklist.queues import WorkQueue, listing, page

POSTINGS = (
    WorkQueue(
        name="postings.answer",
        needs="posting:answer",
        act=_("Answer an objection"),
        title=_("Objections to posted lists wait for an answer"),
        why=_("Two persons measure again who did not measure before, or it is explained."),
        rows=lambda actor, _at: objections_to_answer(actor),
        page=page("posting:posting"),
        listing=listing("posting:list"),
    ),
    WorkQueue(
        name="postings.lock",
        needs="posting:agree-lock",
        act=_("Lock a list"),
        title=_("Lists wait for you to lock them"),
        why=_("Somebody else proposed it; what is paid must equal the list once it is locked."),
        rows=lambda actor, _at: lists_to_lock(actor),
        page=page("posting:posting"),
        listing=listing("posting:list"),
    ),
)
