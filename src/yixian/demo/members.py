"""结对党员: the party members of each village, with places enough for its households — but for a village or two.

In one village (two, in a county of full size) fewer members speak Yi than its households need: the young who speak it
have left to work elsewhere. Such a shortage is what a county must be told of, so the demonstration has one.
"""

from __future__ import annotations

from math import ceil
from random import Random

from yixian.demo.families import REFERENCE_YEAR
from yixian.demo.gorge import Village
from yixian.demo.household_rows import Home
from yixian.demo.offices import committee_code
from yixian.demo.recruiting import Needs, Recruiter
from yixian.demo.shape import split_whole

Row = dict[str, object]
Candidate = tuple[Home, Row]

_PLACES = ((3, 4, 5, 6, 7), (9, 31, 38, 17, 5))
_MEAN_PLACES = 4.75
_ROOM = 1.08
"""Places per household of a village at the least."""

_LARGE_VILLAGES = 40
_TIGHT_SHARES = (0.24, 0.36)
_MAX_SHORT = 28
_POSTS = ("村党支部书记", "村委会主任", "党支部副书记", "党小组长", "党小组长")
_FROM_HOUSEHOLDS = 0.6


def recruit_members(
    total: int, homes: dict[str, list[Home]], needs: dict[str, Needs], recruiter: Recruiter, rng: Random
) -> list[Row]:
    """Rows of all members, village by village down the river."""
    villages = [own[0].village for own in homes.values()]
    counts = split_whole(total, [float(village.households) for village in villages], least=2)
    tight = _tight_villages(villages, needs)
    rows: list[Row] = []
    for village, count in zip(villages, counts, strict=True):
        branch = _Branch(village, homes[village.code], needs[village.code], recruiter, rng)
        rows += branch.recruit(count, tight.get(village.code, 0))
    return rows


def _tight_villages(villages: list[Village], needs: dict[str, Needs]) -> dict[str, int]:
    """Villages where places with members who speak Yi are short, and by how many."""
    yi = sorted(
        (v for v in villages if v.tongue == "iii"), key=lambda village: -needs[village.code].speaking("iii")
    )
    shares = _TIGHT_SHARES if len(villages) >= _LARGE_VILLAGES else _TIGHT_SHARES[:1]
    return {
        village.code: min(_MAX_SHORT, ceil(needs[village.code].speaking("iii") * share))
        for village, share in zip(yi, shares, strict=False)
    }


class _Branch:
    """A village's party branch."""

    def __init__(
        self, village: Village, homes: list[Home], needs: Needs, recruiter: Recruiter, rng: Random
    ) -> None:
        self._village = village
        self._needs = needs
        self._recruiter = recruiter
        self._rng = rng
        self._candidates = [(home, person) for home in homes for person in home.people if _can_serve(person)]
        rng.shuffle(self._candidates)
        self._organisation = committee_code(village)

    def recruit(self, count: int, short: int) -> list[Row]:
        """``count`` members; places with speakers fall ``short`` of what the households need by so many."""
        tongue = self._village.tongue
        speaking = self._needs.speaking(tongue) if tongue else 0
        wanted = speaking - short if short else ceil(speaking * _ROOM)
        speakers = min(count, self._speakers_for(wanted, short)) if speaking else 0
        rows = [self._resident(tongue) for _ in range(speakers)]
        rows = [row for row in rows if row]
        _fit_places(rows, wanted, exactly=bool(short))
        while len(rows) < count:
            rows.append(self._plain(len(rows)))
        _fit_places(rows, ceil(self._needs.households * _ROOM), exactly=False, only_plain=bool(short))
        return rows

    def _speakers_for(self, wanted: int, short: int) -> int:
        """How many speakers it takes for so many places, with one of each sex to spare where nothing is short."""
        return max(1, wanted // 5) if short else ceil(wanted / _MEAN_PLACES) + 1

    def _resident(self, tongue: str) -> Row:
        """Somebody of a household that speaks the language, women and men in turn; empty if there is nobody."""
        place = next(
            (i for i, (home, _p) in enumerate(self._candidates) if home.language == (tongue or "cmn")), None
        )
        if place is None:
            return {}
        home, person = self._candidates.pop(place)
        self._candidates.sort(key=lambda one: one[1]["gender"] == person["gender"])
        languages = f"cmn,{tongue}" if tongue else "cmn"
        return self._recruiter.resident(
            self._organisation, home, person, self._post(), languages=languages, places=self._places()
        )

    def _plain(self, order: int) -> Row:
        """A member who speaks Mandarin only, of a household or a neighbour."""
        row = self._resident("") if self._rng.random() < _FROM_HOUSEHOLDS else {}
        female = order % 2 == 0
        return row or self._recruiter.neighbour(
            self._organisation, self._village, self._post(), female=female, places=self._places()
        )

    def _places(self) -> int:
        return int(self._rng.choices(*_PLACES)[0])

    def _post(self) -> str:
        return self._rng.choice(_POSTS) if self._rng.random() < 0.12 else "党员"


def _can_serve(person: Row) -> bool:
    born = person["birth_date"]
    age = REFERENCE_YEAR - int(str(born)[:4])
    return 22 <= age <= 68 and bool(person["id_number"])


def _fit_places(rows: list[Row], wanted: int, *, exactly: bool, only_plain: bool = False) -> None:
    """Raise places one by one, the fewest first, until there are enough; lower them too where it must be exact."""
    open_rows = [row for row in rows if not only_plain or row["languages"] == "cmn"]
    missing = wanted - sum(int(str(row["places"])) for row in rows)
    while missing > 0 and open_rows:
        row = min(open_rows, key=lambda one: int(str(one["places"])))
        row["places"] = int(str(row["places"])) + 1
        missing -= 1
    while exactly and missing < 0:
        row = max(open_rows, key=lambda one: int(str(one["places"])))
        row["places"] = int(str(row["places"])) - 1
        missing += 1
