"""调查表实例: an XForm instance as ODK Collect, Enketo or our own app submit it, read without trusting it.

Entities, document types and what is too large or too deep are refused before anything is made of them (XML bombs).
Reference: OpenRosa Form Submission API, ODK XForms Specification (instance, meta, deprecatedID).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

MAX_BYTES = 2 * 1024 * 1024
"""A sheet of a thousand items is a fifth of it."""
_MAX_DEPTH = 12
_UUID = "uuid:"


class SubmissionError(ValueError):
    """A submission that cannot be read at all, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Answers:
    """答案: a node of an instance: its own text, and what stands in it by name, several of a name in their order."""

    text: str = ""
    inner: Mapping[str, tuple[Answers, ...]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Answers:
        """The first of a name; an empty one where there is none."""
        return self.inner[name][0] if name in self.inner else _NOTHING

    def all(self, name: str) -> tuple[Answers, ...]:
        """All of a name."""
        return self.inner.get(name, ())

    def __iter__(self) -> Iterator[str]:
        """The names of what stands in it."""
        return iter(self.inner)


_NOTHING = Answers()


@dataclass(frozen=True, slots=True)
class Submission:
    """提交: a filled-in form. ``instance_id`` is its identity; ``replaces`` the instance that it corrects, or ""."""

    form_id: str
    version: str
    instance_id: str
    replaces: str
    answers: Answers


def read_submission(content: bytes) -> Submission:
    """The submission in an instance's XML. Raises `SubmissionError`."""
    if len(content) > MAX_BYTES:
        raise SubmissionError(
            f"表格有 {len(content)} 字节，最多 {MAX_BYTES}。",
            f"The form has {len(content)} bytes; the most is {MAX_BYTES}.",
        )
    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise SubmissionError(
            "表格里有文档类型或实体声明，不收。", "The form declares a document type or entities."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise SubmissionError(f"这不是完整的 XML：{error}。", f"This is no whole XML: {error}.") from error
    answers = _answers(root, _MAX_DEPTH)
    meta = answers["meta"]
    found = Submission(
        form_id=root.get("id", ""),
        version=root.get("version", ""),
        instance_id=meta["instanceID"].text.removeprefix(_UUID),
        replaces=meta["deprecatedID"].text.removeprefix(_UUID),
        answers=answers,
    )
    if not found.form_id or not found.instance_id:
        raise SubmissionError(
            "表格没有 id 或 instanceID：不是交上来的表。",
            "It has no id or no instanceID: this is no submission of a form.",
        )
    return found


def read_file(path: Path) -> Submission:
    """The submission of a file. Raises `SubmissionError`."""
    if path.stat().st_size > MAX_BYTES:
        return read_submission(b" " * (MAX_BYTES + 1))
    return read_submission(path.read_bytes())


def _answers(element: Element, depth: int) -> Answers:
    if not depth:
        raise SubmissionError("表格套得太深。", "The form is nested too deeply.")
    inner: dict[str, list[Answers]] = {}
    for child in element:
        name = str(child.tag).rpartition("}")[2]
        inner.setdefault(name, []).append(_answers(child, depth - 1))
    return Answers((element.text or "").strip(), {name: tuple(found) for name, found in inner.items()})
