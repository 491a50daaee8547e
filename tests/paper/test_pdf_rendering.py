"""Setting type: the same bytes for the same inputs, an archive's standard, and characters that no font has."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from yixian.kernel.errors import Refused
from yixian.kernel.pdf_rendering import PdfDocument, render_pdf, render_pdfs, unshown_characters

TEMPLATE = """
#let data = json("data.json")
#set document(title: data.title, date: datetime(year: 2026, month: 11, day: 2))
#set text(font: ("Noto Sans CJK SC",), lang: "zh")
#set page(width: 100mm, height: 60mm)
#for name in data.names [#name \\ ]
#data.missing.join(" ")
"""


@pytest.fixture
def order(tmp_path: Path) -> PdfDocument:
    path = tmp_path / "names.typ"
    path.write_text(TEMPLATE)
    return PdfDocument(path, {"title": "名单", "names": ["赵䶮", "阿依·古丽"]})


def words_of(pdf: bytes) -> str:
    """What stands on the pages, read with Debian's poppler-utils."""
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is missing: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_same_inputs_give_the_same_bytes(order: PdfDocument) -> None:
    first, second = render_pdf(order), render_pdf(order)
    assert first == second
    assert first != render_pdf(PdfDocument(order.template, {**order.data, "names": ["赵䶮", "阿依古丽"]}))


def test_it_is_an_archival_pdf_dated_by_its_document(order: PdfDocument) -> None:
    pdf = render_pdf(order)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in pdf
    assert b"D:20261102" in pdf


def test_rare_characters_and_the_middle_dot_are_printed(order: PdfDocument) -> None:
    text = words_of(render_pdf(order))
    assert "赵䶮" in text
    assert "阿依·古丽" in text


def test_a_character_without_a_font_is_marked_and_named(order: PdfDocument) -> None:
    beyond = "\U000323af"
    text = words_of(render_pdf(PdfDocument(order.template, {**order.data, "names": [f"王{beyond}明", "李"]})))
    assert "王〓明" in text
    assert "U+323AF" in text
    assert "李" in text


def test_a_broken_sheet_is_refused_with_the_reason(tmp_path: Path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text('#let data = json("data.json")\n#data.nowhere')
    with pytest.raises(Refused) as refused:
        render_pdf(PdfDocument(template, {"title": "x"}))
    assert refused.value.key == "paper.unprintable"
    assert "nowhere" in refused.value.params["compiler"]


def test_many_orders_come_back_in_their_order_and_equal_to_single_ones(order: PdfDocument) -> None:
    orders = [PdfDocument(order.template, {**order.data, "names": [f"第{number}户"]}) for number in range(7)]
    together = list(render_pdfs(iter(orders)))
    assert together == [render_pdf(one) for one in orders]


def test_a_refusal_in_another_process_is_the_same_refusal(tmp_path: Path) -> None:
    template = tmp_path / "broken.typ"
    template.write_text('#let data = json("data.json")\n#data.nowhere')
    with pytest.raises(Refused) as refused:
        list(render_pdfs([PdfDocument(template, {"title": "x"})]))
    assert refused.value.key == "paper.unprintable"


def test_unshown_characters_are_read_from_the_message() -> None:
    said = 'error: the text `"ꆈ"` could not be displayed with font `"X"`\nerror: the text `"\\u{323af}"` could not be displayed'
    assert unshown_characters(said) == {"ꆈ", "\U000323af"}
