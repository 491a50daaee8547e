"""户数的写法: a number of households in words, with thousands separators."""

from __future__ import annotations

from django.utils.translation import ngettext


def counted_households(number: int) -> str:
    """As in "1,204 households"."""
    return ngettext("%(number)s household", "%(number)s households", number) % {"number": f"{number:,}"}
