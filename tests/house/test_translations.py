"""译文: nobody meets a sentence in a language that is not theirs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy, override, pgettext

from tests.house.messages import Message, messages, unmarked_sentences
from yixian.config.translations import catalogues
from yixian.kernel.errors import Refused

_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@cache
def all_messages() -> list[Message]:
    return sorted(set(messages()))


@cache
def read(path: str) -> Catalog:
    with open(path, "rb") as file:  # noqa: PTH123 - a cache key must be hashable and plain
        return read_po(file, locale="zh_Hans")


def test_the_source_is_really_read() -> None:
    found = all_messages()
    assert {"web", "kernel", "registry"} <= {message.app for message in found}
    assert any(".html" in message.place for message in found)
    assert any(message.text == "There is no such household." for message in found)


def test_every_folder_of_translations_is_there_and_known() -> None:
    by_hand = {Path(folder) for folder in settings.LOCALE_PATHS}
    assert [folder for folder in sorted(by_hand) if not folder.is_dir()] == []
    rooms = {Path(config.path) / "locale" for config in apps.get_app_configs()}
    assert {path.parents[2] for path in catalogues()} <= by_hand | rooms


def test_every_sentence_has_its_chinese() -> None:
    ours = {text for path in catalogues() for text in translations(str(path))}
    with override("zh-hans"):
        missing = [
            f"{message.place}: {message.text}"
            for message in all_messages()
            if message.text.strip() and message.text not in ours and said(message) == message.text
        ]
    assert missing == [], f"{len(missing)} without Chinese:\n" + "\n".join(missing)


def translations(path: str) -> set[str]:
    """The message ids that a catalogue says in Chinese."""
    return {(m.id if isinstance(m.id, str) else m.id[0]) for m in read(path) if m.id and m.string}


def said(message: Message) -> str:
    """What a page would show; Django and allauth bring translations of their own."""
    return pgettext(message.context, message.text) if message.context else translated(message.text)


def test_every_refusal_is_marked_for_translation_where_it_is_raised() -> None:
    assert list(unmarked_sentences()) == []


def test_a_refusal_is_said_in_the_readers_language_and_logged_in_english() -> None:
    refused = Refused(
        "test.budget",
        gettext_lazy("Row %(row)s of the list cannot be taken in. Nothing was taken in."),
        row=3,
    )
    with override("zh-hans"):
        assert (refused.sentence, str(refused)) == (
            "清单第 3 行不能登记。什么也没有登记。",
            "Row 3 of the list cannot be taken in. Nothing was taken in.",
        )
    with override("en"):
        assert refused.sentence == str(refused)


@pytest.mark.parametrize("path", [str(path) for path in catalogues()])
def test_a_catalogue_is_finished(path: str) -> None:
    unfinished = [
        str(message.id) for message in read(path) if message.id and (message.fuzzy or not message.string)
    ]
    assert unfinished == []


@pytest.mark.parametrize("path", [str(path) for path in catalogues()])
def test_values_stand_in_both_languages(path: str) -> None:
    wrong = []
    for message in read(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        expected = set(_PLACEHOLDER.findall(ids[-1]))
        wrong += [text for text in strings if message.id and set(_PLACEHOLDER.findall(text)) != expected]
    assert wrong == []


def test_a_sentence_is_said_alike_in_every_room() -> None:
    """The catalogues are read as one: the room that comes last would put its words into the others' mouths."""
    said: dict[tuple[str, str], set[str]] = {}
    for path in catalogues():
        for message in read(str(path)):
            if message.id:
                said.setdefault((str(message.id), message.context or ""), set()).add(str(message.string))
    differing = {key: sorted(strings) for key, strings in said.items() if len(strings) > 1}
    assert differing == {}


def test_chinese_is_spoken_by_default() -> None:
    assert settings.LANGUAGE_CODE == "zh-hans"
