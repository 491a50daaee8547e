"""清单的错误: which cell, which rule, and what to do, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass

SENTENCES: dict[str, tuple[str, str]] = {
    "file.kind": (
        "这既不是 .xlsx 工作簿，也不是文本表格（CSV）。",
        "This is neither an .xlsx workbook nor a text table (CSV).",
    ),
    "file.old_or_locked": (
        "这是旧的 .xls 文件，或有密码。请另存为没有密码的 .xlsx。",
        "This is an old .xls file, or has a password. Save it as .xlsx without one.",
    ),
    "file.too_large": ("文件太大，请分成几份。", "The file is too large; split it."),
    "file.encoding": (
        "文字编码认不出来，请另存为 UTF-8 的 CSV，或 .xlsx。",
        "The encoding is unknown. Save it as CSV in UTF-8, or as .xlsx.",
    ),
    "file.empty": ("文件里什么也没有。", "There is nothing in the file."),
    "file.rows": (
        "一份最多 {most} 行，这份有 {rows} 行，请分成几份。",
        "At most {most} rows a file; this one has {rows}. Split it.",
    ),
    "file.quotes": (
        "从这一行起引号不成对，读不下去。",
        "From this row on the quotation marks do not pair; nothing below can be read.",
    ),
    "sheet.other": (
        "只读第一张表，“{sheet}”里的内容没有读。",
        "Only the first sheet is read; what stands in “{sheet}” is not.",
    ),
    "column.missing": ("缺必填的列“{head}”。", "The required column “{head}” is missing."),
    "column.absent": ("没有“{head}”这一列。", "There is no column “{head}”."),
    "column.unknown": ("不认识这一列，里面的内容没有读。", "This column is not known; what stands in it is not read."),
    "column.twice": ("这一列出现了两次，只留一列。", "This column is there twice; keep one."),
    "column.headless": (
        "这一格上面没有表头。补上表头，或删掉这一格。",
        "There is no head above this cell. Give it one, or delete the cell.",
    ),
    "cell.required": ("这一格必填。", "This cell must be filled in."),
    "cell.formula": ("这一格是公式，请改成值。", "There is a formula in this cell; replace it by its value."),
    "cell.error": ("这一格是表格的错误值。", "The spreadsheet shows an error in this cell."),
    "cell.merged": ("这里有合并的单元格，请拆开逐行填写。", "Cells are merged here; unmerge them and fill in each row."),
    "cell.text": ("这里要写文字。", "This must be a text."),
    "cell.precision": (
        "这个数被表格截短了。请把这一列设成文本，重新填写。",
        "The number was cut by the spreadsheet. Format the column as text and type it anew.",
    ),
    "cell.length": ("超过 {length} 个字。", "This is longer than {length} characters."),
    "cell.time": (
        "没有这样的时间。写成 2026-03-05 14:20。",
        "There is no such time. Write it as 2026-03-05 14:20.",
    ),
    "cell.time_year": (
        "年份只有两位。写成 2026-03-05 14:20。",
        "The year has two digits. Write it as 2026-03-05 14:20.",
    ),
    "cell.time_order": (
        "年份在最后，分不清哪个是日、哪个是月。写成 2026-03-05 14:20。",
        "The year stands last: day and month may be either way round. Write it as 2026-03-05 14:20.",
    ),
    "cell.future": ("这个时间还没有到。", "This time has not come yet."),
    "cell.early": ("这个时间在 2000 年以前。", "This time lies before 2000."),
    "cell.phone": (
        "电话号码不对：手机 11 位，座机带区号。",
        "This is no telephone number: 11 digits of a mobile, or a landline with its area code.",
    ),
    "cell.topic": ("类别只能是：{topics}。", "The topic is one of: {topics}."),
    "row.above": ("表头上面的这一行没有读。", "This row above the heads is not read."),
    "row.twice": ("编号和第 {other} 行相同。", "The same number stands in row {other}."),
}  # fmt: skip
_NOTES = frozenset({"sheet.other", "column.absent", "column.unknown", "row.above"})


@dataclass(frozen=True, slots=True)
class HotlineFault:
    """One fault. ``row`` is the spreadsheet's own row number (0: the whole file), ``column`` the head as it stands there
    ("" for a whole row), ``letter`` the column's letter; ``sentence`` says in Chinese what is wrong and what to do,
    ``english`` the same; ``value`` is what stands in the cell.
    """

    row: int
    column: str
    rule: str
    sentence: str
    english: str
    letter: str = ""
    value: str = ""

    @property
    def is_note(self) -> bool:
        """Whether it keeps no row from being read."""
        return self.rule in _NOTES


def fault(
    rule: str, *, row: int = 0, column: str = "", letter: str = "", value: object = "", **values: object
) -> HotlineFault:
    """The fault under a rule, with the values of its sentence."""
    zh, en = (sentence.format(**values) for sentence in SENTENCES[rule])
    return HotlineFault(row, column, rule, zh, en, letter, str(value)[:80])
