"""移民户与家庭成员: every household of a group with its people, as rows of the workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from yixian.demo.families import REFERENCE_YEAR, FamilyMember, draw_family
from yixian.demo.gorge import Group, Village
from yixian.demo.numbers import Numbers
from yixian.demo.person_names import HAN, MIAO, YI, PersonNames
from yixian.demo.shape import CUT_OFF, REGISTERED

Row = dict[str, object]

_BANKS = ("澜渡农村商业银行", "澜渡县邮政储蓄代办所", "云岭银行澜渡支行")
_AT_HOME = {"iii": 0.62, "hmd": 0.55}
"""In a village where it is spoken at home: the share of its households that cannot be talked with otherwise."""

_NEAR_KM = 0.25


@dataclass(slots=True)
class Home:
    """A household with its people, before it is only rows."""

    row: Row
    people: list[Row]
    village: Village
    metres: float

    @property
    def number(self) -> str:
        """The household number."""
        return str(self.row["household_no"])

    @property
    def language(self) -> str:
        """What is spoken with them."""
        return str(self.row["language"])


class Settlers:
    """Draws households one after another."""

    def __init__(self, rng: Random, names: PersonNames, numbers: Numbers) -> None:
        self._rng = rng
        self._names = names
        self._numbers = numbers

    def homes(self, village: Village) -> list[Home]:
        """All households of a village, group by group."""
        return [
            self._home(village, group, order)
            for group in village.groups
            for order in range(1, group.households + 1)
        ]

    def _home(self, village: Village, group: Group, order: int) -> Home:
        rng = self._rng
        number = f"{group.code}-{order:04d}"
        ethnicity = self._ethnicity(village)
        figures = draw_family(rng)
        people = self._people(number, figures, ethnicity, in_town=village.is_town)
        spoken = village.tongue if ethnicity == _PEOPLE_OF.get(village.tongue) else "cmn"
        language = spoken if spoken != "cmn" and rng.random() < _AT_HOME[spoken] else "cmn"
        spot = group.spot.moved(rng.gauss(0, _NEAR_KM), rng.gauss(0, _NEAR_KM))
        row: Row = {
            "household_no": number,
            "group_code": group.code,
            "zone": "town" if village.is_town else "rural",
            "address": f"{group.name.zh} {order} 号",
            **spot.columns(),
            "language": language,
            "requested_gender": self._requested_gender(figures),
            "difficulty": self._difficulty(figures),
            "phone": self._numbers.phone() if rng.random() < 0.94 else "",
            "bank_name": rng.choice(_BANKS),
            "bank_account": self._numbers.card(),
            "from_date": REGISTERED,
            "host_village_code": "",
        }
        return Home(row, people, village, group.spot.metres)

    def _ethnicity(self, village: Village) -> str:
        chance = self._rng.random()
        if village.tongue:
            return _PEOPLE_OF[village.tongue] if chance < 0.86 else HAN
        if chance < 0.955:
            return HAN
        return YI if chance < 0.985 else MIAO

    def _people(
        self, household_no: str, figures: list[FamilyMember], ethnicity: str, *, in_town: bool
    ) -> list[Row]:
        family = self._names.family(ethnicity)
        in_law = self._names.family(ethnicity)
        town_register = in_town and self._rng.random() < 0.7
        rows = []
        for order, figure in enumerate(figures, 1):
            own, people = self._family(figure, family, in_law, ethnicity)
            born = self._birthday(figure.born)
            name = self._names.full(own, female=figure.female, born=figure.born)
            row: Row = {
                "person_no": f"{household_no}-{order}",
                "household_no": household_no,
                "name": name,
                "relation": figure.relation,
                "gender": "female" if figure.female else "male",
                "birth_date": born,
                "ethnicity": people,
                "id_number": self._id_number(figure, born),
                "phone": self._own_phone(figure),
                "from_date": max(REGISTERED, born),
            }
            rows.append(row | self._status(figure, born, town_register=town_register))
        return rows

    def _family(self, figure: FamilyMember, family: str, in_law: str, ethnicity: str) -> tuple[str, str]:
        """Whose name somebody bears, and of which people they are: one in ten who marries in is Han."""
        if figure.line == "own":
            return family, ethnicity
        if figure.line == "in_law" or figure.relation == "child_in_law":
            return in_law, ethnicity
        people = ethnicity if self._rng.random() < 0.9 else HAN
        return self._names.family(people), people

    def _birthday(self, year: int) -> date:
        days = 240 if year == REFERENCE_YEAR else 365
        return date(year, 1, 1) + timedelta(days=self._rng.randrange(days))

    def _id_number(self, figure: FamilyMember, born: date) -> str:
        if born > REGISTERED and self._rng.random() < 0.5:
            return ""
        from_here = figure.line != "other" or self._rng.random() < 0.6
        return self._numbers.id_number(born, female=figure.female, from_here=from_here)

    def _own_phone(self, figure: FamilyMember) -> str:
        adult = 16 <= REFERENCE_YEAR - figure.born <= 78
        return self._numbers.phone() if adult and self._rng.random() < 0.45 else ""

    def _status(self, figure: FamilyMember, born: date, *, town_register: bool) -> Row:
        """Register, presence at the freeze notice, and how the person counts for what reason."""
        rng = self._rng
        salaried = not town_register and 24 <= REFERENCE_YEAR - figure.born <= 75 and rng.random() < 0.025
        register = "non_agricultural" if town_register or salaried else "agricultural"
        if born >= CUT_OFF:
            return _counted(register, rng.choices(_BORN_LATER, (92, 8))[0], present=False)
        if figure.relation in {"spouse", "child_in_law"} and rng.random() < 0.02:
            return _counted(register, rng.choices(_MARRIED_LATER, (55, 25, 20))[0], present=False)
        if figure.relation in {"other", "non_relative", "sibling"} and rng.random() < 0.3:
            return _counted(register, rng.choices(_MOVED_LATER, (70, 30))[0], present=False)
        if salaried:
            return _counted(register, rng.choices(_SALARIED, (70, 30))[0], present=True)
        return _counted(register, rng.choices(_OTHERWISE, (997, 3))[0], present=True)

    def _requested_gender(self, figures: list[FamilyMember]) -> str:
        women_only = all(figure.female for figure in figures)
        chance = self._rng.random()
        if women_only and chance < 0.08:
            return "female"
        return {0: "female", 1: "male"}.get(int(chance * 250), "")

    def _difficulty(self, figures: list[FamilyMember]) -> int:
        """Old people alone, and grandparents with grandchildren, are harder to reach and to move than others."""
        oldest_head = REFERENCE_YEAR - figures[0].born
        relations = {figure.relation for figure in figures}
        hard = 0.06
        if len(figures) == 1 and oldest_head >= 64:
            hard = 0.75
        elif relations <= {"head", "spouse", "grandchild"} and oldest_head >= 60:
            hard = 0.45
        if self._rng.random() >= hard + 0.12:
            return 1
        return 3 if self._rng.random() < hard else 2


def _counted(register: str, conclusion: tuple[str, str], *, present: bool) -> Row:
    eligibility, note = conclusion
    return {
        "register_type": register,
        "present_at_cutoff": present,
        "eligibility": eligibility,
        "eligibility_note": note,
    }


_PEOPLE_OF = {"iii": YI, "hmd": MIAO}
_BORN_LATER = (("eligible", "停建令后出生，随父母计入"), ("undetermined", "出生登记正在核对"))
_MARRIED_LATER = (
    ("eligible", "停建令后嫁入，已落户"),
    ("accompanying", "停建令后嫁入，户口未迁"),
    ("undetermined", "婚姻登记正在核对"),
)
_MOVED_LATER = (("not_eligible", "停建令后迁入"), ("undetermined", "迁入时间正在核对"))
_SALARIED = (("accompanying", "在编在岗或退休人员，随户搬迁"), ("not_eligible", "户口已迁出库区"))
_OTHERWISE = (("eligible", ""), ("undetermined", "户籍材料正在核对"))
