"""一份调查表: what stands on a sheet's page: its items as they were measured, who signed, what is wrong, and its versions."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yixian.domain.policy import Pack
from yixian.domain.policy.declared import Input
from yixian.domain.policy.survey import HOUSEHOLD, PRESENT, Kind, Sheet
from yixian.engines.entitlements import unit_after
from yixian.engines.survey.paper_form import formula_in_words
from yixian.engines.survey.sheet_reading import ReadSheet, SignedBy, read_sheet, sheet_of
from yixian.engines.survey.submission import Answers, Submission, read_submission
from yixian.engines.survey.xlsform import photograph_names
from yixian.kernel.actors import Actor
from yixian.kernel.errors import NotFound
from yixian.kernel.languages import language
from yixian.policies.queries import read_pack
from yixian.registry.access import below
from yixian.registry.models import Household
from yixian.survey.models import SheetAttachment, SheetSubmission
from yixian.survey.queries import get_campaign, get_sheet, linked_sheets, problems_of
from yixian.survey.sheet_states import Received, rivals_of, sheet_states
from yixian.survey.survey_read_models import (
    ComparedLine,
    LinkedSheet,
    MeasuredValue,
    SheetItem,
    SheetProblem,
    SheetView,
)

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,15})?")


def sheet_view(actor: Actor, submission_id: int) -> SheetView:
    """One sheet in reach with everything that came with it. Raises `NotFound` and `NotPermitted`."""
    submission = get_sheet(actor, submission_id)
    campaign = get_campaign(actor, submission.campaign_id)
    pack = read_pack(campaign.pack_version_id)
    sent = read_submission(base64.b64decode(submission.content))
    sheet = sheet_of(pack, sent)
    files = {row.name: row for row in submission.attachments.order_by("pk")}
    today = timezone.localdate(submission.received_at)
    read = read_sheet(
        pack, sent, is_picture=lambda name: name in files and files[name].is_picture, today=today
    )
    right = read if isinstance(read, ReadSheet) else None
    received = linked_sheets(submission)
    states = _linked(submission, received)
    rivals = rivals_of(submission.instance_id, received)
    return SheetView(
        submission=submission,
        campaign=campaign,
        status=next(one.status for one in states if one.is_this),
        form=sheet.title(language()) if sheet else submission.form_id,
        household=household_of_sheet(submission),
        measured_on=right.measured_on if right else None,
        place=sent.answers["place"].text,
        items=tuple(_items(pack, sheet, sent, right)) if sheet else (),
        present=tuple(_signed(role, sent.answers[role]) for role in pack.survey.present),
        problems=tuple(_problem(pack, sheet, sent, one) for one in problems_of(submission)),
        linked=tuple(states),
        rivals=tuple(one for one in states if one.instance_id in rivals),
        files={row.name: row.pk for row in files.values() if row.is_picture},
        choices=tuple(submission.choices.select_related("by").order_by("-pk")),
    )


def household_of_sheet(submission: SheetSubmission) -> Household | None:
    """The household of the campaign's area that a sheet names by its number; None where the register knows none."""
    rows = Household.objects.filter(
        below(submission.campaign.area.path), household_no=submission.household_no
    )
    return rows.select_related("head", "area").first()


def compared(here: SheetView, there: SheetView) -> list[ComparedLine]:
    """Two sheets line by line: items of the same code in their order beside each other, then who signed."""
    lines: list[ComparedLine] = []
    others = list(there.items)
    pairs: list[tuple[SheetItem | None, SheetItem | None]] = []
    for item in here.items:
        match = next((one for one in others if one.code == item.code), None)
        if match:
            others.remove(match)
        pairs.append((item, match))
    pairs += [(None, item) for item in others]
    for mine, theirs in pairs:
        title = (mine or theirs).title  # type: ignore[union-attr]
        one, other = _said(mine), _said(theirs)
        lines += [
            ComparedLine(title, asked, one.get(asked, ""), other.get(asked, "")) for asked in one | other
        ]
    by_role = {person.role: person for person in there.present}
    for person in here.present:
        lines.append(
            ComparedLine(
                _("Who was there and signed"),
                role_title(person.role),
                signed_words(person),
                signed_words(by_role[person.role]),
            )
        )
    return lines


def open_attachment(actor: Actor, attachment_id: int) -> tuple[SheetAttachment, File[bytes]]:
    """A picture that came with a sheet in reach, opened. Raises `NotFound`, also for what is no picture."""
    found = (
        SheetAttachment.objects.select_related("submission__campaign__area").filter(pk=attachment_id).first()
    )
    if found is None or not found.is_picture:
        raise NotFound("survey.no_sheet", gettext_lazy("There is no such sheet."))
    get_sheet(actor, found.submission_id)
    return found, found.file.open()


def role_title(role: str) -> str:
    """Who somebody on a sheet is, in words."""
    return PRESENT[role][language() != "zh"]


def signed_words(person: SignedBy) -> str:
    """Who was there and whether they signed, in a line."""
    if person.reason:
        words = _("%(name)s refused: %(reason)s (witness: %(witness)s)")
        return words % {"name": person.name, "reason": person.reason, "witness": person.witness}
    return f"{person.name} {person.organisation}".strip()


