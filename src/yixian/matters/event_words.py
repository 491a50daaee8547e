"""步骤用语: how each event of a matter is told, to staff and to the person alike."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

TITLES = {
    "received": _("Received"),
    "registered": _("Entered in the register"),
    "forwarded": _("Forwarded to the body competent for it"),
    "handover_offered": _("Offered to another body"),
    "handover_accepted": _("Taken over"),
    "handover_returned": _("Returned, with reasons"),
    "handover_withdrawn": _("Taken back by whoever offered it"),
    "accepted": _("Accepted: it is being dealt with"),
    "not_accepted": _("Not accepted"),
    "assigned": _("Given to somebody inside the office"),
    "recused": _("Moved to another body, because the one before may not deal with it"),
    "moved": _("Given to another body, because nobody acts for the one before any more"),
    "commented": _("A note was added"),
    "hearing_opened": _("A hearing was opened"),
    "hearing_closed": _("The hearing ended"),
    "waiting_person": _("Waiting for the person's own answer"),
    "person_answered": _("The person has answered"),
    "consulting_opened": _("Others concerned are being asked"),
    "consulting_closed": _("Others concerned have answered"),
    "extension_approved": _("More time was approved"),
    "decided": _("Decided in writing"),
    "told": _("The person was told"),
    "review_requested": _("The person asked for a review"),
    "review_decided": _("The review was decided"),
    "rereview_requested": _("The person asked for the final review"),
    "rereview_decided": _("The final review was decided"),
    "closed": _("Closed by the office"),
    "reopened": _("Opened again"),
}
"""Every event that a shipped procedure knows."""

FIXED_BY_SUPERIOR = _("The superior has said who deals with it")
"""An ``assigned`` that names a body."""

QUIET = frozenset({"commented", "assigned", "registered"})
"""Events that say nothing to the person: they are not among the steps that a receipt shows, unless they name a body."""


def title_of(kind: str, *, to_organisation: bool = False) -> str:
    """What happened, in words; the kind itself for a procedure with words of its own."""
    if kind == "assigned" and to_organisation:
        return str(FIXED_BY_SUPERIOR)
    return str(TITLES.get(kind, kind))
