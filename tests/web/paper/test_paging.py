"""Page numbers: right on short and long sheets, also where a sheet thought short runs over."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date

import pytest

from yixian.compensation.paper.paging import set_statements
from yixian.compensation.paper.statements import statement_document
from yixian.kernel.pdf_rendering import PdfDocument, page_count

_PAGE_OF_PAGES = re.compile(r"(?<!\d)(\d{1,2})\s?/\s?(\d{1,2})(?!\d)")


def with_lines(order: PdfDocument, *counts: int, sentence: str = "") -> PdfDocument:
    """The order's first sheet again and again, with so many lines each."""
    first = order.data["sheets"][0]
    line = {**first["lines"][0], **({"sentence": sentence} if sentence else {})}
    sheets = [
        {**first, "household_no": f"N{number}", "lines": [line] * count}
        for number, count in enumerate(counts)
    ]
    return replace(order, data={**order.data, "sheets": sheets})


def numbers_on(pdf: bytes) -> list[tuple[int, int]]:
    if shutil.which("pdftotext") is None:
        pytest.fail("pdftotext is missing: apt-get install poppler-utils")
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")[:-1]
    found = [_PAGE_OF_PAGES.findall(page)[-1] for page in pages]
    return [(int(page), int(pages)) for page, pages in found]


@pytest.fixture
def order(valley) -> PdfDocument:
    found = statement_document([valley.zhao], lang="zh", large=False, on=date(2026, 11, 2))
    assert found is not None
    return found


def test_long_accounts_run_on_and_are_counted_for_themselves(order: PdfDocument) -> None:
    pdf = set_statements(with_lines(order, 1, 60, 12))
    numbers = numbers_on(pdf)
    middle = numbers[1:-1]
    assert numbers[0] == numbers[-1] == (1, 1)
    assert len(middle) > 1
    assert middle == [(number, len(middle)) for number in range(1, len(middle) + 1)]
    assert page_count(pdf) == len(numbers)


def test_a_short_account_with_long_sentences_is_counted_too(order: PdfDocument) -> None:
    numbers = numbers_on(set_statements(with_lines(order, 14, 14, sentence="砖混结构正房，量了又量。" * 25)))
    each = len(numbers) // 2
    assert each > 1
    assert numbers == [(number, each) for number in range(1, each + 1)] * 2


def test_twelve_lines_fit_on_one_page(order: PdfDocument) -> None:
    assert numbers_on(set_statements(with_lines(order, 12, 12))) == [(1, 1), (1, 1)]
