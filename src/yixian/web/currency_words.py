"""币种: currencies in words, as a pack pays in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from yixian.domain.money import Currency

CURRENCIES = {"CNY": gettext_lazy("yuan"), "VND": gettext_lazy("dong")}


def currency_word(currency: Currency) -> str:
    """Its name in the language of the page; any but these is said by its code."""
    return str(CURRENCIES.get(currency.code, currency.code))
