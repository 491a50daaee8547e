"""答复的行: what the library says to a question, in the words of the page: heading, clauses, prices, way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.kernel.languages import language
from yixian.policies.replies import Part, Reply, Verdict
from yixian.web.library.entry_points import EntryPoint
from yixian.web.library.library_rows import ClauseRow, DocumentRow, clause_row, document_row
from yixian.web.library.price_list import PriceRow, price_row
from yixian.web.ui.cells import Text


@dataclass(frozen=True, slots=True)
class WayOn:
    """A page of the portal where a subject is dealt with, and what its link says."""

    label: Text
    address: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of a reply on a page. ``heading`` says what it is and what is said about it, in one line."""

    title: str
    verdict: Verdict
    heading: str
    prices: list[PriceRow]
    clauses: list[ClauseRow]
    words: str
    said_by: str
    drafts: list[DocumentRow]
    related: list[ClauseRow]
    way_on: WayOn | None

    @property
    def is_decided(self) -> bool:
        """Whether something in force answers it."""
        return self.verdict in {Verdict.PRICED, Verdict.DECIDED}


_PAGES: dict[str, tuple[Text, Callable[[], str]]] = {
    "account": (gettext_lazy("See our own account, line by line"), lambda: reverse("portal:account")),
    "agreement": (gettext_lazy("See our agreement"), lambda: reverse("portal:agreement")),
    "calculator": (gettext_lazy("Reckon it yourself"), lambda: reverse("portal:calculate")),
    "card": (
        gettext_lazy("What to do when the card or the PIN is lost"),
        lambda: f"{reverse('portal:home')}#lost",
    ),
    "genuine": (
        gettext_lazy("Is this paper genuine?"),
        lambda: reverse("portal:genuine"),
    ),
    "helpers": (
        gettext_lazy("See who stands beside us, with their telephone numbers"),
        lambda: reverse("portal:assigned_helpers"),
    ),
    "how_long": (gettext_lazy("See how long each step may take"), lambda: reverse("portal:procedure")),
    "offices": (gettext_lazy("Telephone numbers and addresses"), lambda: reverse("portal:offices")),
    "promises": (gettext_lazy("See what was promised to us"), lambda: reverse("portal:promises")),
    "raise": (gettext_lazy("Raise it here"), lambda: reverse("portal:raise")),
    "status": (gettext_lazy("Look where it stands, by the receipt"), lambda: reverse("portal:status")),
}
"""The pages that `domain.policy.vocabulary.PAGES` names."""


def part_rows(reply: Reply, entry_point: EntryPoint, on: date) -> list[PartRow]:
    """The parts of a reply in the words of the page, in their order."""
    return [_part_row(part, entry_point, on) for part in reply.parts]


def _part_row(part: Part, entry_point: EntryPoint, on: date) -> PartRow:
    lang = language()
    said = part.not_decided
    return PartRow(
        title=part.title(lang),
        verdict=part.verdict,
        heading=_heading(part, on),
        prices=[price_row(price, pack, lang) for pack, price in part.prices],
        clauses=[clause_row(clause, entry_point, on) for clause in part.clauses],
        words=said.words(lang) if said else "",
        said_by=(
            _("Said by %(name)s on %(day)s") % {"name": said.by(lang), "day": date_format(said.said_on)}
            if said
            else ""
        ),
        drafts=[document_row(shelved, entry_point, on) for shelved in part.drafts],
        related=[clause_row(clause, entry_point, on) for clause in part.related],
        way_on=WayOn(_PAGES[part.page][0], _PAGES[part.page][1]()) if part.page else None,
    )


def _heading(part: Part, on: date) -> str:
    title = {"title": part.title(language()), "day": date_format(on)}
    return {
        Verdict.PRICED: _("%(title)s: the price in force on %(day)s"),
        Verdict.DECIDED: _("%(title)s: decided, and in force on %(day)s"),
        Verdict.NOT_DECIDED: _("%(title)s: not decided yet"),
        Verdict.DEALT_WITH: _("%(title)s: this is dealt with here"),
        Verdict.UNSAID: _("%(title)s: nobody has said this yet"),
        Verdict.UNCLEAR: _("%(title)s: we do not find exactly what you ask"),
    }[part.verdict] % title
