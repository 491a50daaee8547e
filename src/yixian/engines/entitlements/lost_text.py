"""丢掉的文字: what stands behind “ #” in a YAML file is a comment, also where somebody meant it as part of a sentence.

``zh: 砖房 #1 型`` says 砖房 and no more. Looked for where a pack comes in, from a folder or an archive: a pack that is kept stays
as readable as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from yixian.engines.entitlements.located import Faults, Place

_BEHIND = re.compile(r"[^\s#][^\n]*[ \t]#")
_COMMENT = re.compile(r"[ \t]+(#.*)")
_SENTENCES = frozenset({"zh", "en"})
"""Keys of sentences: no comment belongs behind one. Behind another value one does, with a blank after its sign (# see Art. 3)."""


def note_lost_text(name: str, text: str, faults: Faults) -> None:
    """Note each value of a YAML file whose text goes on behind “ #” and is lost."""
    for place, lost in lost_texts(name, text):
        faults.add(place, "yaml.comment", text=lost)


def lost_texts(name: str, text: str) -> Iterator[tuple[Place, str]]:
    """Where a value of a YAML file goes on behind “ #”, and what is lost of it."""
    if not name.endswith(".yaml") or not _BEHIND.search(text):
        return
    try:
        node = YAML(typ="base").compose(text)
    except (YAMLError, RecursionError):  # named where the file is read
        return
    lines = text.split("\n")
    for key, scalar in _scalars("", node) if node is not None else ():
        line, column = scalar.end_mark.line, scalar.end_mark.column
        behind = _COMMENT.match(lines[line][column:]) if line < len(lines) and not scalar.style else None
        if behind and (key in _SENTENCES or not behind[1][1:2].isspace()) and behind[1] != "#":
            yield Place(name, line + 1, column + behind.start(1) + 1), behind[1].strip()


def _scalars(key: str, node: Node) -> Iterator[tuple[str, ScalarNode]]:
    """Every scalar with the key that it stands under, through lists, too."""
    if isinstance(node, ScalarNode):
        yield key, node
    elif isinstance(node, SequenceNode):
        for item in node.value:
            yield from _scalars(key, item)
    elif isinstance(node, MappingNode):
        for key_node, value in node.value:
            yield from _scalars(str(key_node.value), value)
