"""核算: reckon every household's account from the facts of a day and the pack in force, and issue what changed."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from yixian.compensation.access import CALCULATORS
from yixian.compensation.account_facts import household_facts, item_facts
from yixian.compensation.actions.issue_accounts import issue_accounts
from yixian.compensation.calculated_accounts import accounts_of
from yixian.compensation.choices import RunOutcome
from yixian.compensation.models import RunEnd, StatementRun
from yixian.domain.money import format_fen
from yixian.domain.policy import Pack
from yixian.engines.entitlements import FactTablesError, Result, compute
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound, Refused
from yixian.kernel.intervals import in_force
from yixian.kernel.job_reports import Reporter, silent
from yixian.kernel.ledger import Entry, record
from yixian.kernel.permission import require
from yixian.lazy_imports import pa, pq
from yixian.policies.queries import pack_in_force, read_pack
from yixian.registry.access import household_scope
from yixian.registry.models import Household
from yixian.registry.queries.areas import reached_areas


def calculate_accounts(
    area_path: str,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    report: Reporter = silent,
    is_correction: bool = False,
) -> StatementRun:
    """Reckon all households in reach below an area; households whose account did not change keep their version.

    The accounts are issued in lots, each in one transaction. A reckoning that is cut off or stopped leaves whole accounts,
    some new and some not yet; `resume_run` goes on where it stopped, and a later reckoning of the same place overtakes it.

    ``is_correction`` (`correct_account`) names new facts a correction.

    Raises `Refused` if no pack is in force there on the day, if there are no households, or if the plain-Python checker
    disagrees with the engine on a single line (then nothing is written).
    """
    require(actor, CALCULATORS)
    found = pack_in_force(area_path, on)
    if found is None:
        raise Refused("account.no_pack", _("No policy pack is in force here on this day."))
    version, pack = found
    report(gettext_noop("Gathering the facts"), 0, 4)
    households, items = (
        household_facts(actor, area_path, pack, on=on),
        item_facts(actor, area_path, pack, on=on),
    )
    if not households.num_rows:
        raise Refused("account.no_households", _("There are no households here to calculate for."))
    result = _calculated(pack, households, items, on, report)
    with transaction.atomic():
        _overtake(area_path, at)
        run = StatementRun.objects.create(
            at=at,
            on_date=on,
            area_path=area_path,
            pack_version=version,
            facts_sha256=result.manifest["facts_sha256"],
            manifest=result.manifest,
            checked=True,
            requested_by=actor.label,
        )
        _keep_facts(run, households, items)
    return _issue(
        run, result, households, items, on=on, actor=actor, at=at, report=report, is_correction=is_correction
    )


def resume_run(run_id: int, *, actor: Actor, at: datetime, report: Reporter = silent) -> StatementRun:
    """Go on with a reckoning that was cut off, from the very facts that it kept.

    Accounts that it issued before stay as they are. Raises `NotFound` outside of the actor's reach, and `Refused` if the
    run ended, if what it kept does not give its checksum again, or if one of its households is no more.
    """
    require(actor, CALCULATORS)
    run = StatementRun.objects.select_related("pack_version").filter(pk=run_id).first()
    if run is None or not reached_areas(actor).filter(path=run.area_path).exists():
        raise NotFound("account.run_not_found", _("There is no such calculation."))
    if RunEnd.objects.filter(run=run).exists():
        raise Refused("account.run_ended", _("This calculation has ended; recalculate."))
    report(gettext_noop("Gathering the facts"), 0, 4)
    folder = settings.MEDIA_ROOT / "runs" / str(run.pk)
    households, items = (pq.read_table(folder / f"{name}.parquet") for name in ("households", "items"))
    result = _calculated(read_pack(run.pack_version_id), households, items, run.on_date, report)
    if result.manifest["checksum"] != run.manifest["checksum"]:
        raise Refused(
            "account.run_differs", _("The kept facts no longer give the same accounts; recalculate.")
        )
    today = timezone.localdate(at)
    return _issue(run, result, households, items, on=today, actor=actor, at=at, report=report)


def _calculated(pack: Pack, households: pa.Table, items: pa.Table, on: date, report: Reporter) -> Result:
    report(gettext_noop("Calculating every line, twice"), 1, 4)
    try:
        return compute(pack, households, items, on)
    except FactTablesError as error:
        raise Refused(
            "account.facts", _("The register does not hold the facts that this policy pack asks for.")
        ) from error


def _issue(
    run: StatementRun,
    result: Result,
    households: pa.Table,
    items: pa.Table,
    *,
    on: date,
    actor: Actor,
    at: datetime,
    report: Reporter,
    is_correction: bool = False,
) -> StatementRun:
    report(gettext_noop("Comparing with the accounts in force"), 2, 4)
    accounts = accounts_of(result, households, items)
    known = _households(actor, {account.household_no for account in accounts}, on)
    issue_accounts(
        run,
        [(known[one.household_no], one) for one in accounts],
        actor=actor,
        at=at,
        report=report,
        is_correction=is_correction,
    )
    with transaction.atomic():
        RunEnd.objects.create(run=run, outcome=RunOutcome.FINISHED, at=at)
        data = {"households": len(accounts), "total": format_fen(result.manifest["total_fen"])}
        record(Entry("accounts.calculated", "statement_run", run.pk, run.area_path, data), actor=actor, at=at)
    report(gettext_noop("Issuing the accounts"), len(accounts), len(accounts))
    return run


def _households(actor: Actor, numbers: set[str], on: date) -> dict[str, Household]:
    """The households by number. Raises `Refused` if one was ended, e.g. divided, since the facts were gathered."""
    rows = household_scope(actor).filter(in_force(on))
    known = {row.household_no: row for row in rows if row.household_no in numbers}
    if len(known) < len(numbers):
        raise Refused(
            "account.register_changed", _("Households ended since the facts were gathered; recalculate.")
        )
    return known


def _overtake(area_path: str, at: datetime) -> None:
    """End the open runs of places that this one holds or that hold it: it reckons again what they left."""
    for run in StatementRun.objects.filter(end=None):
        if run.area_path.startswith(area_path) or area_path.startswith(run.area_path):
            RunEnd.objects.create(run=run, outcome=RunOutcome.OVERTAKEN, at=at)


def _keep_facts(run: StatementRun, households: pa.Table, items: pa.Table) -> None:
    """Keep the very tables that were reckoned from, so that an auditor can reckon them again with plain files."""
    folder = settings.MEDIA_ROOT / "runs" / str(run.pk)
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(households, folder / "households.parquet")
    pq.write_table(items, folder / "items.parquet")
