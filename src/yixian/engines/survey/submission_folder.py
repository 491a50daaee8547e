"""交上来的表 (文件夹): a folder of submissions, one folder each, read into the tables that accounts are calculated from.

A sheet that another one replaces is left out and listed. Whatever cannot be decided without a person (two sheets of one
household, a correction of a sheet that has not come, one id with two contents) is left out and named: never merged, never
the last one wins.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from yixian.domain.policy import Pack
from yixian.domain.policy.survey import MEASURER, SECOND
from yixian.engines.survey.pictures import is_picture
from yixian.engines.survey.sheet_reading import Problem, ReadSheet, read_sheet, sheet_of
from yixian.engines.survey.submission import Submission, SubmissionError, read_file

SUBMISSION = "submission.xml"
_KEYS = ("line_id", "household_id", "item_code")
PROBLEM_COLUMNS = ("instance", "question", "message")
SUPERSEDED_COLUMNS = ("instance", "superseded_by")
MEASURE_COLUMNS = ("line_id", "name", "value")
SHEET_COLUMNS = (
    "instance", "household_id", "sheet", "measurer", "second", "at", "lon", "lat", "parcel_mu"
)  # fmt: skip
PHOTO_LINE_COLUMNS = ("photograph", "line_id")


@dataclass(slots=True)
class SubmissionFolder:
    """What a folder of submissions comes to. ``problems`` are (instance, problem), ``superseded`` (instance, by which)."""

    sheets: dict[str, ReadSheet] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    superseded: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """A submission with the folder that it came in; ``name`` is what problems call it."""

    name: str
    folder: Path
    submission: Submission


def read_folder(pack: Pack, folder: Path, today: date) -> SubmissionFolder:
    """Every submission of a folder; ``today`` is the day after which nothing can have been measured."""
    result = SubmissionFolder()
    found = list(_submissions(folder, result))
    standing = _without_superseded(_each_once(found, result), result)
    for one in _one_of_each_household(pack, standing, result):
        here = one.folder

        def came(name: str, here: Path = here) -> bool:
            return is_picture(here, name)

        read = read_sheet(pack, one.submission, is_picture=came, today=today)
        if isinstance(read, ReadSheet):
            result.sheets[one.name] = read
        else:
            result.problems += [(one.name, problem) for problem in read]
    result.problems.sort(key=lambda row: (row[0], row[1].question))
    return result


def item_rows(pack: Pack, sheets: Iterable[ReadSheet]) -> Iterator[dict[str, str]]:
    """The rows of items.csv, as `yixian entitlements compute` takes them; a fact that no sheet asks for stays empty."""
    facts = [name for name in pack.item_inputs if name != "quantity"]
    for sheet in sheets:
        for line in sheet.lines:
            yield {
                "line_id": line_id(sheet, line.number),
                "household_id": sheet.household_id,
                "item_code": line.item_code,
                "quantity": f"{line.quantity:f}",
            } | {name: line.values.get(name, "") for name in facts}


def line_id(sheet: ReadSheet, number: int) -> str:
    """By which an item is known in accounts: household, sheet, and its running number in the sheet."""
    return f"{sheet.household_id}-{sheet.sheet_id}-{number}"


def write_tables(pack: Pack, result: SubmissionFolder, out: Path, lang: str) -> None:
    """items.csv, measures.csv, sheets.csv, photo_lines.csv, problems.csv and superseded.csv into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    sheets = sorted(result.sheets.values(), key=lambda one: (one.household_id, one.sheet_id))
    heads = (*_KEYS, *pack.item_inputs)
    _write(out / "items.csv", heads, ([row[head] for head in heads] for row in item_rows(pack, sheets)))
    measures = (
        (line_id(sheet, line.number), name, value)
        for sheet in sheets
        for line in sheet.lines
        for name, value in line.values.items()
    )
    _write(out / "measures.csv", MEASURE_COLUMNS, measures)
    named = sorted(result.sheets.items())
    _write(out / "sheets.csv", SHEET_COLUMNS, (_sheet_row(name, sheet) for name, sheet in named))
    photographs = (
        (f"{name}/{photograph}", line_id(sheet, line.number))
        for name, sheet in named
        for line in sheet.lines
        for photograph in line.photographs
    )
    _write(out / "photo_lines.csv", PHOTO_LINE_COLUMNS, photographs)
    problems = ((name, one.question, one.message(lang)) for name, one in result.problems)
    _write(out / "problems.csv", PROBLEM_COLUMNS, problems)
    _write(out / "superseded.csv", SUPERSEDED_COLUMNS, result.superseded)


