"""各项数字的说法: what each figure of a desk counts, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

MEASURES = {
    "received_first": _("asked first"),
    "first_kept": _("dealt with by themselves, as the first asked"),
    "offered": _("offered to others"),
    "asked": _("were offered"),
    "returned": _("gave back"),
    "came_back": _("came back to them"),
    "back_again": _("went to and fro and back"),
    "held": _("had in hand"),
    "overdue": _("overdue now"),
    "missed": _("limits missed"),
    "kept": _("limits kept"),
    "paused": _("clocks stopped, waiting for the person"),
    "extended": _("limits lengthened"),
    "reopened": _("opened again after closing"),
    "closed": _("closed matters"),
    "closed_without_contact": _("closed without anybody having spoken with the person"),
}
"""By `yixian.matters.figures.organisation_metrics.MEASURES`."""

GROUPS = (
    (
        _("Hand-offs and returns"),
        ("received_first", "first_kept", "offered", "asked", "returned", "came_back", "back_again"),
    ),
    (_("Overdue and extended"), ("held", "overdue", "missed", "kept", "paused", "extended")),
    (_("Closed without contact, reopened"), ("closed", "closed_without_contact", "reopened")),
)
"""推、拖、让滑: which figures stand together."""
