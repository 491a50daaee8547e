"""Walks a demonstration as everybody who can sign in to it, and prints what every page of a list or a board shows empty.

    python tests/demo/walk.py HOME

A page here is an address without arguments. Prints JSON: the address's name → who asked → the words of each empty state, an
empty list where there is none. A program of its own, since a process opens one home folder.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import NoReverseMatch, reverse

from yixian.cli.product import open_home, prepare
from yixian.demo.note import Card, Note, SignIn, read_note

_EMPTY = re.compile(r'class="[^"]*\bempty\b[^"]*"[^>]*>(.*?)</(?:p|div|li|td|section)>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


def main() -> None:
    """Walk the home folder named on the command line."""
    open_home(sys.argv[1])
    prepare(pages=True)
    note = read_note(Path(sys.argv[1]))
    if note is None:
        sys.exit("no demonstration stands there")
    print(json.dumps(walk(note), ensure_ascii=False))


def walk(note: Note) -> dict[str, dict[str, list[str]]]:
    """Every page as everybody: the public, each sign-in by its name, and the first household's card."""
    settings.ALLOWED_HOSTS = ["testserver"]
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for who, client in visitors(note):
        for name, address in pages():
            response = client.get(address)
            if response.status_code == HTTPStatus.OK and response["Content-Type"].startswith("text/html"):
                found[name][who] = empty_states(response.content.decode())
    return found


def pages() -> Iterator[tuple[str, str]]:
    """Every declared address that needs no arguments, by its name. The declarations can be loaded only in an opened home."""
    for name in importlib.import_module("yixian.config.access_matrix").ENDPOINTS:
        try:
            yield name, reverse(name)
        except NoReverseMatch:
            continue


def visitors(note: Note) -> Iterator[tuple[str, Client]]:
    """Who walks, each signed in."""
    yield "public", Client()
    for one in note.sign_ins:
        yield one.username, signed_in(one)
    yield "household", with_card(note.cards[0])


def signed_in(one: SignIn) -> Client:
    """A browser in which somebody of the staff is signed in."""
    client = Client()
    client.force_login(get_user_model().objects.get(username=one.username))
    return client


def with_card(card: Card) -> Client:
    """A browser in which a household's card was shown."""
    client = Client()
    response = client.post(reverse("portal:card"), {"code": card.code, "pin": card.pin})
    if response.status_code != HTTPStatus.FOUND:
        sys.exit(f"the card was not taken: {response.status_code}")
    return client


def empty_states(page: str) -> list[str]:
    """The words of each empty state on a page."""
    return [" ".join(_TAGS.sub(" ", words).split()) for words in _EMPTY.findall(page)]


if __name__ == "__main__":
    main()
