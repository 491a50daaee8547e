"""签约的人: a valley with its bureau, the bodies stationed there, and everybody who takes part in an agreement."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from tests.factories import LONG_AGO, make_area, make_household, make_organisation, make_person, make_user
from yixian.compensation.actions.calculate_accounts import calculate_accounts
from yixian.compensation.actions.draw_up_agreement import draw_up_agreement
from yixian.compensation.actions.sign_agreement import Signing, sign_agreement
from yixian.compensation.choices import Party, PaymentMethod
from yixian.compensation.drawing_up import Terms
from yixian.compensation.models import Agreement
from yixian.duty.access import complete
from yixian.duty.models import Pairing, Stationing
from yixian.inventory.models import InventoryItem
from yixian.kernel.actors import Actor, system_actor
from yixian.kernel.grants import actor_for
from yixian.kernel.models import User
from yixian.kernel.roles import Role
from yixian.policies.actions.register_pack import register_pack
from yixian.policies.models import PackAdoption, PackVersion
from yixian.registry.choices import HelperKind, OrganisationKind
from yixian.registry.models import Area, Helper, Household, Organisation

AT = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SYSTEM = system_actor("test")
PACK = Path(__file__).resolve().parents[2] / "packs" / "danjiangkou-2009"


@dataclass
class Valley:
    """One group with two households whose accounts are issued, and the people of the offices."""

    county: Area
    group: Area
    bureau: Organisation
    justice: Organisation
    household: Household
    neighbour: Household
    users: dict[str, User]

    def actor(self, name: str, *, at: datetime = AT) -> Actor:
        """One of ``cadre``, ``clerk``, ``lead``, ``attester``, ``auditor``, ``leader``, ``stranger`` on the day."""
        return complete(actor_for(self.users[name], at=at), on=timezone.localtime(at).date())

    @property
    def terms(self) -> Terms:
        """Paid to the bank, the bureau and the justice office named."""
        return Terms(PaymentMethod.BANK, self.bureau.pk, self.justice.pk)

    def draw_up(self) -> Agreement:
        """An agreement drawn up by the cadre."""
        return draw_up_agreement(self.household.pk, self.terms, actor=self.actor("cadre"), at=AT)

    def signing(self, party: str, **changes: object) -> Signing:
        """A whole and valid signature of a party."""
        if party == Party.HOUSEHOLD:
            given: dict[str, object] = {"person_id": self.household.head_id}
        else:
            given = {"signer_name": "周正", "post": "主任"}
        return Signing(**{"party": party, "signed_on": TODAY, "kept_at": "卷宗2026-1"} | given | changes)  # type: ignore[arg-type]

    def sign_all(self, agreement: Agreement) -> None:
        """All three parties, each recorded by its own."""
        for party, name in RECORDED_BY.items():
            sign_agreement(agreement.pk, self.signing(party), actor=self.actor(name), at=AT)

    def calculate(self, *, at: datetime = AT) -> None:
        """Reckon the whole county."""
        calculate_accounts(self.county.path, on=timezone.localtime(at).date(), actor=SYSTEM, at=at)

    def measure(self, quantity: str) -> None:
        """The household's house was measured anew."""
        InventoryItem.objects.filter(household=self.household).update(quantity=Decimal(quantity))

    def adopt_prices(self, folder: Path, price: str, *, version: str = "2", on: date = TODAY) -> PackVersion:
        """Another price for brick-and-concrete houses is adopted for the county, from a day on."""
        made = folder / f"pack-{version}"
        shutil.copytree(PACK, made)
        head = made / "pack.yaml"
        head.write_text(re.sub(r"(?m)^version:.*$", f'version: "{version}"', head.read_text()))
        prices = made / "prices.csv"
        prices.write_text(
            re.sub(r"(?m)^(house\.main\.brick_concrete,[^\n]*?)530", rf"\g<1>{price}", prices.read_text())
        )
        shutil.rmtree(made / "tests")
        pack = register_pack(made, actor=SYSTEM, at=AT)
        PackAdoption.objects.filter(area=self.county, valid_until=None).update(valid_until=on)
        _adopt(self.county, pack, self.users, on, f"两政发〔2026〕{version}号")
        return pack


RECORDED_BY = {Party.HOUSEHOLD: "cadre", Party.BUREAU: "clerk", Party.ATTESTING: "attester"}


def make_signing_valley() -> Valley:
    """Enter it into an empty database and reckon it with the real engine and the real pack."""
    county = make_area(make_area(name="云岭省"), "两河县")
    township = make_area(county, "近溪镇")
    group = make_area(make_area(township, "近溪村"), "近溪一组")
    bureau = make_organisation(county, name="两河县移民局", kind=OrganisationKind.RESETTLEMENT_BUREAU)
    justice = make_organisation(county, name="两河县司法局", kind=OrganisationKind.DEPARTMENT)
    Stationing.objects.create(
        organisation=justice, area=township, area_path=township.path, valid_from=LONG_AGO
    )
    household, neighbour = make_signatory(group, "赵近壹", "1"), make_signatory(group, "赵近贰", "2")
    helper = Helper.objects.create(
        helper_no="H1",
        person=make_person("李建国"),
        kind=HelperKind.CADRE,
        organisation=justice,
        places=20,
        valid_from=LONG_AGO,
    )
    Pairing.objects.create(
        household=household,
        helper=helper,
        role=helper.kind,
        area_path=group.path,
        cost=1,
        valid_from=LONG_AGO,
        began_because="nearest",
    )
    users = {
        "cadre": make_user(Role.CADRE, helper_id=helper.pk),
        "township": make_user(Role.TOWNSHIP_LEAD, area_path=township.path),
        "clerk": make_user(Role.BUREAU_CLERK),
        "lead": make_user(Role.BUREAU_LEAD),
        "attester": make_user(Role.DEPARTMENT_LEAD, organisation=justice),
        "auditor": make_user(Role.AUDITOR),
        "leader": make_user(Role.COUNTY_LEADER),
        "stranger": make_user(Role.BUREAU_CLERK, area_path=make_area(county, "远谷镇").path),
    }
    pack = register_pack(PACK, actor=SYSTEM, at=AT)
    _adopt(county, pack, users, LONG_AGO, "两政发〔2026〕1号")
    calculate_accounts(county.path, on=TODAY, actor=SYSTEM, at=AT)
    return Valley(county, group, bureau, justice, household, neighbour, users)


def make_signatory(group: Area, head: str, digit: str) -> Household:
    """A household of which nothing that an agreement shows is missing."""
    household = make_household(group, head, others=1)
    assert household.head is not None
    household.head.id_number = f"53062519700305100{digit}"
    household.head.save()
    household.address, household.phone = "近溪一组5号", "13900000001"
    household.bank_name, household.bank_account = "近溪信用社", f"62220000000000{digit}"
    household.save()
    InventoryItem.objects.create(
        line_no=f"{household.household_no}-01",
        household=household,
        area_path=household.area_path,
        item_code="house.main.brick_concrete",
        quantity=Decimal("86.4"),
        surveyed_on=LONG_AGO,
        valid_from=LONG_AGO,
    )
    return household


def _adopt(county: Area, pack: PackVersion, users: dict[str, User], on: date, document: str) -> None:
    PackAdoption.objects.create(
        pack_version=pack,
        area=county,
        valid_from=on,
        document=document,
        proposed_by=users["clerk"],
        proposed_at=AT,
        approved_by=users["lead"],
        approved_at=AT,
    )
