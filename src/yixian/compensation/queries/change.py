"""变更说明: what changed from one version to the next, why, by which document, and who decided it — in a sentence or two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from yixian.compensation.choices import CaseOutcome, StatementCause
from yixian.compensation.models import Statement, StatementLine
from yixian.compensation.version_read_models import ChangeView
from yixian.domain.areas import path_chain
from yixian.domain.money import format_fen
from yixian.engines.entitlements import line_title
from yixian.kernel.actors import Actor
from yixian.kernel.models import Event
from yixian.kernel.prepared import prepared
from yixian.policies.models import PackAdoption
from yixian.policies.queries import read_pack
from yixian.registry.access import Part, parts_for
from yixian.registry.event_words import title
from yixian.registry.models import Household

FACTS = (
    "household.imported",
    "household.changed",
    "household.split_from",
    "household.split_to",
    "household.merged_into",
    "household.merged_from",
    "items.moved",
    "items.corrected",
    "items.added",
    "members.corrected",
    "member.left",
    "facts.recorded",
)
"""Events that change what an account is reckoned from."""

CORRECTED = "account.corrected"
"""The event by which somebody had one account reckoned again as a correction, with the reason."""

_NAMED = 3
"""How many lines, and how many new documents, are named one by one."""

_Sums = dict[str, int]
"""The fen of an account's lines by their titles."""

_LOCALES = {"zh": "zh-hans", "en": "en"}
_BY_POLICY = frozenset({StatementCause.FIRST, StatementCause.NEW_POLICY, StatementCause.BOTH})
_BY_FACTS = frozenset({StatementCause.NEW_FACTS, StatementCause.BOTH})
_BY_ENTRIES = _BY_FACTS | {StatementCause.CORRECTION}


def changes_of(
    actor: Actor, household: Household, statements: Iterable[Statement], lang: str
) -> dict[int, ChangeView]:
    """What made each of several versions of one household's account, in words of a language, by their ids; in three queries
    at most. The caller has made sure that its actor may see the account.

    What exactly was entered anew is told only to those who may see the household's history.
    """
    rows = list(statements)
    causes = {row.cause for row in rows}
    adoptions = _adoptions(household, rows) if causes & _BY_POLICY else []
    events = (
        _events(household, told=Part.HISTORY in parts_for(actor, household)) if causes & _BY_ENTRIES else []
    )
    lines = _sums_by_line(rows, lang)
    with translation.override(_LOCALES[lang]):
        return {row.pk: _view(row, _adoption(row, adoptions), events, lines, lang) for row in rows}


def _adoptions(household: Household, rows: list[Statement]) -> list[PackAdoption]:
    """Every adoption of these versions' packs where the household lives, the nearest place first."""
    packs, places = {row.run.pack_version_id for row in rows}, path_chain(household.area_path)
    return [one for one in _approved() if one.pack_version_id in packs and one.area.path in places]


@prepared
def _approved() -> QuerySet[PackAdoption]:
    """Every adoption, the nearest place first: a county has a few."""
    rows = PackAdoption.objects.filter(approved_by__isnull=False).order_by("-area__path", "-valid_from")
    return rows.select_related("area", "proposed_by", "approved_by")


def _events(household: Household, *, told: bool) -> list[Event]:
    kinds = {CORRECTED, *FACTS} if told else {CORRECTED}
    return [event for event in _events_of(household.pk) if event.kind in kinds]


@prepared
def _events_of(household_id: int) -> QuerySet[Event]:
    kinds = (CORRECTED, *FACTS)
    return Event.objects.filter(kind__in=kinds, subject_kind="household", subject_id=household_id).order_by(
        "pk"
    )


def _adoption(row: Statement, adoptions: list[PackAdoption]) -> PackAdoption | None:
    """The adoption by which the version's pack was in force on its day; the last one before it where none was any more."""
    day = row.run.on_date
    begun = [
        one for one in adoptions if one.pack_version_id == row.run.pack_version_id and one.valid_from <= day
    ]
    holding = [one for one in begun if one.valid_until is None or day < one.valid_until]
    return next(iter([*holding, *begun]), None)


def _view(
    row: Statement, adoption: PackAdoption | None, events: list[Event], lines: dict[int, _Sums], lang: str
) -> ChangeView:
    old = row.supersedes
    moved = _moved(lines.get(old.pk, {}), lines.get(row.pk, {})) if old else []
    sentences = [*_why(row, adoption, events, lang), *moved, *_sums(old, row), *_decided(row)]
    return ChangeView(
        sentence=("" if lang == "zh" else " ").join(sentences),
        cause=row.cause,
        old_fen=old.total_fen if old else None,
        new_fen=row.total_fen,
        document=adoption.document if adoption else "",
        proposed_by=str(adoption.proposed_by) if adoption else "",
        approved_by=str(adoption.approved_by) if adoption else "",
    )


def _why(row: Statement, adoption: PackAdoption | None, events: list[Event], lang: str) -> list[str]:
    told = []
    if row.cause in _BY_FACTS:
        told.append(_facts_sentence(row, events))
    if row.cause == StatementCause.CORRECTION:
        told.append(_correction_sentence(row, events))
    if row.cause in _BY_POLICY:
        told += [_policy_sentence(row, adoption, lang), *_document_sentences(row, lang)]
    return told


