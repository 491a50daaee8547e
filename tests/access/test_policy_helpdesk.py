"""政策咨询台: what somebody asked, and who they are, is read by the desk and by nobody else; the answer by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.access.world import ASKED_AS, World
from yixian.config.access_matrix import ENDPOINTS
from yixian.kernel.roles import STAFF_ROLES, Role

HELPDESK = {Role.BUREAU_CLERK, Role.BUREAU_LEAD}
OTHERS = sorted({*STAFF_ROLES, Role.HOUSEHOLD, Role.PUBLIC} - HELPDESK)
PLACES = (
    "portal:policy",
    *(
        name
        for name in ENDPOINTS
        if not name.startswith("posting:")
        and name.split(":")[-1]
        in {"ask", "answers", "answer", "library", "helpdesk", "helpdesk_question", "home"}
    ),
)


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_reads_who_asked_or_in_which_words(
    role: Role, world: World, client_of: Callable[[Role], Client]
) -> None:
    client = client_of(role)
    for name in PLACES:
        path = {"question_id": world.question.pk} if name.endswith(("answer", "helpdesk_question")) else {}
        page = client.get(reverse(name, kwargs=path), {"q": "围墙"}).content.decode()
        assert ASKED_AS not in page
        assert "13700009999" not in page


@pytest.mark.parametrize("role", sorted(HELPDESK))
def test_the_helpdesk_reads_both(role: Role, world: World, client_of: Callable[[Role], Client]) -> None:
    page = client_of(role).get(reverse("staff:helpdesk_question", args=[world.question.pk])).content.decode()
    assert f"{ASKED_AS}围墙怎么赔" in page
    assert "13700009999" in page


def test_everybody_reads_the_published_answer(world: World) -> None:
    page = Client().get(reverse("portal:answer", args=[world.question.pk])).content.decode()
    assert "围墙怎么赔？" in page
    assert "围墙按表中单价补偿。" in page


def test_the_database_holds_neither_the_words_nor_the_name(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text, name, phone, code_digest FROM policies_policyquestion WHERE id = %s",
            [world.question.pk],
        )
        stored = " ".join(cursor.fetchone())
        cursor.execute("SELECT body FROM kernel_searchdocument WHERE kind LIKE %s", ["policy%"])
        stored += " ".join(row[0].replace(" ", "") for row in cursor.fetchall())
        cursor.execute("SELECT data FROM kernel_event WHERE subject_kind = %s", ["policy_question"])
        stored += str(cursor.fetchall())
    assert ASKED_AS not in stored
    assert "13700009999" not in stored
