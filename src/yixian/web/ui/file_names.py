"""文件名: what a saved file is called — what it holds, of which place, on which day — in the language of its reader."""

from __future__ import annotations

import re
from datetime import date
from typing import TypeVar

from django.http import HttpResponseBase
from django.utils.http import content_disposition_header

from yixian.kernel.actors import Actor
from yixian.registry.queries import reached_by_path
from yixian.web.ui.cells import Text

Response = TypeVar("Response", bound=HttpResponseBase)

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\s]+')
"""What Windows allows in no file's name, and blanks in a row."""
_MAX_PART = 60


def file_name(*parts: Text, on: date | None = None) -> str:
    """The parts that say anything, then the day, with a hyphen between; no suffix yet."""
    said = [_FORBIDDEN.sub(" ", str(part)).strip(" .")[:_MAX_PART] for part in parts]
    return "-".join([*filter(None, said), *([on.isoformat()] if on else [])])


def own_place(actor: Actor) -> str:
    """The place that somebody reaches, where it is a single one below everything: whose list this is without a filter."""
    paths = {path for grant in actor.grants for path in grant.area_paths}
    if len(paths) != 1 or paths == {""}:
        return ""
    return next((area.label for area in reached_by_path(actor, paths).values()), "")


def to_save(response: Response, name: str, *, is_attached: bool = True) -> Response:
    """The response under a name to save it by; shown in the browser first where it is not ``is_attached``."""
    header = content_disposition_header(as_attachment=is_attached, filename=name)
    response["Content-Disposition"] = header or ""
    return response
