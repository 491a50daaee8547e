"""检索: full-text search that finds Han names and places, pinyin and initials, on SQLite and PostgreSQL alike."""

from yixian.kernel.search.documents import index, remove
from yixian.kernel.search.matching import matching_any_ids, matching_ids
from yixian.kernel.search.person_names import bears, read_aloud, tokens_for_person_names

__all__ = [
    "bears",
    "index",
    "matching_any_ids",
    "matching_ids",
    "read_aloud",
    "remove",
    "tokens_for_person_names",
]
