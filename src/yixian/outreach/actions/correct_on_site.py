"""更正现场办公: a second version of a session, with the reason; the first stays, and its decisions go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.outreach.access import require_recording
from yixian.outreach.actions.record_on_site import write_session
from yixian.outreach.limits import MAX_DECISION
from yixian.outreach.models import OnSiteCorrection, OnSiteDecision, OnSiteSession
from yixian.outreach.on_site_draft import OnSiteDraft, require_session
from yixian.outreach.on_site_read_models import SessionView
from yixian.outreach.queries.on_site_versions import versions_of


def require_correctable(view: SessionView) -> None:
    """Raise `NotFound` for who writes down no sessions there, `Refused` for a version that was corrected already."""
    if not view.is_recorder:
        raise NotFound("on_site.not_found", _("There is no such session."))
    if not view.may_correct:
        raise Refused("on_site.corrected", _("It was corrected already: correct the version that holds."))


@transaction.atomic
def correct_on_site(
    session_id: int, draft: OnSiteDraft, reason: str, *, actor: Actor, at: datetime
) -> OnSiteSession:
    """Write down a session again as it was; at the same place, whatever the draft names.

    What was decided goes on unchanged with those whose it is; the draft's decisions are further ones that were left out.
    The same key sent again gives the version that it made. Raises as `record_on_site`, `Invalid` without a reason, and
    `Refused` for a version that was corrected already.
    """
    rows = OnSiteSession.objects.select_for_update(of=("self",)).select_related("area")
    old = rows.filter(pk=session_id).first()
    if old is None:
        raise NotFound("on_site.not_found", _("There is no such session."))
    user_id = require_recording(actor, old.area_path)
    before = OnSiteCorrection.objects.filter(old=old).select_related("new").first()
    if before is not None:
        if before.new.key == draft.key:
            return before.new
        raise Refused("on_site.corrected", _("It was corrected already: correct the version that holds."))
    reason = reason.strip()
    if not reason or len(reason) > MAX_DECISION:
        raise Invalid("on_site.reason", _("Say in three hundred characters what was wrong."), field="reason")
    decided = OnSiteDecision.objects.filter(session__in=versions_of(old.pk)).exists()
    draft = replace(draft, area_id=old.area_id)
    require_session(draft, today=timezone.localdate(at), decided_before=decided)
    new = write_session(draft, old.area, user_id, actor=actor, at=at, old=old)
    OnSiteCorrection.objects.create(old=old, new=new, reason=reason, at=at)
    data = {"corrects": old.pk, "reason": reason, "on": draft.on.isoformat(), "added": len(draft.decisions)}
    record(Entry("on_site.corrected", "on_site_session", new.pk, old.area_path, data), actor=actor, at=at)
    return new
