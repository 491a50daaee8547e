"""存储型脚本: whatever somebody wrote into any text of the county stays text — on pages, in tables, papers and data.

Every column of free text of every table gets a marker that would break out of HTML text, of a quoted attribute, of a script,
of Typst's markup and of a spreadsheet's cell. Then every address is asked for by somebody who may.
"""

from __future__ import annotations

import csv
import io
import json
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.answers import undone
from tests.access.askings import ASKINGS
from tests.access.world import World
from yixian.config.access_matrix import ENDPOINTS
from yixian.config.endpoint import FIELD_DEVICE
from yixian.kernel.fields import SealedTextField
from yixian.kernel.roles import STAFF_ROLES, Role

pytestmark = pytest.mark.sqlite_enough
MARKER = "=x9q()</script><x9q>\" onx9q=1 ' onx9q=1 {{ x9q }} #panic() $x9q$ "

_LOOKED_UP = re.compile(
    r"path|code|key|sha256|digest|index|kind|version|pack_id|document|clause|number|_no$|seal|state|role|topic|channel|stamp|table"
    r"|subject|item|head$|name$|because$|content$|salt|seed|clock|rule|paid|language|password|email|phone|evidence|requested_by"
    r"|remedy|formula|strokes|actor_label|error|ref$|value$|fault"
)
"""Columns by which rows are found, that hold a word of a closed list, or that the machine writes; all others are spoiled."""

_WRITTEN = re.compile(
    r"(Area|Organisation|Person|MatterPerson|PolicyQuestion|ReportDispatch)\.name|.*\.(display_name|bank_name|signer_name|file_name)"
    r"|(PackAdoption|AgreementEnd|CaseDecision|VoidProposal|Stationing|Leadership|Absence|BudgetVersion|Recusal)\.document"
    r"|.*\.(subject_words|source_no|item_line|shown_subject|said)|RevisionStep\.number|User\.(first|last)_name"
)
"""Of those, what people write all the same."""

_GETS = sorted(
    name
    for name, asking in ASKINGS.items()
    if asking.method == "get" and ENDPOINTS[name] != FIELD_DEVICE  # a phone's form, which no browser draws
)
random.Random(7).shuffle(_GETS)


def free_texts() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column in which somebody may have written what they like."""
    for model in apps.get_models():
        if not model.__module__.startswith("yixian."):
            continue
        for field in model._meta.local_concrete_fields:
            is_text = isinstance(field, (models.CharField, models.TextField)) and not field.choices
            written = _WRITTEN.fullmatch(f"{model.__name__}.{field.name}") or not _LOOKED_UP.search(
                field.name
            )
            if is_text and not field.unique and written:
                yield model, field


def spoil() -> list[str]:
    """Put the marker before what stands in each of them; which they are. Triggers that forbid it come back with the rollback."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
    spoiled = []
    for model, field in free_texts():
        rows = model._base_manager.exclude(**{field.name: ""})
        if isinstance(field, SealedTextField) or rows.filter(**{f"{field.name}__regex": r"^[\[{]"}).exists():
            for row in rows:
                rows.filter(pk=row.pk).update(**{field.name: marked(getattr(row, field.name))})
        else:
            longer = Concat(Value(MARKER), field.name)
            rows.update(**{field.name: Left(longer, field.max_length) if field.max_length else longer})
        spoiled.append(f"{model.__name__}.{field.name}")
    return spoiled


def marked(text: str) -> str:
    """The text with the marker before it; where it is JSON, before each text that somebody wrote in it."""
    try:
        content = json.loads(text)
    except ValueError:
        return MARKER + text
    return json.dumps(_marked_in(content)) if isinstance(content, (dict, list)) else MARKER + text


def _marked_in(content: Any) -> Any:
    if isinstance(content, dict):
        return {key: value if _LOOKED_UP.search(key) else _marked_in(value) for key, value in content.items()}
    if isinstance(content, list):
        return [_marked_in(one) for one in content]
    return MARKER + content if isinstance(content, str) and content else content


class Broken(HTMLParser):
    """What of the marker became markup."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.said = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"<{tag} {name}>" for name, _value in attrs if "x9q" in name]
        self.found += [f"<{tag}>"] * ("x9q" in tag)
        self.said += " ".join(value or "" for _name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.said += data


def faults_of(response: HttpResponse) -> list[str]:
    """Where the marker is anything but text in an answer."""
    body = b"".join(response) if response.streaming else response.content
    kind = response.headers.get("Content-Type", "")
    if kind.startswith("text/html"):
        page = Broken()
        page.feed(body.decode())
        return page.found
    if "json" in kind:
        json.loads(body)
        return [] if response.headers["X-Content-Type-Options"] == "nosniff" else ["could be sniffed"]
    if kind.startswith("text/csv"):
        rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
        return [cell[:20] for row in rows for cell in row if cell.startswith(("=x9q", "<x9q"))]
    if body.startswith(b"PK"):
        return _formulas(body)
    return []


def _formulas(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return [
            name
            for name in archive.namelist()
            if b"<f>" in archive.read(name) or b"<x9q" in archive.read(name)
        ]


@pytest.fixture
def spoiled(world: World) -> Iterator[World]:
    """The county with the marker in every text."""
    with undone():
        columns = spoil()
        assert len(columns) > 70
        assert {"Household.address", "Person.name", "MatterText.words"} <= set(columns), columns
        yield world


@pytest.mark.proof(cases=len(_GETS), slice=12)
def test_what_was_written_stays_text(
    cases: Iterator[int], spoiled: World, client_of: Callable[[Role], Client]
) -> None:
    """A case is an address, asked by the first role that may."""
    faults: dict[str, list[str]] = {}
    shown = 0
    for case in cases:
        name = _GETS[case]
        endpoint, asking = ENDPOINTS[name], ASKINGS[name]
        role = next(
            one
            for one in (*STAFF_ROLES, Role.HOUSEHOLD, Role.PUBLIC)
            if endpoint.public or one in endpoint.roles
        )
        url = reverse(name, kwargs=dict(asking.path(spoiled, spoiled.near, role)))
        with undone():
            response = client_of(role).get(url, dict(asking.data(spoiled, spoiled.near, role)))
            assert response.status_code < 500, name
            found = faults_of(response)
            shown += not response.streaming and b"x9q" in response.content
        if found:
            faults[name] = found
    assert faults == {}
    assert shown > 1
