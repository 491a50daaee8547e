"""结对: give every household that lacks a cadre or a party member one, by an exact and proven solution.

Pairings in force are kept: nobody is moved who need not move. Cadres and party members are solved apart, since the
engine's roles share nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from yixian.domain.areas import SEGMENT
from yixian.duty.eligibility import PairingTables, pairing_tables
from yixian.duty.models import Pairing, PairingRun, PairingShortage
from yixian.engines.pairing import Solution, solve
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotPermitted, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.jobs import Reporter, silent
from yixian.kernel.ledger import Entry, record, record_many
from yixian.kernel.roles import Role
from yixian.registry.access import below, household_scope
from yixian.registry.choices import HelperKind
from yixian.registry.models import Helper, Household

BALANCE_METRES = 50
"""Each further household of the same helper counts 50 m more, so that load spreads where distances are alike."""

_ROLES = (HelperKind.CADRE, HelperKind.PARTY_MEMBER)
_PAIRERS = frozenset({Role.BUREAU_CLERK, Role.BUREAU_LEAD, Role.SYSTEM})


@dataclass(frozen=True, slots=True)
class _Solved:
    """One role's households, tables and solution."""

    role: HelperKind
    households: list[Household]
    tables: PairingTables
    solution: Solution


def pair_households(
    area_path: str, *, seed: int, on: date, actor: Actor, at: datetime, report: Reporter = silent
) -> PairingRun:
    """Pair the households in reach below an area that lack somebody, and keep the run with its proof.

    Written in one transaction. Raises `Refused` if nobody lacks anybody, or if the proof leaves a gap (then nothing is
    written); a shortage is not an error: it is listed with the run.
    """
    if actor.roles.isdisjoint(_PAIRERS):
        raise NotPermitted("pairing.permission", "Your role does not pair households.")
    solved = []
    for step, role in enumerate(_ROLES):
        report(gettext_noop("Finding who can stand beside whom"), step, 3)
        households = _lacking(actor, area_path, role, on)
        if households:
            tables = pairing_tables(households, role, on=on)
            solution = solve(
                tables.households, tables.helpers, tables.edges, seed=seed, balance=BALANCE_METRES
            )
            solved.append(_Solved(role, households, tables, solution))
    if not solved:
        raise Refused(
            "pairing.nobody_lacks", "Every household here has a cadre and a party member beside it."
        )
    report(gettext_noop("Writing the pairings down"), 2, 3)
    proof = {part.role.value: part.solution.proof_document()[part.role.value] for part in solved}
    if any(document["gap"] for document in proof.values()):
        raise Refused("pairing.gap", "The solution is not proven best; nothing was changed.")
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
    report(gettext_noop("Writing the pairings down"), 3, 3)
    return run


def _lacking(actor: Actor, area_path: str, role: HelperKind, on: date) -> list[Household]:
    beside = Pairing.objects.filter(in_force(on), role=role, household=OuterRef("pk"))
    rows = household_scope(actor).filter(in_force(on)).filter(below(area_path)).filter(~Exists(beside))
    return list(rows.select_related("area").order_by("area_path", "household_no"))


def _digest(solved: list[_Solved]) -> str:
    """SHA-256 over the tables as written in Arrow's stream format, role by role."""
    digest = hashlib.sha256()
    for part in solved:
        for table in (part.tables.households, part.tables.helpers, part.tables.edges):
            sink = pa.BufferOutputStream()
            with pa.ipc.new_stream(sink, table.schema) as writer:
                writer.write_table(table.combine_chunks())
            digest.update(sink.getvalue())
    return digest.hexdigest()


def _write(part: _Solved, run: PairingRun, actor: Actor, at: datetime) -> None:
    households = {row.household_no: row for row in part.households}
    helpers = {row.helper_no: row for row in Helper.objects.filter(kind=part.role).select_related("person")}
    pairings, entries = [], []
    for row in part.solution.pairs.to_pylist():
        household, helper = households[row["household_id"]], helpers[row["helper_id"]]
        pairings.append(
            Pairing(
                household=household,
                helper=helper,
                role=part.role,
                area_path=household.area_path,
                cost=row["cost"],
                run=run,
                valid_from=run.on_date,
                began_because=_REASONS[part.role],
            )
        )
        data = {"helper": helper.person.name, "role": part.role.value}
        entries.append(Entry("pairing.began", "household", household.pk, household.area_path, data))
    Pairing.objects.bulk_create(pairings, batch_size=2000)
    record_many(entries, actor=actor, at=at)
    _write_shortages(part, run, households)


def _write_shortages(part: _Solved, run: PairingRun, households: dict[str, Household]) -> None:
    """The shortages of the part's own role; the engine names both, and the other role was not asked for here."""
    unserved = [row for row in part.solution.unserved.to_pylist() if row["role"] == part.role]
    for row in part.solution.shortages.to_pylist():
        if row["role"] != part.role:
            continue
        own = [
            households[item["household_id"]] for item in unserved if item["shortage_id"] == row["shortage_id"]
        ]
        PairingShortage.objects.create(
            run=run,
            role=part.role,
            households=row["households"],
            helpers=row["helpers"],
            places=row["places"],
            short=row["short"],
            household_ids=[household.pk for household in own],
            area_path=_common_path([household.area_path for household in own]),
        )


def _common_path(paths: list[str]) -> str:
    """The lowest area that holds all of them ("" if none does)."""
    low, high = min(paths), max(paths)
    same = 0
    while same < len(low) and low[: same + SEGMENT] == high[: same + SEGMENT]:
        same += SEGMENT
    return low[:same]


_REASONS = {
    HelperKind.CADRE: gettext_noop(
        "Nearest in the overall solution among the cadres stationed in your village"
    ),
    HelperKind.PARTY_MEMBER: gettext_noop(
        "Nearest in the overall solution among the party members of your village"
    ),
}
