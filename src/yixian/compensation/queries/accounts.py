"""账目查询: accounts in their current version, as far as the actor may see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Substr

from yixian.compensation.access import reached_with_account
from yixian.compensation.account_read_models import (
    AccountLineView,
    AccountTotals,
    ProblemView,
    StatementView,
    VersionView,
    WithheldRow,
)
from yixian.compensation.choices import StatementCause, StatementStatus
from yixian.compensation.models import Statement, StatementLine, StatementProblem
from yixian.compensation.outdated_accounts import is_outdated, outdated_household_ids
from yixian.compensation.problem_sentences import problem_sentence
from yixian.domain.areas import SEGMENT
from yixian.domain.money import capital_amount
from yixian.engines.entitlements import Pack, line_title, sentence, unit_after, unit_word
from yixian.kernel.actors import Actor, Grant
from yixian.kernel.choice_labels import choice_label
from yixian.kernel.intervals import in_force
from yixian.kernel.languages import language
from yixian.kernel.memo import memoised
from yixian.kernel.prepared import one_of, prepared
from yixian.kernel.prepared_results import prepared_results
from yixian.kernel.result_sets import Order, ResultSet
from yixian.policies.queries import read_pack
from yixian.registry.access import Part, below, parts_for, reach_of, reached_by, roles_seeing
from yixian.registry.models import Area, Household
from yixian.registry.queries import area_children

_IDS_A_STATEMENT = 5000
"""SQLite takes at most 32,766 values in one statement."""

_ORDERS: Mapping[str, Order] = {
    "name": ("head__name", "household_no"),
    "no": ("household_no",),
    "place": ("area_path", "household_no"),
}
"""What a list of households may be ordered by."""

_MAX_LISTED = 500
"""More households than this are looked for anew in each query instead of being named in it: before a first reckoning."""


def current_statement(actor: Actor, household: Household, *, on: date) -> StatementView | None:
    """The household's account in its current version, in the language of the page; None if there is none to see."""
    if Part.ACCOUNT not in parts_for(actor, household):
        return None
    rows = list(
        Statement.objects.filter(household=household)
        .select_related("run__pack_version", "confirmed_by")
        .defer("run__pack_version__content", "confirmed_by__manifest")
        .order_by("-version")
    )
    current = next((row for row in rows if row.is_current), None)
    if current is None:
        return None
    return statement_view(current, household.household_no, earlier=rows, lang=language(), on=on)


def statement_view(
    statement: Statement, household_no: str, *, earlier: list[Statement], lang: str, on: date
) -> StatementView:
    """A statement with its lines in words; the caller has made sure that its actor may see it."""
    version = statement.run.pack_version
    pack = read_pack(version.pk)
    total = statement.total_fen
    return StatementView(
        statement_id=statement.pk,
        household_no=household_no,
        version=statement.version,
        status=statement.status,
        status_label=choice_label(StatementStatus, statement.status),
        cause_label=choice_label(StatementCause, statement.cause),
        total_fen=total,
        monthly_fen=statement.monthly_fen,
        yearly_fen=statement.yearly_fen,
        total_capital="" if total is None else capital_amount(total),
        on_date=statement.on_date,
        issued_at=statement.issued_at,
        pack_id=version.pack_id,
        pack_title=version.title_zh if lang == "zh" else version.title_en,
        pack_sha256=version.sha256,
        checksum=str(statement.run.manifest["checksum"]),
        lines=[line_view(line, pack, statement.on_date, lang) for line in _lines(statement.pk)],
        problems=[
            ProblemView(row.line_no, row.code, problem_sentence(row.code, row.message, pack, lang))
            for row in _problems(statement.pk)
        ],
        versions=[
            VersionView(
                row.version,
                row.issued_at,
                choice_label(StatementStatus, row.status),
                choice_label(StatementCause, row.cause),
                row.total_fen,
            )
            for row in earlier
        ],
        is_outdated=is_outdated(statement, on=on),
    )


@prepared
def _lines(statement_id: int) -> QuerySet[StatementLine]:
    return StatementLine.objects.filter(statement=statement_id).order_by("position")


