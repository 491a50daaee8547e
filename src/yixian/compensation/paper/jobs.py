"""账目成批打印, as background work."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from yixian.compensation.paper.paging import set_statements
from yixian.compensation.paper.printing import printable_households
from yixian.compensation.paper.statements import statement_document
from yixian.duty.access import owner_of
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job
from yixian.kernel.pdf_rendering import PdfDocument, render_pdfs
from yixian.registry.actions.note_reading import note_reading_many
from yixian.registry.models import Area
from yixian.registry.paper.batches import Village, bundle, by_village
from yixian.registry.paper.print_storage import store_print

_STEP = gettext_noop("Printing accounts")


def print_statements(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Print the current accounts below ``area_path``, one PDF a village, on behalf of the job's owner.

    Arguments: ``area_path``, ``lang`` (zh or en), ``large`` (bool). Every household printed is noted as read.
    """
    actor = owner_of(job, at=at)
    lang, today = job.arguments["lang"], timezone.localdate(at)
    households = printable_households(actor, job.arguments["area_path"], at=at)
    villages = by_village(households)
    areas: deque[tuple[Area, int]] = deque()
    pdfs, sheets = [], 0
    for pdf in _set(
        _orders(villages, areas, lang=lang, large=job.arguments["large"], on=today), len(villages)
    ):
        area, count = areas.popleft()
        pdfs.append((area, pdf))
        sheets += count
        report(_STEP, sheets, len(households))
    with override("zh-hans" if lang == "zh" else "en"):
        title = _("Accounts of compensation")
    kept = store_print(job, bundle(title, pdfs), at=at)
    note_reading_many(actor, [row.pk for row in households], "batch of accounts on paper", at=at)
    return {"households": len(households), "sheets": sheets, **kept}


def _orders(
    villages: list[Village], drawn: deque[tuple[Area, int]], *, lang: str, large: bool, on: date
) -> Iterator[PdfDocument]:
    """The villages' orders one after the other; ``drawn`` notes whose they are and how many sheets they hold."""
    for village in villages:
        order = statement_document(village.households, lang=lang, large=large, on=on)
        if order is not None:
            drawn.append((village.area, len(order.data["sheets"])))
            yield order


def _set(orders: Iterator[PdfDocument], villages: int) -> Iterator[bytes]:
    """One village is set here and now; several are set side by side."""
    return map(set_statements, orders) if villages == 1 else render_pdfs(orders, renderer=set_statements)
