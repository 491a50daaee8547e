"""OpenRosa 应答: the protocol's headers and messages, each message in Chinese and in English, for the phone asks for no language.

Reference: OpenRosa HTTP Request/Response, OpenRosa Metadata (docs.getodk.org/openrosa).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from http import HTTPStatus
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import http_date
from django.utils.translation import override

from yixian.kernel.errors import Invalid, YixianError
from yixian.web.error_pages import status_of

VERSION = "1.0"
POST_BYTES = 10 * 1024 * 1024
"""Of one post, as clients are asked to keep to: files beyond it follow in posts of their own, and a bad network loses only one.
The server takes five times as much (`yixian.config.request_content`), for a file can be larger than that by itself."""

_LANGUAGES = ("zh-hans", "en")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Sentence = Callable[[], str]
"""Says something in the language being spoken."""


def openrosa(response: HttpResponse) -> HttpResponse:
    """The same response with the headers that the protocol asks of every one."""
    response["X-OpenRosa-Version"] = VERSION
    response["X-OpenRosa-Accept-Content-Length"] = str(POST_BYTES)
    response["Date"] = http_date(timezone.now().timestamp())
    return response


def document(content: str | bytes, *, status: int = HTTPStatus.OK) -> HttpResponse:
    """An XML document."""
    return openrosa(HttpResponse(content, status=status, content_type="text/xml; charset=utf-8"))


def message(sentence: Sentence, *, status: int, nature: str) -> HttpResponse:
    """An OpenRosaResponse that says one thing in both languages."""
    return document(
        '<OpenRosaResponse xmlns="http://openrosa.org/http/response">'
        f'<message nature="{nature}">{text(in_both(sentence))}</message></OpenRosaResponse>',
        status=status,
    )


def refusal(error: YixianError) -> HttpResponse:
    """A refusal: 400 for what cannot be read, as OpenRosa's clients expect it, else as everywhere in the house."""
    status = HTTPStatus.BAD_REQUEST if isinstance(error, Invalid) else status_of(error)
    return message(lambda: error.sentence, status=status, nature="submit_error")


def in_both(sentence: Sentence) -> str:
    """The sentence in Chinese, and below it in English."""
    said = []
    for code in _LANGUAGES:
        with override(code):
            said.append(sentence())
    return "\n".join(said)


def text(said: str) -> str:
    """As character data: without what no XML can hold."""
    return escape(_NOT_IN_XML.sub("\ufffd", said))
