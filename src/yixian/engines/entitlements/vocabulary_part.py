"""用语的读取与检验: a pack's vocabulary, read and checked: names of things that are priced, and what answers which subject."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yixian.domain.policy import Pack
from yixian.domain.policy.question_patterns import says_something
from yixian.domain.policy.vocabulary import (
    Cited,
    NotDecided,
    Subject,
    SubjectRule,
    Thing,
    common_subjects,
    subject_patterns,
)
from yixian.domain.text import tokens
from yixian.engines.entitlements.form import Form
from yixian.engines.entitlements.located import Faults, Located, Placed


@dataclass(frozen=True, slots=True)
class VocabularyParts:
    """What was read, with its places."""

    things: list[Placed[Thing]]
    rules: list[Placed[SubjectRule]]


def read_vocabulary(source: Located, faults: Faults) -> VocabularyParts:
    """The names and subjects of vocabulary.yaml."""
    form = Form(source, faults)
    parts = VocabularyParts(
        [_thing(entry, faults) for entry in form.list("things")],
        [_rule(entry, faults) for entry in form.list("subjects")],
    )
    form.done()
    return parts


def check_vocabulary(pack: Pack, parts: VocabularyParts, faults: Faults) -> None:
    """Note every fault: things that are not priced, names of two things, clauses that are not there, subjects said twice."""
    categories = {item.category for item in pack.items.values()}
    for thing in parts.things:
        for name, known in (("items", pack.items), ("categories", categories)):
            for value in getattr(thing.value, name):
                if value not in known:
                    faults.add(thing.at(name), "vocabulary.unknown", name=value)
    names = ((row, name, " ".join(tokens(name))) for row in parts.things for name in row.value.names)
    _note_doubles(names, "names", faults)
    _note_doubles(((row, row.value.subject.id, row.value.subject.id) for row in parts.rules), "id", faults)
    for rule in parts.rules:
        for key in ("answers", "related"):
            for cited in getattr(rule.value, key):
                _check_clause(pack, cited, rule, key, faults)


def _thing(entry: Located, faults: Faults) -> Placed[Thing]:
    form = Form(entry, faults)
    thing = Thing(
        names=_texts(form.list("names")),
        items=_texts(form.list("items")),
        categories=_texts(form.list("categories")),
        general=form.yes_or_no("general", default=False),
    )
    form.done()
    if not thing.names or not all(says_something(name) for name in thing.names):
        faults.add(entry.place, "vocabulary.thing")
    return form.placed(thing)


def _texts(rows: list[Located]) -> tuple[str, ...]:
    return tuple(row.text for row in rows)


def _rule(entry: Located, faults: Faults) -> Placed[SubjectRule]:
    form = Form(entry, faults)
    rule = SubjectRule(
        _subject(form, faults),
        _cited(form.list("answers"), faults),
        _cited(form.list("related"), faults),
        _not_decided(form),
    )
    form.done()
    if rule.answers and rule.not_decided:
        faults.add(form.where("not_decided").place, "vocabulary.both")
    return form.placed(rule)


def _subject(form: Form, faults: Faults) -> Subject:
    """A subject of every county, with the pack's own words for it, or one of the pack's own."""
    name = form.text("id")
    common = common_subjects().get(name)
    title = (common.title_zh, common.title_en) if common and not form.has("title") else form.both("title")
    patterns = list(common.patterns if common else ())
    written: list[tuple[tuple[str, ...], tuple[str, ...], Located]] = []
    written += [((row.text,), (), row) for row in form.list("zh")]
    written += [((), (row.text,), row) for row in form.list("en")]
    for zh, en, row in written:
        try:
            patterns += subject_patterns(zh, en)
        except (ValueError, LookupError):
            faults.add(row.place, "vocabulary.pattern", text=row.text)
    if not patterns:
        faults.add(form.place, "vocabulary.words", id=name)
    return Subject(name, *title, tuple(patterns), common.page if common else "")


def _cited(entries: list[Located], faults: Faults) -> tuple[Cited, ...]:
    found = []
    for entry in entries:
        form = Form(entry, faults)
        found.append(Cited(form.text("document"), form.text("clause")))
        form.done()
    return tuple(found)


def _not_decided(form: Form) -> NotDecided | None:
    if not form.has("not_decided"):
        return None
    inner = form.form("not_decided")
    by_zh, by_en = inner.both("by")
    found = NotDecided(inner.text("zh"), inner.text("en"), inner.day("on") or date.min, by_zh, by_en)
    inner.done()
    return found


def _check_clause(pack: Pack, cited: Cited, row: Placed[SubjectRule], key: str, faults: Faults) -> None:
    document = pack.documents.get(cited.document)
    if document is None:
        faults.add(row.at(key), "citation.document", document=cited.document)
    elif cited.clause not in document.clauses:
        faults.add(row.at(key), "citation.clause", document=document.id, clause=cited.clause)


def _note_doubles(
    rows: Iterable[tuple[Placed[Thing] | Placed[SubjectRule], str, str]], key: str, faults: Faults
) -> None:
    """Note each name that stands twice, however wide and in whatever case: Side House and side house are one."""
    seen: set[str] = set()
    for row, name, read in rows:
        if read in seen:
            faults.add(row.within(key, name), "vocabulary.twice", name=name)
        seen.add(read)
