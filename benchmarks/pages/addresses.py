"""Addresses: for every page of the access matrix, who looks at it and which objects of the county it is asked about."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from yixian.budget.models import BudgetVersion
from yixian.compensation.models import AccountCase, Agreement
from yixian.config.access_matrix import ENDPOINTS
from yixian.duty.models import Absence, Handover, HelperRequest, PairingShortage
from yixian.kernel.models import Job, User
from yixian.kernel.roles import Role
from yixian.matters.models import Matter, MatterFile
from yixian.policies.models import PackAdoption, PackVersion, PolicyQuestion
from yixian.quizzes.models import QuizAttempt
from yixian.registry.models import Area, Helper, Household, Organisation
from yixian.revisions.models import Revision
from yixian.visits.models import Promise, Visit, VisitPhoto
from yixian.workbook.models import ImportBatch
from yixian.working_groups.models import (
    ReportDispatch,
    ReportReply,
    SampledHousehold,
    Signal,
    WorkingGroup,
)

SAMPLES = 12
"""Objects drawn for each kind of page: a median is one of different households, villages and matters."""

CARD, NOBODY = "card", ""
"""Two who look beside the staff: a household by its card, and anybody."""

PREFERRED = ("clerk", "lead", "county", "cadre", "township", "petition", "auditor", "admin")
"""Who looks at a page: the first of these sign-ins that may. Who reaches most comes first: their pages cost most."""

HOMES = ("clerk", "lead", "county", "township", "department", "cadre", "petition", "auditor", "admin")
"""The first page after signing in differs by role, so everybody's is measured."""


def _of(rows: Callable[[], QuerySet[Any, Any]]) -> Callable[[], Sequence[Any]]:
    return cache(lambda: sorted(rows()))


OBJECTS: Mapping[str, Callable[[], Sequence[Any]]] = {
    "absence_id": _of(lambda: Absence.objects.values_list("pk", flat=True)),
    "adoption_id": _of(lambda: PackAdoption.objects.values_list("pk", flat=True)),
    "agreement_id": _of(lambda: Agreement.objects.values_list("pk", flat=True)),
    "area_id": _of(
        lambda: Area.objects.filter(level__in=("village", "township")).values_list("pk", flat=True)
    ),
    "batch_id": _of(lambda: ImportBatch.objects.values_list("pk", flat=True)),
    "organisation_id": _of(lambda: Organisation.objects.values_list("pk", flat=True)),
    "case_id": _of(lambda: AccountCase.objects.values_list("pk", flat=True)),
    "dispatch_id": _of(lambda: ReportDispatch.objects.values_list("pk", flat=True)),
    "file_id": _of(lambda: MatterFile.objects.values_list("pk", flat=True)),
    "group_id": _of(lambda: WorkingGroup.objects.values_list("pk", flat=True)),
    "handover_id": _of(lambda: Handover.objects.values_list("pk", flat=True)),
    "helper_id": _of(lambda: Helper.objects.values_list("pk", flat=True)),
    "household_id": _of(lambda: Household.objects.filter(valid_until=None).values_list("pk", flat=True)),
    "job_id": _of(lambda: Job.objects.values_list("pk", flat=True)),
    "matter_no": _of(lambda: Matter.objects.values_list("number", flat=True)),
    "attempt_id": _of(lambda: QuizAttempt.objects.values_list("pk", flat=True)),
    "pack_version_id": _of(lambda: PackVersion.objects.values_list("pk", flat=True)),
    "photo_id": _of(lambda: VisitPhoto.objects.values_list("pk", flat=True)),
    "place_id": _of(lambda: Area.objects.filter(level="county").values_list("pk", flat=True)),
    "promise_id": _of(lambda: Promise.objects.values_list("pk", flat=True)),
    "question_id": _of(lambda: PolicyQuestion.objects.values_list("pk", flat=True)),
    "reply_id": _of(lambda: ReportReply.objects.values_list("pk", flat=True)),
    "request_id": _of(lambda: HelperRequest.objects.values_list("pk", flat=True)),
    "revision_id": _of(lambda: Revision.objects.values_list("pk", flat=True)),
    "sampled_id": _of(lambda: SampledHousehold.objects.values_list("pk", flat=True)),
    "shortage_id": _of(lambda: PairingShortage.objects.values_list("pk", flat=True)),
    "signal_id": _of(lambda: Signal.objects.values_list("pk", flat=True)),
    "user_id": _of(lambda: User.objects.values_list("pk", flat=True)),
    "version_id": _of(lambda: BudgetVersion.objects.values_list("pk", flat=True)),
    "visit_id": _of(lambda: Visit.objects.values_list("pk", flat=True)),
    "channel": lambda: ["sms"],
    "document_id": lambda: ["D2009-215"],
    "file_format": lambda: ["xlsx"],
    "key": lambda: ["nothing"],
    "measure": lambda: ["held"],
    "number": lambda: [1],
    "pack_id": lambda: ["danjiangkou-2009"],
    "party": lambda: ["household"],
    "position": lambda: [1],
    "role": lambda: ["cadre"],
    "step": lambda: ["sort"],
    "token": lambda: ["1:nobody:signed"],
    "version": lambda: [1],
}
"""Where what stands in addresses comes from."""

