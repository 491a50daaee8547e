"""被杀的写者的地方: the county in which writers are killed: who signs, the office that takes matters, a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.compensation.signing import PACK, Valley, make_signing_valley
from tests.factories import make_organisation, make_user
from tests.survey import yard
from yixian.compensation.choices import Party
from yixian.demo.county import generate
from yixian.engines.entitlements import load_pack
from yixian.kernel.actors import Actor
from yixian.kernel.roles import Role
from yixian.registry.choices import OrganisationKind
from yixian.survey.actions.issue_device import issue_device
from yixian.survey.actions.open_campaign import TeamMembers, form_team, open_campaign
from yixian.survey.models import FieldDevice
from yixian.workbook.writing import write_workbook

RECORDERS = {Party.HOUSEHOLD: "cadre", Party.BUREAU: "clerk", Party.ATTESTING: "attester"}
HOMES = 3


@dataclass
class World:
    """Everything that writers need, made once and looked up no more: they are forked with it in memory."""

    valley: Valley
    actors: dict[str, Actor]
    workbooks: tuple[Path, Path]
    """In which the same households live at the address that the file is named by."""

    pack_version: int
    device: FieldDevice


def make_world(folder: Path) -> World:
    """Enter it into an empty database."""
    valley = make_signing_valley()
    make_organisation(valley.county, name="两河县信访局", kind=OrganisationKind.PETITION_OFFICE)
    valley.users["petition"] = make_user(Role.PETITION_OFFICER, area_path=valley.county.path)
    actors = {name: valley.actor(name) for name in ("cadre", "clerk", "lead", "attester", "petition")}
    version = valley.household.statements.get(is_current=True).run.pack_version_id
    books = _workbook(folder, "移民新村"), _workbook(folder, "老街")
    return World(valley, actors, books, version, _device(valley, actors["clerk"]))


def _device(valley: Valley, clerk: Actor) -> FieldDevice:
    """Of a team that surveys the county."""
    campaign = open_campaign(valley.county.pk, "实物调查", yard.NOTICE, yard.DAYS, actor=clerk, at=yard.AT)
    members = TeamMembers("李量", valley.bureau.pk, "王图", valley.justice.pk)
    team = form_team(campaign.pk, "一组", members, actor=clerk, at=yard.AT)
    return issue_device(team.pk, "手机1", 30, actor=clerk, at=yard.AT)[0]


def _workbook(folder: Path, address: str) -> Path:
    rows = _three_households()
    rows["households"] = [row | {"address": address} for row in rows["households"]]
    path = folder / f"{address}.xlsx"
    write_workbook(path, rows, pack=load_pack(PACK))
    return path


def _three_households() -> dict[str, list[dict[str, Any]]]:
    """The places of an invented county, and three of its households with their members."""
    rows = {key: list(found) for key, found in generate(80, seed=7).items()}
    homes = rows["households"][:HOMES]
    numbers = {row["household_no"] for row in homes}
    return {
        "areas": rows["areas"],
        "households": homes,
        "persons": [row for row in rows["persons"] if row["household_no"] in numbers],
    }
