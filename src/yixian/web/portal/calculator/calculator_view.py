"""算账桌: from a request to what the page shows. The same for everybody; a household with its card has its own to compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from yixian.domain.text import half_width
from yixian.engines.entitlements import OneAccount
from yixian.web.portal.calculator import answer, comparing, fields, offering
from yixian.web.portal.calculator.choosing import PolicyChoice, chosen
from yixian.web.portal.calculator.entered import (
    Entered,
    EnteredRow,
    most_rows,
    plain_number,
    read,
    removed_message,
)

RECKON, ADD, REMOVE, UNDO, CLEAR, SURVEYED = "calculate", "add", "remove", "undo", "clear", "surveyed"

Choices = Callable[[date], list[PolicyChoice]]
OwnCalculation = Callable[[PolicyChoice], Entered]


@dataclass(frozen=True, slots=True)
class CalculatorRequest:
    """What was asked: the policy and its day (``typed`` as it was written), what is entered, and whether to reckon."""

    choices: Sequence[PolicyChoice]
    choice: PolicyChoice
    on: date
    typed: str
    day_fault: str
    entered: Entered
    calculates: bool


def calculator_request(
    request: HttpRequest, choices: Choices, own: OwnCalculation | None
) -> CalculatorRequest | None:
    """Read the request; None where no policy is in force at all."""
    today = timezone.localdate()
    post = request.POST
    typed = half_width(str(post.get("on", ""))).strip()[:10]
    on, fault = _day(typed, today)
    found = choices(on)
    if not found:
        found, on = choices(today), today
        fault = fault or _("No policy was in force on that day. Choose another day.")
    choice = chosen(found, str(post.get("policy", "")))
    if choice is None:
        return None
    entered = _entered(request, choice, on, own)
    do = str(post.get("do", ""))
    again = not do and bool(post.get("answered"))
    calculates = (do == RECKON or again) and not fault
    return CalculatorRequest(found, choice, on, typed or on.isoformat(), fault, entered, calculates)


def without_calculation(question: CalculatorRequest) -> CalculatorRequest:
    """The same question, with everything that was entered kept and nothing reckoned."""
    return replace(question, calculates=False)


def calculator_context(question: CalculatorRequest, own: Entered | None) -> dict[str, Any]:
    """What the page's template needs."""
    pack, entered = question.choice.pack, question.entered
    account: OneAccount | None = None
    problems: dict[int, Any] = {}
    lines: dict[int, str] = {}
    if question.calculates:
        account, lines = answer.calculate(question.choice, entered, question.on)
        problems = answer.by_row(account, lines)
    home, undecided = fields.household_fields(pack, entered, account.problems if account else ())
    rows = fields.row_views(pack, entered, problems)
    context = {
        "question": question,
        "documents": question.choice.documents(question.on),
        "home": home,
        "undecided": undecided,
        "rows": rows,
        "groups": offering.groups(pack),
        "is_full": len(entered.rows) >= most_rows(pack),
        "gone": removed_message(entered.gone),
        "account": account,
        "blank": len(entered.rows) - len(lines) if account else 0,
    }
    if account is None or account.is_withheld:
        return context
    context |= {
        "lines": answer.line_views(pack, question.on, account.lines),
        "sums": answer.sums(pack, account),
        "sheet": [row for row in rows if row.number - 1 in lines],
    }
    if own is not None:
        before, _own_lines = answer.calculate(question.choice, own, question.on)
        context["comparison"] = comparing.compare(pack, question.on, before, account)
        context["own_withheld"] = before.is_withheld
    return context


def _entered(request: HttpRequest, choice: PolicyChoice, on: date, own: OwnCalculation | None) -> Entered:
    """What is entered, after what the pressed button does to it."""
    pack, do = choice.pack, str(request.POST.get("do", ""))
    if request.method != "POST" or do == SURVEYED:
        return own(choice) if own else offering.beginning(pack, on)
    entered, most = read(request.POST, pack), most_rows(pack)
    if own:
        entered = comparing.as_entered(entered, own(choice))
    if do == ADD:
        code = str(request.POST.get("new", ""))
        return entered.add(EnteredRow(code), most) if code in pack.items else entered
    if do.startswith(f"{REMOVE}-"):
        return entered.remove(plain_number(do.removeprefix(f"{REMOVE}-")))
    if do == UNDO:
        return entered.undo(most)
    if do == CLEAR:
        begun = offering.beginning(pack, on)
        return replace(entered.clear(), rows=begun.rows, facts=begun.facts)
    return entered


def _day(typed: str, today: date) -> tuple[date, str]:
    """The day that was asked for, and what is wrong with it."""
    if not typed:
        return today, ""
    try:
        day = parse_date(typed)
    except ValueError:
        day = None
    return (day, "") if day else (today, _("This is not a day. Write it like this: 2026-05-01."))
