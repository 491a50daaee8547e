"""The same accounts in OpenFisca: run by `entitlements.py` in an environment of its own, never part of the product.

``python openfisca_accounts.py FACTS PACK OUT`` (``PACK``: JSON with ``prices`` and ``citations``): items are OpenFisca's
persons, households its group entity; prices are a parameter node looked up by an enum, as OpenFisca does it. Prints one
JSON line with wall and CPU seconds (model built beforehand, from Parquet in to Parquet out), peak memory, lines and sum.
Values are OpenFisca's float32; the sum is what comes of them.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import ETERNITY
from openfisca_core.populations import GroupPopulation, Population
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2024"
PRICED_ON = "2024-01-01"
BASIC_AREA = 24


def model(prices: dict[str, dict[str, float]]) -> tuple[TaxBenefitSystem, type, type, list[str]]:
    """The tax-benefit system, its two enums of items and zones, and the item codes in the enum's order."""
    item = build_entity("item", "items", "A surveyed item", is_person=True)
    household = build_entity(
        "household",
        "households",
        "A household",
        roles=[{"key": "member", "plural": "members", "label": "Items"}],
    )
    codes = sorted({code for zone in prices.values() for code in zone})
    words = {code: code.replace(".", "_") for code in codes}
    item_code = Enum("ItemCode", {word: word for word in words.values()})
    zone_code = Enum("ZoneCode", {zone: zone for zone in prices})

    class quantity(Variable):
        value_type, entity, definition_period = float, item, ETERNITY

    class code(Variable):
        value_type, entity, definition_period = Enum, item, ETERNITY
        possible_values, default_value = item_code, next(iter(item_code))

    class is_main_house(Variable):
        value_type, entity, definition_period = bool, item, ETERNITY

    class zone(Variable):
        value_type, entity, definition_period = Enum, household, ETERNITY
        possible_values, default_value = zone_code, next(iter(zone_code))

    class persons(Variable):
        value_type, entity, definition_period = int, household, ETERNITY

    class amount(Variable):
        value_type, entity, definition_period = float, item, ETERNITY

        def formula(items, period):
            return np.round(items("quantity", period) * items("price", period), 2)

    class price(Variable):
        value_type, entity, definition_period = float, item, ETERNITY

        def formula(items, period, parameters):
            table = parameters(PRICED_ON).prices
            return table[items.household("zone", period)][items("code", period)]

    class topup(Variable):
        value_type, entity, definition_period = float, household, ETERNITY

        def formula(households, period, parameters):
            price = parameters(PRICED_ON).prices[households("zone", period)].house_main_brick_concrete
            houses = households.sum(
                households.members("amount", period) * households.members("is_main_house", period)
            )
            return np.maximum(0, np.round(households("persons", period) * BASIC_AREA * price - houses, 2))

    class total(Variable):
        value_type, entity, definition_period = float, household, ETERNITY

        def formula(households, period):
            return households.sum(households.members("amount", period)) + households("topup", period)

    system = TaxBenefitSystem([item, household])
    system.add_variables(quantity, code, is_main_house, zone, persons, price, amount, topup, total)
    data = {
        zone: {
            words[code]: {"values": {"2009-01-01": {"value": float(price)}}} for code, price in table.items()
        }
        for zone, table in prices.items()
    }
    system.parameters = ParameterNode("", data={"prices": data})
    return system, item_code, zone_code, codes


def main() -> None:
    """Reckon and print."""
    facts, pack, out = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text()), Path(sys.argv[3])
    prices = pack["prices"]
    system, item_code, zone_code, codes = model(prices)
    citations = [pa.array([pack["citations"][code][part] for code in codes], pa.string()) for part in (0, 1)]
    began, began_cpu = time.perf_counter(), time.process_time()
    households = pq.read_table(facts / "households.parquet")
    items = pq.read_table(facts / "items.parquet", read_dictionary=["item_code", "household_id"])
    count, size = households.num_rows, items.num_rows
    ids = pa.array(households.column("household_id").to_numpy(zero_copy_only=False), pa.string())
    of_household = pa.compute.index_in(
        items.column("household_id").cast(pa.string()), value_set=ids
    ).to_numpy()
    persons = system.person_entity
    population, groups = Population(persons), GroupPopulation(system.group_entities[0], None)
    population.count, groups.count = size, count
    groups.members = population
    groups.members_entity_id = of_household
    groups.members_role = np.full(size, system.group_entities[0].flattened_roles[0], dtype=object)
    simulation = Simulation(system, {"item": population, "household": groups})
    places = {word: place for place, word in enumerate(codes)}
    texts = items.column("item_code").cast(pa.string())
    code = pa.compute.index_in(texts, value_set=pa.array(codes)).to_numpy().astype(np.uint8)
    zones = list(prices)
    zone = (
        pa.compute.index_in(households.column("zone"), value_set=pa.array(zones)).to_numpy().astype(np.uint8)
    )
    main_house = np.array([word.startswith("house.main.") for word in places])[code]
    simulation.set_input("quantity", PERIOD, items.column("quantity").cast(pa.float32()).to_numpy())
    simulation.set_input("code", PERIOD, EnumArray(code, item_code))
    simulation.set_input("is_main_house", PERIOD, main_house)
    simulation.set_input("zone", PERIOD, EnumArray(zone, zone_code))
    simulation.set_input("persons", PERIOD, households.column("persons").to_numpy())
    amounts, topups, totals = (simulation.calculate(name, PERIOD) for name in ("amount", "topup", "total"))
    lines = {name: items.column(name) for name in ("household_id", "line_id", "item_code", "quantity")}
    lines |= {"price": simulation.calculate("price", PERIOD), "amount": amounts}
    for name, words in zip(("document", "clause"), citations, strict=True):
        lines[name] = pa.DictionaryArray.from_arrays(pa.array(code), words)
    pq.write_table(pa.table(lines), out / "lines.parquet")
    statements = {"household_id": households.column("household_id"), "topup": topups, "total": totals}
    pq.write_table(pa.table(statements), out / "statements.parquet")
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # as `entitlements.peak_mb`
    figures = {
        "seconds": time.perf_counter() - began,
        "cpu_seconds": time.process_time() - began_cpu,
        "peak_mb": int(status.split("VmHWM:")[1].split()[0]) // 1024,
        "lines": size + int((topups > 0).sum()),
        "total_fen": round(float(np.sum(totals.astype(np.float64))) * 100),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
