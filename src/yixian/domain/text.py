"""分词: one token for each Han character, one for each run of Latin letters or digits, in the order of the text.

Dictionaries cut names and villages wrongly; single characters and phrases never do (see the search's own page).
"""

from __future__ import annotations

import re
import unicodedata

from yixian.domain.names import HAN

_TOKEN = re.compile(rf"[{HAN}]|[a-z0-9]+")


def tokens(text: str) -> list[str]:
    """The tokens of a text: full-width forms made half-width, letters lower-cased, everything else dropped."""
    return _TOKEN.findall(unicodedata.normalize("NFKC", text).lower())


def phrases(query: str) -> list[list[str]]:
    """A query as groups of tokens: each run without blanks is one group, and its Han characters follow one another."""
    groups = [tokens(word) for word in query.split()]
    return [group for group in groups if group]
