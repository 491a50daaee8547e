"""账目读模型: read models (DTO) that compensation's queries hand out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from yixian.compensation.choices import PaymentFrequency
from yixian.registry.models import Area, Household


@dataclass(frozen=True, slots=True)
class AccountLineView:
    """A line of an account in words.

    ``clause_text`` is the clause's own text, as the pack holds it, and ``clause_plain`` what it means in plain words, "" where
    nobody wrote any. ``category`` is that of its item, "" for a line of the household as a whole. ``persons`` is how many of
    the household count, "" where they do not decide the sum; ``price_unit`` is the unit for which the price is paid.
    """

    position: int
    item_code: str
    category: str
    title: str
    sentence: str
    quantity: str
    unit: str
    price: str
    amount_fen: int
    document: str
    document_title: str
    document_number: str
    clause: str
    clause_text: str
    clause_plain: str
    paid: str = PaymentFrequency.ONCE
    persons: str = ""
    price_unit: str = ""

    @property
    def how(self) -> str:
        """The sentence without the title that it begins with, for where the title stands already."""
        rest = self.sentence.removeprefix(self.title)
        return rest.lstrip("，：,: ") if rest != self.sentence else self.sentence

    @property
    def paid_label(self) -> str:
        """How often it is paid, in words; empty for once."""
        return "" if self.paid == PaymentFrequency.ONCE else str(PaymentFrequency(self.paid).label)

    @property
    def is_money(self) -> bool:
        """Whether it is a sum at all: a count is none."""
        return self.paid != PaymentFrequency.COUNTED


@dataclass(frozen=True, slots=True)
class ProblemView:
    """Why an account is withheld."""

    line_no: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class WithheldRow:
    """A household whose account is withheld, with its reasons."""

    household: Household
    problems: list[ProblemView]


@dataclass(frozen=True, slots=True)
class VersionView:
    """An earlier or later version of the same account."""

    version: int
    issued_at: datetime
    status_label: str
    cause_label: str
    total_fen: int | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """A household's account as issued. ``total_fen`` is what is paid once, and ``total_capital`` the same in 大写.

    ``monthly_fen`` and ``yearly_fen`` are paid again and again, and never added to it. All are None while withheld.
    ``is_outdated``: it is in force, and the register holds other facts today than it was reckoned from.
    """

    statement_id: int
    household_no: str
    version: int
    status: str
    status_label: str
    cause_label: str
    total_fen: int | None
    monthly_fen: int | None
    yearly_fen: int | None
    total_capital: str
    on_date: date
    issued_at: datetime
    pack_id: str
    pack_title: str
    pack_sha256: str
    checksum: str
    lines: list[AccountLineView]
    problems: list[ProblemView]
    versions: list[VersionView]
    is_outdated: bool

    @property
    def again(self) -> list[tuple[str, int]]:
        """What is paid every month and every year, where there is any, each with its words."""
        sums = ((PaymentFrequency.MONTHLY, self.monthly_fen), (PaymentFrequency.YEARLY, self.yearly_fen))
        return [(str(paid.label), fen) for paid, fen in sums if fen]


@dataclass(frozen=True, slots=True)
class AccountTotals:
    """Sums of the current accounts of an area; withheld households are counted apart, never summed."""

    issued: int
    withheld: int
    missing: int
    total_fen: int
    by_child: list[tuple[Area, int, int, int]]
    """(area, issued, withheld, total in fen) for each area directly below."""


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """What one reckoning changed for a household, in fen; monthly and yearly are what is paid each time."""

    household_id: int
    household_no: str
    head_name: str
    area: Area
    version: int
    old_fen: int
    new_fen: int
    monthly_fen: int
    yearly_fen: int

    @property
    def difference_fen(self) -> int:
        """What is to be paid once besides what was owed before; negative where less is owed."""
        return self.new_fen - self.old_fen


@dataclass(frozen=True, slots=True)
class RunView:
    """A reckoning that is not finished: how many of its accounts are settled, of how many."""

    run_id: int
    at: datetime
    area_path: str
    settled: int
    households: int
