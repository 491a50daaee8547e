"""A folder of submissions: each sheet once, corrections in their order, whatever needs a person named and left out."""

from __future__ import annotations

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.engines.survey.filling import PICTURE, answers, picture
from yixian.domain.policy import Pack
from yixian.engines.entitlements import load_pack
from yixian.engines.survey.submission import MAX_BYTES, SubmissionError, read_submission
from yixian.engines.survey.submission_folder import SubmissionFolder, read_folder, write_tables
from yixian.engines.survey.xlsform import form_version

PACK = load_pack(Path(__file__).parents[3] / "packs" / "danjiangkou-2009")
TODAY = date(2026, 11, 30)


def instance(
    name: str, household: str = "H1", *, length: str = "9", replaces: str = "", pack: Pack = PACK
) -> str:
    """A sheet of one wall, ``length`` metres long and two high."""
    given = answers(pack, pack.survey.sheet("facility"), 1)
    quantity = f"{float(length) * 2:.2f}"
    signed = "".join(
        f"<{role}>"
        + "".join(
            f"<{path.partition('/')[2]}>{text}</{path.partition('/')[2]}>"
            for path, text in given.items()
            if path.startswith(f"{role}/")
        )
        + f"</{role}>"
        for role in pack.survey.present
    )
    corrected = f"<deprecatedID>uuid:{replaces}</deprecatedID>" if replaces else ""
    return (
        f'<data id="danjiangkou-2009-facility" version="{form_version(pack)}">'
        f"<household_id>{household}</household_id><measured_on>2026-11-02</measured_on>"
        f"<item><item_code>facility.masonry_wall</item_code><wall><length>{length}</length><height>2</height>"
        f"<photo_1>{PICTURE}</photo_1></wall><quantity>{quantity}</quantity></item>"
        f"{signed}<meta><instanceID>uuid:{name}</instanceID>{corrected}</meta></data>"
    )


def add(folder: Path, name: str, xml: str) -> Path:
    """One submission with its picture."""
    here = folder / name
    here.mkdir(parents=True)
    (here / "submission.xml").write_text(xml, encoding="utf-8")
    picture(here)
    return here


def read(folder: Path) -> SubmissionFolder:
    return read_folder(PACK, folder, TODAY)


def told(result: SubmissionFolder) -> list[tuple[str, str]]:
    return [(name, problem.question) for name, problem in result.problems]


def test_sheets_become_the_items_that_accounts_are_calculated_from(tmp_path: Path) -> None:
    add(tmp_path / "in", "a", instance("a", "H2", length="10.25"))
    add(tmp_path / "in", "b", instance("b", "H1"))
    result = read(tmp_path / "in")
    write_tables(PACK, result, tmp_path / "out", "zh")
    with (tmp_path / "out" / "items.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["line_id"], row["household_id"], row["item_code"], row["quantity"]) for row in rows] == [
        ("H1-facility-1", "H1", "facility.masonry_wall", "18.00"),
        ("H2-facility-1", "H2", "facility.masonry_wall", "20.50"),
    ]
    assert result.problems == []


def test_what_is_sent_twice_is_one_sheet(tmp_path: Path) -> None:
    add(tmp_path, "a", instance("a"))
    add(tmp_path, "again", instance("a"))
    result = read(tmp_path)
    assert list(result.sheets) == ["a"]
    assert result.problems == []


def test_one_id_with_two_contents_is_believed_in_neither(tmp_path: Path) -> None:
    add(tmp_path, "a", instance("a"))
    add(tmp_path, "b", instance("a", length="90"))
    result = read(tmp_path)
    assert result.sheets == {}
    assert told(result) == [("a", "meta/instanceID"), ("b", "meta/instanceID")]


def test_a_correction_takes_the_place_of_what_it_corrects(tmp_path: Path) -> None:
    add(tmp_path, "a", instance("a"))
    add(tmp_path, "b", instance("b", length="9.5", replaces="a"))
    add(tmp_path, "c", instance("c", length="9.6", replaces="b"))
    result = read(tmp_path)
    assert list(result.sheets) == ["c"]
    assert result.superseded == [("a", "b"), ("b", "c")]
    assert result.problems == []


