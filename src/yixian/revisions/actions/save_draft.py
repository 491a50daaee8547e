"""改草案: new prices in a form, a whole pack as files, or back to what was drafted before."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack, PackErrors
from yixian.engines.entitlements.examples import check_examples
from yixian.engines.entitlements.pack_files import read_pack
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.policies.models import PackVersion
from yixian.policies.queries import read_pack as read_version
from yixian.revisions.access import DRAFTERS
from yixian.revisions.choices import DraftWay, RevisionStage
from yixian.revisions.models import Revision, RevisionDraft
from yixian.revisions.queries import current_draft, get_revision, stage_of
from yixian.revisions.sources import NewDocument, PriceKey, with_prices

_PRICE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,4})?")


@transaction.atomic
def save_prices(
    revision_id: int, prices: Mapping[PriceKey, str], *, actor: Actor, at: datetime
) -> RevisionDraft:
    """Let the draft say these prices from the revision's day on, and else what the pack in force says.

    Prices equal to those in force are no change. Raises `Invalid` with ``item|zone`` as field for a price that is not a
    plain number of four decimals at most, and for one that cannot be changed.
    """
    revision, person = _drafting(revision_id, actor)
    base = read_version(revision.base_id)
    standing = {(price.item_code, price.zone): price.amount for price in base.prices_on(revision.valid_from)}
    changed = {key: _amount(key, text) for key, text in prices.items() if text.strip()}
    changed = {key: amount for key, amount in changed.items() if standing.get(key) != amount}
    if not changed:
        return _keep(revision, base, DraftWay.PRICES, person, actor, at)
    document = NewDocument(
        id=f"REV-{revision.pk}",
        title_zh=revision.title_zh,
        title_en=revision.title_en,
        issuer=revision.issuer,
        reason=revision.reason,
        valid_from=revision.valid_from,
    )
    sources = with_prices(base, changed, document, f"{base.version}.r{revision.pk}")
    return _keep(revision, read_pack(sources), DraftWay.PRICES, person, actor, at)


@transaction.atomic
def save_pack(revision_id: int, sources: dict[str, str], *, actor: Actor, at: datetime) -> RevisionDraft:
    """Take a whole pack as the draft. Raises `PackErrors` with every fault of it and of its worked examples, and `Invalid`
    if it is another pack, bears a number that is taken, or holds nothing that is still to be decided.
    """
    revision, person = _drafting(revision_id, actor)
    pack = read_pack(sources)
    base = read_version(revision.base_id)
    if pack.id != base.id:
        raise Invalid("revision.other_pack", _("This is another pack than the one in force."), field="file")
    if PackVersion.objects.filter(pack_id=pack.id, version=pack.version).exists():
        raise Invalid("revision.version_taken", _("Give the pack a version number of its own."), field="file")
    if not pack.is_draft:
        raise Invalid(
            "revision.nothing_drafted",
            _("Mark the pack and its new documents as drafts: they are decided here, by two people."),
            field="file",
        )
    wrong = check_examples(pack.as_if_decided())
    if wrong:
        raise PackErrors(wrong)
    return _keep(revision, pack, DraftWay.UPLOAD, person, actor, at)


@transaction.atomic
def go_back(revision_id: int, number: int, *, actor: Actor, at: datetime) -> RevisionDraft:
    """Make an earlier draft the present one, as a new draft with its content."""
    revision, person = _drafting(revision_id, actor)
    earlier = revision.drafts.filter(number=number).first()
    if earlier is None:
        raise NotFound("revision.no_draft", _("There is no such draft."))
    return _add(revision, bytes(earlier.content), earlier.sha256, DraftWay.BACK, person, actor, at)


def _drafting(revision_id: int, actor: Actor) -> tuple[Revision, int]:
    """A revision that is being drafted, held, and who drafts it. Raises `NotPermitted`, `NotFound`, `Refused`."""
    person = require_person(actor, DRAFTERS)
    get_revision(actor, revision_id)
    revision = Revision.objects.select_for_update().select_related("area").get(pk=revision_id)
    if stage_of(revision) != RevisionStage.DRAFTING:
        raise Refused("revision.not_drafting", _("It is not being drafted any more."))
    return revision, person


def _amount(key: PriceKey, text: str) -> Decimal:
    text = text.strip().replace(",", "")
    if not _PRICE.fullmatch(text):
        raise Invalid(
            "revision.price",
            _("Enter a plain price with four decimals at most, e.g. 420 or 35.5."),
            field="|".join(key),
        )
    return Decimal(text)


def _keep(
    revision: Revision, pack: Pack, way: DraftWay, person: int, actor: Actor, at: datetime
) -> RevisionDraft:
    return _add(revision, pack.canonical(), pack.sha256, way, person, actor, at)


def _add(
    revision: Revision, content: bytes, sha256: str, way: DraftWay, person: int, actor: Actor, at: datetime
) -> RevisionDraft:
    """A new draft, unless nothing changed."""
    current = current_draft(revision)
    if current.sha256 == sha256:
        return current
    draft = RevisionDraft.objects.create(
        revision=revision,
        number=current.number + 1,
        content=content,
        sha256=sha256,
        way=way,
        saved_by_id=person,
        saved_at=at,
    )
    data = {"draft": draft.number, "sha256": sha256}
    record(Entry("revision.drafted", "revision", revision.pk, revision.area.path, data), actor=actor, at=at)
    return draft
