"""示范县的生成: a whole invented county as the rows of the workbook, the same for the same seed.

Nothing in it is real. There is no Landu County (澜渡县) and no Yunling Province (云岭省). The county's code, 539901, has the
form of an official code in a range where no county has been given one; ID numbers, phones and bank cards are made so
that they pass every check and can belong to nobody (`yixian.demo.numbers`).
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from yixian.demo.belongings import draw_belongings
from yixian.demo.gorge import area_rows, lay_out
from yixian.demo.gorge_outlines import with_shapes
from yixian.demo.household_rows import Home, Settlers
from yixian.demo.members import recruit_members
from yixian.demo.numbers import Numbers
from yixian.demo.offices import Offices
from yixian.demo.person_names import HAN, PersonNames
from yixian.demo.recruiting import Recruiter, needs_of
from yixian.demo.shape import FULL_HOUSEHOLDS, SURVEY_BEGINS, SURVEY_DAYS, shape_of

Row = dict[str, object]


def generate(households: int = FULL_HOUSEHOLDS, seed: int = 1) -> dict[str, list[Row]]:
    """Rows for every sheet of `yixian.workbook.schema`, by sheet key.

    Values are typed as the register holds them: choices by their stored codes, dates, whole numbers, `Decimal` for
    degrees (six decimals) and quantities. Everything scales with ``households``; at 12,000 there are some 41,000
    persons, 110 villages and 150,000 items. Raises ValueError for fewer than 80 households.
    """
    shape = shape_of(households)
    names = PersonNames(_stream(seed, "names"))
    numbers = Numbers(_stream(seed, "numbers"))
    townships = lay_out(shape, _stream(seed, "places"))
    settlers = Settlers(_stream(seed, "households"), names, numbers)
    villages = [village for township in townships for village in township.villages]
    homes = {village.code: settlers.homes(village) for village in villages}
    needs = {code: needs_of(own) for code, own in homes.items()}
    recruiter = Recruiter(_stream(seed, "helpers"), names, numbers)
    offices = Offices(shape, townships, needs, _stream(seed, "offices"))
    cadres = offices.staff(recruiter)
    members = recruit_members(shape.members, homes, needs, recruiter, _stream(seed, "members"))
    everyone = [home for own in homes.values() for home in own]
    return {
        "areas": with_shapes(area_rows(townships), townships),
        "organisations": offices.organisations,
        "stationings": offices.stationings,
        "people": cadres + members,
        "leaders": [],  # appointed afterwards, by their documents: yixian.demo.leader_appointments
        "households": [home.row for home in everyone],
        "persons": [person for home in everyone for person in home.people],
        "items": _items(everyone, names, _stream(seed, "items")),
    }


def _items(homes: list[Home], names: PersonNames, rng: Random) -> list[Row]:
    """Every household's survey, a village on the same days by the same two surveyors."""
    rows: list[Row] = []
    village, surveyors, begun = "", ("", ""), SURVEY_BEGINS
    for home in homes:
        if home.village.code != village:
            village = home.village.code
            surveyors = (_surveyor(names, rng), _surveyor(names, rng))
            begun = SURVEY_BEGINS + timedelta(days=rng.randrange(SURVEY_DAYS))
        day = begun + timedelta(days=rng.randrange(9))
        lines = draw_belongings(rng, len(home.people), home.metres, in_town=home.village.is_town)
        rows.extend(
            {
                "line_no": f"{home.number}-{order:03d}",
                "household_no": home.number,
                "item_code": line.code,
                "quantity": line.quantity,
                "place": line.place,
                "surveyed_on": day,
                "surveyor": surveyors[order % 2],
            }
            for order, line in enumerate(lines, 1)
        )
    return rows


def _surveyor(names: PersonNames, rng: Random) -> str:
    return names.anybody(HAN, female=rng.random() < 0.4, born=rng.randint(1975, 1998))


def _stream(seed: int, part: str) -> Random:
    """A stream of chance of its own for each part, so that a change of one leaves the others as they were."""
    return Random(f"{seed}:{part}")  # noqa: S311 - invented people, not secrets
