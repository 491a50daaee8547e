"""The invented county has a real one's shape, breaks no rule of the workbook, and stands for nobody."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from stdnum import luhn, numdb
from stdnum.cn import ric

from yixian.demo.county import generate
from yixian.domain.areas import AreaLevel, code_fits
from yixian.domain.geometry import normalise_line, normalise_outline
from yixian.domain.identity import normalise_account, normalise_id_number, normalise_phone
from yixian.domain.names import normalise_name
from yixian.engines.entitlements import load_pack
from yixian.workbook.schema import SHEETS, Column, Kind, sheet

County = dict[str, list[dict[str, object]]]

PACK = Path(__file__).parents[2] / "packs" / "danjiangkou-2009"


@pytest.fixture(scope="module")
def county() -> County:
    return generate(200, seed=7)


@pytest.fixture(scope="module")
def timed() -> tuple[County, float]:
    """A county of full size, and the seconds of work that it took."""
    begun = time.process_time()
    return generate(), time.process_time() - begun


@pytest.fixture(scope="module")
def full(timed: tuple[County, float]) -> County:
    return timed[0]


def test_the_same_seed_makes_the_same_county(county: County) -> None:
    assert generate(200, seed=7) == county
    assert generate(200, seed=8) != county


def test_full_size_takes_seconds(timed: tuple[County, float]) -> None:
    assert timed[1] < 10


def test_full_size_is_the_size_of_a_real_county(full: County) -> None:
    levels = Counter(row["level"] for row in full["areas"])
    kinds = Counter(row["kind"] for row in full["people"])
    assert levels["township"] == 16
    assert levels["village"] == 110
    assert 260 <= levels["group"] <= 300
    assert kinds == {"cadre": 3000, "member": 2900}
    assert len(full["households"]) == 12_000
    assert 40_000 <= len(full["persons"]) <= 42_000
    assert 145_000 <= len(full["items"]) <= 155_000
    at_county = {"department", "resettlement_bureau", "petition_office", "finance_office", "audit_office"}
    assert sum(row["kind"] in at_county for row in full["organisations"]) == 80


def test_fewer_than_eighty_households_are_no_county() -> None:
    with pytest.raises(ValueError, match="80"):
        generate(79)


@pytest.mark.parametrize("households", [80, 95, 333, 1500])
def test_any_size_has_exactly_so_many_households(households: int) -> None:
    assert len(generate(households, seed=3)["households"]) == households


@pytest.mark.parametrize("key", [one.key for one in SHEETS])
def test_every_row_fits_its_sheet(county: County, key: str) -> None:
    columns = sheet(key).columns
    for row in county[key]:
        assert set(row) == {column.key for column in columns}
        for column in columns:
            _fits(column, row[column.key])


@pytest.mark.parametrize("key", [one.key for one in SHEETS])
def test_keys_are_unique_and_references_lead_somewhere(county: County, key: str) -> None:
    here = sheet(key)
    keys = [tuple(row[name] for name in here.keys) for row in county[key]]
    assert len(set(keys)) == len(keys)
    for column in here.columns:
        if column.refers and column.refers != "pack":
            target = sheet(column.refers)
            known = {row[target.keys[0]] for row in county[column.refers]} | {"", None}
            assert {row[column.key] for row in county[key]} <= known


def test_items_bear_codes_of_the_pack_and_whole_numbers_where_things_are_counted(county: County) -> None:
    pack = load_pack(PACK)
    assert {row["item_code"] for row in county["items"]} <= set(pack.items)
    counted = {code for code, item in pack.items.items() if item.unit in {"each", "tree", "set"}}
    for row in county["items"]:
        quantity = row["quantity"]
        assert isinstance(quantity, Decimal)
        assert quantity > 0
        assert row["item_code"] not in counted or quantity == quantity.to_integral_value()


def test_codes_chain_down_from_the_province(county: County) -> None:
    levels = [level.value for level in AreaLevel]
    known = {row["code"]: row for row in county["areas"]}
    for row in county["areas"]:
        parent = known.get(str(row["parent_code"]))
        assert code_fits(str(row["code"]), AreaLevel(str(row["level"])), str(row["parent_code"]))
        if parent is not None:
            assert levels.index(str(parent["level"])) + 1 == levels.index(str(row["level"]))
    assert {str(row["group_code"]) for row in county["households"]} <= {
        str(row["code"]) for row in county["areas"] if row["level"] == "group"
    }


def test_every_household_has_one_head_and_plausible_people(full: County) -> None:
    heads = Counter(row["household_no"] for row in full["persons"] if row["relation"] == "head")
    assert heads == {row["household_no"]: 1 for row in full["households"]}
    born = {row["household_no"]: row["birth_date"] for row in full["persons"] if row["relation"] == "head"}
    for row in full["persons"]:
        birth, head = row["birth_date"], born[row["household_no"]]
        assert isinstance(birth, date)
        assert isinstance(head, date)
        if row["relation"] == "child":
            assert birth.year - head.year >= 20
        if row["relation"] == "parent":
            assert head.year - birth.year >= 20
        assert row["from_date"] >= birth  # type: ignore[operator]
        assert not (row["present_at_cutoff"] and birth >= date(2023, 6, 1))


def test_numbers_hold_their_checks_and_belong_to_nobody(full: County) -> None:
    numbers = [str(row["id_number"]) for row in full["persons"] + full["people"] if row["id_number"]]
    for number in numbers:
        assert normalise_id_number(number) == number
        assert ric.calc_check_digit(number) == number[-1]
    assigned = numdb.get("cn/loc")
    for prefix in {number[:6] for number in numbers} | {str(full["areas"][1]["code"])}:
        assert not any("county" in properties for _part, properties in assigned.info(prefix))
    assert any("county" in properties for _part, properties in assigned.info("420381"))
    accounts = [str(row["bank_account"]) for row in full["households"]]
    assert all(luhn.is_valid(account) for account in accounts)
    phones = [str(row["phone"]) for row in full["households"] + full["persons"] if row["phone"]]
    phones += [str(row["work_phone"]) for row in full["people"]]
    assert {phone[:4] for phone in phones} == {"1600"}
    for unique in (accounts, phones):
        assert len(set(unique)) == len(unique)


def test_an_id_number_stands_twice_only_for_a_member_of_a_household(full: County) -> None:
    persons = {str(row["id_number"]): row for row in full["persons"] if row["id_number"]}
    assert len(persons) == sum(bool(row["id_number"]) for row in full["persons"])
    helpers = Counter(row["id_number"] for row in full["people"])
    assert set(helpers.values()) == {1}
    shared = [row for row in full["people"] if row["id_number"] in persons]
    assert len(shared) > 1000
    for row in shared:
        person = persons[str(row["id_number"])]
        assert row["kind"] == "member"
        assert all(row[key] == person[key] for key in ("name", "gender", "birth_date"))
        assert str(person["household_no"]).startswith(str(row["home_area_code"]))


def test_names_of_all_kinds_are_there(full: County) -> None:
    names = {str(row["name"]) for row in full["persons"]}
    assert any("·" in name for name in names)
    assert any(max(name) > "\uffff" for name in names)
    assert any("〇" in name for name in names)
    assert {row["ethnicity"] for row in full["persons"]} == {"汉族", "彝族", "苗族"}
    assert {row["language"] for row in full["households"]} == {"cmn", "iii", "hmd"}


def test_every_village_of_a_full_county_has_both_kinds_of_helper(full: County) -> None:
    _assert_served(full)


@pytest.mark.parametrize(("households", "seed"), [(80, 2), (200, 7), (1200, 3)])
def test_every_village_of_a_smaller_county_has_both_kinds_of_helper(households: int, seed: int) -> None:
    _assert_served(generate(households, seed=seed))


def _assert_served(county: County) -> None:
    """In every village there are places for every language spoken; with members who speak Yi they may be a third short."""
    stations = defaultdict(set)
    for row in county["stationings"]:
        stations[row["organisation_code"]].add(str(row["area_code"]))
    reach: dict[tuple[str, str], int] = Counter()
    for row in county["people"]:
        places = (
            stations[row["organisation_code"]] if row["kind"] == "cadre" else {str(row["home_area_code"])}
        )
        for place in places:
            for language in str(row["languages"]).split(","):
                reach[str(row["kind"]), place + language] += int(str(row["places"]))
    needed = Counter((str(row["group_code"])[:12], str(row["language"])) for row in county["households"])
    by_village = Counter(village for village, _language in needed.elements())
    for (village, language), count in needed.items():
        cadres = reach["cadre", village + language] + reach["cadre", village[:9] + language]
        assert cadres >= count
        assert reach["member", village + language] >= count * 0.6
        assert reach["member", village + "cmn"] >= by_village[village]


def _fits(column: Column, value: object) -> None:  # noqa: C901, PLR0912 - one case a kind
    if value in {"", None}:
        assert not column.required, column.key
        return
    match column.kind:
        case Kind.CODE | Kind.TEXT:
            assert isinstance(value, str)
            assert len(value) <= column.length
        case Kind.NAME:
            assert normalise_name(str(value)) == value
            assert len(str(value)) <= column.length
        case Kind.DATE:
            assert isinstance(value, date)
        case Kind.YES_NO:
            assert isinstance(value, bool)
        case Kind.CHOICE:
            assert value in column.choices
        case Kind.LANGUAGES:
            assert set(str(value).split(",")) <= set(column.choices)
        case Kind.ID_NUMBER:
            assert normalise_id_number(str(value)) == value
        case Kind.PHONE:
            assert normalise_phone(str(value)) == value
        case Kind.OUTLINE:
            assert normalise_outline(str(value)) == value
        case Kind.LINE:
            assert normalise_line(str(value)) == value
        case Kind.ACCOUNT:
            assert normalise_account(str(value)) == value
        case Kind.WHOLE:
            assert isinstance(value, int)
            assert int(column.low) <= value <= int(column.high)
        case Kind.DECIMAL:
            assert isinstance(value, Decimal)
            assert Decimal(column.low) <= value <= Decimal(column.high)
            assert -value.as_tuple().exponent <= column.scale  # type: ignore[operator]
