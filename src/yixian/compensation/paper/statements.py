"""账目单: accounts of many households read in a few queries and laid out as plain data for the sheet.

Every sentence comes from the trace stored with its line, never from today's price list; a withheld account has its
reasons and no sums at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Prefetch
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yixian.compensation.choices import StatementStatus
from yixian.compensation.models import Statement, StatementLine, StatementProblem
from yixian.compensation.paper.words import statement_words
from yixian.compensation.problem_words import problem_sentence
from yixian.compensation.queries import line_view
from yixian.domain.areas import AreaLevel
from yixian.domain.money import capital_amount, format_fen
from yixian.duty.queries import beside_many
from yixian.duty.rows import BesideView
from yixian.engines.entitlements import Pack
from yixian.kernel.intervals import in_force
from yixian.kernel.typesetting import Order
from yixian.policies.queries import read_pack
from yixian.registry.models import Area, Household, HouseholdMember
from yixian.registry.paper.places import areas_above, place_of
from yixian.registry.paper.qr import qr_svg

_TEMPLATE = Path(__file__).with_name("statement.typ")
_LOCALES = {"zh": "zh-hans", "en": "en"}
_CHECKSUM_SHOWN = 16


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the sheets of one order need besides the statements: names of places, people, and who stands beside whom."""

    areas: Mapping[str, Area]
    persons: Mapping[int, int]
    beside: Mapping[int, list[BesideView]]


def statement_order(households: Sequence[Household], *, lang: str, large: bool, on: date) -> Order | None:
    """The current accounts of these households (with ``head``), ready to be set, by household number.

    The caller has limited them to what its actor may see. Households whose account was never reckoned have no sheet;
    None if that leaves nothing. The document's date is the latest day on which one of the accounts was issued.
    """
    statements = _current_statements(households)
    if not statements:
        return None
    issued = max(timezone.localtime(statement.issued_at).date() for statement in statements)
    with translation.override(_LOCALES[lang]):
        around = _surroundings([statement.household for statement in statements], on)
        words = statement_words()
        sheets = [_sheet(statement, around, lang) for statement in statements]
    data = {
        "lang": lang,
        "large": large,
        "title": words["title"],
        "words": words,
        "portal": settings.YIXIAN_ADDRESS,
        "date": {"year": issued.year, "month": issued.month, "day": issued.day},
        "sheets": sheets,
    }
    return Order(_TEMPLATE, data, {"portal.svg": qr_svg(f"{settings.YIXIAN_ADDRESS}/")})


def _current_statements(households: Sequence[Household]) -> list[Statement]:
    rows = Statement.objects.filter(is_current=True, household__in=[row.pk for row in households])
    lines = StatementLine.objects.order_by("position")
    problems = StatementProblem.objects.order_by("pk")
    return list(
        rows.select_related("household__head", "run__pack_version")
        .defer("run__pack_version__content", "household__phone", "household__bank_account")
        .prefetch_related(Prefetch("lines", lines), Prefetch("problems", problems))
        .order_by("household__household_no")
    )


def _surroundings(households: list[Household], on: date) -> _Surroundings:
    ids = [row.pk for row in households]
    members = HouseholdMember.objects.filter(in_force(on), household__in=ids)
    counted = members.order_by().values("household_id").annotate(count=Count("pk"))
    return _Surroundings(
        areas=areas_above(row.area_path for row in households),
        persons=defaultdict(int, {row["household_id"]: row["count"] for row in counted}),
        beside=beside_many(ids, on=on),
    )


def _sheet(statement: Statement, around: _Surroundings, lang: str) -> dict[str, Any]:
    household, version = statement.household, statement.run.pack_version
    pack = read_pack(version.pk)
    withheld = statement.status == StatementStatus.WITHHELD
    persons = around.persons[household.pk]
    total = statement.total_fen
    return {
        "county": place_of(household.area_path, around.areas, lang, levels=(AreaLevel.COUNTY,)),
        "household_no": household.household_no,
        "head": household.head.name if household.head else "",
        "place": place_of(household.area_path, around.areas, lang),
        "persons": ngettext("%(count)s person", "%(count)s persons", persons) % {"count": persons},
        "on_date": date_format(statement.on_date, "DATE_FORMAT"),
        "issued": date_format(timezone.localtime(statement.issued_at).date(), "DATE_FORMAT"),
        "pack": version.title_zh if lang == "zh" else version.title_en,
        "version_text": _("Version %(number)s") % {"number": statement.version},
        "checksum": str(statement.run.manifest["checksum"])[:_CHECKSUM_SHOWN],
        "withheld": withheld,
        "lines": [] if withheld else [_line(line, pack, lang) for line in statement.lines.all()],
        "problems": [_problem(row, pack, lang) for row in statement.problems.all()] if withheld else [],
        "total": "" if total is None else format_fen(total),
        "capital": "" if total is None else capital_amount(total),
        "beside": [_beside(one) for one in around.beside.get(household.pk, [])],
    }


def _line(line: StatementLine, pack: Pack, lang: str) -> dict[str, str]:
    document = pack.documents.get(line.document)
    return {
        "sentence": line_view(line, pack, lang).sentence,
        "basis": document.number if document else line.document,
        "amount": format_fen(line.amount_fen),
    }


def _problem(row: StatementProblem, pack: Pack, lang: str) -> str:
    told = problem_sentence(row.code, row.message, pack, lang)
    return f"{told} ({row.line_no})" if row.line_no else told


def _beside(one: BesideView) -> dict[str, str]:
    body = f"{one.body_name} {one.post}".strip()
    return {"role": one.role_label, "name": one.name, "body": body, "phone": one.work_phone}
