"""登记政策包: keep a checked pack in the database, whole and immutable."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.engines.entitlements import load_pack
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.kernel.roles import Role
from yixian.policies.access import PROPOSERS
from yixian.policies.actions.keep_clauses import keep_clauses
from yixian.policies.models import PackVersion
from yixian.policies.queries import read_pack


@transaction.atomic
def register_pack(folder: Path, *, actor: Actor, at: datetime) -> PackVersion:
    """Check the pack in a folder and keep it. The same content again is the same version.

    Raises `PackErrors` for a faulty pack and `Refused` if its version number already stands for other content.
    """
    require(actor, PROPOSERS | {Role.SYSTEM})
    return keep_pack(load_pack(folder), actor=actor, at=at)


def keep_pack(pack: Pack, *, actor: Actor, at: datetime) -> PackVersion:
    """Keep a checked pack; the caller has made sure that its actor may. Raises `Refused` as `register_pack` does."""
    known = PackVersion.objects.filter(pack_id=pack.id, version=pack.version).first()
    if known is not None:
        if known.sha256 != pack.sha256:
            raise Refused(
                "pack.version_taken",
                _("This version number is published with other content. Give the new one a new number."),
            )
        return known
    row = PackVersion.objects.create(
        pack_id=pack.id,
        version=pack.version,
        title_zh=pack.title_zh,
        title_en=pack.title_en,
        sha256=pack.sha256,
        content=pack.canonical(),
        registered_at=at,
    )
    read_pack.cache_clear()  # a registration that was rolled back may have been remembered under the same id
    keep_clauses(row.pk)
    data = {"pack": pack.id, "version": pack.version, "sha256": pack.sha256}
    record(Entry("pack.registered", "pack", row.pk, data=data), actor=actor, at=at)
    return row
