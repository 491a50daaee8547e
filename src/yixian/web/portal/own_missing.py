"""为什么没有这一项: why something does not stand in our account — none in the survey, nothing by a rule, no price decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yixian.compensation.account_read_models import AccountLineView
from yixian.compensation.queries import current_account
from yixian.domain.policy import Pack
from yixian.engines.entitlements import unit_word
from yixian.inventory.queries import items
from yixian.kernel.languages import language
from yixian.policies.queries import pack_in_force
from yixian.web.item_titles import CATEGORIES, kind_label, kind_of
from yixian.web.portal.household_session import household_required
from yixian.web.request_actor import actor_of

_ITEM, _RULE = "item:", "rule:"


@dataclass(frozen=True, slots=True)
class ClauseSaid:
    """The words of a clause, its document, and where it can be read."""

    words: str
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The answer about one thing: its name, what is said of it, and the clause that says so.

    ``may_raise``: whether it may be an error of the survey, to be told.
    """

    title: str
    sentences: Sequence[str]
    clause: ClauseSaid | None = None
    may_raise: bool = False


@require_GET
@household_required
def missing(request: HttpRequest, household: Any) -> HttpResponse:
    """Choose a thing; why it does, or does not, stand in our account."""
    actor, today, asked = actor_of(request), timezone.localdate(), request.GET.get("what", "")
    found = pack_in_force(household.area_path, today)
    statement, _change = current_account(actor, household, on=today)
    context: dict[str, Any] = {"household": household, "asked": asked, "statement": statement}
    if found is not None:
        version, pack = found
        context["groups"] = _things(pack, today)
        if statement is not None and statement.total_fen is not None:
            codes = {row.item_code for row in items(actor, household, on=today)}
            context["answer"] = _answer(
                asked, pack, version.pack_id, household.zone, statement.lines, codes, today
            )
    return render(request, "portal/missing.html", context)


def _things(pack: Pack, on: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be asked about, by kinds: the things that the policy knows, and what it gives a household as a whole."""
    lang = language()
    kinds: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for code, item in pack.items.items():
        kinds[kind_of(str(item.category))].append((f"{_ITEM}{code}", item.name(lang)))
    order = {kind: place for place, kind in enumerate(CATEGORIES)}
    found = [
        (kind_label(kind), kinds[kind]) for kind in sorted(kinds, key=lambda one: order.get(one, len(order)))
    ]
    rules = [
        (f"{_RULE}{rule.id}", rule.title(lang))
        for rule in pack.rules_on(on)
        if rule.applies_to == "households"
    ]
    return [*found, (_("For the household as a whole"), rules)] if rules else found


def _answer(
    asked: str,
    pack: Pack,
    pack_id: str,
    zone: str,
    lines: Sequence[AccountLineView],
    codes: set[str],
    on: date,
) -> Missing | None:
    if asked.startswith(_ITEM) and asked.removeprefix(_ITEM) in pack.items:
        return _of_item(asked.removeprefix(_ITEM), pack, pack_id, zone, lines, codes, on)
    rules = {rule.id: rule for rule in pack.rules_on(on) if rule.applies_to == "households"}
    rule = rules.get(asked.removeprefix(_RULE)) if asked.startswith(_RULE) else None
    if rule is None:
        return None
    title = rule.title(language())
    if any(
        not line.item_code and (line.document, line.clause) == (rule.document, rule.clause) for line in lines
    ):
        said = [_("It stands in your account.")]
    else:
        said = [
            _(
                "It was looked at for your household and gives nothing by what is recorded of you. This is what it says:"
            )
        ]
    return Missing(title, said, _clause(pack, pack_id, rule.document, rule.clause), may_raise=True)


def _of_item(
    code: str,
    pack: Pack,
    pack_id: str,
    zone: str,
    lines: Sequence[AccountLineView],
    codes: set[str],
    on: date,
) -> Missing:
    item, price = pack.items[code], pack.price_on(code, zone, on)
    title = item.name(language())
    clause = _clause(pack, pack_id, price.document, price.clause) if price is not None else None
    if any(line.item_code == code for line in lines):
        return Missing(title, [_("It stands in your account.")], clause)
    if price is None:
        said = _("No price is decided for it where you live: nothing can be calculated for it today.")
        return Missing(title, [said], may_raise=code not in codes)
    if code in codes:
        return Missing(
            title, [_("It was surveyed as yours, but by policy nothing is paid for it here:")], clause
        )
    values = {"price": f"{price.amount:,f}", "unit": unit_word(pack, item.unit, language())}
    return Missing(
        title,
        [
            _("In what was surveyed as yours there is none of it."),
            _("If you have it, the policy gives %(price)s yuan for each %(unit)s. Tell us what was left out.")
            % values,
        ],
        clause,
        may_raise=True,
    )


def _clause(pack: Pack, pack_id: str, document_id: str, clause_id: str) -> ClauseSaid:
    """Its plain words, or its own."""
    document, lang = pack.documents[document_id], language()
    clause = document.clauses[clause_id]
    address = f"{reverse('portal:library_document', args=[pack_id, document_id])}#c-{clause_id}"
    return ClauseSaid(clause.plain(lang) or clause.text(lang), document.title(lang), address)
