"""办理步骤: what is offered is what is allowed, and what cannot be taken yet says why."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from yixian.kernel.actors import Actor, Grant
from yixian.kernel.errors import NotPermitted, Refused
from yixian.kernel.roles import Role
from yixian.kernel.workflow import Step, offers

AT = datetime(2026, 3, 1, tzinfo=UTC)


def actor(role: Role, user_id: int | None = 7) -> Actor:
    return Actor(label="user:x", user_id=user_id, grants=(Grant(role=role, area_paths=("",)),))


def is_open(subject: set[str], _actor: Actor, _at: datetime) -> None:
    if "closed" in subject:
        raise Refused("x.closed", "It is closed.")


def is_ready(subject: set[str], _actor: Actor, _at: datetime) -> None:
    if "ready" not in subject:
        raise Refused("x.ready", "It is not ready.")


SEND: Step[set[str]] = Step(
    name="send", event="sent", roles=frozenset({Role.BUREAU_CLERK}), moment=is_open, requires=(is_ready,)
)


def test_a_step_is_offered_and_allowed_by_the_same_declaration() -> None:
    clerk = actor(Role.BUREAU_CLERK)
    (offer,) = offers([SEND], {"ready"}, clerk, AT)
    assert (offer.step, offer.refusal) == (SEND, None)
    assert SEND.check({"ready"}, clerk, AT) == 7


def test_what_can_still_be_put_right_is_offered_with_its_reason() -> None:
    (offer,) = offers([SEND], set(), actor(Role.BUREAU_CLERK), AT)
    assert offer.refusal is not None
    assert offer.refusal.key == "x.ready"
    with pytest.raises(Refused, match="not ready"):
        SEND.check(set(), actor(Role.BUREAU_CLERK), AT)


def test_out_of_its_turn_it_is_not_offered() -> None:
    assert offers([SEND], {"closed", "ready"}, actor(Role.BUREAU_CLERK), AT) == []
    with pytest.raises(Refused, match="closed"):
        SEND.check({"closed", "ready"}, actor(Role.BUREAU_CLERK), AT)


@pytest.mark.parametrize(("role", "user_id"), [(Role.AUDITOR, 7), (Role.BUREAU_CLERK, None)])
def test_others_than_its_people_neither_see_nor_take_it(role: Role, user_id: int | None) -> None:
    stranger = actor(role, user_id)
    assert offers([SEND], {"ready"}, stranger, AT) == []
    with pytest.raises(NotPermitted):
        SEND.check({"ready"}, stranger, AT)
