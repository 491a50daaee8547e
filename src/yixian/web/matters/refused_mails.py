"""退下的邮件的页面: which mails were not taken for a person's, and why; they still lie in the inbox's own folder."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from yixian.matters.queries.refused_mails import RefusedMail, refused_mails
from yixian.web.ui.cells import MOMENT
from yixian.web.ui.lists import ListPage
from yixian.web.ui.tables import Column, Empty, Table

REFUSED = ListPage[RefusedMail](
    url="staff:matter_mails",
    title=_("Mails refused"),
    lead=_(
        "Mails that no person wrote, as far as a machine can tell. They lie in the inbox's own folder: if one of them is a "
        "person's after all, write it down as a letter."
    ),
    table=Table(
        _("Mails refused"),
        (
            Column("arrived", _("Arrived"), lambda row: row.arrived_at, MOMENT, place="lead"),
            Column("why", _("Why"), lambda row: row.why),
            Column("subject", _("Subject"), lambda row: row.subject, unsorted="sealed"),
            Column("sender", _("Sender"), lambda row: row.sender, unsorted="sealed"),
        ),
        Empty(_("No mail was refused")),
    ),
    rows=lambda query: refused_mails(query.actor),
    counted=lambda n: ngettext("%(number)s mail", "%(number)s mails", n) % {"number": f"{n:,}"},
)
"""Counted and shown, so that nothing that came in is dropped in silence."""
