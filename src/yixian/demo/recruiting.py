"""帮扶人员: what households need of those beside them, and the rows of those who are recruited for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from yixian.demo.gorge import Village
from yixian.demo.household_rows import Home
from yixian.demo.numbers import Numbers
from yixian.demo.person_names import HAN, MIAO, YI, PersonNames
from yixian.demo.shape import REGISTERED

Row = dict[str, object]

_CADRE_PLACES = ((3, 4, 5, 6, 8), (12, 28, 36, 20, 4))
_ETHNICITY = {"": HAN, "iii": YI, "hmd": MIAO}
_LODGED_KM = 0.3
_LEFT_SHARE = 0.004
_LEFT_ON = REGISTERED.replace(year=2025, month=7)


@dataclass(slots=True)
class Needs:
    """Of one village: how many households speak what and asked for whom."""

    by_kind: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def households(self) -> int:
        """All of them."""
        return sum(self.by_kind.values())

    def speaking(self, language: str) -> int:
        """Households spoken with in a language."""
        return sum(count for (spoken, _gender), count in self.by_kind.items() if spoken == language)

    def asking(self, language: str, gender: str) -> int:
        """Households of a language that asked for a woman or a man."""
        return self.by_kind[language, gender]


def needs_of(homes: Iterable[Home]) -> Needs:
    """The needs of a village's homes."""
    return Needs(Counter((home.language, str(home.row["requested_gender"])) for home in homes))


class Recruiter:
    """Writes the rows of cadres and members, each with a number of their own."""

    def __init__(self, rng: Random, names: PersonNames, numbers: Numbers) -> None:
        self._rng = rng
        self._names = names
        self._numbers = numbers
        self._counted: Counter[str] = Counter()
        self._with_tongue = 0

    def official(self, organisation: str, post: str) -> Row:
        """A cadre who takes no households."""
        return self._outsider(
            "cadre", organisation, post, female=self._rng.random() < 0.36, ethnicity=HAN
        ) | {"places": 0}

    def cadre(self, organisation: str, village: Village, post: str, tongue: str) -> Row:
        """A cadre lodged in a village; of those with its language every other one is a woman."""
        female = self._rng.random() < 0.36
        if tongue:
            self._with_tongue += 1
            female = self._with_tongue % 2 == 0
        row = self._outsider("cadre", organisation, post, female=female, ethnicity=_ETHNICITY[tongue])
        if not tongue and self._rng.random() < _LEFT_SHARE:
            row["until_date"] = _LEFT_ON
        spot = village.spot.moved(self._rng.gauss(0, _LODGED_KM), self._rng.gauss(0, _LODGED_KM))
        places = self._rng.choices(*_CADRE_PLACES)[0]
        languages = f"cmn,{tongue}" if tongue else "cmn"
        return row | {
            "home_area_code": village.code,
            "languages": languages,
            "places": places,
            **spot.columns(),
        }

    def neighbour(self, organisation: str, village: Village, post: str, *, female: bool, places: int) -> Row:
        """A party member of the village whose own house stands above the water."""
        row = self._outsider("member", organisation, post, female=female, ethnicity=HAN)
        spot = village.spot.moved(self._rng.gauss(0, 0.8), self._rng.gauss(0, 0.8))
        return row | {"home_area_code": village.code, "places": places, **spot.columns()}

    def resident(
        self, organisation: str, home: Home, person: Row, post: str, *, languages: str, places: int
    ) -> Row:
        """A party member who belongs to one of the households; the ID number says it is the same person."""
        return self._row("member", organisation, post) | {
            "name": person["name"],
            "gender": person["gender"],
            "birth_date": person["birth_date"],
            "id_number": person["id_number"],
            "home_area_code": home.village.code,
            "languages": languages,
            "places": places,
            "lon": home.row["lon"],
            "lat": home.row["lat"],
        }

    def _outsider(self, kind: str, organisation: str, post: str, *, female: bool, ethnicity: str) -> Row:
        year = self._rng.randint(1966, 1999)
        born = date(year, 1, 1) + timedelta(days=self._rng.randrange(365))
        return self._row(kind, organisation, post) | {
            "name": self._names.anybody(ethnicity, female=female, born=year),
            "gender": "female" if female else "male",
            "birth_date": born,
            "id_number": self._numbers.id_number(born, female=female, from_here=self._rng.random() < 0.8),
        }

    def _row(self, kind: str, organisation: str, post: str) -> Row:
        self._counted[kind] += 1
        letter = "G" if kind == "cadre" else "M"
        return {
            "helper_no": f"{letter}{self._counted[kind]:05d}",
            "name": "",
            "gender": "",
            "birth_date": None,
            "id_number": "",
            "kind": kind,
            "organisation_code": organisation,
            "post": post,
            "home_area_code": "",
            "work_phone": self._numbers.phone(),
            "languages": "cmn",
            "places": 0,
            "lon": None,
            "lat": None,
            "from_date": REGISTERED,
            "until_date": None,
        }
