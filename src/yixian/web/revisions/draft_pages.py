"""起草页: new prices in a form, a whole pack as files, and back to what was drafted before."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yixian.domain.policy import Pack, PackErrors
from yixian.domain.text import typed_number
from yixian.engines.entitlements import unit_word
from yixian.kernel.errors import Invalid, YixianError
from yixian.kernel.languages import language
from yixian.kernel.permission import require_person
from yixian.policies.queries import read_pack
from yixian.revisions.access import DRAFTERS
from yixian.revisions.actions.save_draft import go_back, save_pack, save_prices
from yixian.revisions.choices import RevisionStage
from yixian.revisions.queries import current_draft, draft_pack, get_revision, stage_of
from yixian.web.forms import put_error
from yixian.web.item_titles import kind_label, kind_of
from yixian.web.request_actor import actor_of, posted_id
from yixian.web.revisions.pack_archive import read_archive
from yixian.web.ui.cells import Text
from yixian.web.ui.file_names import file_name, to_save

_MAX_LENGTH = 20
_SAVED = _("The draft is saved. Now see what it would change.")


class PackForm(forms.Form):
    """The folder of a pack, packed as one file."""

    file = forms.FileField(
        label=_("The pack as a .zip file"),
        help_text=_(
            "The whole folder, as it is downloaded here: pack.yaml, documents.yaml, items.csv, prices.csv, rules.yaml, tests."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".zip"}),
    )


@dataclass(frozen=True, slots=True)
class PriceField:
    """One price: what stands, and what the draft says instead (empty: the same)."""

    name: str
    title: str
    code: str
    zone: str
    unit: str
    current: str
    drafted: str
    fault: str = ""


@require_http_methods(["GET", "POST"])
def prices(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The price list with a field for each new price; all of them are saved together, or none."""
    actor = actor_of(request)
    require_person(actor, DRAFTERS)
    revision = get_revision(actor, revision_id)
    if stage_of(revision) != RevisionStage.DRAFTING:
        return redirect("staff:revision", revision.pk)
    base = read_pack(revision.base_id)
    keys = [(price.item_code, price.zone) for price in base.prices_on(revision.valid_from)]
    given: dict[tuple[str, str], str] = {}
    fault: YixianError | None = None
    if request.method == "POST":
        given = {key: typed_number(request.POST.get(_name(key), "").strip()[:_MAX_LENGTH]) for key in keys}
        before = current_draft(revision)
        try:
            draft = save_prices(revision.pk, given, actor=actor, at=timezone.now())
        except YixianError as error:
            fault = error
        else:
            return _saved(request, before, draft)
    else:
        given = _drafted(base, revision, keys)
    context = {
        "revision": revision,
        "groups": _groups(base, revision, keys, given, fault),
        "fault": fault.sentence if fault else "",
    }
    return render(request, "revisions/prices.html", context, status=422 if fault else 200)


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Take a whole pack as the draft; every fault is shown by file and place, and nothing is saved then."""
    actor = actor_of(request)
    require_person(actor, DRAFTERS)
    revision = get_revision(actor, revision_id)
    form = PackForm(request.POST or None, request.FILES or None)
    faults: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        before, given = current_draft(revision), form.cleaned_data["file"]
        try:
            draft = save_pack(revision.pk, read_archive(given), actor=actor, at=timezone.now())
        except PackErrors as error:
            faults = [
                {"place": f"{one.file}:{one.line}:{one.column}", "told": one.described(language())}
                for one in sorted(error.problems)
            ]
        except YixianError as error:
            put_error(form, error)
        else:
            return _saved(request, before, draft)
    context = {"revision": revision, "form": form, "faults": faults}
    return render(request, "revisions/pack.html", context, status=422 if form.errors or faults else 200)


@require_GET
def download(request: HttpRequest, revision_id: int) -> HttpResponse:
    """The present draft as the folder of a pack."""
    revision = get_revision(actor_of(request), revision_id)
    pack = draft_pack(current_draft(revision))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(pack.sources.items()):
            archive.writestr(zipfile.ZipInfo(f"{pack.id}/{name}"), text)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    return to_save(response, f"{file_name(revision.title, f'{pack.id}-{pack.version}')}.zip")


@require_POST
def back(request: HttpRequest, revision_id: int) -> HttpResponse:
    """Make an earlier draft the present one."""
    actor = actor_of(request)
    before = current_draft(get_revision(actor, revision_id))
    draft = go_back(revision_id, posted_id(request, "number"), actor=actor, at=timezone.now())
    return _saved(request, before, draft, _("The earlier draft is the present one again."))


def _saved(
    request: HttpRequest,
    before: Any,
    draft: Any,
    words: Text = _SAVED,
) -> HttpResponse:
    """Back to the revision; "saved" is said only where something changed."""
    if draft.number == before.number:
        messages.info(request, _("Nothing was changed: the draft says what it said before."))
    else:
        messages.success(request, words)
    return redirect("staff:revision", draft.revision_id)


def _drafted(base: Pack, revision: Any, keys: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The prices in which the draft differs from the pack in force."""
    pack = draft_pack(current_draft(revision)).as_if_decided()
    day = revision.valid_from
    current = {(price.item_code, price.zone): price.amount for price in base.prices_on(day)}
    drafted = {(price.item_code, price.zone): price.amount for price in pack.prices_on(day)}
    return {key: f"{drafted[key]:f}" for key in keys if key in drafted and drafted[key] != current[key]}


def _groups(
    base: Pack,
    revision: Any,
    keys: list[tuple[str, str]],
    given: Mapping[tuple[str, str], str],
    fault: YixianError | None,
) -> list[tuple[str, list[PriceField], bool]]:
    """The fields by kind of thing, in the pack's order, and whether the draft changes one of the kind or one is wrong."""
    lang = language()
    current = {(price.item_code, price.zone): price for price in base.prices_on(revision.valid_from)}
    wrong = fault.field if isinstance(fault, Invalid) else ""
    groups: dict[str, list[PriceField]] = {}
    for key in keys:
        code, zone = key
        item, price = base.items[code], current[key]
        field = PriceField(
            name=_name(key),
            title=item.name(lang),
            code=code,
            zone=base.zones[zone][lang != "zh"] if zone else "",
            unit=unit_word(base, price.unit, lang),
            current=f"{price.amount:f}",
            drafted=given.get(key, ""),
            fault=fault.sentence if fault and wrong == "|".join(key) else "",
        )
        groups.setdefault(kind_label(kind_of(item.category)), []).append(field)
    return [
        (kind, fields, any(field.drafted or field.fault for field in fields))
        for kind, fields in groups.items()
    ]


def _name(key: tuple[str, str]) -> str:
    return f"price-{key[0]}-{key[1]}"
