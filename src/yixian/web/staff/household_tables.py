"""户页的表格: the people of a household, the lines of its account, and what it has as surveyed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.compensation.account_read_models import AccountLineView
from yixian.domain.money import format_fen
from yixian.registry.register_read_models import MemberView
from yixian.web.templatetags.yixian import quantity
from yixian.web.ui.cells import CODE, DATE, RIGHT, TEXT, WHOLE, Badge, soft
from yixian.web.ui.tables import Column, Empty, Table


def _age(member: MemberView) -> str:
    years = gettext("%(age)s years") % {"age": member.age}
    return soft(f"{years} · {member.ethnicity}" if member.ethnicity else years)


_TONES = {"eligible": "good", "undetermined": "warn"}

PEOPLE = Table[MemberView](
    _("People"),
    (
        Column("name", _("Name"), lambda member: member.name, WHOLE, place="lead"),
        Column("relation", _("Relation"), lambda member: f"{member.relation_label} · {member.gender_label}"),
        Column("born", _("Born"), lambda member: member.birth_date, DATE, under=_age, place="labelled"),
        Column("id", _("ID number"), lambda member: member.id_number or None, CODE),
        Column(
            "eligibility",
            _("Counts as"),
            lambda member: Badge(member.eligibility_label, _TONES.get(member.eligibility, "")),
            under=lambda member: soft(member.eligibility_note) if member.eligibility_note else "",
            place="labelled",
        ),
    ),
    Empty(_("Nobody lives here.")),
    css="counts",
    sorted_by="people",
    anchor="people",
)


def _under_title(line: AccountLineView) -> str:
    """How it comes about, for a line without quantity or price: the household's as a whole, or a count."""
    return "" if line.quantity and line.price else soft(line.how)


def _basis(line: AccountLineView) -> SafeString:
    """The line in a sentence and the clause's own text, folded below the name of the document."""
    clause = (
        format_html('<blockquote class="clause">{}</blockquote>', line.clause_text)
        if line.clause_text
        else ""
    )
    return format_html(
        '<details class="more"><summary><span class="off-phones">{}</span><span class="on-phones">{}</span></summary>'
        '<p class="small mb-2 on-phones">{}</p><p class="small mb-2">{}</p>{}</details>',
        line.document_title,
        _("Basis"),
        line.document_title,
        line.sentence,
        clause,
    )


def _price(line: AccountLineView) -> str | None:
    """With two decimals at least, and as many as it has; None for a line without one."""
    if not line.price:
        return None
    value = Decimal(line.price).normalize()
    return f"{value:,.{max(2, -int(value.as_tuple().exponent))}f}"


def _number(text: str) -> Decimal | None:
    """A quantity or price as a number; None for a line without one."""
    return Decimal(text) if text else None


def _sum(line: AccountLineView) -> Any:
    amount = format_fen(line.amount_fen) if line.is_money else ""
    return (
        format_html('{} <span class="tag">{}</span>', amount, line.paid_label) if line.paid_label else amount
    )


_BASIS = replace(TEXT, css="basis")

ACCOUNT = Table[AccountLineView](
    _("The account, line by line"),
    (
        Column("item", _("Item"), lambda line: line.title, place="lead", under=_under_title),
        Column(
            "quantity",
            _("Quantity"),
            lambda line: f"{quantity(line.quantity)} {line.unit}".strip() if line.quantity else None,
            RIGHT,
            sorted_as=lambda line: _number(line.quantity),
        ),
        Column("price", _("Unit price, yuan"), _price, RIGHT, sorted_as=lambda line: _number(line.price)),
        Column(
            "sum",
            _("Amount, yuan"),
            _sum,
            RIGHT,
            place="corner",
            sorted_as=lambda line: line.amount_fen if line.is_money else None,
        ),
        Column("basis", _("Basis"), _basis, _BASIS, sorted_as=lambda line: line.document_title),
    ),
    Empty(_("No lines")),
    css="counts lines",
    sorted_by="lines",
    anchor="account",
)

ITEMS = Table[Any](
    _("What it has, as surveyed"),
    (
        Column("item", _("Item"), lambda item: item.title, place="lead"),
        Column(
            "quantity",
            _("Quantity"),
            lambda item: f"{quantity(item.quantity)} {item.unit}",
            RIGHT,
            sorted_as=lambda item: item.quantity,
        ),
        Column("place", _("Where"), lambda item: item.place or None),
        Column(
            "surveyed",
            _("Surveyed"),
            lambda item: item.surveyed_on,
            DATE,
            under=lambda item: soft(item.surveyor) if item.surveyor else "",
            place="labelled",
        ),
    ),
    Empty(_("Nothing has been surveyed yet"), _("The items of the survey come with the workbook.")),
    css="counts",
    sorted_by="survey",
    anchor="items",
)


def people_table(household: Any) -> Table[MemberView]:
    """The people, each with the way to put their data right, or to say that they left, below the name."""

    def ways(member: MemberView) -> SafeString:
        own = [household.pk, member.person_id]
        return format_html(
            '<div class="small no-print"><a href="{}">{}</a> · <a href="{}">{}</a></div>',
            reverse("staff:member_edit", args=own),
            _("Put right"),
            reverse("staff:member_left", args=own),
            _("Left"),
        )

    name, *others = PEOPLE.columns
    return replace(PEOPLE, columns=(replace(name, under=ways), *others))


def items_table(household: Any) -> Table[Any]:
    """The lines of the survey, each with the way to put it right below its title."""

    def way(item: Any) -> SafeString:
        return format_html(
            '<div class="small no-print"><a href="{}">{}</a></div>',
            reverse("staff:item_edit", args=[household.pk, item.pk]),
            _("Put right"),
        )

    title, *others = ITEMS.columns
    return replace(ITEMS, columns=(replace(title, under=way), *others))
