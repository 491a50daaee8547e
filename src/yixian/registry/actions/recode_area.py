"""改码: an area bears a new official code from a day on, and every place below it bears one that begins with it.

The area itself, its path and everything that belongs to it stay where they are; the old codes remain in the history.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel, code_fits
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid
from yixian.kernel.ledger import Entry, record_many
from yixian.kernel.permission import require
from yixian.registry.access import REGISTER_EDITORS, below
from yixian.registry.models import Area, AreaCode
from yixian.registry.queries import get_area


@transaction.atomic
def recode_area(
    area_id: int, new_code: str, *, document: str, on: date, actor: Actor, at: datetime
) -> list[Area]:
    """Give an area in reach a new code from a day, by a document; returns every area whose code changed with it.

    Raises `Invalid` for a code that does not fit the level and the area above, is borne by another area, or begins on
    a day before the present one began.
    """
    require(actor, REGISTER_EDITORS)
    area = get_area(actor, area_id)
    new_code = new_code.strip()
    _check(area, new_code, document)
    old_code = area.code
    changed = list(Area.objects.select_for_update().filter(below(area.path, "path")).order_by("path"))
    for row in changed:
        row.code = new_code + row.code.removeprefix(old_code)
    _check_free(changed)
    current = AreaCode.objects.filter(area__in=changed, valid_until=None)
    if current.filter(valid_from__gt=on).exists():
        raise Invalid("area_code.date", _("The day lies before the present code began."), field="on")
    current.update(valid_until=on)
    Area.objects.bulk_update(changed, ["code"], batch_size=500)
    AreaCode.objects.bulk_create(
        [AreaCode(area=row, code=row.code, valid_from=on, document=document.strip()) for row in changed]
    )
    data = {"document": document.strip(), "on": on.isoformat()}
    entries = [Entry("area.recoded", "area", row.pk, row.path, {**data, "code": row.code}) for row in changed]
    record_many(entries, actor=actor, at=at)
    return changed


def _check(area: Area, new_code: str, document: str) -> None:
    parent = area.parent.code if area.parent else ""
    if not code_fits(new_code, AreaLevel(area.level), parent):
        raise Invalid(
            "area_code.form",
            _("The code does not fit the level or the code of the place above."),
            field="code",
        )
    if new_code == area.code:
        raise Invalid("area_code.same", _("The place bears this code already."), field="code")
    if not document.strip():
        raise Invalid("area_code.document", _("Name the document that changed the code."), field="document")


def _check_free(changed: list[Area]) -> None:
    """No place outside these bears one of the new codes."""
    codes = [row.code for row in changed]
    if Area.objects.filter(code__in=codes).exclude(pk__in=[row.pk for row in changed]).exists():
        raise Invalid("area_code.taken", _("Another place bears this code."), field="code")
