"""成批打印: households of an area, village by village, and their papers as one file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from yixian.domain.areas import AreaLevel, path_at
from yixian.kernel.errors import NotFound
from yixian.registry.models import Area, Household

PDF = "application/pdf"
ZIP = "application/zip"
_UNDATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Village:
    """The households of one village that are printed together, by household number."""

    area: Area
    households: list[Household]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A finished batch: its file's name, type and bytes."""

    name: str
    media_type: str
    content: bytes


def by_village(households: Iterable[Household]) -> list[Village]:
    """Households sorted into their villages, villages in the order of the area tree."""
    ordered = sorted(households, key=lambda row: (_village_path(row), row.household_no))
    groups = {path: list(rows) for path, rows in groupby(ordered, key=_village_path)}
    areas = {area.path: area for area in Area.objects.filter(path__in=groups)}
    return [Village(areas[path], rows) for path, rows in groups.items()]


def bundle(title: str, pdfs: Sequence[tuple[Area, bytes]]) -> Bundle:
    """One village's PDF as it is; those of several villages as an archive with a file for each.

    The archive's own dates are fixed, so that the same papers give the same bytes.
    """
    if not pdfs:
        raise NotFound("paper.nothing", _("There is nothing to print here."))
    if len(pdfs) == 1:
        area, content = pdfs[0]
        return Bundle(f"{area.label}-{title}.pdf", PDF, content)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for area, content in pdfs:
            archive.writestr(zipfile.ZipInfo(f"{area.code}-{area.label}-{title}.pdf", _UNDATED), content)
    return Bundle(f"{title}.zip", ZIP, stream.getvalue())


def _village_path(household: Household) -> str:
    """The village's path; a household entered directly under a township or county stays with that."""
    return path_at(household.area_path, AreaLevel.VILLAGE)
