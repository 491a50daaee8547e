"""试验用的书架: the real pack with three documents more — one superseded by the next, and a draft — adopted on a day."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

from tests.factories import make_area, make_user
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.roles import Role
from yixian.policies.actions.adopt_pack import approve_adoption, propose_adoption
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackClause, PackVersion
from yixian.registry.models import Area

REAL = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 11, 2)
ADOPTED = date(2024, 3, 1)
CHANGED = date(2025, 7, 1)
"""From this day the new document on yields stands in the place of the old one."""

PACK_ID = "danjiangkou-2009"
SYSTEM = system_actor("tests")

MORE = """
- id: YIELD-OLD
  number: 澜政发〔2010〕3号
  issuer: 澜渡县人民政府
  title: {zh: 统一年产值标准, en: Standard yields}
  status: decided
  decided_on: 2010-01-01
  from: 2010-01-01
  until: 2025-07-01
  superseded_by: YIELD-NEW
  source: invented for the tests
  clauses:
    - id: yield
      zh: 水浇地统一年产值每亩一千八百元。
      en: The standard yield of irrigated land is 1,800 yuan a mu.

- id: YIELD-NEW
  number: 澜政发〔2025〕9号
  issuer: 澜渡县人民政府
  title: {zh: 统一年产值标准（2025）, en: Standard yields (2025)}
  status: decided
  decided_on: 2025-06-20
  from: 2025-07-01
  source: invented for the tests
  clauses:
    - id: yield
      zh: 水浇地统一年产值每亩二千一百元，ＡＢ类另算。
      en: The standard yield of irrigated land is 2,100 yuan a mu.

- id: SUPPORT
  number: 征求意见稿
  issuer: 澜渡县人民政府
  title: {zh: 后期扶持办法（征求意见稿）, en: Later support (for comments)}
  status: draft
  from: 2026-01-01
  source: invented for the tests
  clauses:
    - id: each-year
      zh: 搬迁以后，后期扶持资金按年发放，另发启灶费。
      en: After the move a subsidy is paid each year.
"""


def register_shelf(folder: Path, *, version: str = "9", more: str = MORE) -> PackVersion:
    """Keep the pack with the documents ``more`` under a version number of its own; adopts nothing."""
    pack = folder / version
    shutil.copytree(REAL, pack)
    head = pack / "pack.yaml"
    numbered = re.sub(r"(?m)^version:.*$", f'version: "{version}"', head.read_text(encoding="utf-8"))
    head.write_text(numbered, encoding="utf-8")
    documents = pack / "documents.yaml"
    documents.write_text(documents.read_text(encoding="utf-8") + more, encoding="utf-8")
    return register_pack(pack, actor=SYSTEM, at=AT)


def adopt(pack: PackVersion, area: Area, on: date = ADOPTED) -> None:
    """Adopted by two people."""
    clerk, leader = person(Role.BUREAU_CLERK, area), person(Role.BUREAU_LEAD, area)
    proposal = propose_adoption(pack.pk, area.pk, on, "澜政发〔2024〕7号", actor=clerk, at=AT)
    approve_adoption(proposal.pk, actor=leader, at=AT)


def person(role: Role, area: Area) -> Actor:
    """Somebody who holds a role over an area."""
    return actor_for(make_user(role, area_path=area.path), at=AT)


def county() -> Area:
    """A county."""
    return make_area(make_area(), "澜渡县")


def row_of(pack: PackVersion, document: str, clause: str) -> int:
    """The id of a clause's row."""
    return PackClause.objects.get(pack_version=pack, document=document, clause=clause).pk
