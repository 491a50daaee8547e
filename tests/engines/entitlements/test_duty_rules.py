"""包保规则: what a pack asks of those beside households holds for its days, and a pack without it stays the same pack."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from yixian.engines.entitlements import load_pack, pack_from_canonical
from yixian.engines.entitlements.pack_files import DUTY, read_pack

PACKS = Path(__file__).parents[3] / "packs"
FIRST = """- {visit_every_days: "30", sudden_absence_hours: "48", another_helper_days: "365", announce_days: "15",
   from: 2024-03-01, until: 2025-01-01, document: LANDU-DUTY, clause: visits}
- {visit_every_days: "20", sudden_absence_hours: "24", another_helper_days: "180", announce_days: "30",
   from: 2025-01-01, document: LANDU-DUTY, clause: visits}
"""


def test_the_rules_of_the_day_are_found():
    pack = read_pack(load_pack(PACKS / "danjiangkou-2009").sources | {DUTY: FIRST})
    found = [
        pack.duty_on(day)
        for day in (date(2024, 2, 29), date(2024, 3, 1), date(2024, 12, 31), date(2025, 1, 1))
    ]
    assert [rules and rules.visit_every_days for rules in found] == [None, 30, 30, 20]
    assert (found[3].sudden_absence_hours, found[3].another_helper_days, found[3].announce_days) == (
        24,
        180,
        30,
    )


def test_a_kept_pack_has_its_rules_again():
    pack = load_pack(PACKS / "danjiangkou-2009")
    again = pack_from_canonical(pack.canonical())
    assert again.duty == pack.duty
    assert again.sha256 == pack.sha256


def test_a_pack_without_rules_keeps_its_identity():
    """What other packs' hashes are taken of has not changed with the new file."""
    pack = load_pack(PACKS / "tuoba")
    assert DUTY not in pack.sources
    assert pack.duty == ()
    assert b"duty.yaml" not in pack.canonical()


def test_rules_by_a_document_that_ended_hold_no_more():
    pack = load_pack(PACKS / "danjiangkou-2009")
    sources = dict(pack.sources)
    sources["documents.yaml"] = sources["documents.yaml"].replace(
        "from: 2024-03-01\n", "from: 2024-03-01\n  until: 2026-01-01\n"
    )
    sources[DUTY] = sources[DUTY].replace("from: 2024-03-01\n", "from: 2024-03-01\n  until: 2026-01-01\n")
    assert read_pack(sources).duty_on(date(2026, 1, 1)) is None
