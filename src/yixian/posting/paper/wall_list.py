"""张榜纸: a posting as A3 sheets for the village's wall, in letters that are read at arm's length, with the way to object.

On the wall of its village a list bears the full name of each head of household and, of people, the names that are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from yixian.domain.policy import Pack
from yixian.domain.policy.survey import WORKING_DAYS
from yixian.kernel.pdf_rendering import PdfDocument, printed_date, render_pdf
from yixian.policies.queries import read_pack
from yixian.posting.models import Posting
from yixian.posting.public_lists import item_and_unit
from yixian.posting.register_lines import ListLine, lines_of
from yixian.registry.paper.qr import qr_svg
from yixian.registry.queries.public_offices import PublicOffice

TEMPLATE = Path(__file__).with_name("wall_list.typ")

_WORDS = {
    "title": ("公示", "Posted for everybody to see"),
    "household": ("户号", "Household"),
    "head": ("户主", "Head"),
    "item": ("项目", "Item"),
    "quantity": ("数量", "Quantity"),
    "unit": ("单位", "Unit"),
    "detail": ("人口姓名", "Who is counted"),
    "gone": ("已没有", "no longer"),
    "nothing": ("和上一轮比，没有一行有变化。", "No line has changed since the round before."),
    "from": ("张贴日期", "Put up on"),
    "until": ("公示至", "Hangs through"),
    "object": (
        "哪里不对，或者漏了，请提出来：由另外两个人再量一遍。提异议不会有任何损失，也不会说是谁提的。",
        "Is something wrong, or missing? Say so: two others then measure again. Whoever objects loses nothing, and is not named.",
    ),
    "days": ("张贴次日起 {days} 天", "{days} days from the day after it is put up"),
    "working_days": ("张贴次日起 {days} 个工作日", "{days} working days from the day after it is put up"),
    "round": ("第 {round} 轮，共 {rounds} 轮", "Round {round} of {rounds}"),
    "as_of": ("按 {day} 的登记", "As the register stood on {day}"),
    "scan": ("扫码看同一份名单", "The same list on the net"),
    "hash": ("名单校验值", "Check value"),
}


def wall_list_pdf(
    posting: Posting, address: str, offices: Iterable[PublicOffice], *, lang: str, place: str
) -> bytes:
    """The sheets as a PDF in ``zh`` or ``en``; ``address`` is the public list's, ``place`` the village's whole name."""
    return render_pdf(PdfDocument(TEMPLATE, wall_list(posting, address, offices, lang=lang, place=place)))


def wall_list(
    posting: Posting, address: str, offices: Iterable[PublicOffice], *, lang: str, place: str
) -> dict[str, Any]:
    """The template's data."""
    at = 0 if lang == "zh" else 1
    words = {name: both[at] for name, both in _WORDS.items()}
    pack = read_pack(posting.pack_version_id)
    lines = lines_of(posting)
    span = words["working_days"] if posting.unit == WORKING_DAYS else words["days"]
    return {
        "lang": lang,
        "date": printed_date(posting.as_of),
        "words": words,
        "place": place,
        "list": str(posting.get_list_display()),
        "round": words["round"].format(round=posting.round, rounds=posting.rounds),
        "as_of": words["as_of"].format(day=posting.as_of.isoformat()),
        "span": span.format(days=posting.days),
        "offices": [f"{office.label} {office.phone}" for office in offices if office.phone],
        "qr": qr_svg(address).decode(),
        "address": address,
        "sha256": posting.sha256,
        "has_detail": any(line.detail for line in lines),
        "households": [_household(pack, posting.list, list(of)) for _no, of in _by_household(lines)],
    }


def _by_household(lines: list[ListLine]) -> Iterable[tuple[str, Iterable[ListLine]]]:
    return groupby(lines, key=lambda line: line.household_no)


def _household(pack: Pack, posted: str, lines: list[ListLine]) -> dict[str, Any]:
    return {
        "no": lines[0].household_no,
        "head": lines[0].head_name,
        "lines": [_line(pack, posted, line) for line in lines],
    }


def _line(pack: Pack, posted: str, line: ListLine) -> dict[str, Any]:
    item, unit = item_and_unit(pack, posted, line)
    return {
        "item": item,
        "unit": unit,
        "quantity": f"{line.quantity.normalize():f}",
        "detail": line.detail,
        "gone": line.is_gone,
    }