def _document_sentences(row: Statement, lang: str) -> list[str]:
    """The documents that the policy before did not have, with what they say in plain words."""
    before = row.supersedes
    if before is None or before.run.pack_version_id == row.run.pack_version_id:
        return []
    known = read_pack(before.run.pack_version_id).documents
    added = [one for key, one in read_pack(row.run.pack_version_id).documents.items() if key not in known]
    if len(added) > _NAMED:
        return []
    pattern = _("“%(title)s”: %(words)s")
    return [
        pattern % {"title": document.title(lang), "words": clause.plain(lang) or clause.text(lang)}
        for document in added
        for clause in list(document.clauses.values())[:1]
    ]


def _sums_by_line(rows: list[Statement], lang: str) -> dict[int, _Sums]:
    """Of every version that took another's place, and of that other one: the fen of each line, by its title."""
    packs = {
        one.pk: one.run.pack_version_id for row in rows if row.supersedes for one in (row, row.supersedes)
    }
    if not packs:
        return {}
    found: dict[int, _Sums] = {pk: defaultdict(int) for pk in packs}
    lines = StatementLine.objects.filter(statement__in=packs).order_by("statement", "position")
    for line in lines.values("statement_id", "rule", "item_code", "amount_fen"):
        pack = read_pack(packs[line["statement_id"]])
        named = line_title(pack, line["rule"], line["item_code"], lang)
        found[line["statement_id"]][named] += line["amount_fen"]
    return found


def _moved(before: _Sums, after: _Sums) -> list[str]:
    """The lines whose sums moved, the largest first; a few by name and the rest counted."""
    if not before or not after:
        return []
    titles = dict.fromkeys([*after, *before])
    moved = [(title, before.get(title, 0), after.get(title, 0)) for title in titles]
    moved = sorted((one for one in moved if one[1] != one[2]), key=lambda one: -abs(one[2] - one[1]))
    pattern = _("“%(title)s” went from %(old)s to %(new)s yuan.")
    told = [
        pattern % {"title": title, "old": format_fen(was), "new": format_fen(now)}
        for title, was, now in moved[:_NAMED]
    ]
    rest = len(moved) - len(told)
    if rest > 0:
        told.append(
            ngettext("%(count)s more line changed.", "%(count)s more lines changed.", rest) % {"count": rest}
        )
    return told


def _policy_sentence(row: Statement, adoption: PackAdoption | None, lang: str) -> str:
    version = row.run.pack_version
    values = {"policy": version.title_zh if lang == "zh" else version.title_en}
    if adoption is None:
        return _("It is calculated under “%(policy)s”.") % values
    values |= {
        "document": adoption.document,
        "proposer": str(adoption.proposed_by),
        "approver": str(adoption.approved_by),
    }
    if row.cause == StatementCause.FIRST:
        return (
            _(
                "The first account, under “%(policy)s”, adopted by %(document)s: proposed by %(proposer)s, approved by "
                "%(approver)s."
            )
            % values
        )
    return (
        _(
            "The policy changed: “%(policy)s” was adopted by %(document)s, proposed by %(proposer)s, approved by "
            "%(approver)s."
        )
        % values
    )


def _facts_sentence(row: Statement, events: list[Event]) -> str:
    since = row.supersedes.issued_at if row.supersedes else None
    titles = [
        title(event.kind, event.data)
        for event in events
        if event.kind in FACTS and event.at <= row.issued_at and (since is None or event.at > since)
    ]
    if not titles:
        return _("What is recorded of the household changed.")
    joined = pgettext("between items of a list", ", ").join(dict.fromkeys(titles))
    return _("What is recorded of the household changed: %(events)s.") % {"events": joined}


def _correction_sentence(row: Statement, events: list[Event]) -> str:
    event = next(
        (one for one in events if one.kind == CORRECTED and one.data.get("version") == row.version), None
    )
    if event is None:
        return _("An error was corrected.")
    return _("An error was corrected: %(reason)s (%(document)s).") % {
        "reason": event.data["reason"],
        "document": event.data["document"],
    }


def _sums(old: Statement | None, new: Statement) -> list[str]:
    """How the three sums moved; a withheld account has none."""
    after = new.sums
    if after is None:
        return [_("It is withheld for now: something cannot be calculated yet.")]
    before = old.sums if old else None
    if before is None:
        return []
    patterns = (
        _("The total went from %(old)s to %(new)s yuan (%(difference)s)."),
        _("What is paid monthly went from %(old)s to %(new)s yuan (%(difference)s)."),
        _("What is paid yearly went from %(old)s to %(new)s yuan (%(difference)s)."),
    )
    told = [
        pattern % {"old": format_fen(was), "new": format_fen(now), "difference": _signed(now - was)}
        for pattern, was, now in zip(patterns, before, after, strict=True)
        if was != now
    ]
    return told or [_("The sums stay the same.")]


def _signed(fen: int) -> str:
    return f"+{format_fen(fen)}" if fen > 0 else format_fen(fen)


def _decided(row: Statement) -> list[str]:
    """What was decided about a version that a reckoning could only propose."""
    case: Any = getattr(row, "case", None)
    if case is None:
        return []
    if not hasattr(case, "decision"):
        return [_("It is only proposed: it has no effect until somebody decides.")]
    decision = case.decision
    values = {"who": str(decision.decided_by or ""), "document": decision.document, "reason": decision.reason}
    if decision.outcome == CaseOutcome.APPLY:
        return [_("%(who)s decided by %(document)s to put it in force: %(reason)s.") % values]
    if decision.outcome == CaseOutcome.KEEP:
        return [_("%(who)s decided by %(document)s to keep the account before it: %(reason)s.") % values]
    return [_("A later calculation took its place before anybody decided.")]
