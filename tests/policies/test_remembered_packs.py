"""What is remembered of a pack is remembered by its content: an id given twice never brings back another pack."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from yixian.engines.entitlements import load_pack
from yixian.kernel.actors import system_actor
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.clause_texts import clause_texts
from yixian.policies.queries import read_pack

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
PACKS = Path(__file__).resolve().parents[2] / "packs"


@pytest.mark.django_db
def test_an_id_whose_registration_was_rolled_back_is_not_remembered() -> None:
    actor = system_actor("setup")
    with transaction.atomic():
        first = register_pack(PACKS / "tuoba", actor=actor, at=AT)
        before = clause_texts(first.pk)
        transaction.set_rollback(True)
    second = register_pack(PACKS / "danjiangkou-2009", actor=actor, at=AT)
    assert read_pack(second.pk).id == "danjiangkou-2009"
    assert clause_texts(second.pk) != before


def test_a_pack_is_parsed_once_wherever_it_comes_from(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(PACKS / "tuoba", copy)
    assert load_pack(copy) is load_pack(PACKS / "tuoba")
    head = copy / "pack.yaml"
    head.write_text(head.read_text(encoding="utf-8") + "\n# another\n", encoding="utf-8")
    assert load_pack(copy) is not load_pack(PACKS / "tuoba")