@prepared
def _problems(statement_id: int) -> QuerySet[StatementProblem]:
    return StatementProblem.objects.filter(statement=statement_id).order_by("pk")


def line_view(line: StatementLine, pack: Pack, on: date, lang: str) -> AccountLineView:
    """A stored line in words: from its stored trace, and the words of the very pack version it was reckoned with, on its day."""
    document, item = pack.documents.get(line.document), pack.items.get(line.item_code)
    clause = document.clauses.get(line.clause) if document else None
    return AccountLineView(
        position=line.position,
        item_code=line.item_code,
        category=item.category if item else "",
        title=line_title(pack, line.rule, line.item_code, lang),
        sentence=sentence(pack, on, line.rule, line.item_code, line.trace, line.amount_fen, lang),
        quantity=line.trace.get("quantity", ""),
        unit=_unit(line, pack, lang),
        price=line.trace.get("price", ""),
        amount_fen=line.amount_fen,
        document=line.document,
        document_title=document.title(lang) if document else line.document,
        document_number=document.number if document else "",
        clause=line.clause,
        clause_text=clause.text(lang) if clause else "",
        clause_plain=clause.plain(lang) if clause else "",
        paid=line.paid,
        persons=line.trace.get("persons", ""),
        price_unit=unit_word(pack, item.unit, lang) if item and line.trace.get("price") else "",
    )


def _unit(line: StatementLine, pack: Pack, lang: str) -> str:
    """The unit after the line's quantity; a line for the household as a whole has neither."""
    item, quantity = pack.items.get(line.item_code), line.trace.get("quantity")
    return unit_after(pack, quantity, item.unit, lang) if item and quantity else ""


def account_totals(actor: Actor, area: Area, *, on: date) -> AccountTotals:
    """Sums of the current accounts of an area in reach, and of the areas directly below it."""
    end = len(area.path) + SEGMENT
    reached = reached_with_account(actor).filter(in_force(on)).filter(below(area.path))
    rows = Statement.objects.filter(is_current=True, household__in=reached.values("pk"))
    counted = (
        rows.order_by()
        .annotate(prefix=Substr("area_path", 1, end))
        .values("prefix")
        .annotate(
            issued=Count("pk", filter=Q(status=StatementStatus.ISSUED)),
            withheld=Count("pk", filter=Q(status=StatementStatus.WITHHELD)),
            total=Sum("total_fen"),
        )
    )
    found = {row["prefix"]: (row["issued"], row["withheld"], row["total"] or 0) for row in counted}
    issued, withheld, total = (sum(column) for column in zip((0, 0, 0), *found.values(), strict=True))
    return AccountTotals(
        issued=issued,
        withheld=withheld,
        missing=reached.count() - issued - withheld,
        total_fen=total,
        by_child=[(child, *found.get(child.path, (0, 0, 0))) for child in area_children(actor, area)],
    )


def withheld_households(actor: Actor, *, on: date, area_path: str = "") -> QuerySet[Household]:
    """Households in reach whose current account is withheld."""
    withheld = Statement.objects.filter(is_current=True, status=StatementStatus.WITHHELD)
    rows = reached_with_account(actor).filter(in_force(on)).filter(below(area_path))
    return rows.filter(pk__in=withheld.values("household_id")).select_related("area", "head")


def withheld_list(actor: Actor, *, on: date) -> ResultSet[WithheldRow]:
    """The same to be listed, each with its reasons: by name of the head, number or place."""

    def read(households: list[Household]) -> list[WithheldRow]:
        reasons = problems_of(actor, [row.pk for row in households])
        return [WithheldRow(row, reasons.get(row.pk, [])) for row in households]

    return _withheld(on, reach=reach_of(actor)).reading(read)


@prepared_results(_ORDERS)
def _withheld(on: date, *, reach: Actor) -> QuerySet[Household]:
    return withheld_households(reach, on=on).order_by("household_no")


def outdated_accounts(actor: Actor, *, on: date) -> ResultSet[Household]:
    """Households in reach whose account in force is behind their facts: by name of the head, number or place."""
    return ResultSet(_outdated(actor, on=on).order_by("household_no"), _ORDERS)


