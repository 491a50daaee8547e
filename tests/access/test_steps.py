"""办理步骤, every one that has a page: the matrix lets in whom the step names, and its form asks for what the step asks for."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone

from yixian.config.access_matrix import ENDPOINTS
from yixian.kernel.actors import PUBLIC
from yixian.revisions.steps import STEPS as REVISION_STEPS
from yixian.web.revisions.revision_steps import STEPS as REVISION_PAGES
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPage, StepPages

WORKFLOWS = [(REVISION_STEPS, REVISION_PAGES)]
PAGES = [(pages, page) for _steps, pages in WORKFLOWS for page in pages.pages]


def test_every_step_that_a_room_declares_has_its_page() -> None:
    for steps, pages in WORKFLOWS:
        assert {step.name for step in steps} == set(pages.by_name)


@pytest.mark.parametrize(
    ("pages", "page"), PAGES, ids=lambda one: getattr(getattr(one, "step", None), "name", "")
)
def test_a_step_is_let_in_and_asked_as_it_is_declared(pages: StepPages, page: StepPage) -> None:
    assert ENDPOINTS[f"{pages.prefix}{page.step.name}"].roles == page.step.roles
    request = RequestFactory().post("/")
    request.POST = QueryDict()
    asked = Submission(request, PUBLIC, timezone.now(), {}, type("Nothing", (), {"comparison": None}))
    assert set(page.form(asked).fields) == set(page.step.asks)
    assert str(page.button)
    assert str(page.done)
