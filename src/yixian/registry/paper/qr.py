"""二维码: a QR code as an SVG drawing."""

from __future__ import annotations

import io

import segno


def qr_svg(text: str) -> bytes:
    """The text as a QR code (ISO/IEC 18004, error level M), one unit a module, with the quiet zone it must have."""
    stream = io.BytesIO()
    segno.make_qr(text, error="m").save(stream, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return stream.getvalue()
