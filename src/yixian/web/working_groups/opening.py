"""组建工作组的页面: for a signal, or without one by decision of the bureau's lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yixian.domain.policy import Pack
from yixian.kernel.actors import Actor
from yixian.kernel.languages import language
from yixian.kernel.permission import require_person
from yixian.kernel.roles import Role
from yixian.matters.intake import ClauseKey
from yixian.policies.queries import any_pack_in_force, pack_in_force
from yixian.registry.queries import organisations_of_kinds
from yixian.registry.queries.areas import work_places
from yixian.web.forms import day_field
from yixian.web.library.price_list import item_in_zone
from yixian.web.ui.forms import FormPage, Submission
from yixian.working_groups.access import OPENERS
from yixian.working_groups.actions.open_group import Charge, Member, open_by_decision, open_for_signal
from yixian.working_groups.limits import MAX_TITLE, MAX_WORDS
from yixian.working_groups.pricing import price_rows, priced_by
from yixian.working_groups.queries import get_signal, signal_view
from yixian.working_groups.queries.groups import key_of_signal
from yixian.working_groups.queries.signals import SignalView

_SPLIT = "|"


class ChargeForm(forms.Form):
    """What the group is called, what it is to find out, and who belongs to it besides."""

    title_zh = forms.CharField(label=_("Name of the working group, in Chinese"), max_length=MAX_TITLE)
    title_en = forms.CharField(label=_("Name in English (optional)"), max_length=160, required=False)
    question_zh = forms.CharField(
        label=_("What it is to find out, in Chinese"),
        max_length=MAX_WORDS,
        help_text=_("Everybody can read it; name nobody."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    question_en = forms.CharField(
        label=_("The same in English (optional)"),
        max_length=MAX_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    prices = forms.MultipleChoiceField(
        label=_("Which prices it looks into"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: every price that the clause sets."),
    )
    organisations = forms.MultipleChoiceField(
        label=_("Bodies that belong to it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, actor: Actor, prices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].choices = [  # type: ignore[attr-defined]
            (str(organisation.pk), organisation.label)
            for organisation in organisations_of_kinds(actor, _ORGANISATION_KINDS)
        ]
        if prices:
            self.fields["prices"].choices = prices  # type: ignore[attr-defined]
        else:
            del self.fields["prices"]


def charge_of(given: Mapping[str, Any], **more: Any) -> Charge:
    """What was typed into the form."""
    return Charge(
        title_zh=given["title_zh"],
        title_en=given["title_en"],
        question_zh=given["question_zh"],
        question_en=given["question_en"],
        prices=tuple(_price_key(text) for text in given.get("prices", ())),
        members=tuple(Member(organisation_id=int(pk)) for pk in given["organisations"]),
        **more,
    )


class DecisionForm(ChargeForm):
    """The same without a signal: where, which clause, since when, and why."""

    field_order = ("area", "clause", "basis", "since")
    area = forms.ChoiceField(label=_("Location"))
    clause = forms.ChoiceField(label=_("Clause"))
    basis = forms.CharField(
        label=_("Why it is opened without a signal"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    since = day_field(label=_("It looks at matters since"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, prices=[], **kwargs)
        self.fields["area"].choices = [(area.pk, area.label) for area in work_places(actor)]  # type: ignore[attr-defined]
        self.fields["clause"].choices = _clauses()  # type: ignore[attr-defined]


_ORGANISATION_KINDS = ("department", "resettlement_bureau", "finance_office", "audit_office", "monitor")


def _signal(asked: Submission) -> SignalView:
    require_person(asked.actor, OPENERS)
    return signal_view(get_signal(asked.actor, asked.kwargs["signal_id"]), at=asked.at)


def _charge_form(asked: Submission) -> ChargeForm:
    signal = asked.subject.signal
    return ChargeForm(asked.data, actor=asked.actor, prices=_prices(signal.area_path, key_of_signal(signal)))


def _lead_only(asked: Submission) -> None:
    require_person(asked.actor, frozenset({Role.BUREAU_LEAD}))


_TITLE = _("Open a working group")
_OPEN = _("The working group is open. Next, say in public how you will draw.")

FOR_SIGNAL = FormPage(
    title=_TITLE,
    lead=_("That it is opened is the first public answer to the signal."),
    subject=_signal,
    form=_charge_form,
    action=lambda asked: open_for_signal(
        asked.subject.signal.pk, charge_of(asked.given), actor=asked.actor, at=asked.at
    ),
    to=lambda _asked, group: reverse("staff:group", args=[group.pk]),
    done=_OPEN,
    button=_("Open the working group"),
    crumbs=lambda _asked: [(reverse("staff:groups"), _("Working groups"))],
    back=lambda asked: (
        reverse("staff:signal", args=[asked.subject.signal.pk]),
        asked.subject.clause.title,
    ),
)

BY_DECISION = FormPage(
    title=_TITLE,
    lead=_("Without a signal the bureau's lead decides, and says why."),
    subject=_lead_only,
    form=lambda asked: DecisionForm(asked.data, actor=asked.actor),
    action=lambda asked: open_by_decision(
        int(asked.given["area"]),
        ClauseKey(*asked.given["clause"].split(_SPLIT)),
        charge_of(asked.given, basis=asked.given["basis"], since=asked.given["since"]),
        actor=asked.actor,
        at=asked.at,
    ),
    to=lambda _asked, group: reverse("staff:group", args=[group.pk]),
    done=_OPEN,
    button=_("Open the working group"),
    back=lambda _asked: (reverse("staff:groups"), _("Working groups")),
)


def _prices(area_path: str, key: ClauseKey) -> list[tuple[str, str]]:
    """The prices that a clause sets in the policy in force at a place, as choices."""
    found = pack_in_force(area_path, timezone.localdate())
    if found is None:
        return []
    today, pack = timezone.localdate(), found[1]
    rows = price_rows(pack, priced_by(pack, key, today), today, language())
    return [(f"{row.item_code}{_SPLIT}{row.zone_code}", _price_row(row)) for row in rows]


def _price_row(row: Any) -> str:
    return _("%(item)s, %(price)s yuan a %(unit)s") % {
        "item": item_in_zone(row.title, row.zone),
        "price": f"{row.current:f}",
        "unit": row.unit,
    }


def _clauses() -> list[tuple[str, str]]:
    """The clauses of the policy in force that set a price, as choices."""
    today = timezone.localdate()
    found = any_pack_in_force(today)
    if found is None:
        return []
    pack = found[1]
    keys = dict.fromkeys((price.document, price.clause) for price in pack.prices_on(today))
    return [(_SPLIT.join((pack.id, *key)), _clause_title(pack, *key)) for key in keys]


def _clause_title(pack: Pack, document: str, clause: str) -> str:
    one = pack.documents[document]
    return f"{one.title(language())} · {one.clauses[clause].text(language())}"


def _price_key(text: str) -> tuple[str, str]:
    code, _split, zone = text.partition(_SPLIT)
    return code, zone