SEARCHES: Mapping[str, Callable[[], Sequence[Mapping[str, Any]]]] = {
    "staff:households": lambda: [
        *({"q": name} for name in _names()),
        *({"q": name[0]} for name in _names()),
        *({"q": text} for text in ("wang", "lidm", "zhangf", "chen")),
        *({"page": page} for page in (2, 100, 400)),
        *({"account": "none"}, {"uncovered": "1"}, {"sort": "total"}),
    ],
    "staff:matters": lambda: [
        *({"q": word} for word in ("围墙", "水", "房")),
        {"tab": "open"},
        {"tab": "overdue"},
        {"tab": "all"},
    ],
    "agreements:list": lambda: [{"q": name} for name in _names()[:4]],
    "staff:organisations": lambda: [{"q": "局"}],
    "staff:library": lambda: [{"q": "围墙"}],
    "staff:answers": lambda: [{"q": "围墙"}],
    "portal:answers": lambda: [{"q": "围墙"}],
    "portal:prices": lambda: [{"q": "房"}],
    "portal:offices": lambda: [{"q": "移民局"}],
    "field:mine": lambda: [{"q": name[0]} for name in _names()[:4]],
    "api-1:households": lambda: [{"search": name} for name in _names()[:4]],
}
"""What is searched for, beside the list as it is opened: each a line of its own, named with ``?``."""


@cache
def _names() -> list[str]:
    """Heads of households."""
    rows = Household.objects.filter(valid_until=None).order_by("pk").values_list("head__name", flat=True)
    return list(rows[:4000:400])


@dataclass(frozen=True)
class Page:
    """A kind of page: its name in the matrix, who asks, and the addresses to draw from (none: nothing of it exists)."""

    name: str
    who: str
    addresses: tuple[str, ...]


def every_page(sign_ins: Mapping[str, Role]) -> list[Page]:
    """Every address of the matrix, as the first sign-in that may ask sees it; ``sign_ins`` maps user names to roles."""
    parameters = _parameters()
    found: list[Page] = []
    for name in ENDPOINTS:
        who = _looker(name, sign_ins)
        if who is None:
            continue
        keys = parameters[name]
        found.append(Page(name, who, _drawn(name, keys)))
        if name in SEARCHES:
            base = reverse(name)
            asked = tuple(f"{base}?{urlencode(entries)}" for entries in SEARCHES[name]())
            found.append(Page(f"{name} ?", who, asked))
    found += [
        Page("staff:home", who, (reverse("staff:home"),))
        for who in HOMES
        if who in sign_ins and who != _looker("staff:home", sign_ins)
    ]
    return found


def _looker(name: str, sign_ins: Mapping[str, Role]) -> str | None:
    endpoint = ENDPOINTS[name]
    if endpoint.public:
        return NOBODY
    if endpoint.roles == {Role.HOUSEHOLD}:
        return CARD
    able = [who for who in (*PREFERRED, *sign_ins) if sign_ins.get(who) in endpoint.roles]
    return able[0] if able else None


def _drawn(name: str, keys: Sequence[str]) -> tuple[str, ...]:
    """Addresses drawn at random, the same in every run; each address's own objects are drawn apart."""
    chance = random.Random(name)
    lists = [OBJECTS[key]() if key in OBJECTS else () for key in keys]
    if not all(lists):
        return ()
    count = SAMPLES if keys else 1
    drawn = (
        {key: chance.choice(list(rows)) for key, rows in zip(keys, lists, strict=True)}
        for _one in range(count)
    )
    return tuple(dict.fromkeys(reverse(name, kwargs=values) for values in drawn))


def _parameters() -> dict[str, list[str]]:
    """The names of what stands in each address."""
    found: dict[str, list[str]] = {}

    def walk(patterns: Sequence[URLPattern | URLResolver], space: str, above: tuple[str, ...]) -> None:
        for pattern in patterns:
            keys = (*above, *pattern.pattern.regex.groupindex)
            if isinstance(pattern, URLResolver):
                inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
                walk(pattern.url_patterns, inner, keys)
            elif pattern.name:
                found.setdefault(f"{space}{pattern.name}", list(keys))

    walk(get_resolver().url_patterns, "", ())
    return found
