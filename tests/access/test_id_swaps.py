"""换号: ids, numbers, names and cards of the far valley, put into every path, query and form; nothing comes back."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.answers import content_of, undone
from tests.access.askings import ASKINGS
from tests.access.databases import roles_here
from tests.access.world import Side, World, hung_numbers, secrets_of, texts_of
from yixian.config.access_matrix import ENDPOINTS
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.web.matters.step_pages import STEPS

ROLES = (*STAFF_ROLES, Role.HOUSEHOLD, Role.PUBLIC)
FIELDS = (
    "area",
    "parent",
    "household",
    "household_id",
    "household_no",
    "person",
    "helper",
    "batch",
    "job",
    "id",
)
SEARCHES = ("q", "search", "code", "card", "account", "sort", "page", "offset", "next")
LEAVES_THE_HOUSE = {"account_logout", "portal:leave"}
"""These end the session with which the swaps go on."""

CSRF = re.compile(rb"[A-Za-z0-9]{64}")


@pytest.mark.proof(cases=10_000, slice=400)
def test_no_swap_leaks(cases: Iterator[int], world: World, client_of: Callable[[Role], Client]) -> None:
    receipts = {matter.code for matter in world.far.matters.values()}  # whoever holds one is the person
    said = [text for text in world.far.texts if text not in receipts]
    ids, words = ids_of(world.far), [*said, "0", "-1", "9" * 30, "%", "\x00", "'", "禤"]
    clients = {role: client_of(role) for role in ROLES}
    names = {role: [name for name in sorted(ENDPOINTS) if may_ask(role, name)] for role in ROLES}
    asked, answered = 0, 0
    for swap in cases:
        chance = random.Random(f"20260301:{swap}")
        role = ROLES[swap % len(ROLES)]
        name = chance.choice(names[role])
        path = {key: path_value(key, ids, chance) for key in path_keys(name, world, role)}
        data = form(ids, words, chance)
        with undone():
            send = getattr(clients[role], chance.choice(("get", ASKINGS[name].method)))
            response = send(reverse(name, kwargs=path), data)
        asked += 1
        answered += response.status_code == 200
        sent = {str(value).encode() for value in (*data.values(), *path.values())}
        sent |= hung_numbers(world, name)
        found = {
            secret for secret in secrets_of(world, role).findall(content_of(response)) if secret not in sent
        }
        assert found == set(), (swap, role, name, path, data)
    assert answered > asked // 10  # the swaps are not all turned away at the door


def may_ask(role: Role, name: str) -> bool:
    endpoint = ENDPOINTS[name]
    return name not in LEAVES_THE_HOUSE and (endpoint.public or role in endpoint.roles)


def ids_of(side: Side) -> dict[str, list[Any]]:
    """The far valley's ids by the kind of path they belong into."""
    return {
        "household_id": [household.pk for household in side.households],
        "area_id": [side.township.pk, side.village.pk, side.group.pk],
        "organisation_id": [side.organisation.pk],
        "helper_id": [side.cadre.pk, side.member.pk],
        "question_id": [1],
        "handover_id": [side.handover_id],
        "request_id": [side.request_id],
        "job_id": [job.pk for job in side.jobs.values()],
        "matter_no": [matter.number for matter in side.matters.values()],
        "number": [side.own_matter.number] if side.own_matter else [],
        "file_id": [file.pk for matter in side.matters.values() for file in matter.files.all()],
        "visit_id": [side.visit.pk] if side.visit else [],
        "promise_id": [side.promise.pk] if side.promise else [],
        "signal_id": [side.signal.pk] if side.signal else [],
        "group_id": [side.group_at_work.pk] if side.group_at_work else [],
        "sampled_id": list(side.checks.values()),
        "dispatch_id": [side.dispatch_id],
        "reply_id": [side.reply_id],
        "photo_id": [side.photo.pk] if side.photo else [],
        "person_id": [household.head_id for household in side.households if household.head_id],
    }


def path_keys(name: str, world: World, role: Role) -> list[str]:
    return list(ASKINGS[name].path(world, world.far, role))


def path_value(key: str, ids: dict[str, list[Any]], chance: random.Random) -> Any:
    """Mostly an id of the right kind; sometimes of another kind."""
    if key == "role":
        return chance.choice(("cadre", "member", "0"))
    if key == "step":
        return chance.choice((*STEPS.by_name, "0"))
    if key == "file_format":
        return "xlsx"  # the one form that every table is given in
    if key in {"pack_id", "document_id"}:
        return chance.choice(("danjiangkou-2009", "D2009-215", "T5-LOCAL", "0"))
    kind = key if key in ids and chance.random() < 0.8 else chance.choice(sorted(ids))
    return chance.choice(ids[kind])


def form(ids: dict[str, list[Any]], words: list[str], chance: random.Random) -> dict[str, Any]:
    """One to four fields with ids or words of the far valley."""
    fields = chance.sample((*FIELDS, *SEARCHES), chance.randint(1, 4))
    values = [value for kind in ids.values() for value in kind]
    return {
        field: chance.choice(values if field in FIELDS and chance.random() < 0.8 else words)
        for field in fields
    }


@pytest.mark.parametrize("role", roles_here(sorted(ENDPOINTS["staff:households"].roles)))
def test_a_search_tells_nothing_not_even_a_count(
    role: Role, world: World, client_of: Callable[[Role], Client]
) -> None:
    """Everything that is known of one household, of each kind, and its cards."""
    client = client_of(role)
    known = [*texts_of(world.far.households[0]), *(card.code for card in world.far.cards)]
    for name, key in (
        ("staff:households", "q"),
        ("staff:organisations", "q"),
        ("api-1:households", "search"),
    ):
        empty: dict[str, bytes] = {}
        for text in known:
            nonsense = (
                "〇" * len(text) if not text.isascii() else "".join("7" if c.isdigit() else c for c in text)
            )
            if nonsense not in empty:
                empty[nonsense] = neutral(searched(client, name, key, nonsense), nonsense)
            assert neutral(searched(client, name, key, text), text) == empty[nonsense]


def searched(client: Client, name: str, key: str, text: str) -> bytes:
    """What a list answers to a search."""
    return client.get(reverse(name), {key: text}, headers={"HX-Request": "true"}).content


def neutral(content: bytes, text: str) -> bytes:
    """The answer without the echo of what was asked."""
    return CSRF.sub(b"?", content.replace(text.encode(), b"?").replace(quote(text).encode(), b"?"))
