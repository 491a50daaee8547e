"""密钥校验: what was sealed by one key file is never served, nor added to, with another or with none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from yixian.kernel.crypto import WrongKeys, keyring, make_keys, rotate_key
from yixian.kernel.key_check import require_keys
from yixian.kernel.models import KeyCheck, OutgoingMessage

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Where the keys of a new home stand; nothing has been sealed yet."""
    settings.YIXIAN_KEYS = tmp_path / "keys" / "fields.json"
    yield settings.YIXIAN_KEYS
    keyring.cache_clear()


def test_a_new_home_gets_keys_and_leaves_a_check_value(keys: Path) -> None:
    require_keys()
    assert keys.stat().st_mode & 0o777 == 0o600
    assert KeyCheck.objects.get().key_id == keyring().current
    require_keys()
    assert KeyCheck.objects.count() == 1


def test_a_missing_key_file_is_refused_and_not_replaced(keys: Path) -> None:
    require_keys()
    keys.unlink()
    with pytest.raises(WrongKeys, match="missing"):
        require_keys()
    assert not keys.exists()
    keyring.cache_clear()
    with pytest.raises(WrongKeys, match="missing"):
        keyring()


def test_another_key_file_is_refused(keys: Path) -> None:
    require_keys()
    keys.rename(keys.with_suffix(".old"))
    make_keys(keys)
    with pytest.raises(WrongKeys, match="does not hold the key"):
        require_keys()


def test_other_keys_under_the_same_id_are_refused(keys: Path) -> None:
    require_keys()
    ours = keyring().current
    keys.unlink()
    make_keys(keys)
    theirs = keys.read_text().split('"')[3]
    keys.write_text(keys.read_text().replace(theirs, ours))
    with pytest.raises(WrongKeys, match="does not hold the key"):
        require_keys()


def test_keys_of_a_database_from_before_the_check_values_are_tried_on_what_it_holds(keys: Path) -> None:
    make_keys(keys)
    columns = "channel, recipient, title, text, subject_kind, subject_id, key, asked_at"
    sealed = keyring().encrypt("13800000000", purpose="outgoing_message.recipient")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {OutgoingMessage._meta.db_table} ({columns}) "
            "VALUES ('sms', %s, '', '', 'matter', 1, '0d5d4a4e5a5a4b7c9a1b2c3d4e5f6071', '2026-11-30')",
            [sealed],
        )
    kept = keys.read_text()
    keys.unlink()
    with pytest.raises(WrongKeys, match="missing"):
        require_keys()
    make_keys(keys)
    with pytest.raises(WrongKeys, match="do not open"):
        require_keys()
    assert not KeyCheck.objects.exists()
    keys.write_text(kept)
    require_keys()
    assert KeyCheck.objects.exists()


def test_a_new_key_seals_and_the_older_one_still_opens(keys: Path) -> None:
    require_keys()
    before = keyring()
    sealed, index = before.encrypt("户", purpose="a"), before.blind_index("户", purpose="a")
    key_id = rotate_key(keys)
    assert keys.stat().st_mode & 0o777 == 0o600
    assert not list(keys.parent.glob("*.new"))
    require_keys()
    after = keyring()
    assert after.current == key_id != before.current
    assert after.decrypt(sealed, purpose="a") == "户"
    assert after.encrypt("户", purpose="a").startswith(f"{key_id}:")
    assert after.blind_index("户", purpose="a") == index
    assert after.digest("1", purpose="b") == before.digest("1", purpose="b")
    assert set(KeyCheck.objects.values_list("key_id", flat=True)) == {key_id, before.current}


def test_a_file_from_before_the_rotation_is_refused(keys: Path) -> None:
    require_keys()
    old = keys.read_text()
    rotate_key(keys)
    require_keys()
    keys.write_text(old)
    with pytest.raises(WrongKeys, match="does not hold the key"):
        require_keys()
