"""Forms as a browser sends them, and what stands on the pages that answer."""

from __future__ import annotations

import html
import re
import uuid
from typing import Any

from django.test import Client

WORDS = "我家的晒坝没有量，木料涨价，房子重建不起。"


def typed(**changes: Any) -> dict[str, Any]:
    """A whole form of somebody who gives no name."""
    values = {"do": "send", "key": str(uuid.uuid4()), "topic": "inventory", "words": WORDS, "who": "unnamed"}
    return values | changes


def page_of(response: Any) -> str:
    """The page with single blanks, entities read."""
    return html.unescape(" ".join(response.content.decode().split()))


def code_on(response: Any) -> str:
    """The sixteen digits of a receipt's page."""
    shown = re.search(r'class="receipt-code[^>]*>(.*?)</p>', response.content.decode(), re.DOTALL)
    assert shown is not None
    digits = re.sub(r"\D", "", re.sub(r"<[^>]+>", "", shown[1]))
    assert len(digits) == 16
    return digits


def raised(client: Client, **changes: Any) -> str:
    """Raise something and take the receipt along."""
    response = client.post("/raise/", typed(**changes))
    assert response.status_code == 200, page_of(response)
    return code_on(response)


def own(client: Client, code: str, **form: Any) -> Any:
    """The page of one's own matter, by its receipt."""
    return client.post("/status/", {"code": code, **form})
