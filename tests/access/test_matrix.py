"""准入表, complete: every role at every address; who may ask, for something of its own valley and for the same of the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.access.answers import content_of, undone
from tests.access.askings import ASKINGS
from tests.access.conftest import FailedParts
from tests.access.databases import roles_here
from tests.access.world import Side, World, hung_numbers, secrets_of
from yixian.config.access_matrix import ENDPOINTS
from yixian.config.endpoint import FIELD_DEVICE, Relation
from yixian.kernel.roles import STAFF_ROLES, Role

ROLES = (*STAFF_ROLES, Role.HOUSEHOLD, Role.PUBLIC)
ANSWERED = {200, 204, 302, 404, 405, 409, 422}
"""What an allowed request may get: an answer, or a refusal that has nothing to do with who asks. 404 only where the
thing is not there at all (a finished job without a file)."""

NOT_THERE = {
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_view_recovery_codes",
    "paper:file",
    "staff:helper_edit",  # the bodies of both valleys are the county's, and so kept by nobody of a valley
    "staff:organisation_edit",
    "portal:matter_file",
    "portal:status",
    "staff:matter_opinion",
    "staff:code_confirm",
    "staff:grant_confirm",
    "staff:duty_leaders_relieve",
    "staff:duty_leaders_withdraw",
    "staff:duty_leaders_call_off_leader",
    "staff:duty_leaders_call_off_station",
    "staff:export_file",
    "staff:import_report",
    "staff:formal_deliver",
    "staff:formal_draft",
    "staff:formal_issue",
    "staff:formal_paper",
    "staff:formal_print",
    "staff:formal_return",
    "staff:formal_review",
    "staff:supervision_close",
    "staff:supervision_order",
    "staff:supervision_reply",
    "staff:supervision_send_back",
}
"""What nobody in this world has: a second factor, a job or an import that made a file, a decision, a leader,
a receipt, an address that is signed, an order to the body of most roles, a formal paper. 404 also for those who
may ask."""


def test_every_declared_address_is_asked() -> None:
    assert set(ENDPOINTS) - set(ASKINGS) == set(), "say in ASKINGS (askings.py) how each is asked"


@pytest.mark.parametrize("name", sorted(ENDPOINTS))
def test_every_role_near_and_far(
    name: str, world: World, client_of: Callable[[Role], Client], parts: FailedParts
) -> None:
    asking = ASKINGS[name]
    for role in ROLES:
        secrets = secrets_of(world, role)
        for side, what in sides(world, name, role):
            with parts.test(f"{role}, {what}"), undone():
                response = asking.send(name, client_of(role), world, side, role)
                assert_status(name, role, response, far=side is world.far)
                asked = {**asking.data(world, side, role), **asking.path(world, side, role)}
                said = {str(value) for value in asked.values()}
                allowed = {text.encode() for text in said} | hung_numbers(world, name)
                assert set(secrets.findall(content_of(response))) <= allowed


def sides(world: World, name: str, role: Role) -> list[tuple[Side, str]]:
    """Both valleys for a role that may ask; one where both requests are the same, and for a role that may not.

    Whoever may not ask is turned away before anything is looked up: half of the roles are asked near, half far. On
    PostgreSQL only those that may ask do, far as `roles_here`, near as one of them.
    """
    near, far = (world.near, "near"), (world.far, "far")
    both = [near, far] if ASKINGS[name].names_a_side else [near]
    asking = [one for one in ROLES if may_ask(name, one)] or [Role.PUBLIC]
    if connection.vendor != "sqlite":
        return [side for side in both if role == asking[0] or (side is far and role in roles_here(asking))]
    return both if role in asking else [(near, far)[ROLES.index(role) % 2]]


def may_ask(name: str, role: Role) -> bool:
    """Whether the matrix lets a role in."""
    return ENDPOINTS[name].public or role in ENDPOINTS[name].roles


def assert_status(name: str, role: Role, response: HttpResponse, *, far: bool) -> None:
    """What the matrix says this role gets."""
    if not may_ask(name, role):
        assert_refused(name, role, response)
    elif far and ASKINGS[name].names_something and not sees_all(name, role):
        assert response.status_code == 404
    else:
        assert response.status_code in ANSWERED
        assert response.status_code != 404 or name in NOT_THERE


def sees_all(name: str, role: Role) -> bool:
    """Administrators see every job (a job's row holds nothing personal)."""
    return role == Role.ADMINISTRATOR and name in {"staff:job", "staff:job_cancel"}


def assert_refused(name: str, role: Role, response: HttpResponse) -> None:
    """Strangers are shown the way in, the signed-in are told no; nobody is told more."""
    endpoint = ENDPOINTS[name]
    if endpoint == FIELD_DEVICE:  # neither a stranger nor anybody of the staff is a device
        assert response.status_code == 400
    elif Role.HOUSEHOLD in endpoint.roles and endpoint.relation == Relation.OWN:
        assert response.status_code == 302
        assert response["Location"] == reverse("portal:home")
    elif role in {Role.PUBLIC, Role.HOUSEHOLD} and not name.startswith("api-1:"):
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("account_login"))
    else:
        assert response.status_code == 403
