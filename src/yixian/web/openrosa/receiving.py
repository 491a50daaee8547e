"""收表地址: a filled-in form with its files in one post or in several (OpenRosa Form Submission)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from yixian.kernel.errors import Invalid, Refused
from yixian.kernel.languages import language
from yixian.survey.actions.note_refused_post import note_refused_post
from yixian.survey.actions.receive_sheet import Receipt, receive_sheet
from yixian.survey.queries import problems_of, status_of
from yixian.web.openrosa.answers import Sentence, message, openrosa, refusal
from yixian.web.openrosa.device_entry import device_of
from yixian.web.openrosa.multipart import Post, read_post

RECEIPT_LETTERS = 8
_SHOWN = 5


@csrf_exempt  # no cookie opens this address: the device's secret does, and a header that no other site can send
@require_http_methods(["GET", "HEAD", "POST"])
def submission(request: HttpRequest) -> HttpResponse:
    """Take a post. Before it clients ask for the head, which is answered 204; a post never is."""
    if request.method != "POST":
        return openrosa(HttpResponse(status=HTTPStatus.NO_CONTENT))
    device, content, now = device_of(request), request.read(), timezone.now()
    post = Post()
    try:
        post = read_post(content, request.headers.get("Content-Type", ""))
        receipt = receive_sheet(device, post.form, post.files, at=now)
    except (Invalid, Refused) as error:
        note_refused_post(device, error, content, post.form, at=now)
        return refusal(error)
    return message(_said_of(receipt), status=HTTPStatus.CREATED, nature="submit_success")


def _said_of(receipt: Receipt) -> Sentence:
    """What the phone shows: the receipt's code, where the sheet stands, and the first of its problems."""
    sheet = receipt.submission
    status, problems = status_of(sheet), problems_of(sheet)

    def sentence() -> str:
        said = _("Received, receipt %(code)s. %(status)s.") % {
            "code": sheet.sha256[:RECEIPT_LETTERS],
            "status": status.label,
        }
        wrong = [f"{one['question']}: {one[language()]}" for one in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            wrong.append(_("and %(more)s more") % {"more": len(problems) - _SHOWN})
        return "\n".join([said, *wrong])

    return sentence
