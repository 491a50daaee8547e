"""办理步骤, every one that has a page: the matrix lets in whom the step names, and its form asks for what the step asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatch

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from tests.access.world import World
from yixian.config.access_matrix import ENDPOINTS
from yixian.duty.absence_steps import STEPS as ABSENCE_STEPS
from yixian.duty.access import complete
from yixian.duty.handover_steps import STEPS as HANDOVER_STEPS
from yixian.duty.leader_steps import STEPS as LEADER_STEPS
from yixian.duty.recusal_steps import STEPS as RECUSAL_STEPS
from yixian.kernel.actors import PUBLIC
from yixian.kernel.errors import NotFound
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import STAFF_ROLES, Role
from yixian.kernel.workflow import Step, offers
from yixian.matters.access import get_matter
from yixian.matters.formal_steps import STEPS as FORMAL_STEPS
from yixian.matters.queries import step_context
from yixian.matters.steps import STEPS as MATTER_STEPS
from yixian.matters.supervision_steps import STEPS as SUPERVISION_STEPS
from yixian.posting.steps import STEPS as POSTING_STEPS
from yixian.registry.change_steps import STEPS as CHANGE_STEPS
from yixian.revisions.steps import STEPS as REVISION_STEPS
from yixian.web.duty.absence_pages import STEPS as ABSENCE_PAGES
from yixian.web.duty.handovers import STEPS as HANDOVER_PAGES
from yixian.web.duty.leader_step_pages import STEPS as LEADER_PAGES
from yixian.web.duty.recusal_pages import STEPS as RECUSAL_PAGES
from yixian.web.matters.formal_papers import STEPS as FORMAL_PAGES
from yixian.web.matters.step_pages import STEPS as MATTER_PAGES
from yixian.web.matters.supervision_pages import STEPS as SUPERVISION_PAGES
from yixian.web.posting.posting_steps import STEPS as POSTING_PAGES
from yixian.web.revisions.revision_steps import STEPS as REVISION_PAGES
from yixian.web.staff.change_pages import STEPS as CHANGE_PAGES
from yixian.web.ui.forms import Submission
from yixian.web.ui.steps import StepPage, StepPages
from yixian.web.working_groups.group_step_pages import STEPS as GROUP_PAGES
from yixian.working_groups.queries import group_view
from yixian.working_groups.steps import STEPS as GROUP_STEPS

pytestmark = pytest.mark.sqlite_enough
WORKFLOWS = [
    (REVISION_STEPS, REVISION_PAGES),
    (POSTING_STEPS, POSTING_PAGES),
    (MATTER_STEPS, MATTER_PAGES),
    (GROUP_STEPS, GROUP_PAGES),
    (LEADER_STEPS, LEADER_PAGES),
    (ABSENCE_STEPS, ABSENCE_PAGES),
    (HANDOVER_STEPS, HANDOVER_PAGES),
    (RECUSAL_STEPS, RECUSAL_PAGES),
    (CHANGE_STEPS, CHANGE_PAGES),
    (SUPERVISION_STEPS, SUPERVISION_PAGES),
    (FORMAL_STEPS, FORMAL_PAGES),
]
PAGES = [
    (pages, page)
    for pages in (REVISION_PAGES, POSTING_PAGES, CHANGE_PAGES, SUPERVISION_PAGES, FORMAL_PAGES)
    for page in pages.pages
]


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


def test_the_matrix_lets_in_whom_some_step_with_a_matter_names() -> None:
    assert ENDPOINTS["staff:matter_step"].roles == frozenset().union(*(step.roles for step in MATTER_STEPS))


@pytest.mark.parametrize("page", MATTER_PAGES.pages, ids=lambda page: page.step.name)
def test_the_form_of_a_step_with_a_matter_asks_what_the_step_asks(world: World, page: StepPage) -> None:
    request = RequestFactory().post("/")
    request.POST = QueryDict()
    now = timezone.now()
    user = world.users[Role.PETITION_OFFICER]
    actor = complete(actor_for(user, at=now), on=timezone.localdate(now))
    matter = world.near.matter_for(Role.PETITION_OFFICER)
    asked = Submission(request, actor, now, {"matter_no": matter.number})
    found = get_matter(actor, matter.number, at=now)
    form = page.form(replace(asked, subject=step_context(actor, found, at=now)))
    assert set(form.fields) == set(page.step.asks)


DUTY_PAGES = [
    (pages, page)
    for pages in (LEADER_PAGES, ABSENCE_PAGES, HANDOVER_PAGES, RECUSAL_PAGES)
    for page in pages.pages
]


@pytest.mark.parametrize(
    ("pages", "page"),
    DUTY_PAGES,
    ids=lambda one: one.step.name if isinstance(one, StepPage) else one.prefix.rpartition("_")[0],
)
def test_the_form_of_a_step_of_duty_asks_what_the_step_asks(
    world: World, pages: StepPages, page: StepPage
) -> None:
    assert ENDPOINTS[f"{pages.prefix}{page.step.name}"].roles == page.step.roles - {Role.SYSTEM}
    now, user = timezone.now(), world.users[Role.BUREAU_CLERK]
    actor = complete(actor_for(user, at=now), on=timezone.localdate(now))
    named = {
        "area_id": world.near.township.pk,
        "absence_id": world.near.absence.pk,
        "handover_id": world.near.absence.handovers.get().pk,
        "household_id": world.near.households[0].pk,
    }
    request = RequestFactory().get("/")
    request.actor = actor  # as the gate puts it there
    asked = Submission(request, actor, now, named)
    asked = replace(asked, subject=pages.state(asked, pages.subject(asked)))
    assert set(page.form(asked).fields) == set(page.step.asks)


@pytest.mark.parametrize("page", GROUP_PAGES.pages, ids=lambda page: page.step.name)
def test_the_form_of_a_groups_step_asks_what_the_step_asks(world: World, page: StepPage) -> None:
    assert ENDPOINTS[f"{GROUP_PAGES.prefix}{page.step.name}"].roles == page.step.roles
    now, user = timezone.now(), world.users[Role.BUREAU_CLERK]
    actor = complete(actor_for(user, at=now), on=timezone.localdate(now))
    asked = Submission(RequestFactory().get("/"), actor, now, {}, group_view(world.near.group_at_work))
    found = {
        next((name for name in page.step.asks if fnmatch(field, name)), field)
        for field in page.form(asked).fields
    }
    assert found == set(page.step.asks)
    assert str(page.button)
    assert str(page.done)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_role_meets_each_step_of_a_group_as_it_is_declared(
    world: World, client_of: Callable[[Role], Client], role: Role
) -> None:
    """Offered, it has a page or is asked for on the group's; not its turn, it is refused; of another role, it is closed."""
    now, client = timezone.now(), client_of(role)
    actor = complete(actor_for(world.users[role], at=now), on=timezone.localdate(now))
    for side in (world.near, world.far):
        group = side.group_at_work
        for page in GROUP_PAGES.pages:
            values = {"dispatch_id": side.dispatch_id} if page.step.name == "reply" else {}
            address = reverse(f"staff:group_{page.step.name}", kwargs={"group_id": group.pk, **values})
            status = client.get(address).status_code
            if not actor.has_any(page.step.roles):
                assert status == 403, (page.step.name, role)
            elif side is world.far:
                assert status == 404, (page.step.name, role)
            elif page.inline:
                assert status == 302, (page.step.name, role)
            else:
                found = offers([page.step], group_view(group), actor, now)
                may = bool(found) and found[0].refusal is None
                assert status == (200 if may else 409), (page.step.name, role)


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_every_role_meets_each_step_with_a_matter_as_it_is_declared(
    world: World, client_of: Callable[[Role], Client], role: Role
) -> None:
    """Offered, it has a page; waiting or not its turn, it is refused; of another role or out of reach, it is closed.

    Out of reach, all of them begin with the same question for the matter: each role asks there for its share of the steps.
    """
    now, client = timezone.now(), client_of(role)
    actor = complete(actor_for(world.users[role], at=now), on=timezone.localdate(now))
    for side in (world.near, world.far):
        number = side.matter_for(role).number
        try:
            matter = get_matter(actor, number, at=now)
        except NotFound:
            matter = None
        found = offers(MATTER_STEPS, step_context(actor, matter, at=now), actor, now) if matter else []
        open_to = {offer.step.name for offer in found if offer.refusal is None}
        assert all(actor.has_any(offer.step.roles) for offer in found)
        for step in MATTER_STEPS if matter else shared_out(MATTER_STEPS, role):
            status = client.get(f"/staff/matters/{number}/{step.name}/").status_code
            if step.name in open_to:
                assert status == 200, (step.name, role)
            elif matter is not None and actor.has_any(step.roles):
                assert status in {403, 409}, (step.name, role)
            else:
                assert status in {403, 404}, (step.name, role)


def shared_out(steps: Sequence[Step], role: Role) -> list[Step]:
    """Of the steps that name a role, every fourth, begun with another one by each role; and one that does not name it."""
    own = [step for step in steps if role in step.roles]
    others = [step for step in steps if role not in step.roles]
    begin = STAFF_ROLES.index(role)
    return [*own[begin % 4 :: 4], *others[begin % max(1, len(others)) :][:1]]
