"""回执: sixteen digits to write down or photograph, and what happens next, by when and by whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.safestring import mark_safe

from yixian.matters.actions.receive_matter import Receipt
from yixian.matters.queries import own_view
from yixian.registry.paper.qr import qr_svg


def receipt_context(receipt: Receipt, *, at: datetime) -> dict[str, Any]:
    """What a page needs to show a receipt. The QR code holds the address of the status page with the digits behind ``#``,
    which no browser sends to a server.
    """
    own = own_view(receipt.matter, at=at)
    return {
        "receipt": receipt,
        "own": own,
        "view": own.view,
        "fours": receipt.code_in_fours.split(),
        "qr": mark_safe(qr_svg(status_address(receipt.code), scales=True).decode()),  # noqa: S308 - our own drawing of digits
    }


def status_address(code: str) -> str:
    """The address that a receipt's QR code holds."""
    return f"{settings.YIXIAN_ADDRESS}/status/#{code}"
