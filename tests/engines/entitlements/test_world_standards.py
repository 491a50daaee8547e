"""Published standards of nine countries as packs, written the natural way: sound, and every example to the coin."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.engines.entitlements.test_language_packs import amounts_of
from yixian.engines.entitlements import load_pack
from yixian.engines.entitlements.examples import run_examples
from yixian.engines.entitlements.pack_notes import notes_of

STANDARDS = sorted(path for path in (Path(__file__).parents[2] / "packs").iterdir() if path.is_dir())
MEANT = {("jingling-exchange", "note.below_zero")}
"""There the household pays for the dearer house."""


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.name)
def test_a_standard_comes_out_as_it_was_worked_by_hand(path: Path) -> None:
    pack = load_pack(path)
    outcome = run_examples(pack)
    assert outcome.problems == ()
    assert outcome.count
    assert pack.documents["LAW"].source
    notes = [note for note in notes_of(pack, outcome.proven) if (pack.id, note.key) not in MEANT]
    assert notes == []


def test_three_thirds_of_ten_thousand_lose_nothing() -> None:
    """72C: the cent that is left goes to the first of three equal owners, however they stand in the file."""
    pack = load_pack(STANDARDS[0].parent / "nz-home-loss")
    owners = [(line, "owner", {"quantity": "1"}) for line in ("b", "c", "a")]
    found = amounts_of(pack, {"land_value": "100000"}, owners, date(2020, 1, 1))
    assert found == {("a", "home_loss"): 333334, ("b", "home_loss"): 333333, ("c", "home_loss"): 333333}
