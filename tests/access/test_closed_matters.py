"""回避: whoever a matter is about, and everybody who reports to them, cannot learn of it — by no page, search, count, export,
file, step, error or interface. What each of them is answered before it exists and after is the same to the last byte.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from tests.access.answers import content_of, undone
from tests.kernel.received.pictures import jpeg
from tests.matters.place import Place, make_place
from yixian.config.access_matrix import ENDPOINTS
from yixian.config.gate import permits
from yixian.kernel.actors import PUBLIC
from yixian.matters.access import get_matter
from yixian.matters.actions.escalate import escalate
from yixian.matters.actions.receive_matter import Receipt, receive_matter
from yixian.matters.choices import IntakeChannel, Topic
from yixian.matters.intake import Subject, Submission
from yixian.matters.models import Matter, MatterEscalation

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]

WORDS = "禤密语独一无二的话"
_TOKEN = re.compile(
    rb'csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": ?"[^"]*"|name="key" value="[^"]*"|[0-9a-f-]{36}'
)
_CLOCK = re.compile(rb"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?")
_LEFT_OUT = {
    "staff:jobs",  # a job of one's own that another request asks for
    "staff:export_file",
    "account_logout",
    "staff:system",  # when ticks last ran, to the second
    "staff:pairing",  # proposes another random seed each time
}
PARTS = 3
"""Pages are asked in so many parts."""

SUBJECTS = (
    "cadre",
    "water",
    "near",
    "village",
    "petition",
    "bureau",
    "leadership",
    "finance",
    "audit",
    "monitor",
)


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Any) -> Place:
    settings.MEDIA_ROOT = tmp_path
    return make_place()


def reporting_to(name: str) -> set[str]:
    """Who is closed out, told here body by body and not by the code that is tested."""
    everybody_in_office = {
        "petition", "petition2", "clerk", "lead", "county", "near", "far", "water", "land", "finance", "surveyor", "cadre",
        "colleague",
    }  # fmt: skip
    return {
        "cadre": {"cadre", "colleague", "water"},
        "water": {"cadre", "colleague", "water"},
        "near": {"near"},
        "village": set(),
        "petition": {"petition", "petition2"},
        "bureau": {"clerk", "lead", "surveyor"},
        "leadership": everybody_in_office,
        "finance": {"finance"},
        "audit": {"auditor"},
        "monitor": {"monitor"},
    }[name]


def about(place: Place, name: str) -> Receipt:
    """A matter about them with everything that a matter can have."""
    subject = (
        Subject(helper_id=place.cadre.pk)
        if name == "cadre"
        else Subject(organisation_id=place.organisations[name].pk)
    )
    submission = Submission(
        key=uuid.uuid4(),
        words=WORDS,
        topic=Topic.CONDUCT,
        channel=IntakeChannel.PORTAL,
        area_id=place.near.pk,
        subjects=(subject,),
        files=(("a.jpg", jpeg()),),
    )
    long_ago = timezone.now() - timedelta(days=70)
    receipt = receive_matter(submission, actor=PUBLIC, at=long_ago)
    escalate(at=timezone.now())
    return receipt


def addresses(place: Place, name: str) -> Iterator[str]:
    """Every page that the user's role may ask for and that names nothing, or something that the place has."""
    values = {
        "household_id": place.ours.pk,
        "area_id": place.near.pk,
        "organisation_id": place.organisations["water"].pk,
        "helper_id": place.cadre.pk,
        "place_id": place.county.pk,
        "file_format": "csv",
        "measure": "held",
    }
    actor = place.actor(name)
    for endpoint in sorted(ENDPOINTS):
        if endpoint in _LEFT_OUT or not permits(actor, endpoint) or endpoint.startswith(("mfa_", "account_")):
            continue
        for keys in (
            (),
            *((key,) for key in values),
            ("organisation_id", "measure"),
            ("household_id", "file_format"),
        ):
            try:
                yield reverse(endpoint, kwargs={key: values[key] for key in keys})
            except NoReverseMatch:
                continue
            break


