"""The packs that come with the product are kept once, and the demonstration county's counts until one is adopted."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from yixian.policies.actions.register_shipped import FIRST_CHOICE, register_shipped
from yixian.policies.models import PackAdoption, PackVersion
from yixian.policies.queries import latest_registered_pack

pytestmark = pytest.mark.django_db
PACKS = Path(__file__).parents[2] / "packs"
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def test_every_shipped_pack_is_registered_once_and_none_adopted():
    register_shipped(PACKS, at=AT)
    register_shipped(PACKS, at=AT + timedelta(days=1))
    kept = PackVersion.objects.values_list("pack_id", flat=True)
    assert sorted(kept) == sorted(path.name for path in PACKS.iterdir() if path.is_dir())
    assert not PackAdoption.objects.exists()


def test_item_codes_are_the_first_choices_until_a_pack_is_adopted():
    register_shipped(PACKS, at=AT)
    pack = latest_registered_pack()
    assert pack is not None
    assert pack.id == FIRST_CHOICE


def test_a_faulty_pack_is_named_and_keeps_nothing_else_from_working(tmp_path):
    for name in (FIRST_CHOICE, "lai-chau-2010", "tuoba"):
        shutil.copytree(PACKS / name, tmp_path / name)
    with (tmp_path / "tuoba" / "items.csv").open("a", encoding="utf-8") as items:
        items.write("one,cell\n")
    (tmp_path / "lai-chau-2010" / "pack.yaml").write_bytes("title: 中".encode("gbk"))
    told = register_shipped(tmp_path, at=AT)
    assert [(one.folder.name, one.reason.split(":")[0]) for one in told] == [
        ("lai-chau-2010", "pack.yaml"),
        ("tuoba", "items.csv"),
    ]
    assert list(PackVersion.objects.values_list("pack_id", flat=True)) == [FIRST_CHOICE]
    text = (tmp_path / FIRST_CHOICE / "items.csv").read_text(encoding="utf-8")
    (tmp_path / FIRST_CHOICE / "items.csv").write_text(text.replace("土木", "土木 ", 1), encoding="utf-8")
    last = register_shipped(tmp_path, at=AT)[-1]
    assert last.folder.name == FIRST_CHOICE
    assert "version number" in last.reason
