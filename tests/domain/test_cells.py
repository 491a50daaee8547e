"""单元格: what could begin a formula gets an apostrophe, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yixian.domain.cells import plain


@pytest.mark.parametrize("text", ["=1+1", "＝1", "+86", "－1", "@x", "\t=1", " =1", "\u200b=1", "\ufeff+1"])
def test_what_could_run_is_a_text(text: str) -> None:
    assert plain(text) == f"'{text}"


@given(st.text())
def test_an_apostrophe_or_nothing(text: str) -> None:
    assert plain(text) in {text, f"'{text}"}
    assert plain(plain(text)) == plain(text)
