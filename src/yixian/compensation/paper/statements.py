"""账目单: accounts of many households read in a few queries and laid out as plain data for the sheet.

Every sentence comes from the trace stored with its line, never from today's price list; a withheld account has its
reasons and no sums at all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yixian.compensation.actions.keep_papers import register_papers
from yixian.compensation.choices import PaymentFrequency, StatementStatus
from yixian.compensation.models import Statement, StatementLine, StatementProblem
from yixian.compensation.paper.statement_words import statement_words
from yixian.compensation.problem_sentences import problem_sentence
from yixian.compensation.queries import line_view
from yixian.domain.money import capital_amount, format_fen
from yixian.duty.duty_read_models import AssignedHelperView
from yixian.duty.queries import assigned_helpers_of_many
from yixian.engines.entitlements import Pack
from yixian.kernel.pdf_rendering import PdfDocument, printed_date
from yixian.policies.queries import read_pack
from yixian.registry.models import Household
from yixian.registry.paper.qr import qr_svg

_TEMPLATE = Path(__file__).with_name("statement.typ")
_LOCALES = {"zh": "zh-hans", "en": "en"}
_CHECKSUM_SHOWN = 16


AssignedHelper = Mapping[int, list[AssignedHelperView]]


def statement_document(
    households: Sequence[Household], *, lang: str, large: bool, on: date
) -> PdfDocument | None:
    """The current accounts of these households, ready to be set, by household number, with who stands beside them.

    The caller has limited them to what its actor may see. Households whose account was never reckoned have no sheet;
    None if that leaves nothing. The document's date is the latest day on which one of the accounts was issued. Names and
    places are those of the register today: one that was put right since is right on the next paper.
    """
    rows = Statement.objects.filter(is_current=True, household__in=[row.pk for row in households])
    statements = list(_whole(rows).order_by("household__household_no"))
    if not statements:
        return None
    assigned_helpers = assigned_helpers_of_many([row.household_id for row in statements], on=on)
    return _order(
        statements,
        _papers_today(statements),
        {row.pk: assigned_helpers.get(row.household_id, []) for row in statements},
        lang,
        large=large,
    )


def version_document(statement_id: int, *, lang: str, large: bool) -> PdfDocument:
    """One version, whether in force or not, from what is stored with it alone: the same bytes for ever.

    It names nobody who stands beside the household, since that changes while the version does not.
    """
    statements = [_whole(Statement.objects.filter(pk=statement_id)).get()]
    return _order(statements, _papers(statements), {}, lang, large=large)


def _whole(rows: QuerySet[Statement]) -> QuerySet[Statement]:
    lines = StatementLine.objects.order_by("position")
    problems = StatementProblem.objects.order_by("pk")
    return (
        rows.select_related("household__head", "run__pack_version", "paper")
        .defer("run__pack_version__content", "household__phone", "household__bank_account")
        .prefetch_related(Prefetch("lines", lines), Prefetch("problems", problems))
    )


def _order(
    statements: list[Statement],
    papers: dict[int, dict[str, Any]],
    assigned_helpers: AssignedHelper,
    lang: str,
    *,
    large: bool,
) -> PdfDocument:
    latest = max(statements, key=lambda statement: statement.issued_at)
    issued = timezone.localdate(latest.issued_at)
    portal = papers[latest.pk]["portal"]
    with translation.override(_LOCALES[lang]):
        words = statement_words()
        sheets = [_sheet(row, papers[row.pk], assigned_helpers.get(row.pk), lang) for row in statements]
    data = {
        "lang": lang,
        "large": large,
        "title": words["title"],
        "words": words,
        "portal": portal,
        "date": printed_date(issued),
        "sheets": sheets,
    }
    return PdfDocument(_TEMPLATE, data, {"portal.svg": qr_svg(f"{portal}/")})


def _papers(statements: list[Statement]) -> dict[int, dict[str, Any]]:
    """What was kept with each version; for those issued before papers were kept, what the register says now."""
    kept = {row.pk: json.loads(row.paper.content) for row in statements if hasattr(row, "paper")}
    return kept | register_papers([row for row in statements if row.pk not in kept])


def _papers_today(statements: list[Statement]) -> dict[int, dict[str, Any]]:
    """The same with the name and the place that the register has today; members stay those who were counted."""
    today = register_papers(statements)
    return {
        pk: paper | {name: today[pk][name] for name in ("head", "county", "place")}
        for pk, paper in _papers(statements).items()
    }


def _sheet(
    statement: Statement, paper: dict[str, Any], assigned_helpers: list[AssignedHelperView] | None, lang: str
) -> dict[str, Any]:
    version = statement.run.pack_version
    pack = read_pack(version.pk)
    withheld = statement.status == StatementStatus.WITHHELD
    persons = paper["persons"]
    return {
        "county": paper["county"][lang],
        "household_no": statement.household.household_no,
        "head": paper["head"],
        "place": paper["place"][lang],
        "persons": ngettext("%(count)s person", "%(count)s persons", persons) % {"count": persons},
        "on_date": date_format(statement.on_date),
        "issued": date_format(timezone.localdate(statement.issued_at)),
        "pack": version.title_zh if lang == "zh" else version.title_en,
        "version_text": _("Version %(number)s") % {"number": statement.version},
        "checksum": str(statement.run.manifest["checksum"])[:_CHECKSUM_SHOWN],
        "withheld": withheld,
        "lines": []
        if withheld
        else [line_cells(line, pack, statement.on_date, lang) for line in statement.lines.all()],
        "problems": [_problem(row, pack, lang) for row in statement.problems.all()] if withheld else [],
        "sums": sums_of(statement),
        "archived": assigned_helpers is None,
        "beside": [_assigned_helper(one) for one in assigned_helpers or [] if not one.is_away],
    }


def line_cells(line: StatementLine, pack: Pack, on: date, lang: str) -> dict[str, str]:
    """A line as the table of a sheet shows it; ``paid`` says how often, and is empty for once."""
    document = pack.documents.get(line.document)
    return {
        "sentence": line_view(line, pack, on, lang).sentence,
        "basis": document.number if document else line.document,
        "amount": "" if line.paid == PaymentFrequency.COUNTED else format_fen(line.amount_fen),
        "paid": "" if line.paid == PaymentFrequency.ONCE else str(PaymentFrequency(line.paid).label),
    }


def sums_of(statement: Statement) -> list[dict[str, str]]:
    """What is paid once, always; monthly and yearly where there is any. None while withheld."""
    sums = statement.sums
    if sums is None:
        return []
    names = (_("Total (yuan)"), _("Each month (yuan)"), _("Each year (yuan)"))
    return [
        {"name": name, "amount": format_fen(fen), "capital": capital_amount(fen)}
        for place, (name, fen) in enumerate(zip(names, sums, strict=True))
        if fen or not place
    ]


def _problem(row: StatementProblem, pack: Pack, lang: str) -> str:
    told = problem_sentence(row.code, row.message, pack, lang)
    return f"{told} ({row.line_no})" if row.line_no else told


def _assigned_helper(one: AssignedHelperView) -> dict[str, str]:
    organisation = f"{one.organisation_name} {one.post}".strip()
    return {"role": one.role_label, "name": one.name, "organisation": organisation, "phone": one.work_phone}
