"""用语的提示: what a pack's vocabulary may mean, and more often is a slip.

Names that differ by their plural only, two things for one item, a title for a common subject, a day that is still to come.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from yixian.domain.policy import Pack
from yixian.domain.policy.question_patterns import singular
from yixian.domain.policy.vocabulary import Thing, common_subjects
from yixian.domain.text import tokens

_ID = re.compile(r"[a-z][a-z0-9_]*")
_FILE = "vocabulary.yaml"

Note = tuple[str, str, dict[str, str | tuple[str, str]]]


def vocabulary_notes(pack: Pack, today: date | None) -> Iterator[Note]:
    """What to look at again in the vocabulary, by the text to find its line by; days are compared with ``today``, if given."""
    if _FILE not in pack.sources:
        return
    yield from _plurals(pack.vocabulary.things)
    yield from _claims(pack.vocabulary.things)
    yield from _subjects(pack, today)


def _plurals(things: tuple[Thing, ...]) -> Iterator[Note]:
    """English names are looked for without their plural s: earth walls and earth wall are one name."""
    seen: dict[str, str] = {}
    for name in (name for thing in things for name in thing.names):
        read = " ".join(singular(token) for token in tokens(name))
        if read in seen:
            yield f"{_FILE}\t{name}", "note.vocabulary_plural", {"name": name, "other": seen[read]}
        seen.setdefault(read, name)


def _claims(things: tuple[Thing, ...]) -> Iterator[Note]:
    claimed: dict[tuple[frozenset[str], frozenset[str]], str] = {}
    for thing in things:
        name = thing.names[0]
        if thing.items and thing.categories:
            yield f"{_FILE}\t{name}", "note.vocabulary_mixed", {"name": name}
        for code, times in Counter((*thing.items, *thing.categories)).items():
            if times > 1:
                yield f"{_FILE}\t{name}", "note.vocabulary_item_twice", {"name": name, "code": code}
        claim = (frozenset(thing.items), frozenset(thing.categories))
        if not any(claim) or thing.general:
            continue
        if claim in claimed:
            yield f"{_FILE}\t{name}", "note.vocabulary_same", {"name": name, "other": claimed[claim]}
        claimed.setdefault(claim, name)


def _subjects(pack: Pack, today: date | None) -> Iterator[Note]:
    common = common_subjects()
    for rule in pack.vocabulary.rules:
        subject, where = rule.subject, f"{_FILE}\tid: {rule.subject.id}"
        known = common.get(subject.id)
        if known is None and not _ID.fullmatch(subject.id):
            yield where, "note.vocabulary_id", {"id": subject.id}
        if known and (known.title_zh, known.title_en) != (subject.title_zh, subject.title_en):
            yield (
                where,
                "note.vocabulary_title",
                {"id": subject.id, "title": (known.title_zh, known.title_en)},
            )
        said = rule.not_decided.said_on if rule.not_decided else None
        if said and today and said > today:
            yield where, "note.vocabulary_day", {"id": subject.id, "day": said.isoformat()}
