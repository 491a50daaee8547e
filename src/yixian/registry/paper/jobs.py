"""移民卡成批印制, as background work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from yixian.kernel.actors import system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.job_reports import Reporter
from yixian.kernel.models import Job
from yixian.registry.paper.batches import bundle, by_village
from yixian.registry.paper.issuing import card_holders, issued_cards_pdf
from yixian.registry.paper.print_storage import store_print

_STEP = gettext_noop("Issuing and printing cards")


def print_cards(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Issue new cards for the households below ``area_path`` and print them, one PDF a village.

    Arguments: ``area_path``, ``lang`` (zh or en), ``renew`` (bool: also for households that have a card, which ends
    then). Cards and file come about together or not at all.
    """
    actor = system_actor("job") if job.owner is None else actor_for(job.owner, at=at)
    lang, today = job.arguments["lang"], timezone.localdate(at)
    households = card_holders(actor, job.arguments["area_path"], renew=job.arguments["renew"], on=today)
    with transaction.atomic():
        pdfs, done = [], 0
        for village in by_village(households):
            pdfs.append((village.area, issued_cards_pdf(village.households, actor=actor, lang=lang, at=at)))
            done += len(village.households)
            report(_STEP, done, len(households))
        with override("zh-hans" if lang == "zh" else "en"):
            title = _("Household cards")
        return {"cards": done, **store_print(job, bundle(title, pdfs), at=at)}
