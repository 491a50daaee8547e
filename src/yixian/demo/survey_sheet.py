"""示范调查表: a filled-in form of the invented county as a phone would send it, and the drawings that stand for photographs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, tostring

from yixian.domain.policy import Pack
from yixian.engines.survey.xlsform import form_id, form_version
from yixian.lazy_imports import Image

PHOTOGRAPH, SIGNATURE = "photo.png", "signed.png"
_SIZE = (64, 48)
_STONE, _PAPER = "#8a8378", "#f4f1ea"


@dataclass(frozen=True, slots=True)
class Measured:
    """An item as the team measured it: its code, its kind in the pack, the answers by name, and the quantity on the form."""

    code: str
    kind: str
    values: tuple[tuple[str, str], ...]
    quantity: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What a sheet says. ``refused`` is why the household did not sign, or ""; ``replaces`` the sheet that it corrects."""

    sheet: str
    instance_id: str
    household_no: str
    head: str
    measured_on: date
    items: tuple[Measured, ...]
    refused: str = ""
    replaces: str = ""


def filled_form(pack: Pack, filled: Filled, team: tuple[tuple[str, str], tuple[str, str]]) -> bytes:
    """The XForm instance; ``team`` are the two surveyors, each with their organisation."""
    form = pack.survey.sheet(filled.sheet)
    root = Element("data", {"id": form_id(pack, form), "version": form_version(pack)})
    _text(root, "household_id", filled.household_no)
    _text(root, "measured_on", filled.measured_on.isoformat())
    for one in filled.items:
        item = SubElement(root, "item")
        _text(item, "item_code", one.code)
        group = SubElement(item, one.kind)
        for name, value in one.values:
            _text(group, name, value)
        _text(group, "photo_1", PHOTOGRAPH)
        _text(item, "quantity", one.quantity)
    for role, (name, organisation) in zip(("measurer", "second"), team, strict=True):
        _signed(root, role, name, organisation)
    household = SubElement(root, "household")
    _text(household, "name", filled.head)
    _text(household, "refused", "yes" if filled.refused else "no")
    if filled.refused:
        _text(household, "reason", filled.refused)
        _text(household, "witness", "村委会 何文书（演示）")
    else:
        _text(household, "signature", SIGNATURE)
    _signed(root, "village", "何文书", "村民委员会")
    meta = SubElement(root, "meta")
    _text(meta, "instanceID", f"uuid:{filled.instance_id}")
    if filled.replaces:
        _text(meta, "deprecatedID", f"uuid:{filled.replaces}")
    return tostring(root, encoding="unicode").encode()


def drawings() -> dict[str, bytes]:
    """What stands for a photograph and for a signature."""
    return {PHOTOGRAPH: _drawing(_STONE), SIGNATURE: _drawing(_PAPER)}


def _drawing(colour: str) -> bytes:
    file = BytesIO()
    Image.new("RGB", _SIZE, colour).save(file, "PNG")
    return file.getvalue()


def _signed(root: Element, role: str, name: str, organisation: str) -> None:
    node = SubElement(root, role)
    _text(node, "name", name)
    _text(node, "organisation", organisation)
    _text(node, "signature", SIGNATURE)


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text
