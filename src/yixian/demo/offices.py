"""机构与干部: the county's bodies, where they are stationed, and the cadres who go to the villages.

Departments' places are laid end to end along the river over the households they can take: a department is stationed
in every village that its stretch touches, so every village has at least one and the bigger ones several.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from random import Random

from yixian.demo.gorge import Township, Village
from yixian.demo.numbers import COUNTY_CODE, Numbers
from yixian.demo.office_names import DEPARTMENTS, LEADERSHIPS, MONITOR, OFFICES, POSTS
from yixian.demo.recruiting import Needs, Recruiter
from yixian.demo.shape import REGISTERED, Shape, split_whole

Row = dict[str, object]

_TOWNSHIP_SHARE = 0.24
"""Of all cadres, those who work in the townships' own offices."""

_OFFICE_SHARE = 0.03
"""Of all cadres, those who reckon, pay, audit or receive petitions: they take no households."""

_DOCUMENT = "澜委发〔2024〕3号"
_HOURS = "周一至周五 8:30–12:00，14:30–17:30（演示）"
_ADDRESSES = {
    "resettlement_bureau": "澜渡镇河滨路 8 号移民服务中心一楼（演示）",
    "petition_office": "澜渡镇河滨路 10 号群众来访接待中心（演示）",
    "township_leadership": "镇政府便民服务大厅（演示）",
}
"""Where the offices are to which people go, by their kind; invented like everything else."""

_FOUNDED = REGISTERED.replace(year=2020, month=1)


@dataclass(slots=True)
class Office:
    """A body with the villages it stands with and how many households it should be able to take in each."""

    code: str
    size: int
    section: dict[str, float] = field(default_factory=dict)