def _said(item: SheetItem | None) -> dict[str, str]:
    if item is None:
        return {}
    said = {value.title: value.words for value in item.values}
    quantity = "" if item.quantity is None else f"{item.quantity:f} {item.unit}"
    return said | {_("Quantity"): quantity} | ({_("Remark"): item.remark} if item.remark else {})


def _linked(submission: SheetSubmission, received: list[Received]) -> list[LinkedSheet]:
    states = sheet_states(received)
    rows = SheetSubmission.objects.filter(campaign=submission.campaign_id, instance_id__in=states)
    return [
        LinkedSheet(
            row.pk, row.instance_id, row.received_at, states[row.instance_id], row.pk == submission.pk
        )
        for row in rows.defer("content").order_by("received_at", "pk")
    ]


def _items(pack: Pack, sheet: Sheet, sent: Submission, right: ReadSheet | None) -> Iterator[SheetItem]:
    quantities = {line.number: line.quantity for line in right.lines} if right else {}
    for number, answers in enumerate(sent.answers.all("item"), 1):
        code = answers["item_code"].text
        item = pack.items.get(code)
        kind = sheet.kind_of(item) if item else None
        group = answers[kind.id] if kind else Answers()
        asked = (*kind.measures, *kind.attributes) if kind else ()
        names = {one.name for one in asked}
        yield SheetItem(
            number=number,
            code=code,
            title=item.name(language()) if item else code,
            values=tuple(_value(pack, one, group[one.name].text) for one in asked),
            formula=formula_in_words(kind, language()) if kind and kind.quantity not in names else "",
            quantity=quantities.get(number),
            unit=_unit(pack, quantities.get(number), item.unit) if item else "",
            said_quantity=answers["quantity"].text,
            photographs=tuple(group[name].text for name in photograph_names(kind)) if kind else (),
            remark=answers["remark"].text,
        )


def _value(pack: Pack, asked: Input, text: str) -> MeasuredValue:
    lang = language()
    if asked.choices:
        return MeasuredValue(asked.title(lang), asked.choice(text, lang) if text in asked.choices else text)
    number = Decimal(text) if asked.is_number and _NUMBER.fullmatch(text) else None
    return MeasuredValue(asked.title(lang), text, _unit(pack, number, asked.unit) if asked.unit else "")


def _unit(pack: Pack, number: Decimal | None, unit: str) -> str:
    """A unit as it stands after a number, or after what is none."""
    return unit_after(pack, Decimal(1) if number is None else number, unit, language())


def _signed(role: str, answers: Answers) -> SignedBy:
    refused = role == HOUSEHOLD and answers["refused"].text == "yes"
    return SignedBy(
        role,
        answers["name"].text,
        answers["organisation"].text,
        answers["signature"].text,
        answers["reason"].text if refused else "",
        answers["witness"].text if refused else "",
    )


def _problem(pack: Pack, sheet: Sheet | None, sent: Submission, said: Mapping[str, Any]) -> SheetProblem:
    words = _question_in_words(pack, sheet, sent, said["question"])
    return SheetProblem(words, said[language()])


_QUESTIONS = {
    "id": gettext_lazy("Form"),
    "version": gettext_lazy("Version of the form"),
    "household_id": gettext_lazy("Household number"),
    "measured_on": gettext_lazy("Day of measuring"),
    "place": gettext_lazy("Location"),
    "item": gettext_lazy("Items"),
    "item_code": gettext_lazy("Item"),
    "quantity": gettext_lazy("Quantity"),
    "remark": gettext_lazy("Remark"),
    "name": gettext_lazy("Name"),
    "organisation": gettext_lazy("Organisation"),
    "signature": gettext_lazy("Signature"),
    "refused": gettext_lazy("Whether the household refuses to sign"),
    "reason": gettext_lazy("Reason"),
    "witness": gettext_lazy("Witness"),
}
"""What the questions of every form are called; measures and attributes are called by the pack."""


def _question_in_words(pack: Pack, sheet: Sheet | None, sent: Submission, question: str) -> str:
    """A path like ``item[2]/building/length`` as "2. Brick house · length"."""
    parts = question.split("/")
    if parts[0].startswith("item["):
        return _item_question(pack, sheet, sent, parts)
    if parts[0] in PRESENT:
        parts[0] = role_title(parts[0])
    return " · ".join(str(_QUESTIONS.get(part, part)) for part in parts)


def _item_question(pack: Pack, sheet: Sheet | None, sent: Submission, parts: list[str]) -> str:
    number = int(parts[0].removeprefix("item[").removesuffix("]"))
    items = sent.answers.all("item")
    code = items[number - 1]["item_code"].text if number <= len(items) else ""
    item = pack.items.get(code)
    kind = sheet.kind_of(item) if sheet and item else None
    named = item.name(language()) if item else code
    titles = _titles(kind)
    rest = [
        str(_QUESTIONS.get(part, titles.get(part, part)))
        for part in parts[1:]
        if kind is None or part != kind.id
    ]
    return " · ".join([f"{number}. {named}".strip(), *rest])


def _titles(kind: Kind | None) -> dict[str, str]:
    if kind is None:
        return {}
    titles = {one.name: one.title(language()) for one in (*kind.measures, *kind.attributes)}
    photographs = photograph_names(kind)
    return titles | {
        name: _("Photograph %(number)s") % {"number": n} for n, name in enumerate(photographs, 1)
    }