def outdated_count(actor: Actor, area: Area, *, on: date) -> int:
    """How many of them lie below an area."""
    return _outdated(actor, on=on).filter(below(area.path)).count()


def _outdated(actor: Actor, *, on: date) -> QuerySet[Household]:
    reached = reached_with_account(actor).filter(in_force(on)).select_related("area", "head")
    return reached.filter(pk__in=outdated_household_ids("", on))


def households_without_account(actor: Actor, *, on: date) -> QuerySet[Household]:
    """Households in reach for which no account was ever reckoned."""
    rows = reached_with_account(actor).filter(in_force(on)).select_related("area", "head")
    ids = _ids_without_account(on)
    return _without_account(rows) if ids is None else rows.filter(pk__in=ids)


@memoised(Statement, Household)
def _ids_without_account(on: date) -> tuple[int, ...] | None:
    """All of them, whoever may see them; None where they are too many to be named in a query."""
    rows = _without_account(Household.objects.filter(in_force(on))).order_by()
    ids = tuple(rows.values_list("pk", flat=True)[: _MAX_LISTED + 1])
    return ids if len(ids) <= _MAX_LISTED else None


def _without_account(rows: QuerySet[Household]) -> QuerySet[Household]:
    return rows.exclude(pk__in=Statement.objects.filter(is_current=True).values("household_id"))


def lacking_account(actor: Actor, *, on: date) -> int:
    """How many of them there are."""
    return households_without_account(actor, on=on).count()


def households_by_account(actor: Actor, state: str, *, on: date) -> QuerySet[Household]:
    """Households in reach by the state of their account: "issued", "withheld", or "none" where none was ever reckoned."""
    if state == StatementStatus.WITHHELD:
        return withheld_households(actor, on=on)
    if state != StatementStatus.ISSUED:
        return households_without_account(actor, on=on)
    issued = Statement.objects.filter(
        household=OuterRef("pk"), is_current=True, status=StatementStatus.ISSUED
    )
    return reached_with_account(actor).filter(Exists(issued), in_force(on))


def account_total(actor: Actor) -> Subquery:
    """An order for households: the total of the current account, where the actor may see it; nothing where it may not."""
    seen = Statement.objects.filter(
        household=OuterRef("pk"), is_current=True, household__in=reached_with_account(actor).values("pk")
    )
    return Subquery(seen.values("total_fen")[:1])


def accounts_of(actor: Actor, household_ids: list[int]) -> dict[int, Statement]:
    """The current statements of those of the households whose account the actor may see, for lists."""
    grants = actor.acting_as(roles_seeing(Part.ACCOUNT)).grants
    found: dict[int, Statement] = {}
    for start in range(0, len(household_ids), _IDS_A_STATEMENT):
        ids = household_ids[start : start + _IDS_A_STATEMENT]
        found |= {row.household_id: row for row in _current(ids, grants=grants)}
    return found


@prepared
def _current(household_ids: Collection[int], *, grants: tuple[Grant, ...]) -> QuerySet[Statement]:
    """The current statements of some households, of those that these grants reach."""
    reached = reached_by(grants).filter(one_of("pk", household_ids))
    return Statement.objects.filter(is_current=True, household__in=reached.values("pk"))


def problems_of(actor: Actor, household_ids: list[int]) -> dict[int, list[ProblemView]]:
    """Why the current accounts of these households are withheld, for lists."""
    reached = reached_with_account(actor).filter(pk__in=household_ids)
    rows = (
        StatementProblem.objects.filter(
            statement__is_current=True, statement__household__in=reached.values("pk")
        )
        .select_related("statement__run")
        .defer("statement__run__manifest")
    )
    found: dict[int, list[ProblemView]] = {}
    lang = language()
    for row in rows.order_by("pk"):
        told = problem_sentence(row.code, row.message, read_pack(row.statement.run.pack_version_id), lang)
        view = ProblemView(row.line_no, row.code, told)
        found.setdefault(row.statement.household_id, []).append(view)
    return found
