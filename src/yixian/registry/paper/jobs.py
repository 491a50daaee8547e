"""移民卡成批印制, as background work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.intervals import in_force
from yixian.kernel.jobs import Reporter, register
from yixian.kernel.models import Job
from yixian.kernel.typesetting import typeset
from yixian.registry.access import Part, below, household_scope, parts_for
from yixian.registry.actions.issue_cards import issue_cards
from yixian.registry.models import Household
from yixian.registry.paper.batches import Village, bundle, by_village
from yixian.registry.paper.cards import card_order
from yixian.registry.paper.keeping import keep
from yixian.registry.paper.places import areas_above

_STEP = gettext_noop("Issuing and printing cards")


@register("paper.cards")
def print_cards(job: Job, *, report: Reporter, at: datetime) -> dict[str, Any]:
    """Issue new cards for the households below ``area_path`` and print them; old cards end when the file is there.

    Arguments: ``area_path``, ``lang`` (zh or en). Cards and file come about together or not at all.
    """
    actor = system_actor("job") if job.owner is None else actor_for(job.owner, at=at)
    lang = job.arguments["lang"]
    villages = by_village(_households(actor, job.arguments["area_path"], at=at))
    total = sum(len(village.households) for village in villages)
    with transaction.atomic():
        pdfs, done = [], 0
        for village in villages:
            pdfs.append((village.area, _village_pdf(village, lang, actor=actor, at=at)))
            done += len(village.households)
            report(_STEP, done, total)
        with override("zh-hans" if lang == "zh" else "en"):
            title = _("Household cards")
        return {"cards": total, **keep(job, bundle(title, pdfs), at=at)}


def _households(actor: Actor, area_path: str, *, at: datetime) -> list[Household]:
    today = timezone.localtime(at).date()
    rows = household_scope(actor).filter(in_force(today), valid_until=None).filter(below(area_path))
    return [row for row in rows.select_related("head") if Part.CARD in parts_for(actor, row)]


def _village_pdf(village: Village, lang: str, *, actor: Actor, at: datetime) -> bytes:
    households = {row.pk: row for row in village.households}
    cards = issue_cards(households, actor=actor, at=at)
    areas = areas_above(row.area_path for row in village.households)
    issued_on = timezone.localtime(at).date()
    return typeset(card_order(cards, households, areas, lang=lang, issued_on=issued_on))
