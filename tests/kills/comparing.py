"""比对: what writers had acknowledged beside what the database holds, and whether anything stands twice or half."""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from django.db.models import Count
from django.utils import timezone

from tests.factories import LONG_AGO
from tests.kills.world import HOMES
from yixian.compensation.models import Agreement, AgreementSignature
from yixian.kernel import ledger_chain
from yixian.kernel.models import Event
from yixian.matters.models import Matter
from yixian.policies.models import PackAdoption
from yixian.registry.models import Household
from yixian.survey.models import SheetAttachment, SheetSubmission, SubmissionReading
from yixian.workbook.models import BatchState, ImportBatch

Keys = dict[str, set[str]]


@dataclass
class Found:
    """How much was compared, and each fault in words."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def compare(self, kind: str, stands: list[str], done: Keys, begun: Keys) -> None:
        """Everything acknowledged stands once; whatever else stands was begun."""
        acknowledged, open_ones = done.get(kind, set()), begun.get(kind, set())
        self.counts[f"{kind} acknowledged"] += len(acknowledged)
        self.counts[f"{kind} committed and not acknowledged"] += len(set(stands) - acknowledged)
        self.faults += [f"lost: {kind} {key}" for key in sorted(acknowledged - set(stands))]
        self.faults += [f"doubled: {kind} {key}" for key, count in Counter(stands).items() if count > 1]
        self.faults += [f"from nowhere: {kind} {key}" for key in sorted(set(stands) - open_ones)]

    def require(self, holds: bool, words: str) -> None:
        """A fault unless it holds."""
        if not holds:
            self.faults.append(words)


def compare(done: Keys, begun: Keys) -> Found:
    """Compare every kind of act with the tables."""
    found = Found()
    _matters(found, done, begun)
    _agreements(found, done, begun)
    _adoptions(found, done, begun)
    _imports(found, done, begun)
    _sheets(found, done, begun)
    while ledger_chain.seal_events(at=timezone.now())["sealed"]:
        pass
    report = ledger_chain.verify_chain()
    found.require(report.broken_at is None and report.unsealed == 0, "the ledger's chain is broken")
    return found


def _matters(found: Found, done: Keys, begun: Keys) -> None:
    rows = list(Matter.objects.select_related("text", "projection").annotate(steps=Count("events")))
    found.compare("matter", [str(row.key) for row in rows], done, begun)
    found.compare("step", [str(row.key) for row in rows for _step in range(row.steps - 1)], done, begun)
    for row in rows:
        whole = row.text.words == f"第{row.key}件事" and row.projection.last_seq == row.steps
        found.require(whole and row.sortings.count() == 1, f"half there: matter {row.key}")
    events = Event.objects.filter(subject_kind="matter").count()
    found.require(events == sum(row.steps for row in rows), "matters and the ledger differ")


def _agreements(found: Found, done: Keys, begun: Keys) -> None:
    agreements = Agreement.objects.values_list("number", flat=True)
    signatures = AgreementSignature.objects.values_list("agreement__number", "party")
    ended = Agreement.objects.filter(end__isnull=False).values_list("number", flat=True)
    found.compare("agreement", list(agreements), done, begun)
    found.compare("signature", [f"{number}/{party}" for number, party in signatures], done, begun)
    found.compare("void", list(ended), done, begun)


def _adoptions(found: Found, done: Keys, begun: Keys) -> None:
    rows = list(PackAdoption.objects.filter(approved_by__isnull=False).order_by("valid_from"))
    ours = [row for row in rows if row.valid_from > LONG_AGO]
    found.compare("adoption", [row.valid_from.isoformat() for row in ours], done, begun)
    for one, following in pairwise(rows):
        found.require(
            one.valid_until == following.valid_from, f"a gap after the adoption of {one.valid_from}"
        )
    found.require(rows[-1].valid_until is None, "no adoption is in force")


def _sheets(found: Found, done: Keys, begun: Keys) -> None:
    rows = list(SheetSubmission.objects.all())
    found.compare("sheet", [row.instance_id for row in rows], done, begun)
    for row in rows:
        content = base64.b64decode(row.content)
        found.require(
            hashlib.sha256(content).hexdigest() == row.sha256, f"half there: sheet {row.instance_id}"
        )
    events = Event.objects.filter(kind="survey.sheet_received").values_list("subject_id", flat=True)
    readings = SubmissionReading.objects.values_list("submission", flat=True)
    attachments = SheetAttachment.objects.values_list("submission", flat=True)
    for several in (events, readings, attachments):
        found.require(
            sorted(several) == sorted(row.pk for row in rows), "sheets and what belongs to them differ"
        )
    for attachment in SheetAttachment.objects.all():
        with attachment.file.open() as file:
            whole = hashlib.sha256(file.read()).hexdigest() == attachment.sha256
        found.require(whole, f"half there: {attachment}")


def _imports(found: Found, done: Keys, begun: Keys) -> None:
    entered = list(ImportBatch.objects.filter(state=BatchState.COMMITTED).order_by("pk"))
    found.compare("import", [str(batch.pk) for batch in entered], done, begun)
    address = Path(entered[-1].file_name).stem
    homes = Household.objects.filter(address__in=("移民新村", "老街")).values_list("address", flat=True)
    found.require(list(homes) == [address] * HOMES, "an import is half there")
