"""报告的事实: everything that the report says, as plain values in the language being spoken. No household and no person is in it.

Counts of households from one to nine are said as “fewer than ten”.
"""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.policy import Pack
from yixian.kernel.errors import Refused
from yixian.kernel.languages import language
from yixian.policies.queries import read_pack
from yixian.revisions.budgeting import budget_head_gaps
from yixian.revisions.queries import current_draft, draft_pack, revision_view
from yixian.revisions.revision_read_models import RevisionView
from yixian.working_groups.choices import CheckOutcome
from yixian.working_groups.estimates import Findings, Mean, Share, findings
from yixian.working_groups.frames import seed_text
from yixian.working_groups.limits import MIN_HOUSEHOLDS
from yixian.working_groups.models import Sample, WorkingGroup
from yixian.working_groups.pricing import price_rows
from yixian.working_groups.queries.groups import GroupView, clause_of, key_of, price_keys
from yixian.working_groups.signals.household_counts import HouseholdCount, household_count

Facts = dict[str, Any]


def facts_of(view: GroupView, options: str, number: int, *, at: datetime) -> Facts:
    """The facts as of a moment. Raises `Refused` where no draft was compared."""
    group, revision = view.group, view.revision
    if revision is None:
        raise Refused("group.order", gettext_lazy("Another stop comes first."))
    seen = revision_view(revision)
    clause, base = clause_of(group), read_pack(group.base_id)
    drafted = draft_pack(current_draft(revision)).as_if_decided()
    lang = language()
    opened_on = timezone.localdate(group.opened_at)
    prices = price_rows(base, price_keys(group), opened_on, lang, new=drafted, new_on=revision.valid_from)
    return {
        "lang": lang,
        "number": number,
        "at": timezone.localtime(at).isoformat(" ", timespec="minutes"),
        "title": group.title,
        "area": group.area.label,
        "question": group.question,
        "clause": {"title": clause.title, "id": clause.clause, "words": clause.words},
        "pack": {"title": base.title(lang), "version": base.version, "sha256": base.sha256},
        "similar_matters": similar_matters_facts(group_household_count(group)),
        "prices": [
            {
                "title": one.title,
                "zone": one.zone,
                "unit": one.unit,
                "current": _plain(one.current),
                "new": _plain(one.new) if one.changes else "",
            }
            for one in prices
        ],
        "sample": sample_facts(group.sample, findings(group.sample)),
        "effects": effect_facts(seen, drafted, at),
        "in_force_from": revision.valid_from.isoformat(),
        "options": options,
    }


def facts_sha256(facts: Facts) -> str:
    """The hash of the facts, whatever the order in which they are kept."""
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def group_household_count(group: WorkingGroup) -> HouseholdCount:
    """The voices that a group looks into, told of in steps of ten beyond what its signal said."""
    known, topic = (group.signal.households, group.signal.topic) if group.signal else (0, "")
    return household_count(group.area_path, key_of(group), since=group.since, known=known, topic=topic)


def similar_matters_facts(tally: HouseholdCount) -> dict[str, Any]:
    """The voices as numbers."""
    return {
        "households": tally.households,
        "villages": tally.villages,
        "others": tally.others,
        "count_periods": [
            [one.first.isoformat(), one.last.isoformat(), one.households] for one in tally.count_periods
        ],
    }


def sample_facts(sample: Sample, found: Findings) -> dict[str, Any]:
    """How the sample was drawn, and what it found."""
    labels = dict(CheckOutcome.choices)
    return {
        "basis": str(sample.get_basis_display()),
        "size": sample.size,
        "margin": _plain(sample.margin * 100),
        "drawn": found.drawn,
        "checked": found.checked,
        "dropped": [[str(labels[kind]), count] for kind, count in found.dropped.items()],
        "seed": seed_text(sample, sample.draw.seed),
        "announced": timezone.localtime(sample.at).isoformat(" ", timespec="minutes"),
        "drawn_at": timezone.localtime(sample.draw.at).isoformat(" ", timespec="minutes"),
        "frame_sha256": sample.frame_sha256,
        "checkers": found.checkers,
        "different": _share(found.different),
        "rebuild": _mean(found.rebuild),
        "timber": _mean(found.timber),
        "wage": _mean(found.wage),
    }


def effect_facts(seen: RevisionView, drafted: Pack, at: datetime) -> dict[str, Any]:
    """What the draft would do: sums in fen, and counts of households of ten or more."""
    comparison = seen.comparison
    if comparison is None:
        raise Refused(
            "revision.not_compared", gettext_lazy("First see what this draft would change, for everybody.")
        )
    told, lang = comparison.manifest, language()
    gaps = budget_head_gaps(comparison, on=timezone.localdate(at))
    return {
        "draft": seen.draft.number,
        "households": told["households"],
        **{name: few(told[name]) for name in ("gaining", "losing", "newly_withheld")},
        "old_fen": told["old_fen"],
        "new_fen": told["new_fen"],
        "facts_sha256": comparison.facts_sha256,
        "checksums": comparison.evidence,
        "heads": [
            [
                drafted.budget_heads[gap.budget_head].title(lang)
                if gap.budget_head in drafted.budget_heads
                else _("Under no head"),
                gap.held_fen,
                gap.then_fen,
                gap.left_fen,
            ]
            for gap in gaps
            if gap.rises
        ],
    }


def few(count: int) -> str:
    """A count of households; of one to nine only that they are few."""
    return _("fewer than ten") if 0 < count < MIN_HOUSEHOLDS else f"{count:,}"


def in_tens(count: int) -> str:
    """A count of matters, in whole tens: that one more came is not to be seen."""
    if 0 < count < MIN_HOUSEHOLDS:
        return _("fewer than ten")
    return (
        _("at least %(count)s") % {"count": f"{count // MIN_HOUSEHOLDS * MIN_HOUSEHOLDS:,}"} if count else "0"
    )


def _share(one: Share | None) -> list[str]:
    return [] if one is None else [str(one.asked), str(one.per_cent), str(one.low), str(one.high)]


def _mean(one: Mean | None) -> list[str]:
    return [] if one is None else [str(one.asked), str(one.yuan), str(one.low), str(one.high)]


def _plain(value: object) -> str:
    return (
        "" if value is None else f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    )
