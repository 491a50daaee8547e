"""Kill -9 of the whole server while phones send: every sheet three times, in any order, until each post is acknowledged.

Nothing is lost and nothing doubled: not a sheet, not a picture, not an entry of the ledger. The control shows that it is the
sheet's own id which keeps it so: with another id at every attempt the same sheets stand there several times.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import json
import os
import random
import signal
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from tests.engines.survey.filling import PICTURE
from tests.engines.survey.test_submission_folder import instance
from tests.kills.served import Product, made_product
from tests.matters.test_kill import assert_sound_file
from tests.survey.yard import picture_content
from tests.web.openrosa.phone import BOUNDARY, multipart

SENDERS = 4
TIMES = 3
TOGETHER = 50
"""So many sheets are on their way at once; every fifth corrects the one before it, and may come first."""

CONTROL = 4
SHEETS = 1_000
MAX_SECONDS = 240
"""Never reached on a machine that has anything to spare: the server is begun anew in a few seconds."""

_MAKE = """
import json, sys
from yixian.cli.product import open_home, prepare
open_home(sys.argv[1]); prepare(pages=True)
from django.db import transaction
from django.utils import timezone
from tests.factories import make_household
from tests.survey.yard import make_yard
from yixian.survey.actions.issue_device import issue_device
yard = make_yard()
device, secret = issue_device(yard.team.pk, "phone", 30, actor=yard.actor("clerk"), at=timezone.now())
with transaction.atomic():
    homes = [make_household(yard.household.area).household_no for _number in range(HOMES)]
print(json.dumps([secret, homes]))
"""

_READ = """
import json, sys
from collections import Counter
from yixian.cli.product import open_home
open_home(sys.argv[1])
from yixian.kernel.models import Event
from yixian.survey.models import SheetAttachment, SheetSubmission
from yixian.survey.queries import status_of
rows = list(SheetSubmission.objects.select_related("campaign").order_by("pk"))
received = Event.objects.filter(kind="survey.sheet_received")
print(json.dumps({
    "sheets": [[row.instance_id, row.sha256, status_of(row)] for row in rows],
    "pictures": Counter(SheetAttachment.objects.values_list("submission__instance_id", flat=True)),
    "events": Counter(received.values_list("subject_id", flat=True).order_by()),
}))
"""


class Server:
    """The product's web server, killed whole and begun anew."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.port = 0
        self.kills = 0
        self.acknowledged = 0
        self._lock = threading.Lock()

    def acknowledge(self) -> None:
        """A post was answered 201."""
        with self._lock:
            self.acknowledged += 1

    def serve_until_killed(self, posts: int, dice: random.Random) -> None:
        """Serve until so many posts were acknowledged, then kill every process of it in the middle of the next ones."""
        enough = self.acknowledged + posts
        end = time.monotonic() + MAX_SECONDS
        with self.product.serving(2) as (port, pid):
            self.port = port
            while self.acknowledged < enough:
                assert time.monotonic() < end, "the server does not take what is sent"
                time.sleep(0.005)
            time.sleep(dice.uniform(0, 0.05))
            self.port = 0
            os.killpg(pid, signal.SIGKILL)
            self.kills += 1


class Phone(threading.Thread):
    """Sends one post after another, each until it is acknowledged."""

    def __init__(
        self, server: Server, secret: str, posts: list[tuple[str, str, str]], *, keyed: bool
    ) -> None:
        super().__init__(daemon=True)
        self.server, self.posts, self.keyed = server, posts, keyed
        given = base64.b64encode(f"device:{secret}".encode()).decode()
        self.headers = {
            "Authorization": f"Basic {given}",
            "X-OpenRosa-Version": "1.0",
            "X-Forwarded-Proto": "https",
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        }
        self.sent: dict[str, str] = {}
        self.other: list[tuple[int, bytes]] = []
        self.broken_off = 0

    def run(self) -> None:
        """Send them all."""
        for post in self.posts:
            end = time.monotonic() + MAX_SECONDS
            while not self._send(*post) and time.monotonic() < end:
                time.sleep(0.02)

    def _send(self, name: str, home: str, replaces: str) -> bool:
        own = name if self.keyed else f"{name}-{uuid.uuid4()}"
        form = instance(own, home, replaces=replaces).encode()
        self.sent[own] = hashlib.sha256(form).hexdigest()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port or 9, timeout=20)
        begun = False
        try:
            body = multipart(form, {PICTURE: picture_content()})
            connection.connect()
            begun = True
            connection.request("POST", "/openrosa/submission", body, self.headers)
            response = connection.getresponse()
            said = response.read()
        except (OSError, http.client.HTTPException):
            self.broken_off += begun
            return False
        finally:
            connection.close()
        if response.status != 201:
            self.other.append((response.status, said))
            return False
        self.server.acknowledge()
        return True