def answers(place: Place, name: str, part: int) -> dict[str, tuple[int, bytes]]:
    """What every third page says to a user, without what differs between any two requests."""
    client = Client()
    client.force_login(place.users[name])
    found = {}
    for address in list(addresses(place, name))[part::PARTS]:
        found[address] = answer(client, address)
        if b'name="q"' in found[address][1]:
            searched = f"{address}?q={WORDS[:4]}"
            found[searched] = answer(client, searched)
    return found


def answer(client: Client, address: str) -> tuple[int, bytes]:
    with undone():
        response = client.get(address)
        return response.status_code, plain(content_of(response))


def plain(content: bytes) -> bytes:
    return _CLOCK.sub(b"", _TOKEN.sub(b"", content))


def closed_out() -> list[tuple[str, str, int]]:
    """Whom a matter can be about, who of those that are closed out asks, and which part of the pages.

    The first nine: each subject once, and every page three times.
    """
    named = {subject: sorted(reporting_to(subject)) for subject in SUBJECTS}
    pairs = [(subject, name, place) for subject in SUBJECTS for place, name in enumerate(named[subject])]
    ordered = sorted(pairs, key=lambda pair: pair[2])
    return [
        (subject, name, (number + shift) % PARTS)
        for shift in range(PARTS)
        for number, (subject, name, _place) in enumerate(ordered)
    ]


@pytest.mark.proof(cases=28 * PARTS, slice=9)
def test_nobody_who_is_closed_out_can_learn_of_it(cases: Iterator[int], place: Place) -> None:
    asked_for, before = closed_out(), {}
    for case in cases:
        subject, name, part = asked_for[case]
        if (name, part) not in before:
            before[name, part] = answers(place, name, part)
        with undone():
            receipt = about(place, subject)
            after, same = answers(place, name, part), before[name, part]
            assert [address for address in after if after[address] != same[address]] == [], (subject, name)
            assert len(after) + nothing_by_number(place, name, receipt) > 25


def test_every_case_is_counted() -> None:
    asked_for = closed_out()
    assert len(asked_for) == len(set(asked_for)) == 28 * PARTS
    subjects = {subject for subject in SUBJECTS if reporting_to(subject)}
    assert {subject for subject, _name, _part in asked_for[:9]} == subjects
    parts = [part for _subject, _name, part in asked_for[:9]]
    assert [parts.count(part) for part in range(PARTS)] == [9 // PARTS] * PARTS


def nothing_by_number(place: Place, name: str, receipt: Receipt) -> int:
    """Page, steps, papers and files of the very matter: answered as for a number that nobody ever had."""
    client = Client()
    client.force_login(place.users[name])
    real, none = receipt.matter.number, "0000000001"
    asked = 0
    for endpoint in sorted(name for name in ENDPOINTS if name.startswith("staff:matter")):
        for kwargs in (
            {"matter_no": real},
            {"matter_no": real, "step": "write"},
            {"matter_no": real, "position": 1},
        ):
            try:
                address = reverse(endpoint, kwargs=kwargs)
            except NoReverseMatch:
                continue
            instead = address.replace(real, none)
            for method in (client.get, client.post):
                with undone():
                    one, other = method(address), method(instead)
                assert one.status_code == other.status_code, address
                assert one.status_code in {403, 404, 405}, address
                assert plain(content_of(one)).replace(real.encode(), b"") == plain(content_of(other)).replace(
                    none.encode(), b""
                )
                asked += 2
    file_id = receipt.matter.files.get().pk
    with undone():
        assert client.get(reverse("staff:matter_file", kwargs={"file_id": file_id})).status_code in {403, 404}
    return asked + 1


def test_those_who_may_know_do(place: Place) -> None:
    """The guard closes nobody out but them: somebody always holds it, and can read it."""
    for subject in SUBJECTS:
        with undone():
            receipt = about(place, subject)
            matter = Matter.objects.get(pk=receipt.matter.pk)
            reading = {name for name in place.users if _finds(place, name, matter.number)}
            assert reading
            assert not reading & reporting_to(subject)
            told = set(
                MatterEscalation.objects.filter(matter=matter).values_list("organisation__name", flat=True)
            )
            assert told
            assert place.organisations.get(subject, place.organisations["water"]).name not in told


def _finds(place: Place, name: str, number: str) -> bool:
    try:
        get_matter(place.actor(name), number, at=timezone.now())
    except Exception:  # noqa: BLE001 - any refusal is none
        return False
    return True
