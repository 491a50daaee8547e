"""改坏的事实文件: a folder of households and items, and the ways in which it is spoiled on its way here.

Each way is a function of a drawn case; it changes the files and returns which households may come to something else, or be
withheld, and whether the files may be refused. What is right follows from the way alone, not from what the reader does.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

Rows = list[list[str]]
HOUSEHOLDS, ITEMS = "households", "items"
_CODES = ("house.main.brick_concrete", "house.main.frame", "tree.fruit.large", "facility.concrete_yard")


@dataclass
class Drawn:
    """A county of a few households, drawn from a case's number: rows with their heads, and the bytes of the files."""

    random: Random
    codes: tuple[str, ...]
    rows: dict[str, Rows] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        draw = self.random
        numbers = [f"移户-{number:03d}" for number in range(1, draw.randint(3, 6))]
        households = [
            [number, f"5399{draw.randint(10, 99)}", draw.choice(["rural", "town"]), str(draw.randint(1, 7))]
            for number in numbers
        ]
        items = [
            [
                f"L{line:03d}",
                draw.choice(numbers),
                draw.choice(self.codes),
                f"{draw.randint(1, 900)}.{draw.randint(0, 99):02d}",
            ]
            for line in range(1, draw.randint(5, 14))
        ]
        self.rows = {
            HOUSEHOLDS: [["household_id", "area_code", "zone", "persons"], *households],
            ITEMS: [["line_id", "household_id", "item_code", "quantity"], *items],
        }
        self.encode()

    def encode(self) -> None:
        """Make the files of the rows as they stand."""
        for name, rows in self.rows.items():
            text = io.StringIO()
            csv.writer(text, lineterminator="\n").writerows(rows)
            self.files[name] = text.getvalue().encode()

    def write(self, folder: Path) -> None:
        """Put the files into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.files.items():
            (folder / f"{name}.csv").write_bytes(content)

    def which(self) -> str:
        """One of the two files."""
        return self.random.choice([HOUSEHOLDS, ITEMS])

    def item(self) -> list[str]:
        """One of the rows of items."""
        return self.random.choice(self.rows[ITEMS][1:])


@dataclass(frozen=True)
class Right:
    """What is right: ``may_refuse`` the files, at ``line`` of ``file`` ("" and 0: anywhere); ``must_refuse``; and ``touched``,
    households whose account may be withheld. Every other account must be what it was."""

    may_refuse: bool = False
    must_refuse: bool = False
    file: str = ""
    line: int = 0
    touched: frozenset[str] = frozenset()


SAME = Right()


def refused(file: str, line: int = 0) -> Right:
    """The files must be refused, and the file (and line) named."""
    return Right(may_refuse=True, must_refuse=True, file=file, line=line)


def _bytes(change: Callable[[Drawn, str], Right]) -> Callable[[Drawn], Right]:
    return lambda drawn: change(drawn, drawn.which())


_HALF = 0.5


def _gbk(drawn: Drawn, name: str) -> Right:
    drawn.files[name] = drawn.files[name].decode().encode("gbk")
    return refused(name)


def _utf16(drawn: Drawn, name: str) -> Right:
    """Marked, as a spreadsheet saves “Unicode text”: it is read as it was meant; without its mark it is named."""
    marked = drawn.random.random() < _HALF
    drawn.files[name] = drawn.files[name].decode().encode("utf-16" if marked else "utf-16-le")
    return SAME if marked else refused(name)


def _bom(drawn: Drawn, name: str) -> Right:
    drawn.files[name] = b"\xef\xbb\xbf" + drawn.files[name]
    return SAME


def _cut(drawn: Drawn, name: str) -> Right:
    content = drawn.files[name]
    place = content.rindex("移".encode())
    drawn.files[name] = content[: place + drawn.random.randint(1, 2)]
    return refused(name)


def _crlf(drawn: Drawn, name: str) -> Right:
    drawn.files[name] = drawn.files[name].replace(b"\n", b"\r\n")
    return SAME


def _unclosed(drawn: Drawn, name: str) -> Right:
    lines = drawn.files[name].decode().split("\n")
    number = drawn.random.randrange(1, len(lines) - 1)
    first, rest = lines[number].split(",", 1)
    lines[number] = f'"{first},{rest}'
    drawn.files[name] = "\n".join(lines).encode()
    return refused(name)


def _nul(drawn: Drawn, name: str) -> Right:
    rows = drawn.rows[name]
    number = drawn.random.randrange(1, len(rows))
    rows[number][0] = rows[number][0][:2] + drawn.random.choice("\x00\x01\x07\x1f\x7f") + rows[number][0][2:]
    drawn.encode()
    return refused(name, number + 1)


def _doubled(drawn: Drawn, name: str) -> Right:
    rows = drawn.rows[name]
    column = drawn.random.randrange(len(rows[0]))
    for row in rows:
        row.append(row[column])
    for row in rows[1:]:
        row[-1] = f"{drawn.random.randint(1, 9)}"
    drawn.encode()
    return refused(name)


def _renamed(drawn: Drawn, name: str) -> Right:
    head = drawn.rows[name][0]
    column = drawn.random.choice([at for at, word in enumerate(head) if word != "area_code"])
    head[column] = drawn.random.choice(["", head[column].upper(), f"{head[column]}2", "数量"])
    drawn.encode()
    return refused(name)


def _shuffled(drawn: Drawn, name: str) -> Right:
    rows = drawn.rows[name]
    order = drawn.random.sample(range(len(rows[0])), len(rows[0]))
    drawn.rows[name] = [[row[at] for at in order] for row in rows]
    drawn.encode()
    return SAME


def _total_row(drawn: Drawn) -> Right:
    rows = drawn.rows[ITEMS]
    rows.append(["合计", drawn.random.choice(["合计", "", rows[1][1]]), "", "99999"])
    drawn.encode()
    return refused(ITEMS, len(rows))


def _quoted(drawn: Drawn, name: str) -> Right:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(drawn.rows[name])
    drawn.files[name] = text.getvalue().encode()
    return SAME


def _blank_rows(drawn: Drawn, name: str) -> Right:
    lines = drawn.files[name].decode().split("\n")
    lines.insert(drawn.random.randrange(1, len(lines)), drawn.random.choice(["", "   ", ",,,"]))
    drawn.files[name] = "\n".join(lines).encode()
    return Right(may_refuse=True, file=name)


def _spaces(drawn: Drawn, name: str) -> Right:
    for row in drawn.rows[name][1:]:
        column = drawn.random.randrange(len(row))
        row[column] = drawn.random.choice([" ", "  "]) + row[column] + " "
    drawn.encode()
    return SAME


def _quantity(*texts: str) -> Callable[[Drawn], Right]:
    """One quantity written as nobody can read it."""

    def change(drawn: Drawn) -> Right:
        row = drawn.item()
        text = drawn.random.choice(texts)
        row[3] = text.replace("{}", row[3])
        line = drawn.rows[ITEMS].index(row) + 1
        drawn.encode()
        return Right(may_refuse=True, file=ITEMS, line=line, touched=frozenset({row[1]}))

    return change


def _full_width(drawn: Drawn) -> Right:
    row = drawn.item()
    row[3] = row[3].translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789."})
    line = drawn.rows[ITEMS].index(row) + 1
    drawn.encode()
    return Right(may_refuse=True, file=ITEMS, line=line)


def _scientific(drawn: Drawn) -> Right:
    """The same number in scientific notation: read as what it is, named, or its household withheld."""
    row = drawn.item()
    whole, part = row[3].split(".")
    row[3] = f"{int(whole + part)}E-2"
    line = drawn.rows[ITEMS].index(row) + 1
    drawn.encode()
    return Right(may_refuse=True, file=ITEMS, line=line, touched=frozenset({row[1]}))


def _thousands(drawn: Drawn) -> Right:
    row = drawn.item()
    row[3] = f"1,{int(row[3].split('.')[0]):03d}"
    line = drawn.rows[ITEMS].index(row) + 1
    drawn.encode()
    return refused(ITEMS, line)


def _twice(drawn: Drawn, name: str) -> Right:
    rows = drawn.rows[name]
    row = list(drawn.random.choice(rows[1:]))
    row[-1] = "3"
    rows.insert(drawn.random.randint(1, len(rows)), row)
    drawn.encode()
    return refused("")


def _unknown_household(drawn: Drawn) -> Right:
    row = drawn.item()
    row[1] = drawn.random.choice(
        ["移户-999", row[1].replace("-", "－"), row[1] + "0", row[1].replace("移", "迻")]
    )
    drawn.encode()
    return refused("")


def _unknown_code(drawn: Drawn) -> Right:
    row = drawn.item()
    row[2] = drawn.random.choice(["house.of.gold", row[2].upper(), row[2] + ".x"])
    line = drawn.rows[ITEMS].index(row) + 1
    drawn.encode()
    return Right(may_refuse=True, file=ITEMS, line=line, touched=frozenset({row[1]}))


def _short_row(drawn: Drawn, name: str) -> Right:
    row = drawn.random.choice(drawn.rows[name][1:])
    line = drawn.rows[name].index(row) + 1
    row[:] = row[:-1] if drawn.random.random() < 0.5 else [*row, "x"]
    drawn.encode()
    return refused(name, line)


def _zone(drawn: Drawn) -> Right:
    row = drawn.random.choice(drawn.rows[HOUSEHOLDS][1:])
    row[2] = drawn.random.choice(["", "城镇", "RURAL", "no"])
    drawn.encode()
    return Right(may_refuse=True, file="", touched=frozenset({row[0]}))


WAYS: tuple[tuple[str, Callable[[Drawn], Right]], ...] = (
    ("gbk", _bytes(_gbk)),
    ("utf-16", _bytes(_utf16)),
    ("byte order mark", _bytes(_bom)),
    ("cut within a character", _bytes(_cut)),
    ("line ends of Windows", _bytes(_crlf)),
    ("unclosed quote", _bytes(_unclosed)),
    ("control characters", _bytes(_nul)),
    ("doubled column", _bytes(_doubled)),
    ("renamed column", _bytes(_renamed)),
    ("shuffled columns", _bytes(_shuffled)),
    ("row of sums", _total_row),
    ("everything quoted", _bytes(_quoted)),
    ("blank rows", _bytes(_blank_rows)),
    ("spaces around cells", _bytes(_spaces)),
    (
        "text for a number",
        _quantity("八十", "n/a", "#N/A", "#REF!", "=1+2", "", "12 m2", "½", "1/2", "TRUE", "nan", "inf"),
    ),
    ("negative or overlong", _quantity("-{}", "9" * 40, "1." + "3" * 30, "1e400", "1e-400", "0x10", "1_0")),
    ("full-width digits", _full_width),
    ("scientific notation", _scientific),
    ("thousands separators", _thousands),
    ("ids twice", _bytes(_twice)),
    ("unknown household", _unknown_household),
    ("unknown code", _unknown_code),
    ("cells too few or too many", _bytes(_short_row)),
    ("unknown zone", _zone),
)
"""Each way with its name."""
