"""退下的邮件的页面: the petition office sees what was refused and why; nobody else does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests.matters.place import Place
from tests.matters.test_mail import mail
from yixian.matters.actions.receive_mail import take_mail

pytestmark = pytest.mark.django_db


def test_what_was_refused_is_shown_with_its_reason(place: Place, browse: Callable[[str], Client]) -> None:
    take_mail(mail("自动回复: 您的事项").as_bytes(), at=timezone.now())
    page = browse("petition").get("/staff/matters/mails/")
    shown = page.content.decode()
    assert page.status_code == 200
    for words in ("自动回复: 您的事项", "zhao@example.net"):
        assert words in shown
    assert browse("clerk").get("/staff/matters/mails/").status_code == 403
