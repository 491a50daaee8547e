"""求解结果: the latest solved pairing with its proof, its shortages and what would end them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from yixian.duty.access import COVERERS
from yixian.duty.choices import PairingPart
from yixian.duty.duty_read_models import PairingRunView, ShortageView, ShortHousehold
from yixian.duty.eligibility import Days
from yixian.duty.eligibility.possible import APPLICABLE
from yixian.duty.models import Pairing, PairingRun, PairingShortage
from yixian.duty.remedy_sentences import remedy_sentence
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.kernel.result_sets import Order, ResultSet
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.registry.access import household_scope
from yixian.registry.models import Area, Household, Organisation


def latest_run(actor: Actor) -> PairingRunView | None:
    """The latest solved pairing with its proof, and what is short everywhere as it stands; figures only, for staff."""
    if not actor.has_any({*STAFF_ROLES, Role.SYSTEM}):
        return None
    run = PairingRun.objects.order_by("-pk").first()
    if run is None:
        return None
    return PairingRunView(
        run_id=run.pk,
        at=run.at,
        on_date=run.on_date,
        seed=run.seed,
        proof=run.proof,
        fairness=run.fairness,
        shortages=_views(_open_shortages()),
    )


def _open_shortages() -> list[PairingShortage]:
    """Of each run the shortages in places that no later one solved anew: a run for one township says nothing of the others."""
    solved: list[str] = []
    found: list[PairingShortage] = []
    for pk, path in PairingRun.objects.order_by("-pk").values_list("pk", "area_path"):
        later = tuple(solved)
        if not path.startswith(later):
            rows = PairingShortage.objects.filter(run=pk)
            found += [row for row in rows if not row.area_path.startswith(later)]
            solved.append(path)
    return sorted(found, key=lambda row: (-row.short, row.pk))


def get_shortage(actor: Actor, shortage_id: int) -> ShortageView:
    """A shortage of which somebody in reach goes without. Raises `NotFound` if there is nobody."""
    row, _rows = _shortage(actor, shortage_id)
    return _views([row])[0]


def shortage_households(actor: Actor, shortage_id: int, *, on: date) -> ResultSet[ShortHousehold]:
    """The households of a shortage in reach that went without, by number, and whether they still do on a day.

    Raises `NotFound` if there are none.
    """
    shortage, rows = _shortage(actor, shortage_id)
    orders: dict[str, Order] = {
        "no": ("household_no",),
        "name": ("head__name", "household_no"),
        "place": ("area__path", "household_no"),
    }

    def read(window: list[Household]) -> list[ShortHousehold]:
        rows = Pairing.objects.filter(Days(on).overlap(), role=shortage.role, part=PairingPart.FIRST)
        found = set(rows.filter(household__in=window).values_list("household_id", flat=True))
        return [
            ShortHousehold(
                row.pk,
                row.household_no,
                row.head.name if row.head else "",
                row.area.label,
                "" if row.pk in found else shortage.get_role_display(),
                may_assign=row.pk not in found and row.valid_until is None and actor.has_any(COVERERS),
            )
            for row in window
        ]

    return ResultSet(rows, orders, read)


def _shortage(actor: Actor, shortage_id: int) -> tuple[PairingShortage, QuerySet[Household]]:
    row = PairingShortage.objects.filter(pk=shortage_id).first()
    if row is not None:
        rows = household_scope(actor).filter(pk__in=row.household_ids)
        if rows.exists():
            return row, rows.select_related("area", "head").order_by("household_no")
    raise NotFound("shortage.not_found", _("There is no such shortage."))


def _views(rows: Sequence[PairingShortage]) -> list[ShortageView]:
    areas = {area.path: area for area in Area.objects.filter(path__in={row.area_path for row in rows})}
    named = {one["organisation_id"] for row in rows for one in row.remedies if one["organisation_id"]}
    organisations = {
        organisation.pk: organisation.label for organisation in Organisation.objects.filter(pk__in=named)
    }
    return [
        ShortageView(
            role_label=row.get_role_display(),
            households=row.households,
            helpers=row.helpers,
            places=row.places,
            short=row.short,
            area=areas.get(row.area_path),
            shortage_id=row.pk,
            sentence=row.sentences.get(language(), ""),
            remedies=tuple(remedy_sentence(one, organisations) for one in row.remedies),
            applicable=frozenset(
                number for number, one in enumerate(row.remedies) if one["kind"] in APPLICABLE
            ),
        )
        for row in rows
    ]
