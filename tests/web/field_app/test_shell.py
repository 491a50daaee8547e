"""The empty app: whole in its worker's list, light, without a word of anybody, and another version once a file changes."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from yixian.web.field_app import shell
from yixian.web.field_app.words import WORDS, words

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_enough]
FOLDER = Path(str(finders.find("field_app/app.js"))).parent
MAX_PAGE_BYTES = 150 * 1024
"""Of everything that the page needs, compressed."""


def fetched(address: str) -> Any:
    response: Any = Client().get(address)
    assert response.status_code == 200
    return response


def test_the_worker_keeps_every_file_of_the_app_and_each_is_there() -> None:
    worker = fetched("/field/worker.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    assert worker["Cache-Control"] == "no-store"
    files = json.loads(re.findall(r"^const FILES = (.+);$", worker.content.decode(), re.MULTILINE)[0])
    assert files[0] == "/field/"
    names = {file.removeprefix("/static/") for file in files[1:]}
    assert all(finders.find(name) for name in names)
    there = {f"field_app/{path.name}" for path in FOLDER.iterdir()} - {"field_app/worker.js"}
    assert there <= names


def test_every_module_that_is_imported_is_kept() -> None:
    for path in FOLDER.glob("*.js"):
        for name in re.findall(r'from "\./(\w+)\.js"', path.read_text(encoding="utf-8")):
            assert name in shell.MODULES, (path.name, name)


def test_every_sentence_that_a_module_says_is_there_and_none_is_idle() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.js"))
    for key in re.findall(r'\b(?:say|button)\("(\w+)"', source):
        assert key in WORDS, key
    composed = ("state_", "person_")
    for key in words():
        assert f'"{key}"' in source or key.startswith(composed), key


def test_the_page_holds_nothing_that_runs_inline_and_no_session() -> None:
    response = fetched("/field/")
    page = response.content.decode()
    assert re.findall(r"<script(?! id=\"words\" type=\"application/json\")([^>]*)>", page) == [
        ' type="module" src="/static/field_app/app.js"'
    ]
    assert "style=" not in page
    assert not response.cookies


def test_the_words_are_there_in_both_languages() -> None:
    page = fetched("/field/").content.decode()
    found = json.loads(re.findall(r'<script id="words" type="application/json">(.+?)</script>', page)[0])
    assert found["zh"]["finish"] == "填完了"
    assert found["en"]["finish"] == "Finish the sheet"
    assert found["zh"].keys() == found["en"].keys() == WORDS.keys()


def test_the_manifest_installs_the_page() -> None:
    manifest = json.loads(fetched("/field/app.webmanifest").content)
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == (
        "/field/",
        "/field/",
        "standalone",
    )
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert manifest["name"] == "一线外业"


def test_the_whole_page_is_light() -> None:
    bodies = [fetched("/field/").content] + [shell._path(name).read_bytes() for name in shell.FILES]
    assert sum(len(gzip.compress(body)) for body in bodies) < MAX_PAGE_BYTES / 3


@pytest.mark.parametrize(
    ("part", "changed"), [("_words", {"zh": {}, "en": {}}), ("_template", "<!doctype html>")]
)
def test_a_changed_word_or_page_is_another_version(
    part: str, changed: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = shell.version.__wrapped__()
    monkeypatch.setattr(shell, part, lambda: changed)
    assert shell.version.__wrapped__() != before
