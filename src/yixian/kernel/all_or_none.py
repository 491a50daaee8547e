"""整批办理: one action for each of several things, in one transaction — all of them or none (atomic batch)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.kernel.errors import Refused, YixianError

Key = TypeVar("Key")


def all_or_none(
    keys: Iterable[Key], act: Callable[[Key], object], *, named: Callable[[Key], str] = str
) -> int:
    """Do it for each; how many there were.

    Raises `Refused` under ``several.one`` with the first that is refused (``named`` says how it is called) and why; then
    nothing is done for any of them.
    """
    count = 0
    with transaction.atomic():
        for key in keys:
            try:
                act(key)
            except YixianError as error:
                words = _("Nothing was done, because of %(name)s: %(why)s")
                raise Refused(
                    "several.one", words, field=error.field, name=named(key), why=error.sentence
                ) from error
            count += 1
    return count
