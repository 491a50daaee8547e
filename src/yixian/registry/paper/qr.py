"""二维码: a QR code as an SVG drawing."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str, *, scales: bool = False) -> bytes:
    """The text as a QR code (ISO/IEC 18004, error level M), one unit a module, with the quiet zone it must have.

    With ``scales`` it has no size of its own and takes that of the page.
    """
    stream = io.BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(stream, kind="svg", border=4, xmldecl=False, svgns=True, nl=False, omitsize=scales)
    return stream.getvalue()
