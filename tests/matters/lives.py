"""Many lives of matters, written straight into the tables as intake and handling would, for figures, benchmarks and boards.

A life is a list of (days after receipt, event, acting body, receiving body). Everything else of a matter is filler.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import count

from yixian.matters.choices import IntakeChannel, MatterKind, Topic
from yixian.matters.codes import code_index
from yixian.matters.matter_state import parties_in, plain_events, projection_row, state_from
from yixian.matters.models import (
    Matter,
    MatterEvent,
    MatterParty,
    MatterProjection,
    MatterSorting,
    MatterText,
)
from yixian.matters.procedures import current_version
from yixian.registry.models import Area, Organisation

Step = tuple[float, str, Organisation | None, Organisation | None]
_numbers = count(1)


def live(
    area: Area, received_at: datetime, steps: Sequence[Step], topic: Topic = Topic.PRICE, **changes: object
) -> Matter:
    """One matter with this life; the first step is its receipt."""
    return live_many(area, [(received_at, steps, topic, changes)])[0]


def live_many(
    area: Area, lives: Iterable[tuple[datetime, Sequence[Step], Topic, dict[str, object]]]
) -> list[Matter]:
    """Many of them, in few statements."""
    made, events = [], []
    for received_at, steps, topic, changes in lives:
        number = next(_numbers)
        values = {
            "number": f"{number:010d}",
            "code": f"{number:016d}",
            "code_index": code_index(f"{number:016d}"),
            "key": uuid.uuid4(),
            "kind": MatterKind.GRIEVANCE,
            "procedure_version": current_version(at=received_at),
            "channel": IntakeChannel.COUNTER,
            "area": area,
            "area_path": area.path,
            "anonymous": True,
            "shared": False,
            "about_official": False,
            "received_at": received_at,
        }
        made.append((Matter(**values | changes), steps, topic))
    Matter.objects.bulk_create([matter for matter, _steps, _topic in made], batch_size=500)
    for matter, steps, _topic in made:
        events += [
            MatterEvent(
                matter=matter,
                seq=seq,
                at=matter.received_at + timedelta(days=days),
                kind=kind,
                actor_organisation=organisation,
                to_organisation=to_organisation,
                reason="因由" if kind in _WITH_REASON else "",
                clause="第三条" if kind in _WITH_CLAUSE else "",
            )
            for seq, (days, kind, organisation, to_organisation) in enumerate(steps, 1)
        ]
    MatterSorting.objects.bulk_create(
        [MatterSorting(matter=matter, topic=topic, at=matter.received_at) for matter, _steps, topic in made],
        batch_size=500,
    )
    MatterText.objects.bulk_create(
        [MatterText(matter=matter, words="土木房的单价太低。") for matter, _steps, _topic in made],
        batch_size=500,
    )
    MatterEvent.objects.bulk_create(events, batch_size=500)
    _index([(matter, topic) for matter, _steps, topic in made], events)
    return [matter for matter, _steps, _topic in made]


_WITH_REASON = {"handover_offered", "handover_returned", "not_accepted", "extension_approved", "reopened"}
_WITH_CLAUSE = {"handover_offered", "waiting_person"}


def _index(made: list[tuple[Matter, Topic]], events: list[MatterEvent]) -> None:
    """The index rows of these matters, as handling leaves them."""
    own: dict[int, list[MatterEvent]] = {}
    for row in events:
        own.setdefault(row.matter_id, []).append(row)
    plain = plain_events(list(own)) if len(own) < 5000 else {}
    standings = []
    for matter, topic in made:
        rows = own[matter.pk]
        told = plain.get(matter.pk) or plain_events([matter.pk])[matter.pk]
        followed = state_from(matter, told, at=rows[-1].at)
        standings.append(
            projection_row(matter, rows, followed, None, topic=topic, taken=(), guarded=matter.about_official)
        )
    MatterProjection.objects.bulk_create(standings, batch_size=500)
    parties = [
        MatterParty(matter_id=pk, organisation_id=organisation)
        for pk, rows in own.items()
        for organisation in parties_in(rows)
    ]
    MatterParty.objects.bulk_create(parties, batch_size=500)
