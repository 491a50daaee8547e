"""地点与单位的选项: where a matter is about, township by township, and the offices that it may be about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from yixian.domain.areas import AreaLevel, path_at
from yixian.matters.queries import offices
from yixian.registry.queries.areas import places_down_to

Group = tuple[str, list[tuple[str, str]]]


def place_groups() -> list[Group]:
    """The villages under their townships, each township itself first. Values are ids."""
    groups: dict[str, Group] = {}
    for area in places_down_to(AreaLevel.VILLAGE):
        if area.level == AreaLevel.TOWNSHIP:
            whole = _("%(township)s (not in one village)") % {"township": area.label}
            groups[area.path] = (area.label, [(str(area.pk), whole)])
        elif area.level == AreaLevel.VILLAGE:
            groups[path_at(area.path, AreaLevel.TOWNSHIP)][1].append((str(area.pk), area.label))
    return list(groups.values())


def office_groups(people: Sequence[tuple[int, str]] = (), *, at: datetime) -> list[Group]:
    """The people beside the household first, where they are known (ids and names), then the offices by place."""
    groups: dict[str, Group] = {}
    if people:
        title = _("The people beside us")
        groups[""] = (title, [(f"helper-{pk}", name) for pk, name in people])
    for office in offices(at=at):
        group = groups.setdefault(office.place, (office.place, []))
        group[1].append((f"organisation-{office.pk}", office.label))
    return list(groups.values())
