"""政策文库: what is in force on which day, what superseded what, and in which words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.policies.shelf import ADOPTED, CHANGED, MORE, PACK_ID, TODAY, adopt, register_shelf
from yixian.domain.policy.legal_status import LegalStatus
from yixian.kernel.errors import NotFound
from yixian.policies.library import clauses_of, document_on, documents_on, superseded, superseding

DAY = timedelta(days=1)


def status(document: str, on: date) -> LegalStatus:
    return document_on(PACK_ID, document, on).force.status


@pytest.mark.parametrize(
    ("on", "old", "new"),
    [
        (ADOPTED - DAY, LegalStatus.LATER, LegalStatus.LATER),
        (ADOPTED, LegalStatus.IN_FORCE, LegalStatus.LATER),
        (CHANGED - DAY, LegalStatus.IN_FORCE, LegalStatus.LATER),
        (CHANGED, LegalStatus.ENDED, LegalStatus.IN_FORCE),
        (TODAY, LegalStatus.ENDED, LegalStatus.IN_FORCE),
    ],
)
def test_on_every_day_one_of_the_two_counts(pack, on: date, old: LegalStatus, new: LegalStatus) -> None:
    assert (status("YIELD-OLD", on), status("YIELD-NEW", on)) == (old, new)


def test_a_draft_is_one_on_every_day(pack) -> None:
    assert {status("SUPPORT", day) for day in (ADOPTED - DAY, TODAY, date(2099, 1, 1))} == {LegalStatus.DRAFT}


def test_the_shelf_has_what_is_in_force_first(pack) -> None:
    order = [row.force.status for row in documents_on(TODAY)]
    assert order == [LegalStatus.IN_FORCE] * 9 + [LegalStatus.DRAFT, LegalStatus.ENDED]


def test_the_chain_leads_both_ways(pack) -> None:
    old, new = (document_on(PACK_ID, name, TODAY) for name in ("YIELD-OLD", "YIELD-NEW"))
    assert [row.document.id for row in superseding(old, TODAY)] == ["YIELD-NEW"]
    assert [row.document.id for row in superseded(new, TODAY)] == ["YIELD-OLD"]
    assert superseding(new, TODAY) == superseded(old, TODAY) == []


def test_nothing_stands_there_before_two_people_adopted_it(place, tmp_path: Path) -> None:
    register_shelf(tmp_path)
    assert documents_on(TODAY) == []
    with pytest.raises(NotFound):
        document_on(PACK_ID, "YIELD-NEW", TODAY)


def test_a_new_version_brings_new_words_and_the_old_ones_stay_to_be_read(pack, place, tmp_path: Path) -> None:
    reworded = MORE.replace("每亩二千一百元", "每亩二千三百元")
    adopt(register_shelf(tmp_path, version="10", more=reworded), place, date(2026, 6, 1))
    words = {
        (on, version): next(
            iter(clauses_of([document_on(PACK_ID, "YIELD-NEW", on, version)]).values())
        ).clause.zh
        for on, version in ((TODAY, ""), (TODAY, "9"), (date(2026, 5, 31), ""))
    }
    assert "二千三百" in words[TODAY, ""]
    assert "二千一百" in words[TODAY, "9"]
    assert "二千一百" in words[date(2026, 5, 31), ""]
    force = document_on(PACK_ID, "YIELD-NEW", TODAY).force
    assert (force.begin, force.end) == (CHANGED, None)


@pytest.mark.parametrize(("document", "version"), [("NONE", ""), ("YIELD-NEW", "8")])
def test_what_is_not_there_is_not_found(pack, document: str, version: str) -> None:
    with pytest.raises(NotFound):
        document_on(PACK_ID, document, TODAY, version)
