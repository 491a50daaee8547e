"""问的是什么: which subjects a question is about, which priced things it names, and whether it asks for a price."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from yixian.domain.policy import Pack
from yixian.domain.policy.question_patterns import (
    Asked,
    Match,
    Pattern,
    Span,
    longest_words,
    overlaps,
    phrase,
    words_of,
)
from yixian.domain.policy.vocabulary import Subject, common_subjects, subject_patterns

_SEPARATE = re.compile(r"[（）()、，,/]+")
"""What parts several names of one item: 水池（水窖）."""

_FEW = 2
"""Items of a general name that can all be shown beside a specific one."""

_NUMBERED = re.compile(r"[0-9]")


@dataclass(frozen=True, slots=True)
class NamedThing:
    """A thing that a question names: the name as it stands in the vocabulary, where it stands, and the items it may be.

    A ``general`` name (房子, 树) says so little that everything else in a question counts: a gravestone is no grave.
    """

    name: str
    span: Span
    pack: Pack
    items: frozenset[str]
    general: bool


def subjects_in(
    asked: Asked, own: Mapping[str, Subject], things: Iterable[Span] = ()
) -> list[tuple[Subject, Match]]:
    """The subjects of a question, the one that says most first; a further one only where its words are all other words.

    ``own`` are the subjects of packs: they add to the common ones, and stand for those of the same id.
    """
    subjects = tuple((common_subjects() | dict(own)).values())
    longest = longest_words(asked, _lexicon(subjects))
    found = []
    for number, subject in enumerate(subjects):
        own_words = _lexicon((subject,))
        others = [place for place in longest if not own_words.fullmatch(asked.text, *place)]
        matches = [
            match
            for pattern in subject.patterns
            if (match := pattern.found_in(asked, without=(*things, *others)))
        ]
        if matches:
            best = max(matches, key=lambda match: match.weight)
            found.append((-best.weight, number, subject, best))
    taken: list[Span] = []
    kept = []
    for _weight, _number, subject, match in sorted(found, key=lambda row: row[:2]):
        if not any(overlaps(span, other) for span in match.spans for other in taken):
            kept.append((subject, match))
            taken += match.spans
    return kept


def things_in(asked: Asked, packs: Sequence[Pack]) -> list[NamedThing]:
    """Every place where a question names a priced thing, by the longest of its names, in the order of the question.

    A general name is left out beside a specific one of the same things, 小楼 beside 框架, and beside one without a price.
    """
    places = [
        NamedThing(name, found.span(), pack, items, general)
        for pack in packs
        for name, pattern, items, general in _names(pack)
        for found in pattern.parts[0].finditer(asked.text)
    ]
    kept: list[NamedThing] = []
    for thing in sorted(places, key=lambda thing: (thing.span[0] - thing.span[1], thing.span)):
        if not any(overlaps(thing.span, other.span) for other in kept):
            kept.append(thing)
    specific = [thing for thing in kept if not thing.general]
    return sorted(
        (
            thing
            for thing in kept
            if not (thing.general and any(_says_it_better(one, thing) for one in specific))
        ),
        key=lambda thing: thing.span,
    )


def _says_it_better(specific: NamedThing, general: NamedThing) -> bool:
    """Whether a specific name stands for a general one: of two things that it may be, the other may be meant, too."""
    return specific.items <= general.items and (len(general.items) > _FEW or not specific.items)


def asks_for_price(asked: Asked, taken: Iterable[Span], *, alone: bool) -> bool:
    """Whether a question that names a thing asks what it is worth.

    A thing ``alone``, without any subject, is asked for its price unless the question asks for a day, a place, a person or a
    reason; beside a subject only where words for an amount stand outside those of the subject.
    """
    if alone:
        return _asked_by("amount", asked) or not asks_something_else(asked)
    taken = list(taken)
    places = [found.span() for row in _words("price") for found in row.parts[0].finditer(asked.text)]
    return any(not any(overlaps(place, other) for other in taken) for place in places)


def says_more(asked: Asked, named: Iterable[NamedThing]) -> bool:
    """Whether a question says something besides the things it names, an amount and a measure: something unforeseen."""
    text = list(asked.text)
    for begin, end in (thing.span for thing in named):
        text[begin:end] = "," * (end - begin)
    left = words_of(_words("plain")).sub(",", "".join(text))
    return any(len(word) > 1 for word in re.findall(r"[a-z]+|[^a-z0-9 ,]+", left))


def asks_something_else(asked: Asked) -> bool:
    """Whether a question asks for a day, a place, a person or a reason."""
    return _asked_by("elsewhere", asked)


def _asked_by(group: str, asked: Asked) -> bool:
    return any(row.found_in(asked) for row in _words(group))


@functools.lru_cache(maxsize=512)
def _lexicon(subjects: tuple[Subject, ...]) -> re.Pattern[str]:
    """Every word that says what a question is about."""
    return words_of(row for subject in subjects for row in subject.patterns)


@functools.cache
def _words(group: str) -> tuple[Pattern, ...]:
    """A group of words of subjects.toml, in both languages."""
    return subject_patterns([f"@{group}"], [f"@{group}"])


@functools.lru_cache(maxsize=64)
def _names(pack: Pack) -> list[tuple[str, Pattern, frozenset[str], bool]]:
    """Every name of a thing with the items it may be, and whether it is general: those of the vocabulary, and of the items."""
    names: dict[str, tuple[str, set[str]]] = {}
    general = {name for thing in pack.vocabulary.things if thing.general for name in thing.names}
    for thing in pack.vocabulary.things:
        for name in thing.names:
            names.setdefault(Asked.read(name).text, (name, set()))[1].update(pack.items_called(thing))
    for item in pack.items.values():
        for title in (item.name("zh"), item.name("en")):
            for name in (title, *_SEPARATE.split(title)):
                if len(name.strip()) > 1 and not _NUMBERED.search(name):
                    names.setdefault(Asked.read(name).text, (name.strip(), set()))[1].add(item.code)
    return [(name, phrase(name), frozenset(items), name in general) for name, items in names.values()]
