"""取消未生效的采用: what was to be in force from a later day is called off before it begins."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.ledger import Entry, record
from yixian.policies.models import PackAdoption


def end_before_it_begins(
    adoption: PackAdoption, because: str, document: str = "", *, actor: Actor, at: datetime
) -> PackAdoption:
    """Let an adoption's days be none, inside the caller's transaction: the pack that it was to end stays in force.

    A proposal is called off on any day, without a document. The caller has locked the row and checked who may. Raises
    `Invalid` without a reason, `Refused` once it is in force, or was called off; for what is approved also `Invalid`
    without a document, and `Refused` for the first of the two who did.
    """
    because = because.strip()
    if not because:
        raise Invalid("adoption.because", _("Say why it is called off."), field="because")
    if adoption.is_called_off:
        raise Refused("adoption.called_off", _("It was called off already."))
    is_approved = adoption.approved_by_id is not None
    if is_approved:
        _require_undoing(adoption, document, actor, at)
    until = adoption.valid_until
    adoption.valid_until = adoption.valid_from
    adoption.save(update_fields=["valid_until"])
    if is_approved:
        before = PackAdoption.objects.filter(
            area=adoption.area_id, valid_until=adoption.valid_from, approved_by__isnull=False
        )
        before.filter(valid_from__lt=F("valid_until")).update(valid_until=until)
    data = {
        "pack": adoption.pack_version.pack_id,
        "version": adoption.pack_version.version,
        "from": adoption.valid_from.isoformat(),
        "reason": because,
        "document": document.strip(),
    }
    record(
        Entry("adoption.called_off", "adoption", adoption.pk, adoption.area.path, data), actor=actor, at=at
    )
    return adoption


def _require_undoing(adoption: PackAdoption, document: str, actor: Actor, at: datetime) -> None:
    """What two people decided: before its day, by a document, and not by the first of them."""
    if adoption.valid_from <= timezone.localdate(at):
        raise Refused(
            "adoption.begun",
            _("It is in force already. Another pack takes its place from a day that lies ahead."),
        )
    if actor.user_id is None or actor.user_id == adoption.proposed_by_id:
        raise Refused(
            "adoption.own", _("Whoever proposed it or approved it first leaves calling it off to another.")
        )
    if not document.strip():
        raise Invalid("adoption.document", _("Name the document by which it is called off."), field="number")
