"""对比修订: what the present draft would change for every household, kept with the checksums of both reckonings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.compensation.account_facts import household_facts, item_facts
from yixian.engines.entitlements import FactTablesError, compare
from yixian.engines.entitlements.comparing import write_comparison
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require_person
from yixian.policies.queries import read_pack
from yixian.registry.access import below, household_scope
from yixian.revisions.access import READERS
from yixian.revisions.comparisons import folder_of
from yixian.revisions.models import RevisionComparison
from yixian.revisions.queries import current_draft, draft_pack, get_revision


def compare_revision(
    revision_id: int, *, actor: Actor, at: datetime, report: Reporter = silent
) -> RevisionComparison:
    """Reckon all households of the revision's place under both packs, on the day from which it would hold.

    Raises `Refused` where there are no households, or the register lacks what the draft asks for.
    """
    require_person(actor, READERS)
    revision = get_revision(actor, revision_id)
    draft = current_draft(revision)
    old, new, path = read_pack(revision.base_id), draft_pack(draft), revision.area.path
    report(gettext_noop("Gathering the facts"), 0, 3)
    if not household_scope(actor).filter(below(path)).exists():
        raise Refused("account.no_households", _("There are no households here to calculate for."))
    on = revision.valid_from
    homes, items = household_facts(actor, path, new, on=on), item_facts(actor, path, new, on=on)
    report(gettext_noop("Calculating under both"), 1, 3)
    try:
        found = compare(old, new, homes, items, on)
    except FactTablesError as error:
        raise Refused(
            "account.facts", _("The register does not hold the facts that this policy pack asks for.")
        ) from error
    report(gettext_noop("Keeping what was found"), 2, 3)
    with transaction.atomic():
        comparison = RevisionComparison.objects.create(
            revision=revision,
            draft=draft,
            facts_sha256=found.manifest["facts_sha256"],
            manifest=found.manifest,
            at=at,
            requested_by=actor.label,
        )
        write_comparison(found, folder_of(comparison))
        data = {"draft": draft.number, "comparison": comparison.pk}
        record(Entry("revision.compared", "revision", revision.pk, path, data), actor=actor, at=at)
    report(gettext_noop("Keeping what was found"), 3, 3)
    return comparison