def _sheet_row(name: str, sheet: ReadSheet) -> tuple[str, ...]:
    """A sheet's row; ``name`` is its folder's. Its place is a geopoint: latitude, longitude, and what does not matter here."""
    people = {one.role: " ".join(filter(None, (one.organisation, one.name))) for one in sheet.present}
    lat, lon = [*sheet.place.split(), "", ""][:2]
    who = people.get(MEASURER, ""), people.get(SECOND, "")
    return name, sheet.household_id, sheet.sheet_id, *who, f"{sheet.measured_on}", lon, lat, ""


def _write(path: Path, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


def _submissions(folder: Path, result: SubmissionFolder) -> Iterator[_Found]:
    for path in sorted(folder.iterdir()):
        if not path.is_dir():
            _note(
                result,
                path.name,
                "",
                "这里只放文件夹，一份表一个。",
                "Here are folders only, one for each sheet.",
            )
            continue
        if not (path / SUBMISSION).is_file():
            _note(result, path.name, "", f"没有 {SUBMISSION}。", f"There is no {SUBMISSION}.")
            continue
        try:
            submission = read_file(path / SUBMISSION)
        except SubmissionError as error:
            _note(result, path.name, "", error.zh, error.en)
            continue
        yield _Found(path.name, path, submission)


def _note(result: SubmissionFolder, instance: str, question: str, zh: str, en: str) -> None:
    result.problems.append((instance, Problem(question, zh, en)))


def _each_once(found: list[_Found], result: SubmissionFolder) -> list[_Found]:
    """Each id once: sent again with the same content it is the same sheet, with another none of them is believed."""
    by_id: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        by_id[one.submission.instance_id].append(one)
    kept = []
    for same in by_id.values():
        if len({(one.folder / SUBMISSION).read_bytes() for one in same}) == 1:
            kept.append(same[0])
            continue
        for one in same:
            _note(
                result,
                one.name,
                "meta/instanceID",
                f"同一个编号 {one.submission.instance_id} 有两种内容，都没有取。",
                f"Two contents have the one id {one.submission.instance_id}; neither is taken.",
            )
    return kept


def _without_superseded(found: list[_Found], result: SubmissionFolder) -> list[_Found]:
    """Those that nothing replaces. A correction waits for what it corrects, and two corrections of one sheet for a person."""
    by_id = {one.submission.instance_id: one for one in found}
    successors: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        if one.submission.replaces:
            successors[one.submission.replaces].append(one)
    kept = []
    for one in found:
        followed = successors.get(one.submission.instance_id, [])
        replaced = one.submission.replaces
        if replaced and replaced not in by_id:
            _note(
                result,
                one.name,
                "meta/deprecatedID",
                f"它更正的表 {replaced} 还没有来，先等着。",
                f"The sheet that it corrects, {replaced}, has not come; it waits.",
            )
        elif len(successors.get(replaced, [])) > 1:
            _note(
                result,
                one.name,
                "meta/deprecatedID",
                f"表 {replaced} 有两份更正，要由人来定，都没有取。",
                f"The sheet {replaced} has two corrections; somebody has to decide, and neither is taken.",
            )
        elif _in_a_circle(one, by_id):
            _note(
                result,
                one.name,
                "meta/deprecatedID",
                "几份表互相更正，绕成了一圈，都没有取。",
                "Sheets correct each other in a circle; none is taken.",
            )
        elif len(followed) == 1:
            result.superseded.append((one.name, followed[0].name))
        elif not followed:
            kept.append(one)
    return kept


def _in_a_circle(one: _Found, by_id: dict[str, _Found]) -> bool:
    """Whether what it corrects is in the end a correction of it."""
    seen: set[str] = set()
    here: _Found | None = one
    while here is not None and here.submission.instance_id not in seen:
        seen.add(here.submission.instance_id)
        here = by_id.get(here.submission.replaces)
    return here is one


def _one_of_each_household(pack: Pack, found: list[_Found], result: SubmissionFolder) -> list[_Found]:
    """Those of which a household has one for each form."""
    by_household: dict[tuple[str, str], list[_Found]] = defaultdict(list)
    for one in found:
        household = one.submission.answers["household_id"].text
        by_household[household, one.submission.form_id].append(one)
    kept = []
    for (household, _form), same in by_household.items():
        if len(same) == 1 or not household or sheet_of(pack, same[0].submission) is None:
            kept += same
            continue
        names = [one.name for one in same]
        for one in same:
            others = ", ".join(name for name in names if name != one.name)
            _note(
                result,
                one.name,
                "household_id",
                f"{household} 户的这张表还有一份（{others}），要由人来定，都没有取。",
                f"Household {household} has another sheet of this form ({others}); somebody has to decide, and none is taken.",
            )
    return kept
