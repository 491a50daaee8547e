"""准入待办: roles and one-time codes that wait for a second person, and roles that were given of late."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yixian.kernel.access_changes import given_of_late, pending_codes, pending_grants
from yixian.web.staff.worklist.queues import WorkQueue, listing

ACCESS = (
    WorkQueue(
        name="access.grants",
        needs="staff:access_waiting",
        act=_("Confirm a role"),
        title=_("Roles wait for a second person"),
        why=_("Another administrator gave them; they hold when you have confirmed them."),
        rows=lambda actor, _at: pending_grants(actor),
        page=lambda _row: reverse("staff:access_waiting"),
        listing=listing("staff:access_waiting"),
    ),
    WorkQueue(
        name="access.codes",
        needs="staff:access_waiting",
        act=_("Confirm a one-time code"),
        title=_("One-time codes wait for a second person"),
        why=_("Another administrator issued them; they open a sign-in when you have confirmed them."),
        rows=lambda actor, at: pending_codes(actor, at=at),
        page=lambda _row: reverse("staff:access_waiting"),
        listing=listing("staff:access_waiting"),
    ),
    WorkQueue(
        name="access.given",
        needs="staff:access_changes",
        title=_("Roles given in the last two weeks"),
        why=_("Who gave whom which role: look whether you know of each."),
        count=lambda actor, at: given_of_late(actor, at=at),
        listing=listing("staff:access_changes"),
    ),
)
