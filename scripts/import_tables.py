"""导入指南的表格: writes the sheets, columns and errors into the import guides, from the schema and the rules themselves.

    .venv/bin/python scripts/import_tables.py            brings docs/import.md and docs/import.zh.md up to date
    .venv/bin/python scripts/import_tables.py --check    exits 1 if they are not

What stands between ``<!-- columns -->`` or ``<!-- errors -->`` and the next ``<!-- end -->`` belongs to this script.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf import settings

from yixian.workbook.schema import SHEETS, Column, Kind, Sheet

ROOT = Path(__file__).resolve().parent.parent
GUIDES = {"en": ROOT / "docs" / "import.md", "zh": ROOT / "docs" / "import.zh.md"}
TRANSLATIONS = ROOT / "src" / "yixian" / "workbook" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

GROUPS = {
    ("file", "sheet", "column"): ("工作簿、表和列", "The file, its sheets and columns"),
    ("cell", "shape"): ("单元格", "Single cells"),
    ("id", "account", "phone", "name"): ("证件、账号、电话、姓名", "ID numbers, accounts, phones, names"),
    ("row",): ("编号和引用", "Numbers and references"),
    ("area", "organisation", "stationing"): ("区划、机构、驻村包组", "Areas, bodies, stationings"),
    ("household", "person"): ("户和人", "Households and persons"),
    ("helper", "leader"): ("帮扶人员、挂乡与乡镇负责人", "People and leaders"),
    ("item", "pack"): ("实物指标", "Inventory items"),
    ("note",): ("请核对（不影响入库）", "Please check (keeps nothing out)"),
}
"""First parts of rules → the heading in Chinese and English."""

KINDS = {
    Kind.CODE: ("编号", "code"),
    Kind.TEXT: ("文字", "text"),
    Kind.NAME: ("姓名", "name"),
    Kind.DATE: ("日期", "day"),
    Kind.WHOLE: ("整数", "whole number"),
    Kind.DECIMAL: ("数", "number"),
    Kind.YES_NO: ("是、否", "yes or no"),
    Kind.CHOICE: ("下拉选项", "a choice"),
    Kind.ID_NUMBER: ("身份证号", "ID number"),
    Kind.PHONE: ("电话", "phone"),
    Kind.PUBLIC_PHONE: ("对外的电话", "telephone of an office"),
    Kind.ACCOUNT: ("账号", "account"),
    Kind.LANGUAGES: ("语言", "languages"),
    Kind.OUTLINE: ("GeoJSON 图形", "GeoJSON"),
    Kind.LINE: ("GeoJSON 图形", "GeoJSON"),
}
_PARAMETER = re.compile(r"%\((\w+)\)s")
_PART = re.compile(r"<!-- (columns|errors) -->\n.*?<!-- end -->\n", re.DOTALL)


def guide(text: str, language: str) -> str:
    """A guide with its tables as they must be."""
    tables = {"columns": columns(language), "errors": errors(language)}
    return _PART.sub(lambda part: f"<!-- {part[1]} -->\n{tables[part[1]]}<!-- end -->\n", text)


def columns(language: str) -> str:
    """One table a sheet: the columns, whether they must be filled in, what goes there, an example."""
    head = (
        "| 列 | 必填 | 内容 | 例 |" if language == "zh" else "| Column | Must | What goes there | Example |"
    )
    return "".join(
        f"\n### {sheet.zh} {sheet.en}\n\n{head}\n|---|---|---|---|\n"
        + "".join(_column_row(column, language) for column in sheet.columns)
        for sheet in SHEETS
    )


def errors(language: str) -> str:
    """One table a group of rules: what is wrong, what to do."""
    chinese = {entry.msgid: entry.msgstr for entry in polib.pofile(str(TRANSLATIONS))}
    head = "| 错误 | 怎么改 |" if language == "zh" else "| What is wrong | What to do |"
    parts = []
    for prefixes, (title_zh, title_en) in GROUPS.items():
        rows = [
            [_spoken(chinese[words] if language == "zh" else words) for words in rules()[rule]]
            for rule in _rules(prefixes)
        ]
        title = title_zh if language == "zh" else title_en
        parts.append(
            f"\n### {title}\n\n{head}\n|---|---|\n"
            + "".join(f"| {wrong} | {todo} |\n" for wrong, todo in rows)
        )
    return "".join(parts)


def rules() -> dict[str, tuple[str, str]]:
    """Rule → what is wrong and what to do, in English; its module needs settings to be loaded at all."""
    if not settings.configured:
        settings.configure(USE_I18N=False)
    messages: dict[str, tuple[str, str]] = importlib.import_module(
        "yixian.workbook.import_fault_texts"
    ).MESSAGES
    return messages


def _rules(prefixes: tuple[str, ...]) -> Iterator[str]:
    return (rule for rule in rules() if rule.split(".")[0] in prefixes)


def _column_row(column: Column, language: str) -> str:
    zh = language == "zh"
    must = ("是" if zh else "yes") if column.required else ""
    what = [KINDS[column.kind][not zh], column.help_zh if zh else column.help_en]
    if column.kind == Kind.CHOICE:
        what.append(("、" if zh else ", ").join(words[not zh] for words in column.choices.values()))
    target = _referred(column)
    if target is not None:
        what.append(f"见“{target.zh}”表" if zh else f"found in “{target.en}”")
    example = f"`{column.example}`" if column.example else ""
    return f"| {column.zh} {column.en} | {must} | {('；' if zh else '; ').join(what)} | {example} |\n"


def _referred(column: Column) -> Sheet | None:
    return next((sheet for sheet in SHEETS if sheet.key == column.refers), None)


def _spoken(words: str) -> str:
    """A sentence without the blanks that are filled in for each error."""
    return _PARAMETER.sub("…", words).replace("|", "\\|")


def main() -> None:
    """Write the guides, or say that they are not up to date."""
    parser = argparse.ArgumentParser(description="Write the tables of the import guides.")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if a guide is not up to date"
    )
    only_check = parser.parse_args().check
    grouped = {prefix for prefixes in GROUPS for prefix in prefixes}
    ungrouped = sorted({rule.split(".")[0] for rule in rules()} - grouped)
    if ungrouped:
        parser.error(f"these rules have no heading in GROUPS: {', '.join(ungrouped)}")
    for language, path in GUIDES.items():
        old = path.read_text(encoding="utf-8")
        new = guide(old, language)
        if only_check and new != old:
            parser.exit(1, f"{path.name} is not up to date: run scripts/import_tables.py\n")
        path.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
