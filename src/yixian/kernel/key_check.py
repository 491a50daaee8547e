"""密钥校验: key verification — a database with sealed rows is opened only with the key file that sealed them.

Each key leaves a *key check value* in the database (NIST SP 800-57 part 2): a known text sealed and digested by it. At every
start the key file must give the same again. Without this, a home whose ``keys/`` was lost would make new keys and take down
what could never be read together with what was there.
"""

from __future__ import annotations

import hmac
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Cast

from yixian.kernel.crypto import Keyring, WrongKeys, keyring, make_keys, read_keys
from yixian.kernel.errors import Refused
from yixian.kernel.fields import SealedTextField
from yixian.kernel.models import KeyCheck

_TEXT = "yixian key check"
_PURPOSE = "key.check"


def require_keys() -> None:
    """Check the home's key file against the database, and make one where nothing has ever been sealed.

    Raises `WrongKeys`; then nothing was made and nothing was written.
    """
    path = Path(settings.YIXIAN_KEYS)
    known = {check.key_id: check for check in KeyCheck.objects.all()}
    if not path.exists():
        if known or _sealed_value() is not None:
            raise WrongKeys(
                f"The key file {path} is missing, and this database holds values that only its keys open. Put the file back "
                "from the backup. A new one is not made: what it sealed could not be read together with what is there."
            )
        make_keys(path)
    keyring.cache_clear()
    keys = read_keys(path)
    for key_id, check in known.items():
        if not _is_its_own(keys, check):
            raise WrongKeys(
                f"The key file {path} does not hold the key {key_id} that sealed values in this database. Put back the "
                "key file that belongs to it, from the same backup as the database."
            )
    if keys.current not in known:
        _require_readable(keys, path)
        KeyCheck.objects.create(
            key_id=keys.current,
            sealed=keys.encrypt(_TEXT, purpose=_PURPOSE),
            digest=keys.digest(_TEXT, purpose=_PURPOSE),
        )


def _is_its_own(keys: Keyring, check: KeyCheck) -> bool:
    """Whether the key file holds this key, both halves of it."""
    try:
        opened = keys.decrypt(check.sealed, purpose=_PURPOSE)
        digest = keys.digest(_TEXT, purpose=_PURPOSE, key_id=check.key_id)
    except Refused:
        return False
    return opened == _TEXT and hmac.compare_digest(digest, check.digest)


def _require_readable(keys: Keyring, path: Path) -> None:
    """In a database from before there were check values: any sealed value must open."""
    found = _sealed_value()
    if found is None:
        return
    field, value = found
    try:
        keys.decrypt(value, purpose=field.purpose)
    except Refused as error:
        raise WrongKeys(
            f"The keys in {path} do not open the values in this database. Put back the key file that belongs to it, from "
            "the same backup as the database."
        ) from error


def _sealed_value() -> tuple[SealedTextField, str] | None:
    """Any sealed value of the database as it is stored, with its field."""
    for model in apps.get_models():
        for field in model._meta.get_fields():  # noqa: SLF001 - Django's documented interface
            if isinstance(field, SealedTextField):
                stored = Cast(field.name, models.TextField())
                rows = model._default_manager.exclude(**{field.name: ""}).annotate(stored_text=stored)  # noqa: SLF001
                value = rows.values_list("stored_text", flat=True).first()
                if value:
                    return field, value
    return None