@pytest.fixture
def product(db: None, tmp_path: Path) -> Iterator[Product]:
    """A home folder."""
    with made_product(tmp_path / "home") as made:
        yield made


@pytest.mark.sqlite_enough
@pytest.mark.proof(cases=SHEETS, slice=8)
def test_sheets_sent_three_times_through_kills_stand_there_once(
    cases: Iterator[int], product: Product, counted: dict[str, int]
) -> None:
    """A case is a sheet."""
    secret, numbers = json.loads(product.program(_MAKE.replace("HOMES", str(SHEETS + CONTROL))))
    server, dice, sent, broken_off = Server(product), random.Random(57), dict[str, str](), 0
    while batch := list(islice(cases, TOGETHER)):
        posts = [post for number in batch for post in [sheet(number, numbers)] * TIMES]
        broken_off += send_all(server, secret, posts, dice, sent)
    unkeyed = [sheet(SHEETS + number, numbers) for number in range(CONTROL)] * TIMES
    copies = dict[str, str]()
    send_all(server, secret, unkeyed, dice, copies, keyed=False)

    stand = json.loads(product.program(_READ))
    kept = {name: sha256 for name, sha256, _status in stand["sheets"] if name in sent}
    assert kept == sent
    ids = [name for name, _sha256, _status in stand["sheets"]]
    assert len(ids) == len(set(ids))
    assert set(stand["pictures"].values()) == set(stand["events"].values()) == {1}
    assert len(stand["pictures"]) == len(stand["events"]) == len(ids)
    corrected = {f"s{int(name[1:]) - 1}" for name in sent if int(name[1:]) % 5 == 4}
    for name, _sha256, status in stand["sheets"]:
        if name in sent:
            assert status == ("corrected" if name in corrected else "taken"), name
    doubled = [name for name in ids if name not in sent]
    assert len(doubled) >= CONTROL * TIMES  # of four sheets
    assert {status for name, _sha256, status in stand["sheets"] if name not in sent} == {"to_choose"}
    if len(sent) == SHEETS:  # the few kills of the gate's slice may all fall between two posts
        assert broken_off > 0
    assert server.kills >= len(sent) // 8
    counted.update(Counter(kills=server.kills, broken_off=broken_off, posts=server.acknowledged))
    assert_sound_file(product.home / "yixian.sqlite3")


def sheet(number: int, homes: list[str]) -> tuple[str, str, str]:
    """Its id, its household, and what it corrects: every fifth is of the household of the one before, and corrects it."""
    if number % 5 == 4 and number < SHEETS:
        return f"s{number}", homes[number - 1], f"s{number - 1}"
    return f"s{number}", homes[number], ""


def send_all(
    server: Server,
    secret: str,
    posts: list[tuple[str, str, str]],
    dice: random.Random,
    sent: dict[str, str],
    *,
    keyed: bool = True,
) -> int:
    """Send posts in any order while the server is killed over and over; how many were broken off in the middle."""
    dice.shuffle(posts)
    phones = [Phone(server, secret, posts[slot::SENDERS], keyed=keyed) for slot in range(SENDERS)]
    end = server.acknowledged + len(posts)
    for phone in phones:
        phone.start()
    while server.acknowledged < end:
        server.serve_until_killed(min(dice.randint(8, 20), end - server.acknowledged), dice)
    for phone in phones:
        phone.join(timeout=30)
        assert phone.other == []
        sent |= phone.sent
    return sum(phone.broken_off for phone in phones)
