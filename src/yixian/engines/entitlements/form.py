"""表单读取: takes typed values out of located mappings, noting what is missing, unknown or malformed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TypeVar

from yixian.domain.written_days import FORMS, REASONS, WrittenDayError, written_day
from yixian.engines.entitlements.located import Faults, Located, Placed

T = TypeVar("T")

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
"""In the digits that everybody reads alike: no full-width ones, no plus, no marks between thousands, no 0 in front (some
read 0144 as an octal number)."""
_COUNT = re.compile(r"0|[1-9][0-9]*")
_MAX_DIGITS = 15
"""Before the point: more than any county's sum, and few enough for every formula's bounds."""


class Form:
    """A mapping being read: every key must be asked for, and every key asked for must be right."""

    def __init__(self, source: Located, faults: Faults) -> None:
        self.place = source.place
        self.faults = faults
        self._entries = dict(source.entries)
        self._unread = set(source.entries)
        if source.kind != "mapping":
            faults.add(source.place, "pack.mapping")

    def text(self, key: str, *, default: str | None = None) -> str:
        """A text; required unless there is a default."""
        found = self._take(key)
        if found is None or (not found.text and found.kind == "text"):
            if default is None:
                self.faults.add(found.place if found else self.place, "pack.missing", name=key)
            return default or ""
        if found.kind != "text":
            self.faults.add(found.place, "pack.text", name=key)
        return found.text

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date, in any form in which days are written."""
        return parse_day(self._take_text(key, required=required), self.faults)

    def both(self, key: str) -> tuple[str, str]:
        """A text in two languages, ``{zh: ..., en: ...}``."""
        found = self._take(key)
        if found is None:
            self.faults.add(self.place, "pack.missing", name=key)
            return "", ""
        form = Form(found, self.faults)
        pair = form.text("zh"), form.text("en")
        form.done()
        return pair

    def decimal(self, key: str, *, decimals: int) -> Decimal:
        """A plain decimal, written as text; required."""
        found = self._take_text(key, required=True)
        return parse_decimal(found, self.faults, decimals=decimals) if found.text else Decimal(0)

    def whole(self, key: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``, written as text; required. ``low`` if it is none (then noted)."""
        found = self._take_text(key, required=True)
        if _COUNT.fullmatch(found.text) and low <= int(found.text) <= high:
            return int(found.text)
        if found.text:
            self.faults.add(found.place, "pack.whole", name=key, low=low, high=high)
        return low

    def yes_or_no(self, key: str, *, default: bool) -> bool:
        """“yes” or “no”."""
        found = self._take_text(key, required=False)
        if found.text not in {"", "yes", "no"}:
            self.faults.add(found.place, "pack.yes_or_no", name=key)
        return default if not found.text else found.text == "yes"

    def form(self, key: str) -> Form:
        """A mapping with keys of its own; required."""
        found = self._take(key)
        if found is None:
            self.faults.add(self.place, "pack.missing", name=key)
            return Form(Located(self.place, kind="mapping"), self.faults)
        return Form(found, self.faults)

    def list(self, key: str) -> list[Located]:
        """A list; empty if absent."""
        found = self._take(key)
        if found is not None and found.kind != "list":
            self.faults.add(found.place, "pack.list", name=key)
        return found.items if found else []

    def mapping(self, key: str) -> dict[str, Located]:
        """A mapping; empty if absent."""
        found = self._take(key)
        if found is not None and found.kind != "mapping":
            self.faults.add(found.place, "pack.mapping")
        return found.entries if found else {}

    def has(self, key: str) -> bool:
        """Whether it is there at all."""
        return key in self._entries

    def where(self, key: str) -> Located:
        """The value's place, or the form's own."""
        return self._entries.get(key, Located(self.place))

    def placed(self, value: T) -> Placed[T]:
        """What was read from this form, with its places."""
        return Placed(value, self.place, self._entries)

    def done(self) -> None:
        """Note every key that nothing asked for."""
        for key in sorted(self._unread):
            self.faults.add(self._entries[key].place, "pack.unknown_key", name=key)

    def _take(self, key: str) -> Located | None:
        self._unread.discard(key)
        return self._entries.get(key)

    def _take_text(self, key: str, *, required: bool) -> Located:
        found = self._take(key)
        if found is not None and found.kind != "text":
            self.faults.add(found.place, "pack.text", name=key)
            return Located(self.place)
        if found is None or not found.text:
            if required:
                self.faults.add(found.place if found else self.place, "pack.missing", name=key)
            return Located(self.place)
        return found


def parse_day(source: Located, faults: Faults) -> date | None:
    """A date from text; None if empty or faulty (then noted)."""
    if not source.text:
        return None
    try:
        return written_day(source.text)
    except WrittenDayError as error:
        zh, en = REASONS[error.key]
        faults.add(source.place, "pack.date", text=source.text, why=(zh, en), forms=FORMS)
        return None


def parse_decimal(source: Located, faults: Faults, *, decimals: int) -> Decimal:
    """A plain decimal with at most some decimals; 0 if faulty (then noted)."""
    if not _NUMBER.fullmatch(source.text):
        faults.add(source.place, "pack.number", text=source.text)
        return Decimal(0)
    value = Decimal(source.text)
    whole, _point, part = source.text.lstrip("-").partition(".")
    if len(whole) > _MAX_DIGITS:
        faults.add(source.place, "pack.overlong", text=source.text, digits=_MAX_DIGITS)
    if len(part) > decimals:
        faults.add(source.place, "pack.decimals", text=source.text, decimals=decimals)
    return value
