"""二人确认: no administrator can become somebody, nor make somebody who approves, alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.factories import make_user
from yixian.kernel.access_changes import (
    access_changes,
    codes_to_confirm,
    given_of_late,
    grants_to_confirm,
    pending_codes,
    pending_grants,
)
from yixian.kernel.actions.confirm_access import confirm_code, confirm_grant
from yixian.kernel.actions.sign_in_codes import GOOD_FOR, choose_password, issue_code
from yixian.kernel.actions.users import create_user, grant_role
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.errors import Invalid, NotFound, NotPermitted, Refused
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import CONFIRMED_ROLES, Role

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 1, 0, tzinfo=UTC)
DAY = AT.date()
PASSWORD = "river-and-mountain"


def person(role: Role) -> Actor:
    return actor_for(make_user(role), at=AT)


def given(user: User, role: Role, by: Actor):
    return grant_role(user.pk, role, "", None, DAY, actor=by, at=AT)


def chooses(user: User, code: str, password: str = PASSWORD, at: datetime = AT) -> User:
    return choose_password(user.username, code, password, source="here", at=at)


def test_an_administrator_sets_nobodys_password() -> None:
    admin = person(Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="themselves"):
        create_user("invented", "", PASSWORD, actor=admin, at=AT)
    made = create_user("wang", "王", actor=admin, at=AT)
    assert not made.has_usable_password()
    assert create_user("first", "", PASSWORD, actor=system_actor("cli"), at=AT).check_password(PASSWORD)


def test_the_person_chooses_the_password_once_with_the_code() -> None:
    admin = person(Role.ADMINISTRATOR)
    user = create_user("wang", "王", actor=admin, at=AT)
    printed = issue_code(user.pk, actor=admin, at=AT)
    assert not printed.waiting
    with pytest.raises(Invalid):
        chooses(user, printed.text, "short")
    with pytest.raises(NotFound):
        chooses(user, printed.text, at=AT + GOOD_FOR)
    other = make_user(Role.CADRE)
    with pytest.raises(NotFound):
        chooses(other, printed.text)
    assert chooses(user, printed.text.lower().replace("-", " ")).check_password(PASSWORD)
    with pytest.raises(NotFound):
        chooses(user, printed.text, "another-river-and-mountain")


def test_a_new_code_ends_the_one_before_and_the_old_password_holds_until_it_is_used() -> None:
    admin, user = person(Role.ADMINISTRATOR), make_user(Role.CADRE)
    user.set_password(PASSWORD)
    user.save()
    before, after = (issue_code(user.pk, actor=admin, at=AT) for _code in range(2))
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    with pytest.raises(NotFound):
        chooses(user, before.text)
    assert chooses(user, after.text)


@pytest.mark.parametrize("role", sorted(CONFIRMED_ROLES))
def test_a_role_that_approves_holds_when_a_second_person_has_confirmed_it(role: Role) -> None:
    one, two = person(Role.ADMINISTRATOR), person(Role.ADMINISTRATOR)
    user = User.objects.create(username="invented")
    grant = given(user, role, one)
    assert grant.waiting
    assert not actor_for(user, at=AT).roles
    assert not grants_to_confirm(one)
    assert list(grants_to_confirm(two)) == [grant]
    assert [row.key for row in pending_grants(two).window(0, 9)] == [grant.pk]
    with pytest.raises(Refused, match="second person"):
        confirm_grant(grant.pk, confirmed=True, actor=one, at=AT)
    with pytest.raises(NotPermitted):
        confirm_grant(grant.pk, confirmed=True, actor=person(Role.CADRE), at=AT)
    confirm_grant(grant.pk, confirmed=True, actor=two, at=AT)
    assert actor_for(user, at=AT).roles == {role}
    with pytest.raises(NotFound):
        confirm_grant(grant.pk, confirmed=False, actor=two, at=AT)


def test_nobody_confirms_their_own_and_a_refused_role_never_holds() -> None:
    admin, lead = person(Role.ADMINISTRATOR), make_user(Role.BUREAU_LEAD)
    own = given(lead, Role.COUNTY_LEADER, admin)
    with pytest.raises(Refused, match="second person"):
        confirm_grant(own.pk, confirmed=True, actor=actor_for(lead, at=AT), at=AT)
    confirm_grant(own.pk, confirmed=False, actor=person(Role.BUREAU_LEAD), at=AT)
    assert actor_for(lead, at=AT + timedelta(days=400)).roles == {Role.BUREAU_LEAD}
    with pytest.raises(NotFound):
        confirm_grant(own.pk, confirmed=True, actor=person(Role.ADMINISTRATOR), at=AT)


def test_a_new_code_for_somebody_who_approves_waits_for_a_second_person() -> None:
    one, two = person(Role.ADMINISTRATOR), person(Role.BUREAU_LEAD)
    leader = make_user(Role.COUNTY_LEADER)
    printed = issue_code(leader.pk, actor=one, at=AT)
    assert printed.waiting
    with pytest.raises(NotFound):
        chooses(leader, printed.text)
    (code,) = codes_to_confirm(two, at=AT)
    assert [row.key for row in pending_codes(two, at=AT).window(0, 9)] == [code.pk]
    with pytest.raises(Refused, match="second person"):
        confirm_code(code.pk, confirmed=True, actor=one, at=AT)
    confirm_code(code.pk, confirmed=True, actor=two, at=AT)
    assert not pending_codes(two, at=AT).count()
    assert chooses(leader, printed.text)


def test_taking_a_lost_second_factor_away_needs_a_second_person() -> None:
    assert issue_code(
        make_user(Role.FINANCE).pk, clears_factor=True, actor=person(Role.ADMINISTRATOR), at=AT
    ).waiting
    admin = person(Role.ADMINISTRATOR)
    assert admin.user_id is not None
    with pytest.raises(Refused):
        issue_code(admin.user_id, actor=admin, at=AT)


def test_every_role_given_is_told_to_those_above() -> None:
    admin, auditor = person(Role.ADMINISTRATOR), person(Role.AUDITOR)
    given(User.objects.create(username="wang"), Role.FINANCE, admin)
    (row,) = access_changes(auditor).window(0, 5)
    assert (row.event.kind, row.user, row.role) == ("grant.given", "wang", Role.FINANCE)
    assert row.event.actor_label == admin.label
    assert given_of_late(person(Role.COUNTY_LEADER), at=AT + timedelta(days=13)) == 1
    with pytest.raises(NotPermitted):
        access_changes(person(Role.BUREAU_CLERK))


def test_sign_ins_and_rights_are_limited_by_kind_day_and_who_bears_a_name() -> None:
    admin, auditor = person(Role.ADMINISTRATOR), person(Role.AUDITOR)
    given(User.objects.create(username="wang", display_name="王禤"), Role.FINANCE, admin)
    given(User.objects.create(username="zhao"), Role.AUDITOR, admin)

    def found(**asked: object) -> set[str]:
        return {row.user for row in access_changes(auditor, **asked).window(0, 9)}  # type: ignore[arg-type]

    day = timezone.localdate(AT)
    assert found(search="WANG") == {"王禤"}
    assert found(search="禤") == {"王禤"}
    assert found(search=admin.label) == {"王禤", "zhao"}
    assert found(kind="grant.given", since=day, until=day) == {"王禤", "zhao"} - found(kind="grant.proposed")
    assert found(since=day + timedelta(days=1)) == found(until=day - timedelta(days=1)) == set()


def test_nobody_takes_the_place_of_somebody_before_their_role_is_confirmed() -> None:
    """An administrator uses the code of a new colleague, and only then has the colleague made county leader."""
    one, two = person(Role.ADMINISTRATOR), person(Role.BUREAU_LEAD)
    user = create_user("wang", "王", actor=one, at=AT)
    taken = chooses(user, issue_code(user.pk, actor=one, at=AT).text)
    session = taken.get_session_auth_hash()
    confirm_grant(given(user, Role.COUNTY_LEADER, one).pk, confirmed=True, actor=two, at=AT)
    user.refresh_from_db()
    assert not user.has_usable_password()
    assert user.get_session_auth_hash() != session
    assert "user.sign_in_ended" in {
        row.event.kind for row in access_changes(person(Role.AUDITOR)).window(0, 2)
    }
    own = issue_code(user.pk, actor=one, at=AT)
    assert own.waiting
    (code,) = codes_to_confirm(two, at=AT)
    confirm_code(code.pk, confirmed=True, actor=two, at=AT)
    assert chooses(user, own.text)


def test_who_signs_in_by_another_persons_code_keeps_it_when_promoted() -> None:
    one, two, three = person(Role.ADMINISTRATOR), person(Role.BUREAU_LEAD), person(Role.ADMINISTRATOR)
    user = create_user("wang", "王", actor=one, at=AT)
    chooses(user, issue_code(user.pk, actor=three, at=AT).text)
    confirm_grant(given(user, Role.BUREAU_LEAD, one).pk, confirmed=True, actor=two, at=AT)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
