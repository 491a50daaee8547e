"""来信识别的页面: what the machine reads stands in the box, all of it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from tests.matters.place import Place
from yixian.matters.limits import MAX_WORDS
from yixian.web.matters import letters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("count", "told"), [(MAX_WORDS + 1000, True), (10, False)])
def test_nothing_of_a_long_letter_is_cut_off(
    place: Place, browse: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, count: int, *, told: bool
) -> None:
    page = SimpleNamespace(content=b"")
    monkeypatch.setattr(letters, "received_of", lambda _uploads: SimpleNamespace(photographs=[page]))
    monkeypatch.setattr(letters, "propose_text", lambda _content: SimpleNamespace(text="丁" * count + "尾"))
    shown = browse("petition").post("/staff/matters/new/letter/").content.decode()
    assert "丁" * count + "尾" in shown
    assert ("一个字也没有截掉" in shown) == told
