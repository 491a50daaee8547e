"""加密: AES-256-GCM for single fields, and HMAC-SHA-256 blind indexes to find equal values without reading them.

Keys live in ``YIXIAN_HOME/keys/fields.json`` (mode 0600): ``{"current": ID, "keys": {ID: {"data": ..., "index": ...}}}``.
An id is random: no two files give one id to different keys. Whether a file belongs to a database: `yixian.kernel.key_check`.
A ciphertext is ``<key id>:<base64url(nonce ‖ ciphertext ‖ tag)>``; the field's name is bound in as associated data, so a
value copied from another column does not decrypt. Source: NIST SP 800-38D (GCM), RFC 2104 (HMAC).
"""

from __future__ import annotations

import base64
import functools
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext_lazy

from yixian.kernel.errors import Refused

_NONCE_BYTES = 12


class WrongKeys(Exception):
    """The key file is missing, or is another than the one that sealed the database. The message says what to do."""


class Keyring:
    """The keys of one home folder."""

    def __init__(self, current: str, keys: dict[str, dict[str, bytes]]) -> None:
        self.current = current
        self._keys = keys
        self._ciphers = {key_id: AESGCM(pair["data"]) for key_id, pair in keys.items()}

    def encrypt(self, plain: str, *, purpose: str) -> str:
        """The text as ciphertext under the current key, bound to its purpose (the field's name)."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._ciphers[self.current].encrypt(nonce, plain.encode(), purpose.encode())
        return f"{self.current}:{base64.urlsafe_b64encode(nonce + sealed).decode()}"

    def decrypt(self, stored: str, *, purpose: str) -> str:
        """The text again. Raises `Refused` if the key is missing or the value was altered."""
        key_id, _, body = stored.partition(":")
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise Refused(
                "crypto.key_missing",
                gettext_lazy("The key %(key_id)s is missing in this home folder."),
                field=purpose,
                key_id=key_id,
            )
        raw = base64.urlsafe_b64decode(body)
        try:
            return cipher.decrypt(raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], purpose.encode()).decode()
        except InvalidTag as error:
            raise Refused(
                "crypto.altered", gettext_lazy("A protected value was altered."), field=purpose
            ) from error

    def blind_index(self, plain: str, *, purpose: str) -> str:
        """32 hex digits that are equal exactly when the plain values are equal (for one purpose)."""
        key = self._keys[self.current]["index"]
        return hmac.new(key, f"{purpose}\x00{plain}".encode(), hashlib.sha256).hexdigest()[:32]

    def digest(self, plain: str, *, purpose: str, key_id: str = "") -> str:
        """A full keyed digest, for checking secrets such as PINs; under the current key unless another is named."""
        key = self._keys[key_id or self.current]["index"]
        return hmac.new(key, f"digest\x00{purpose}\x00{plain}".encode(), hashlib.sha256).hexdigest()


def make_keys(path: Path) -> None:
    """Write a fresh key file if there is none; readable by its owner only."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key_id = _new_id()
    content = {
        "current": key_id,
        "keys": {key_id: {"data": secrets.token_hex(32), "index": secrets.token_hex(32)}},
    }
    _write(path, content)


def rotate_key(path: Path) -> str:
    """Add a new data key, which seals from now on, to a key file; the older ones go on opening what they sealed. Its id.

    The index key stays: equal values must go on having equal indexes, and PINs and links of the ledger's chain are known
    by their digests alone. Call it while nothing runs: a running process knows only the keys of its start.
    """
    content = json.loads(path.read_text())
    key_id, before = _new_id(), content["keys"][content["current"]]
    content["keys"][key_id] = {"data": secrets.token_hex(32), "index": before["index"]}
    content["current"] = key_id
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.unlink(missing_ok=True)
    _write(unfinished, content)
    unfinished.replace(path)
    return key_id


def _new_id() -> str:
    return f"k{secrets.token_hex(6)}"


def _write(path: Path, content: Mapping[str, object]) -> None:
    """As a new file, its owner's alone, on disk before this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(content, file)
        file.flush()
        os.fsync(file.fileno())


def read_keys(path: Path) -> Keyring:
    """The key ring of a key file."""
    content = json.loads(path.read_text())
    keys = {
        key_id: {name: bytes.fromhex(value) for name, value in pair.items()}
        for key_id, pair in content["keys"].items()
    }
    return Keyring(content["current"], keys)


@functools.cache
def keyring() -> Keyring:
    """The key ring of the running home folder (setting ``YIXIAN_KEYS``); made, if ever, by `yixian.kernel.key_check`.

    Raises `WrongKeys` where there is no key file.
    """
    path = Path(settings.YIXIAN_KEYS)
    if not path.exists():
        raise WrongKeys(f"The key file {path} is missing. Put it back from the backup.")
    return read_keys(path)
