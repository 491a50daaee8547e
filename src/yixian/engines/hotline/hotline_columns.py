"""清单的列: what a hotline's list says of each call, and under which heads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from yixian.domain.text import half_width

MAX_ROWS = 20_000
TOPICS = ("实物调查", "补偿", "安置", "搬迁", "后期扶持", "生产生活", "干部作风", "其他")
"""What a call is about, where a county has no list of its own."""

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class HotlineColumn:
    """A column: its key, Chinese head, other heads it goes by, how many characters it holds, and what to write in it."""

    key: str
    zh: str
    also: tuple[str, ...]
    length: int
    note: str
    required: bool = False

    @property
    def headers(self) -> frozenset[str]:
        """Every head the column may have, as `header_of` compares them."""
        return frozenset(map(header_of, (self.key, self.zh, *self.also)))


COLUMNS = (
    HotlineColumn(
        "no",
        "来件编号",
        ("工单编号", "编号", "工单号", "number"),
        64,
        "必填。热线平台的编号，不能重复。",
        required=True,
    ),
    HotlineColumn(
        "received_at",
        "来件时间",
        ("来电时间", "受理时间", "time"),
        40,
        "必填。如 2026-03-05 14:20。",
        required=True,
    ),
    HotlineColumn("name", "来电人", ("姓名", "来电人姓名", "caller"), 60, "不愿留名的空着。"),
    HotlineColumn("phone", "电话", ("联系电话", "来电号码", "telephone"), 40, "手机 11 位，座机带区号。"),
    HotlineColumn("place", "地址/村", ("地址", "村", "所在村", "address", "village"), 200, "到村组。"),
    HotlineColumn(
        "text",
        "内容",
        ("诉求内容", "来件内容", "content"),
        8000,
        "必填。照原话写。",
        required=True,
    ),
    HotlineColumn("topic", "类别", ("诉求类别", "category"), 60, "从下拉单里选。"),
)


def header_of(cell: object) -> str:
    """A head as it is compared: half-width, in lower case, without blanks and without the star of required columns."""
    return _BLANKS.sub("", half_width(str(cell))).rstrip("*").lower()
