"""单元格: texts as they may stand in a table that leaves the house, so that no spreadsheet takes one for a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile("[\t\r\n]|[\\s\x00-\x1f\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠]")
"""What makes a spreadsheet take a text for a formula (OWASP ASVS 5.0, 1.2.10): the full-width forms included, and behind
blanks and characters that nobody sees, which some programs drop first.
"""


def plain(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before what could begin a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
