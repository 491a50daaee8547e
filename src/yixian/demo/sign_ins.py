"""示范用户: one user for each role of the county's staff, with what the role reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from yixian.demo.example import assigned_helper, first_example
from yixian.demo.note import PASSWORD, SignIn
from yixian.domain.areas import AreaLevel, path_at
from yixian.duty.access import complete
from yixian.kernel.actions.users import NewUser, create_users, grant_role
from yixian.kernel.actors import Actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.registry.choices import HelperKind
from yixian.registry.models import Area

CLERK, LEAD = "clerk", "lead"

_EVERYTHING = ("全县", "the whole county")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A user to make: name, role, what it reaches and in which words."""

    username: str
    display_name: str
    role: Role
    reach: tuple[str, str] = _EVERYTHING
    area_path: str = ""
    organisation_id: int | None = None
    helper_id: int | None = None


BUREAU = (
    _Wanted(CLERK, "移民局经办员（演示）", Role.BUREAU_CLERK),
    _Wanted(LEAD, "移民局负责人（演示）", Role.BUREAU_LEAD),
)
"""Those who bring the county in, and so must be there before it."""


def user_actor(username: str, *, at: datetime) -> Actor:
    """A demonstration user as the actor that they are when signed in."""
    actor = actor_for(User.objects.get(username=username), at=at)
    return complete(actor, on=timezone.localdate(at))


def is_bureau_made() -> bool:
    """Whether the bureau's two users are there."""
    return _stand(BUREAU)


def make_bureau(*, actor: Actor, at: datetime) -> list[SignIn]:
    """Make the bureau's two users."""
    return _make(BUREAU, actor, at)


def are_others_made() -> bool:
    """Whether the users of all other roles are there."""
    return User.objects.filter(username__in=_OTHERS).count() == len(_OTHERS)


def make_others(*, actor: Actor, at: datetime) -> list[SignIn]:
    """Make a user for every other role, all around one household: its cadre, its member, its township and department."""
    return _make(_others(timezone.localdate(at)), actor, at)


_OTHERS = (
    "admin", "county", "township", "department", "cadre", "member", "surveyor", "finance", "petition", "auditor", "monitor",
)  # fmt: skip


def _others(on: date) -> tuple[_Wanted, ...]:
    household = first_example(on).household
    cadre = assigned_helper(household, HelperKind.CADRE, on)
    member = assigned_helper(household, HelperKind.PARTY_MEMBER, on)
    county = path_at(household.area_path, AreaLevel.COUNTY)
    township = Area.objects.get(path=path_at(household.area_path, AreaLevel.TOWNSHIP))
    of_township = (township.name, township.name_en)
    stationed = (
        f"{cadre.organisation.name}驻村包组的地方",
        f"where the {cadre.organisation.name_en} is stationed",
    )
    paired = ("所包的户", "the households it stands beside")
    nothing = ("系统，不见个人信息", "the system; sees no personal data")
    return (
        _Wanted("admin", "系统管理员（演示）", Role.ADMINISTRATOR, nothing),
        _Wanted("county", "县领导（演示）", Role.COUNTY_LEADER, area_path=county),
        _Wanted("township", "乡镇负责人（演示）", Role.TOWNSHIP_LEAD, of_township, township.path),
        _Wanted(
            "department",
            "部门负责人（演示）",
            Role.DEPARTMENT_LEAD,
            stationed,
            organisation_id=cadre.organisation_id,
        ),
        _Wanted("cadre", cadre.person.name, Role.CADRE, paired, helper_id=cadre.pk),
        _Wanted("member", member.person.name, Role.PARTY_MEMBER, paired, helper_id=member.pk),
        _Wanted("surveyor", "实物调查员（演示）", Role.SURVEYOR, of_township, township.path),
        _Wanted("finance", "财务人员（演示）", Role.FINANCE, area_path=county),
        _Wanted("petition", "信访干部（演示）", Role.PETITION_OFFICER, area_path=county),
        _Wanted("auditor", "审计人员（演示）", Role.AUDITOR, area_path=county),
        _Wanted("monitor", "独立监督评估员（演示）", Role.MONITOR, area_path=county),
    )


def _stand(wanted: tuple[_Wanted, ...]) -> bool:
    return User.objects.filter(username__in=[one.username for one in wanted]).count() == len(wanted)


@transaction.atomic
def _make(wanted: tuple[_Wanted, ...], actor: Actor, at: datetime) -> list[SignIn]:
    """All of them or none."""
    day = timezone.localdate(at)
    new = [NewUser(one.username, one.display_name, one.helper_id) for one in wanted]
    for one, user in zip(wanted, create_users(new, PASSWORD, actor=actor, at=at), strict=True):
        grant_role(user.pk, one.role, one.area_path, one.organisation_id, day, actor=actor, at=at)
    return [SignIn(one.username, one.role.value, *one.reach) for one in wanted]
