"""第二人: separation of duties over what money hangs on — quantities, eligibility, bank accounts, ID numbers, facts,
and which household has whom and what.

No action writes any of them without `TwoPersons`: who proposed it, by which document, and who agreed. Persons come by one
through a `ProposedChange` (`yixian.registry.actions.propose_change`, `decide_change`), or through a decided matter that
somebody else carries out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound, Refused
from yixian.kernel.extension_points import Registry

if TYPE_CHECKING:
    from yixian.registry.models import ProposedChange

_MAX_NUMBER, _MAX_REASON = 120, 500
_FURTHEST_DAYS = 366


@dataclass(frozen=True, slots=True)
class TwoPersons:
    """By whom (user ids) and by what a change of what money hangs on is made. Raises `Refused` where both are one."""

    proposed_by: int
    agreed_by: int
    document: str

    def __post_init__(self) -> None:
        if self.proposed_by == self.agreed_by:
            raise Refused(
                "change.two_people", _("Another person than the one who proposed it must agree to it.")
            )

    def as_data(self) -> dict[str, int | str]:
        """The same for the ledger."""
        return {
            "proposed_by": self.proposed_by,
            "agreed_by": self.agreed_by,
            "document": self.document,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """The paper on which a proposal rests: its number, its day, and why it changes what stands."""

    number: str
    dated: date
    reason: str

    def checked(self, *, on: date) -> Document:
        """The same without blanks around it. Raises `Invalid` for what is missing, too long or lies ahead."""
        found = Document(self.number.strip(), self.dated, self.reason.strip())
        for field, text, longest in (
            ("document_no", found.number, _MAX_NUMBER),
            ("reason", found.reason, _MAX_REASON),
        ):
            if not text:
                raise Invalid("change.empty", _("This must be filled in."), field=field)
            if len(text) > longest:
                raise Invalid("change.too_long", _("This is too long."), field=field)
        if found.dated > on:
            raise Invalid("change.future", _("The day lies ahead."), field="document_date")
        return found


class Overtaken(Exception):
    """What a proposal says stood before stands no longer; ``reason`` says what does."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Application(Protocol):
    """What puts an agreed proposal of one kind into effect."""

    def __call__(self, change: ProposedChange, by: TwoPersons, *, actor: Actor, at: datetime) -> None:
        """Do it, or raise `Overtaken` and have changed nothing."""


APPLICATIONS: Registry[Application] = Registry("proposed change", Application)


class Feasibility(Protocol):
    """Whether a waiting proposal of one kind can still be carried out."""

    def __call__(self, change: ProposedChange, *, actor: Actor, at: datetime) -> None:
        """Raise `Overtaken` where what it rests on is another by now. Nothing is changed, and nothing locked."""


FEASIBILITY: Registry[Feasibility] = Registry("whether a proposed change can still be", Feasibility)


@contextmanager
def overtaken_where_refused() -> Iterator[None]:
    """What a room would refuse by now of what it once took was overtaken: the number was taken, the household ended."""
    try:
        yield
    except (Invalid, Refused, NotFound) as refused:
        raise Overtaken(refused.sentence) from refused


class AssignmentCheck(Protocol):
    """Whether a helper stands beside a household, or is going to."""

    def __call__(self, helper_id: int, household_ids: Collection[int], *, on: date) -> bool:
        """Whether they stand beside one of these."""


ASSIGNMENTS: Registry[AssignmentCheck] = Registry("who stands beside households", AssignmentCheck)


class Accounted(Protocol):
    """Whether money was reckoned in this county."""

    def __call__(self) -> bool:
        """Whether any household was ever issued an account, or had one withheld."""


ACCOUNTED: Registry[Accounted] = Registry("whether there are accounts", Accounted)
"""Once there are, money hangs on a household's being in the register at all."""


def has_accounts() -> bool:
    """Whether accounts were issued; never in a county that reckons none."""
    return any(accounted() for accounted in ACCOUNTED.load_all())


def require_near_day(on: date, at: datetime) -> None:
    """A division or a merger takes effect within a year. Raises `Invalid`: a day further ahead was mistyped."""
    if on > timezone.localdate(at) + timedelta(days=_FURTHEST_DAYS):
        raise Invalid("change.far", _("The day lies more than a year ahead. Please look again."), field="on")