def test_a_correction_waits_for_what_it_corrects(tmp_path: Path) -> None:
    add(tmp_path, "b", instance("b", replaces="a"))
    assert told(read(tmp_path)) == [("b", "meta/deprecatedID")]
    add(tmp_path, "a", instance("a"))
    assert list(read(tmp_path).sheets) == ["b"]


def test_two_corrections_of_one_sheet_are_for_a_person(tmp_path: Path) -> None:
    add(tmp_path, "a", instance("a"))
    add(tmp_path, "b", instance("b", length="1", replaces="a"))
    add(tmp_path, "c", instance("c", length="2", replaces="a"))
    result = read(tmp_path)
    assert result.sheets == {}
    assert told(result) == [("b", "meta/deprecatedID"), ("c", "meta/deprecatedID")]


def test_corrections_in_a_circle_take_nothing_and_end(tmp_path: Path) -> None:
    add(tmp_path, "a", instance("a", replaces="b"))
    add(tmp_path, "b", instance("b", replaces="a"))
    result = read(tmp_path)
    assert result.sheets == {}
    assert told(result) == [("a", "meta/deprecatedID"), ("b", "meta/deprecatedID")]


def test_two_sheets_of_one_household_are_for_a_person(tmp_path: Path) -> None:
    add(tmp_path, "a", instance("a"))
    add(tmp_path, "b", instance("b", length="8"))
    result = read(tmp_path)
    assert result.sheets == {}
    assert told(result) == [("a", "household_id"), ("b", "household_id")]


@pytest.mark.parametrize(
    ("spoil", "question"),
    [
        (lambda xml: xml.replace('version="', 'version="old-'), "version"),
        (lambda xml: xml.replace('id="danjiangkou-2009-facility"', 'id="other"'), "id"),
        (lambda xml: xml.replace("<quantity>18.00<", "<quantity>81.00<"), "item[1]/quantity"),
        (lambda xml: xml.replace("2026-11-02", "2026-12-01"), "measured_on"),
        (lambda xml: xml.replace(PICTURE, "../picture.png"), "item[1]/wall/photo_1"),
        (lambda xml: xml.replace("</wall>", "</wall><piece><count>3</count></piece>"), "item[1]/piece"),
        (lambda xml: xml.replace("<meta>", "<paid>yes</paid><meta>"), "paid"),
        (lambda xml: xml[: len(xml) // 2], ""),
        (lambda xml: '<!DOCTYPE data [<!ENTITY a "aaaa">]>' + xml, ""),
        (lambda _xml: "", ""),
        (lambda _xml: "<data/>", ""),
        (lambda xml: "<a>" * 40 + xml + "</a>" * 40, ""),
    ],
)
def test_a_faulty_sheet_is_named_and_left_out_whole(tmp_path: Path, spoil: object, question: str) -> None:
    assert callable(spoil)
    add(tmp_path, "good", instance("good", "H9"))
    add(tmp_path, "bad", spoil(instance("bad")))
    result = read(tmp_path)
    assert list(result.sheets) == ["good"]
    assert {name for name, _question in told(result)} == {"bad"}
    assert question in {one for _name, one in told(result)}


def test_a_photograph_that_is_none_is_named(tmp_path: Path) -> None:
    here = add(tmp_path, "a", instance("a"))
    (here / PICTURE).write_text("no picture")
    assert ("a", "item[1]/wall/photo_1") in told(read(tmp_path))


def test_a_link_out_of_the_folder_is_no_photograph(tmp_path: Path) -> None:
    here = add(tmp_path / "in", "a", instance("a"))
    shutil.move(here / PICTURE, tmp_path / PICTURE)
    (here / PICTURE).symlink_to(tmp_path / PICTURE)
    assert ("a", "item[1]/wall/photo_1") in told(read(tmp_path / "in"))


def test_a_file_among_the_folders_and_an_empty_folder_are_named(tmp_path: Path) -> None:
    (tmp_path / "list.txt").write_text("")
    (tmp_path / "empty").mkdir()
    assert told(read(tmp_path)) == [("empty", ""), ("list.txt", "")]


def test_what_is_too_large_is_not_read() -> None:
    with pytest.raises(SubmissionError):
        read_submission(b" " * (MAX_BYTES + 1))
