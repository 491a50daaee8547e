"""更正预览: from what to what a remedy would change a household's facts, in both languages. Nothing is changed by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from yixian.engines.entitlements import Pack, unit_after
from yixian.inventory.models import InventoryItem
from yixian.inventory.queries import items
from yixian.kernel.actors import Actor
from yixian.kernel.errors import Invalid, NotFound
from yixian.policies.queries import pack_in_force
from yixian.registry.access import get_household
from yixian.registry.choices import Eligibility
from yixian.registry.models import Household

Change = dict[str, dict[str, str]]
"""``what``, ``before`` and ``after``, each in ``zh`` and ``en``."""

InLanguage = Callable[[str], str]

_LANGUAGES = {"zh": "zh-hans", "en": "en"}


def correct_quantity(household_id: int, values: Mapping[str, str], *, actor: Actor, at: datetime) -> Change:
    """The line, with its quantity before and after."""
    household, pack = _found(household_id, actor, at)
    row = _line(household, values["line_no"], actor, at)
    after = _number(values["quantity"])
    return _in_languages(
        lambda lang: _name(pack, row.item_code, lang),
        lambda lang: _measured(pack, row.item_code, row.quantity, lang),
        lambda lang: _measured(pack, row.item_code, after, lang),
    )


def correct_kind(household_id: int, values: Mapping[str, str], *, actor: Actor, at: datetime) -> Change:
    """The line, with what it is before and after."""
    household, pack = _found(household_id, actor, at)
    row = _line(household, values["line_no"], actor, at)
    return _in_languages(
        lambda lang: f"{row.line_no.rpartition('-')[2]} {_measured(pack, row.item_code, row.quantity, lang)}",
        lambda lang: _name(pack, row.item_code, lang),
        lambda lang: _name(pack, values["item_code"], lang),
    )


def add_left_out(household_id: int, values: Mapping[str, str], *, actor: Actor, at: datetime) -> Change:
    """What was left out, with its quantity."""
    _household, pack = _found(household_id, actor, at)
    code, after = values["item_code"], _number(values["quantity"])
    return _in_languages(
        lambda lang: _name(pack, code, lang),
        lambda _lang: "",
        lambda lang: _measured(pack, code, after, lang),
    )


def count_member(household_id: int, values: Mapping[str, str], *, actor: Actor, at: datetime) -> Change:
    """The member, with how they count before and after."""
    household, _pack = _found(household_id, actor, at)
    rows = household.members.filter(valid_until=None, person__person_no=values["person_no"])
    row = rows.select_related("person").first()
    if row is None or values["eligibility"] not in Eligibility.values:
        raise NotFound("member.not_found", _("The household has no such member."))
    return _in_languages(
        lambda _lang: row.person.name,
        lambda lang: _label(row.eligibility, lang),
        lambda lang: _label(values["eligibility"], lang),
    )


def _in_languages(what: InLanguage, before: InLanguage, after: InLanguage) -> Change:
    parts = {"what": what, "before": before, "after": after}
    return {name: {lang: part(lang) for lang in _LANGUAGES} for name, part in parts.items()}


def _found(household_id: int, actor: Actor, at: datetime) -> tuple[Household, Pack | None]:
    household = get_household(actor, household_id)
    adopted = pack_in_force(household.area_path, timezone.localdate(at))
    return household, adopted[1] if adopted else None


def _line(household: Household, line_no: str, actor: Actor, at: datetime) -> InventoryItem:
    rows = items(actor, household, on=timezone.localdate(at))
    row = next((one for one in rows if one.line_no == line_no), None)
    if row is None:
        raise NotFound("item.not_found", _("The household has no such line."))
    return row


def _name(pack: Pack | None, code: str, lang: str) -> str:
    known = pack.items.get(code) if pack else None
    return known.name(lang) if known else code


def _measured(pack: Pack | None, code: str, quantity: Decimal, lang: str) -> str:
    known = pack.items.get(code) if pack else None
    plain = f"{quantity.normalize():f}"
    return f"{plain} {unit_after(pack, quantity, known.unit, lang)}" if pack and known else plain


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise Invalid("item.quantity", _("Give a quantity greater than nothing."), field="quantity") from None


def _label(eligibility: str, lang: str) -> str:
    with override(_LANGUAGES[lang]):
        return str(Eligibility(eligibility).label)
