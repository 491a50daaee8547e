"""改坏的政策包: a pack's files and the ways in which they are spoiled; what is right follows from the way alone.

A way changes the texts of one file and says whether the pack may, or must, be refused. One that is read must give every account
as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

Files = dict[str, bytes]


@dataclass(frozen=True)
class Told:
    """Which file the fault is in, and whether it must be refused; else it is read as before, or refused."""

    file: str
    must: bool = True


Way = Callable[[Random, Files], Told]
_TABLES = ("items.csv", "prices.csv")
_YAMLS = ("pack.yaml", "documents.yaml", "rules.yaml")


def _lines(files: Files, name: str) -> list[str]:
    return files[name].decode().split("\n")


def _put(files: Files, name: str, lines: list[str]) -> None:
    files[name] = "\n".join(lines).encode()


_MARKED = {"utf-16"}
"""Encodings that say so themselves, by their first bytes: a table in them may be read as it was meant."""


def _encoded(encoding: str) -> Way:
    def spoil(draw: Random, files: Files) -> Told:
        name = draw.choice([*_TABLES, *_YAMLS])
        if not any(byte > 127 for byte in files[name]):
            name = "items.csv"
        files[name] = files[name].decode().encode(encoding, errors="replace")
        return Told(name, must=encoding not in _MARKED)

    return spoil


def _bom(draw: Random, files: Files) -> Told:
    name = draw.choice([*_TABLES, *_YAMLS])
    files[name] = b"\xef\xbb\xbf" + files[name]
    return Told(name, must=False)


def _cut(draw: Random, files: Files) -> Told:
    name = draw.choice(["items.csv", "pack.yaml"])
    at = next(
        place for place in range(len(files[name]) * 2 // 3, len(files[name])) if files[name][place] > 0xC0
    )
    files[name] = files[name][: at + 1]
    return Told(name)


def _row(change: Callable[[Random, list[str]], None], *names: str, must: bool = True) -> Way:
    """One data row of a table changed, cell by cell."""

    def spoil(draw: Random, files: Files) -> Told:
        name = draw.choice(names or _TABLES)
        lines = _lines(files, name)
        number = draw.choice([at for at, line in enumerate(lines) if at and line and '"' not in line])
        cells = lines[number].split(",")
        change(draw, cells)
        lines[number] = ",".join(cells)
        _put(files, name, lines)
        return Told(name, must=must)

    return spoil


def _price(*texts: str, must: bool = True) -> Way:
    return _row(
        lambda draw, cells: cells.__setitem__(5, draw.choice(texts).replace("{}", cells[5])),
        "prices.csv",
        must=must,
    )


def _full_width(draw: Random, cells: list[str]) -> None:
    cells[5] = cells[5].translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})


def _doubled_column(draw: Random, files: Files) -> Told:
    name = draw.choice(_TABLES)
    _put(files, name, [f"{line},{line.rsplit(',', 1)[-1]}" if line else line for line in _lines(files, name)])
    return Told(name)


def _renamed_column(draw: Random, files: Files) -> Told:
    name = draw.choice(_TABLES)
    lines = _lines(files, name)
    cells = lines[0].split(",")
    cells[draw.randrange(len(cells))] = draw.choice(["", "金额", "Price"])
    lines[0] = ",".join(cells)
    _put(files, name, lines)
    return Told(name)


def _swapped_columns(draw: Random, files: Files) -> Told:
    name = draw.choice(_TABLES)
    lines = _lines(files, name)
    cells = lines[0].split(",")
    first, second = draw.sample(range(len(cells)), 2)
    cells[first], cells[second] = cells[second], cells[first]
    lines[0] = ",".join(cells)
    _put(files, name, lines)
    return Told(name)


def _unclosed(draw: Random, files: Files) -> Told:
    name = draw.choice(_TABLES)
    lines = _lines(files, name)
    number = draw.randrange(1, len(lines) - 1)
    lines[number] = '"' + lines[number].replace('"', "")
    _put(files, name, lines)
    return Told(name)


def _twice(draw: Random, files: Files) -> Told:
    name = draw.choice(_TABLES)
    lines = _lines(files, name)
    lines.insert(draw.randrange(1, len(lines)), draw.choice([line for line in lines[1:] if line]))
    _put(files, name, lines)
    return Told(name)


def _total_row(draw: Random, files: Files) -> Told:
    lines = [line for line in _lines(files, "prices.csv") if line]
    _put(files, "prices.csv", [*lines, f"合计,,,,,{draw.randint(1000, 9999)},,", ""])
    return Told("prices.csv")


def _gap(draw: Random, files: Files) -> Told:
    """A price ends, and another of the same item begins only later."""
    lines = [line for line in _lines(files, "prices.csv") if line]
    number = draw.choice([at for at, line in enumerate(lines) if at and line.split(",")[4] == ""])
    cells = lines[number].split(",")
    later = [*cells]
    cells[4], later[3] = "2015-01-01", draw.choice(["2015-01-02", "2016-01-01"])
    lines[number : number + 1] = [",".join(cells), ",".join(later)]
    _put(files, "prices.csv", [*lines, ""])
    return Told("prices.csv")


def _overlap(draw: Random, files: Files) -> Told:
    lines = [line for line in _lines(files, "prices.csv") if line]
    cells = draw.choice([line for line in lines[1:] if line.split(",")[4] == ""]).split(",")
    cells[3], cells[5] = draw.choice(["2010-01-01", "2012-02-29"]), "1"
    _put(files, "prices.csv", [*lines, ",".join(cells), ""])
    return Told("prices.csv")


def _yaml(change: Callable[[Random, list[str]], None], name: str, *, must: bool = True) -> Way:
    def spoil(draw: Random, files: Files) -> Told:
        lines = _lines(files, name)
        change(draw, lines)
        _put(files, name, lines)
        return Told(name, must=must)

    return spoil


def _top_keys(lines: list[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if re.match(r"^[a-z_]+:", line)]


def _duplicate_key(draw: Random, lines: list[str]) -> None:
    lines.insert(
        draw.choice(_top_keys(lines)), draw.choice(["id: other", "version: '7'", "jurisdiction: VN"])
    )


def _tab(_draw: Random, lines: list[str]) -> None:
    number = next(at for at, line in enumerate(lines) if line.startswith("  "))
    lines[number] = "\t" + lines[number].lstrip()


def _anchor(_draw: Random, lines: list[str]) -> None:
    number = next(at for at, line in enumerate(lines) if line.startswith("jurisdiction:"))
    lines[number] = "jurisdiction: &place CN"
    lines.append("note: *place")


def _norway(draw: Random, lines: list[str]) -> None:
    number = next(at for at, line in enumerate(lines) if line.startswith("jurisdiction:"))
    lines[number] = f"jurisdiction: {draw.choice(['NO', 'no', 'yes', 'on', 'OFF'])}"


def _octal(draw: Random, lines: list[str]) -> None:
    number = next(at for at, line in enumerate(lines) if line.strip() == 'high: "100"')
    lines[number] = lines[number].replace('"100"', draw.choice(["0144", "0o144", "1e2", "1_00", "0x64"]))


def _missing_key(draw: Random, lines: list[str]) -> None:
    # a pack may do without these; what needs one that is gone is named where it is needed
    free = ("heads:", "units:", "define:", "inputs:", "zones:")
    keys = [at for at in _top_keys(lines) if not lines[at].startswith(free)]
    at = draw.choice(keys)
    lines[at] = "#" + lines[at]
    while at + 1 < len(lines) and lines[at + 1].startswith((" ", "-")):
        at += 1
        lines[at] = "#" + lines[at]


def _unknown_key(draw: Random, lines: list[str]) -> None:
    lines.insert(
        draw.choice(_top_keys(lines)), draw.choice(["Id: x", "pries: 3", "zone: {}", "versoin: '1'"])
    )


def _control(_draw: Random, cells: list[str]) -> None:
    cells[0] = cells[0][:3] + "\x07" + cells[0][3:]


def _hidden(_draw: Random, cells: list[str]) -> None:
    cells[0] = cells[0][:3] + "\u200b" + cells[0][3:]


def _spaced(draw: Random, cells: list[str]) -> None:
    at = draw.randrange(len(cells))
    cells[at] = f"  {cells[at]} "


def _short(draw: Random, cells: list[str]) -> None:
    if draw.random() < 0.5:
        cells.pop()
    else:
        cells.append("x")


WAYS: tuple[tuple[str, Way], ...] = (
    ("gbk", _encoded("gbk")),
    ("utf-16", _encoded("utf-16")),
    ("byte order mark", _bom),
    ("cut within a character", _cut),
    ("text for a price", _price("七百三十五", "n/a", "#N/A", "=700+35", "735元", "1,5", "½", "nan", "inf")),
    ("negative or overlong price", _price("-{}", "9" * 40, "1e400", "1_0", "0x10")),
    ("full-width price", _row(_full_width, "prices.csv")),
    ("scientific price", _price("{}E0", "{}e+0", must=False)),
    ("doubled column", _doubled_column),
    ("renamed column", _renamed_column),
    ("swapped columns", _swapped_columns),
    ("unclosed quote", _unclosed),
    ("rows twice", _twice),
    ("row of sums", _total_row),
    ("gap of prices", _gap),
    ("overlap of prices", _overlap),
    ("keys twice", _yaml(_duplicate_key, "pack.yaml")),
    ("tabs", _yaml(_tab, "pack.yaml")),
    ("anchors", _yaml(_anchor, "pack.yaml")),
    ("Norway", _yaml(_norway, "pack.yaml", must=False)),
    ("octal and other numbers", _yaml(_octal, "pack.yaml")),
    ("missing key", _yaml(_missing_key, "pack.yaml")),
    ("unknown key", _yaml(_unknown_key, "pack.yaml")),
    ("control character", _row(_control)),
    ("hidden character", _row(_hidden)),
    ("spaces around cells", _row(_spaced, must=False)),
    ("cells too few or too many", _row(_short)),
)
"""Each way with its name."""
