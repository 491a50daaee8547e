"""户页的表格: the people of a household, and what it has."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yixian.registry.register_read_models import MemberView
from yixian.web.templatetags.yixian import quantity
from yixian.web.ui.cells import CODE, DATE, RIGHT, WHOLE, Badge, soft
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
    css="",
)

ITEMS = Table[Any](
    _("What it has, as surveyed"),
    (
        Column("item", _("Item"), lambda item: item.title, place="lead"),
        Column("quantity", _("Quantity"), lambda item: f"{quantity(item.quantity)} {item.unit}", RIGHT),
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
    css="",
)
