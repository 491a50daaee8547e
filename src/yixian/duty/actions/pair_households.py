"""结对: give every household that lacks a cadre or a party member one, by an exact and proven solution.

As many as possible are served; among those solutions the one that moves the fewest households, and among those the
nearest. Nobody is moved who need not move. Cadres and party members are solved apart, since the engine's roles share
nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.domain.areas import SEGMENT
from yixian.duty.access import PLANNERS
from yixian.duty.actions.ask_another import settle_requests
from yixian.duty.actions.pairing_writer import Begin, begin, end, end_backup
from yixian.duty.choices import HandoverCause, PairingPart
from yixian.duty.eligibility import Days
from yixian.duty.eligibility.whole import Problem, whole_problem
from yixian.duty.helper_search import BALANCE_METRES
from yixian.duty.models import Pairing, PairingRun, PairingShortage
from yixian.duty.shortages import shortages_of
from yixian.engines.pairing import Solution, solve
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Refused
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.ledger import Entry, record, record_many
from yixian.kernel.permission import require
from yixian.lazy_imports import pa
from yixian.registry.access import below, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household


@dataclass(frozen=True, slots=True)
class _Solved:
    """One role's problem with its solution."""

    problem: Problem
    solution: Solution
    shortages: list[dict[str, Any]]

    @property
    def role(self) -> HelperKind:
        """The role."""
        return self.problem.role


def pair_households(
    area_path: str, *, seed: int, on: date, actor: Actor, at: datetime, report: Reporter = silent
) -> PairingRun:
    """Pair the households in reach below an area that lack somebody, and keep the run with its proof.

    Written in one transaction. Raises `Refused` if nobody lacks anybody, or if the proof leaves a gap (then nothing is
    written); a shortage is not an error: it is listed with the run.
    """
    require(actor, PLANNERS)
    solved = []
    for step, role in enumerate(HelperKind):
        report(gettext_noop("Finding who can stand beside whom"), step, 3)
        problem = whole_problem(household_scope(actor).filter(below(area_path)), role, on=on)
        if problem.lacking:
            tables = problem.tables
            solution = solve(
                tables.households,
                tables.helpers,
                tables.edges,
                seed=seed,
                balance=BALANCE_METRES,
                previous=problem.previous,
            )
            report(gettext_noop("Trying what would end the shortages"), step, 3)
            solved.append(_Solved(problem, solution, shortages_of(problem, solution, Days(on))))
    if not solved:
        raise Refused(
            "pairing.nobody_lacks", _("Every household here has a cadre and a party member beside it.")
        )
    report(gettext_noop("Writing the pairings down"), 2, 3)
    proof = {part.role.value: part.solution.proof_document()[part.role.value] for part in solved}
    if any(document["gap"] for document in proof.values()):
        raise Refused("pairing.gap", _("The solution is not proven best; nothing was changed."))
    with transaction.atomic():
        run = PairingRun.objects.create(
            at=at,
            on_date=on,
            area_path=area_path,
            seed=seed,
            inputs_sha256=_digest(solved),
            proof=proof,
            fairness={part.role.value: part.solution.fairness[part.role.value] for part in solved},
        )
        for part in solved:
            _write(part, run, actor, at)
        data: dict[str, Any] = {
            role: {"served": document["served"], "unserved": document["unserved"]}
            for role, document in proof.items()
        }
        record(Entry("pairing.solved", "pairing_run", run.pk, area_path, data), actor=actor, at=at)
        settle_requests(area_path, actor=actor, at=at)
    report(gettext_noop("Writing the pairings down"), 3, 3)
    return run


def _digest(solved: list[_Solved]) -> str:
    """SHA-256 over the tables as written in Arrow's stream format, role by role."""
    digest = hashlib.sha256()
    for part in solved:
        tables = part.problem.tables
        for table in (tables.households, tables.helpers, tables.edges, part.problem.previous):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table.combine_chunks())
            digest.update(sink.getvalue())
    return digest.hexdigest()


def _write(part: _Solved, run: PairingRun, actor: Actor, at: datetime) -> None:
    """Those who lacked somebody get a pairing of this run; those who must move are handed over."""
    problem, tables = part.problem, part.problem.tables
    rows = [row for row in part.solution.pairs.to_pylist() if not row["kept"]]
    first, moved = [], []
    for row in rows:
        household, helper = (
            tables.by_household_no[row["household_id"]],
            tables.by_helper_no[row["helper_id"]],
        )
        held = problem.held.get(household.pk)
        if held is None:
            first.append(_beginning(household, helper, row["cost"], run))
        else:
            days = Days(run.on_date)
            moved.append(
                Begin(household, helper, row["cost"], days, HandoverCause.MOVED_ALONG, _MOVED, replaces=held)
            )
    _end_backups(first, actor, at)
    Pairing.objects.bulk_create(first, batch_size=2000)
    record_many((_began(pairing) for pairing in first), actor=actor, at=at)
    end([plan.replaces for plan in moved if plan.replaces], run.on_date, _MADE_ROOM, actor=actor, at=at)
    begin(moved, actor=actor, at=at)
    _write_shortages(part.shortages, run, tables.by_household_no)


def _end_backups(pairings: list[Pairing], actor: Actor, at: datetime) -> None:
    """Whoever was a backup of the very household is one no more."""
    rows = Pairing.objects.filter(part=PairingPart.BACKUP, valid_until=None)
    backups = set(rows.values_list("household_id", "helper_id"))
    for pairing in pairings:
        if (pairing.household_id, pairing.helper_id) in backups:
            end_backup(pairing.household, pairing.helper, pairing.valid_from, actor=actor, at=at)


def _beginning(household: Household, helper: Helper, cost: int, run: PairingRun) -> Pairing:
    return Pairing(
        household=household,
        helper=helper,
        role=helper.kind,
        area_path=household.area_path,
        cost=cost,
        run=run,
        valid_from=run.on_date,
        began_because=_REASONS[HelperKind(helper.kind)],
    )


def _began(pairing: Pairing) -> Entry:
    data = {"helper": pairing.helper.person.name, "role": pairing.role}
    return Entry("pairing.began", "household", pairing.household_id, pairing.area_path, data)


def _write_shortages(rows: list[dict[str, Any]], run: PairingRun, households: dict[str, Household]) -> None:
    """The shortages of the part's own role; the engine names both, and the other role was not asked for here."""
    paths = {household.pk: household.area_path for household in households.values()}
    for row in rows:
        path = _common_path([paths[pk] for pk in row["household_ids"]])
        PairingShortage.objects.create(run=run, area_path=path, **row)


def _common_path(paths: list[str]) -> str:
    """The lowest area that holds all of them ("" if none does)."""
    low, high = min(paths), max(paths)
    same = 0
    while same < len(low) and low[: same + SEGMENT] == high[: same + SEGMENT]:
        same += SEGMENT
    return low[:same]


_MOVED = gettext_noop(
    "Beside you so that another household has somebody, too; nobody else could be moved instead"
)
_MADE_ROOM = gettext_noop("Made room for a household that nobody else could serve")

_REASONS = {
    HelperKind.CADRE: gettext_noop(
        "Nearest in the overall solution among the cadres stationed in your village"
    ),
    HelperKind.PARTY_MEMBER: gettext_noop(
        "Nearest in the overall solution among the party members of your village"
    ),
}
