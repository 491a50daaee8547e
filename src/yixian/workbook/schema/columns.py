"""列的构件: one small function a kind of column. Its words follow with `Column.told`.

``key``, ``zh`` and ``en`` are the names of a column; what else may be said of it depends on its kind.
"""

from __future__ import annotations

from yixian.workbook.schema.choices import YES_NO
from yixian.workbook.schema.types import Choices, Column, Kind

CELL_LENGTH = 32_000
"""What a spreadsheet's cell holds."""


def code(
    key: str, zh: str, en: str, *, required: bool = False, length: int = 120, refers: str = ""
) -> Column:
    """编号: digits or Latin letters, kept as text."""
    return Column(key, zh, en, Kind.CODE, required=required, length=length, refers=refers)


def text(key: str, zh: str, en: str, *, required: bool = False, length: int = 120) -> Column:
    """文字."""
    return Column(key, zh, en, Kind.TEXT, required=required, length=length)


def name(key: str, zh: str, en: str, *, required: bool = False, length: int = 120) -> Column:
    """姓名."""
    return Column(key, zh, en, Kind.NAME, required=required, length=length)


def day(key: str, zh: str, en: str, *, required: bool = False) -> Column:
    """日期."""
    return Column(key, zh, en, Kind.DATE, required=required)


def whole(key: str, zh: str, en: str, *, low: str, high: str, required: bool = False) -> Column:
    """整数."""
    return Column(key, zh, en, Kind.WHOLE, low=low, high=high, required=required)


def number(key: str, zh: str, en: str, *, low: str, high: str, scale: int, required: bool = False) -> Column:
    """数: with so many decimals at most."""
    return Column(key, zh, en, Kind.DECIMAL, low=low, high=high, scale=scale, required=required)


def yes_no(key: str, zh: str, en: str, *, required: bool = False) -> Column:
    """是否."""
    return Column(key, zh, en, Kind.YES_NO, choices=YES_NO, required=required)


def choice(key: str, zh: str, en: str, choices: Choices, *, required: bool = False) -> Column:
    """选项."""
    return Column(key, zh, en, Kind.CHOICE, choices=choices, required=required)


def languages(key: str, zh: str, en: str, choices: Choices, *, required: bool = False) -> Column:
    """语言: several choices, separated by commas."""
    return Column(key, zh, en, Kind.LANGUAGES, choices=choices, required=required)


def id_number(key: str, zh: str, en: str) -> Column:
    """身份证号."""
    return Column(key, zh, en, Kind.ID_NUMBER)


def phone(key: str, zh: str, en: str) -> Column:
    """电话."""
    return Column(key, zh, en, Kind.PHONE)


def public_phone(key: str, zh: str, en: str) -> Column:
    """公开电话: of an office; nobody's own."""
    return Column(key, zh, en, Kind.PUBLIC_PHONE)


def account(key: str, zh: str, en: str) -> Column:
    """账号."""
    return Column(key, zh, en, Kind.ACCOUNT)


def outline(key: str, zh: str, en: str) -> Column:
    """轮廓: GeoJSON, a Polygon or MultiPolygon."""
    return Column(key, zh, en, Kind.OUTLINE, length=CELL_LENGTH)


def line(key: str, zh: str, en: str) -> Column:
    """线: GeoJSON, a LineString or MultiLineString."""
    return Column(key, zh, en, Kind.LINE, length=CELL_LENGTH)


def longitude(help_zh: str, help_en: str, example: str = "") -> Column:
    """经度: decimal degrees (WGS 84)."""
    return number("lon", "经度", "Longitude", low="73", high="136", scale=6).explained(
        help_zh, help_en, example
    )


def latitude(help_zh: str, help_en: str, example: str = "") -> Column:
    """纬度: decimal degrees (WGS 84)."""
    return number("lat", "纬度", "Latitude", low="3", high="54", scale=6).explained(help_zh, help_en, example)
