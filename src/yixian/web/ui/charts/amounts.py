"""大数: amounts of money so large that a chart writes them in the language's own large units."""

from __future__ import annotations

from decimal import Decimal

from yixian.domain.money import in_yuan
from yixian.kernel.languages import language
from yixian.web.ui.cells import Kind

_LARGE = {
    "zh": ((10**8, "亿"), (10**4, "万")),
    "en": ((10**6, " million"), (10**3, " thousand")),
}


def large_yuan(fen: int | Decimal) -> str:
    """Fen as yuan in the largest unit that it fills: "3.16亿", "316 million"."""
    yuan = in_yuan(int(fen))
    for size, word in _LARGE["zh" if language().startswith("zh") else "en"]:
        if abs(yuan) >= size:
            return f"{(yuan / size).quantize(Decimal('0.01')).normalize():,f}{word}"
    return f"{yuan.quantize(Decimal(1)):,f}"


LARGE_YUAN = Kind("right num", large_yuan, in_yuan, "#,##0.00", 16)
"""Integer fen, rounded for a chart; the table beside it has every fen."""
