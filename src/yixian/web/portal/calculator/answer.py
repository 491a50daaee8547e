"""算出的账: the lines in the pack's words with their clauses, and the sums; or nothing, while something is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.money import CNY, MoneyError, capital_amount, format_fen
from yixian.domain.policy.pack import MONTHLY, ONCE, YEARLY
from yixian.engines.entitlements import (
    EnteredItem,
    OneAccount,
    OneLine,
    OneProblem,
    Pack,
    calculate_one,
    line_title,
    sentence,
    unit_after,
)
from yixian.engines.entitlements.result_tables import COUNTED
from yixian.kernel.languages import language
from yixian.web.currency_words import currency_word
from yixian.web.portal.calculator.choosing import PolicyChoice
from yixian.web.portal.calculator.entered import Entered

_SUMS = {
    ONCE: gettext_lazy("Together, paid once"),
    MONTHLY: gettext_lazy("Together, paid every month"),
    YEARLY: gettext_lazy("Together, paid every year"),
}
_PAID = {MONTHLY: gettext_lazy("a month"), YEARLY: gettext_lazy("a year")}


@dataclass(frozen=True, slots=True)
class CalculatedLine:
    """A line in words. ``amount`` is money or a count, as text."""

    key: tuple[str, str]
    title: str
    amount: str
    per: str
    sentence: str
    clause: str
    document: str
    number: str


@dataclass(frozen=True, slots=True)
class CalculatedSum:
    """A sum: how it is paid, as text with its currency, and in capital characters for yuan."""

    paid: str
    label: str
    amount: str
    capital: str


def calculate(choice: PolicyChoice, entered: Entered, on: date) -> tuple[OneAccount, dict[int, str]]:
    """The account of what was entered, and the line number given to each row that was reckoned, by its position."""
    lines = line_ids(entered, choice.pack)
    items = [
        EnteredItem(line_id, entered.rows[position].item_code, entered.rows[position].facts)
        for position, line_id in lines.items()
    ]
    account = calculate_one(choice.pack, choice.rules(on), on, entered.zone, entered.facts, items)
    return account, lines


def line_ids(entered: Entered, pack: Pack) -> dict[int, str]:
    """A line number for each row that is not blank: the survey's own, or the row's place. None stands twice."""
    found: dict[int, str] = {}
    for position, row in enumerate(entered.rows):
        if not row.is_blank(pack):
            own = f"={row.line_id}"
            found[position] = own if row.line_id and own not in found.values() else f"{position:04}"
    return found


def line_views(pack: Pack, on: date, lines: Iterable[OneLine]) -> list[CalculatedLine]:
    """The lines in the language of the page."""
    return [_line(pack, on, line) for line in lines]


def sums(pack: Pack, account: OneAccount) -> list[CalculatedSum]:
    """What is paid once, and by the month and the year where there is anything of it. They are never added up."""
    paid = {line.paid for line in account.lines}
    wanted = [kind for kind in _SUMS if kind == ONCE or kind in paid]
    return [
        CalculatedSum(
            kind, str(_SUMS[kind]), money(pack, account.total(kind)), _capital(pack, account.total(kind))
        )
        for kind in wanted
    ]


def money(pack: Pack, amount: int) -> str:
    """An amount with its currency."""
    return f"{format_fen(amount, pack.currency)} {currency_word(pack.currency)}"


def shown(pack: Pack, line: OneLine) -> str:
    """What a line comes to: money, or what it counts."""
    if line.paid != COUNTED:
        return money(pack, line.amount)
    counted = Decimal(line.counted)
    text = f"{counted:,.0f}" if counted == counted.to_integral_value() else f"{counted:,f}".rstrip("0")
    return f"{text} {unit_after(pack, line.counted, line.unit, language())}"


def by_row(account: OneAccount, lines: Mapping[int, str]) -> dict[int, Sequence[OneProblem]]:
    """The problems of each row, by its position."""
    return {
        position: [problem for problem in account.problems if problem.line_id == line_id]
        for position, line_id in lines.items()
    }


def _line(pack: Pack, on: date, line: OneLine) -> CalculatedLine:
    lang = language()
    document = pack.documents[line.document]
    return CalculatedLine(
        key=(line.line_id, line.rule),
        title=line_title(pack, line.rule, line.item_code, lang),
        amount=shown(pack, line),
        per=str(_PAID.get(line.paid, _("counted, no money") if line.paid == COUNTED else "")),
        sentence=sentence(pack, on, line.rule, line.item_code, line.values, line.amount, lang),
        clause=document.clauses[line.clause].text(lang),
        document=document.title(lang),
        number=document.number,
    )


def _capital(pack: Pack, amount: int) -> str:
    if pack.currency != CNY or language() != "zh":
        return ""
    try:
        return capital_amount(amount)
    except MoneyError:  # beyond a million million there are no capitals, and the figures say it all
        return ""