class Offices:
    """Founds the bodies, stations them and staffs them."""

    def __init__(self, shape: Shape, townships: list[Township], needs: dict[str, Needs], rng: Random) -> None:
        self._shape = shape
        self._townships = townships
        self._villages = {village.code: village for township in townships for village in township.villages}
        self._needs = needs
        self._rng = rng
        self.organisations: list[Row] = []
        self.stationings: list[Row] = []

    def staff(self, recruiter: Recruiter) -> list[Row]:
        """Found everything and return the cadres' rows."""
        at_townships = max(len(self._townships), round(self._shape.cadres * _TOWNSHIP_SHARE))
        at_offices = max(len(OFFICES) + len(LEADERSHIPS), round(self._shape.cadres * _OFFICE_SHARE))
        outside = self._shape.cadres - at_townships - at_offices
        people = self._leaders_and_offices(at_offices, recruiter)
        people += self._departments(outside, recruiter)
        people += self._township_offices(at_townships, recruiter)
        self._village_committees()
        return people

    def _leaders_and_offices(self, count: int, recruiter: Recruiter) -> list[Row]:
        """County leaders stand with townships; the offices of money, audit and petitions with nobody."""
        people: list[Row] = []
        organisations = [
            (f"L{number:02d}", "county_leadership", name) for number, name in enumerate(LEADERSHIPS, 1)
        ]
        organisations += [
            (f"K{number:02d}", kind, name) for number, (kind, name) in enumerate(OFFICES.items(), 1)
        ]
        sizes = split_whole(
            count, [1.0 if kind == "county_leadership" else 2.0 for _c, kind, _n in organisations], least=1
        )
        for (code, kind, (zh, en)), size in zip(organisations, sizes, strict=True):
            self._found(code, kind, zh, en, COUNTY_CODE)
            people += [recruiter.official(code, POSTS[kind][min(order, 2)]) for order in range(size)]
        self._found("J01", "monitor", *MONITOR, COUNTY_CODE)
        for number, township in enumerate(self._townships):
            self._station(organisations[number % len(LEADERSHIPS)][0], township.code)
        return people

    def _departments(self, cadres: int, recruiter: Recruiter) -> list[Row]:
        count = self._shape.departments - len(OFFICES)
        sizes = split_whole(cadres, [self._rng.lognormvariate(0, 0.45) for _ in range(count)], least=1)
        offices = [Office(f"B{number:03d}", size) for number, size in enumerate(sizes, 1)]
        self._lay_along_river(offices)
        people: list[Row] = []
        for office, (zh, en) in zip(offices, DEPARTMENTS[: len(offices)], strict=True):
            self._found(office.code, "department", zh, en, COUNTY_CODE)
            for village in office.section:
                self._station(office.code, village)
            people += self._staff_of(office, recruiter)
        return people

    def _lay_along_river(self, offices: list[Office]) -> None:
        """Give each office a stretch of households in proportion to its size; ``section`` says how many per village."""
        villages = list(self._villages.values())
        households = sum(village.households for village in villages)
        per_cadre = households / sum(office.size for office in offices)
        place, left = 0, float(villages[0].households)
        for office in offices:
            wanted = office.size * per_cadre
            while wanted > 1e-6 and place < len(villages):
                taken = min(wanted, left)
                code = villages[place].code
                office.section[code] = office.section.get(code, 0.0) + taken
                wanted, left = wanted - taken, left - taken
                if left <= 1e-6:
                    place += 1
                    left = float(villages[place].households) if place < len(villages) else 0.0

    def _township_offices(self, cadres: int, recruiter: Recruiter) -> list[Row]:
        sizes = split_whole(cadres, [float(township.households) for township in self._townships], least=1)
        people: list[Row] = []
        for number, (township, size) in enumerate(zip(self._townships, sizes, strict=True), 1):
            code = f"T{number:02d}"
            english = f"{township.name.en} Leadership"
            self._found(code, "township_leadership", f"{township.name.zh}领导班子", english, township.code)
            self._station(code, township.code)
            section = {village.code: float(village.households) for village in township.villages}
            people += self._staff_of(Office(code, size, section), recruiter)
        return people

    def _staff_of(self, office: Office, recruiter: Recruiter) -> list[Row]:
        """Cadres of a body, lodged in its villages in proportion, with the languages spoken there among them."""
        codes = list(office.section)
        counts = split_whole(office.size, [max(share, 0.01) for share in office.section.values()])
        kind = "township_leadership" if office.code.startswith("T") else "department"
        people: list[Row] = []
        for code, count in zip(codes, counts, strict=True):
            speakers = self._speakers(code, count)
            for order in range(count):
                tongue = speakers[order] if order < len(speakers) else ""
                post = POSTS[kind][min(len(people), len(POSTS[kind]) - 1)]
                people.append(recruiter.cadre(office.code, self._villages[code], post, tongue))
        return people

    def _speakers(self, village: str, count: int) -> list[str]:
        """Which of the cadres lodged in a village speak its other language: more than in proportion to the need."""
        needs, tongue = self._needs[village], self._villages[village].tongue
        if not tongue or not count:
            return []
        share = needs.speaking(tongue) / max(needs.households, 1)
        return [tongue] * min(count, ceil(count * share * 1.15 + 0.5))

    def _village_committees(self) -> None:
        parents = {township.code: f"T{number:02d}" for number, township in enumerate(self._townships, 1)}
        for village in self._villages.values():
            zh, en = committee_name(village)
            self._found(
                committee_code(village), "village_committee", zh, en, village.code, parents[village.code[:9]]
            )

    def _found(self, code: str, kind: str, zh: str, en: str, area: str, parent: str = "") -> None:
        self.organisations.append(
            {
                "code": code,
                "name": zh,
                "name_en": en,
                "kind": kind,
                "area_code": area,
                "parent_code": parent,
                "from_date": _FOUNDED,
                "phone": Numbers.office_phone(len(self.organisations) + 1),
                "address": _ADDRESSES.get(kind, ""),
                "hours": _HOURS if kind in _ADDRESSES else "",
            }
        )

    def _station(self, organisation: str, area: str) -> None:
        self.stationings.append(
            {
                "organisation_code": organisation,
                "area_code": area,
                "from_date": REGISTERED,
                "document": _DOCUMENT,
            }
        )


def committee_code(village: Village) -> str:
    """The number of a village's committee."""
    return f"V{village.code[6:]}"


def committee_name(village: Village) -> tuple[str, str]:
    """The committee's name in Chinese and English."""
    kind = "居民委员会" if village.is_town else "村民委员会"
    return f"{village.name.zh}{kind}", f"{village.name.en} Committee"
