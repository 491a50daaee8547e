"""裁样式: write the part of the vendored Tabler stylesheet that the product's pages use, for phones on slow lines.

A rule is kept where each class that its selector names stands in a class of a template, or as a word in a text of a script or
of Python below ``web``; a custom property where something kept uses it. Run it after an upgrade of Tabler or when a page takes
a class that it did not use before; `tests/house/test_trimmed_stylesheet.py` says when.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "yixian"
STATIC = PACKAGE / "web" / "static"
SOURCE = STATIC / "vendor" / "tabler-core-1.6.1" / "tabler.min.css"
TARGET = STATIC / "tabler.css"
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_NAMES = re.compile(r'class="([^"]*)"')
_TEXTS = re.compile(r"""["'`]([^"'`\n]*)["'`]""")
_ATTRIBUTE = re.compile(r"\bdata-[\w-]+")
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_NESTED = ("@media", "@supports")
_USES = re.compile(r"var\(\s*(--[\w-]+)")


def trimmed() -> str:
    """The stylesheet as it is to stand in `TARGET`."""
    used = used_words()
    kept = "".join(_kept(_blocks(SOURCE.read_text()), used))
    own = "".join(path.read_text() for path in sorted(STATIC.glob("*.css")) if path != TARGET)
    return f"/* Tabler 1.6.1 (MIT), trimmed by scripts/trim_stylesheet.py */\n{_without_unused(kept, own)}\n"


def used_words() -> frozenset[str]:
    """Every word in a class of a template, and in a text of a script or of a page's Python: all classes are among them."""
    words = set(classes_of_templates())
    for path in [*PACKAGE.glob("**/*.html"), *_scripts()]:
        words |= set(_ATTRIBUTE.findall(path.read_text()))
    for path in _scripts():
        text = path.read_text()
        words |= _classes(text) | {word for part in _TEXTS.findall(text) for word in _WORD.findall(part)}
    return frozenset(words)


def classes_of_templates() -> frozenset[str]:
    """Every word in a class of a template."""
    return frozenset[str]().union(*(_classes(path.read_text()) for path in PACKAGE.glob("**/*.html")))


def _classes(text: str) -> set[str]:
    return {word for names in _NAMES.findall(text) for word in _WORD.findall(names)}


def _scripts() -> list[Path]:
    return [*PACKAGE.glob("web/**/*.py"), *STATIC.glob("*.js"), *STATIC.glob("vendor/htmx-*/*.js")]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """(prelude, body) of each rule at the top level; a statement without a body has None for it."""
    at = 0
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    while at < len(text):
        opening = text.find("{", at)
        statement = text.find(";", at)
        if opening < 0:
            return
        if 0 <= statement < opening and text[at:statement].lstrip().startswith("@"):
            at = statement + 1
            continue
        depth, end = 1, opening + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        yield text[at:opening].strip(), text[opening + 1 : end - 1]
        at = end


def _kept(blocks: Iterator[tuple[str, str]], used: frozenset[str]) -> Iterator[str]:
    for prelude, body in blocks:
        if prelude.startswith(_NESTED):
            inner = "".join(_kept(_blocks(body), used))
            if inner:
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@keyframes"):
            if prelude.split()[1] in used:
                yield f"{prelude}{{{body}}}"
        elif not prelude.startswith("@"):
            selectors = [one for one in _selectors(prelude) if _is_used(one, used)]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _selectors(prelude: str) -> Iterator[str]:
    """The selectors of a rule, split at commas outside brackets."""
    depth, begun = 0, 0
    for at, letter in enumerate(prelude):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(letter, 0)
        if letter == "," and not depth:
            yield prelude[begun:at].strip()
            begun = at + 1
    yield prelude[begun:].strip()


def _is_used(selector: str, used: frozenset[str]) -> bool:
    if "data-bs-theme" in selector and "dark" in selector:
        return False
    outside = re.sub(r":not\([^()]*\)", "", selector)
    named = [*_CLASS.findall(outside), *_ATTRIBUTE.findall(outside)]
    return all(name.replace("\\", "") in used for name in named)


def _without_unused(kept: str, own: str) -> str:
    """The same without custom properties that nothing uses, directly or through another."""
    declared = re.compile(r"(--[\w-]+):([^;{}]*)(;|(?=\}))")
    fewer = ""
    while fewer != kept:
        fewer, kept = kept, _declaring(declared, kept, set(_USES.findall(kept + own)))
    return re.sub(r"[^{}]*\{\}", "", kept)


def _declaring(declared: re.Pattern[str], kept: str, uses: set[str]) -> str:
    return declared.sub(lambda found: found[0] if found[1] in uses else "", kept)


if __name__ == "__main__":
    TARGET.write_text(trimmed())
    print(f"{TARGET.name}: {SOURCE.stat().st_size:,} → {TARGET.stat().st_size:,} bytes")
