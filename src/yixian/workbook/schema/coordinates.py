"""经纬度: the two columns of a place, decimal degrees (WGS 84)."""

from yixian.workbook.schema.types import Column, Kind


def longitude(help_zh: str, help_en: str, example: str = "") -> Column:
    """经度."""
    return Column(
        "lon",
        "经度",
        "Longitude",
        Kind.DECIMAL,
        help_zh,
        help_en,
        scale=6,
        low="73",
        high="136",
        example=example,
    )


def latitude(help_zh: str, help_en: str, example: str = "") -> Column:
    """纬度."""
    return Column(
        "lat",
        "纬度",
        "Latitude",
        Kind.DECIMAL,
        help_zh,
        help_en,
        scale=6,
        low="3",
        high="54",
        example=example,
    )
