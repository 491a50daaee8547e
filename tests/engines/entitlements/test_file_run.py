"""Files of any size and order: the same accounts as in one piece, every row in exactly one part, nothing half written."""

from __future__ import annotations

import json
import random
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.engines.entitlements.language_packs import facts, invent
from yixian.engines.entitlements import FactTablesError, compute, pack_from_canonical
from yixian.engines.entitlements.calculation import Sums
from yixian.engines.entitlements.distributed.ranges import Task, bounds, calculate_range
from yixian.engines.entitlements.fact_files import FactFilesError, fact_files
from yixian.engines.entitlements.file_run import FILES, compute_files, file_sha256
from yixian.engines.entitlements.pack_files import read_pack

ON = date(2024, 6, 1)
HOMES = 60


@pytest.fixture
def county(pack):
    """Households with none to thirty items; the first, one in the middle and the last have one that the pack does not know."""
    rnd = random.Random(7)
    homes = [
        {"household_id": f"H{n:04}", "zone": rnd.choice(["rural", "town"]), "persons": rnd.randint(0, 9)}
        for n in range(HOMES)
    ]
    owners = [home["household_id"] for home in homes for _ in range(rnd.choice([0, 1, 3, 30]))]
    unknown = ["H0000", "H0030", f"H{HOMES - 1:04}"]
    items = [
        {
            "line_id": f"L{n:05}",
            "household_id": owner,
            "item_code": rnd.choice(sorted(pack.items)),
            "quantity": Decimal(rnd.randint(0, 10**7)).scaleb(-4),
        }
        for n, owner in enumerate(owners)
    ]
    items += [_item(f"U{owner}", owner, "facility.spaceport") for owner in unknown]
    return homes, sorted(items, key=lambda item: item["household_id"])


def _item(line, owner, code):
    return {"line_id": line, "household_id": owner, "item_code": code, "quantity": Decimal("1.0000")}


def _write(folder, homes, items, **options):
    schema = pa.schema(
        [
            *((name, pa.string()) for name in ("line_id", "household_id", "item_code")),
            ("quantity", pa.decimal128(18, 4)),
        ]
    )
    kinds = pa.schema([("household_id", pa.string()), ("zone", pa.string()), ("persons", pa.int64())])
    pq.write_table(pa.Table.from_pylist(homes, schema=kinds), folder / "households.parquet", **options)
    pq.write_table(pa.Table.from_pylist(items, schema=schema), folder / "items.parquet", **options)
    return folder / "households.parquet", folder / "items.parquet"


def _rows(out):
    found = {}
    for name in FILES:
        rows = pq.read_table(out / name).to_pylist()
        found[name] = sorted(rows, key=lambda row: json.dumps(row, default=str))
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "threads"), [(1, 3), (7, 1), (7, 3), (59, 1), (60, 1), (60, 3), (61, 3), (5000, 1)]
)
def test_any_size_of_parts_gives_what_one_piece_gives(pack, county, tmp_path, size, threads):
    homes, items = county
    paths = _write(tmp_path, homes, items)
    whole = compute(pack, *(pq.read_table(path) for path in paths), ON)
    done = []
    manifest = compute_files(
        pack, *paths, ON, tmp_path / "out", size=size, threads=threads, report=lambda *told: done.append(told)
    )
    assert manifest["withheld"] == 3
    told = {name: value for name, value in whole.manifest.items() if name != "facts_sha256"}
    assert {name: manifest[name] for name in told} == told
    for name, table in zip(FILES, (whole.lines, whole.statements, whole.problems), strict=True):
        rows = sorted(table.to_pylist(), key=lambda row: json.dumps(row, default=str))
        assert _rows(tmp_path / "out")[name] == rows
    assert done[-1] == (HOMES, HOMES)
    assert len(done) == -(-HOMES // size)


@pytest.mark.parametrize("owner", ["A0000", "H0030x", "Z9999"])
@pytest.mark.parametrize("size", [7, 60])
def test_an_item_of_nobody_stops_a_run_in_any_part_and_nothing_is_written(
    pack, county, tmp_path, owner, size
):
    homes, items = county
    paths = _write(tmp_path, homes, [*items, _item("S", owner, "grave.single")])
    with pytest.raises(FactTablesError) as stray:
        compute_files(pack, *paths, ON, tmp_path / "out", size=size)
    assert f"S (household {owner})" in str(stray.value)
    assert list((tmp_path / "out").iterdir()) == []


def test_files_in_any_order_give_the_same_and_are_left_as_they_are(pack, county, tmp_path):
    homes, items = county
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    ordered = compute_files(pack, *_write(tmp_path / "a", homes, items), ON, tmp_path / "out-a", size=13)
    rnd = random.Random(3)
    rnd.shuffle(homes)
    rnd.shuffle(items)
    paths = _write(tmp_path / "b", homes, items, row_group_size=25)
    before = [file_sha256(path) for path in paths]
    shuffled = compute_files(pack, *paths, ON, tmp_path / "out-b", size=13)
    assert shuffled["checksum"] == ordered["checksum"]
    assert _rows(tmp_path / "out-b") == _rows(tmp_path / "out-a")
    assert [file_sha256(path) for path in paths] == before


@pytest.mark.parametrize(
    "options",
    [
        {"use_dictionary": False},
        {"row_group_size": 17},
        {"row_group_size": 400, "dictionary_pagesize_limit": 64, "data_page_size": 128},
        {"compression": "zstd", "data_page_version": "2.0"},
    ],
)
def test_however_the_facts_are_encoded_they_are_read_the_same(pack, county, tmp_path, options):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    plain = compute_files(pack, *_write(tmp_path / "a", *county), ON, tmp_path / "out-a", size=13)
    paths = _write(tmp_path / "b", *county, **options)
    tables = [pq.read_table(path) for path in paths]
    for path, table in zip(paths, tables, strict=True):
        words = table.set_column(
            table.column_names.index("household_id"),
            "household_id",
            table.column("household_id").dictionary_encode(),
        )
        pq.write_table(words, path, **options)
    encoded = compute_files(pack, *paths, ON, tmp_path / "out-b", size=13)
    assert encoded["checksum"] == plain["checksum"]
    assert _rows(tmp_path / "out-b") == _rows(tmp_path / "out-a")


def test_the_manifest_names_what_was_read_and_written_and_the_pack_lies_beside_it(pack, county, tmp_path):
    paths = _write(tmp_path, *county)
    manifest = compute_files(pack, *paths, ON, tmp_path / "out", size=25)
    assert manifest["files"] == {name: file_sha256(tmp_path / "out" / name) for name in FILES}
    assert manifest["facts"] == {"households": file_sha256(paths[0]), "items": file_sha256(paths[1])}
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")) == manifest
    assert pack_from_canonical((tmp_path / "out" / "pack.json").read_bytes()).sha256 == pack.sha256
    assert pq.read_schema(tmp_path / "out" / "lines.parquet").metadata[b"pack_sha256"] == pack.sha256.encode()


def test_ranges_calculated_one_by_one_as_on_many_machines_add_up_to_the_same(pack, county, tmp_path):
    paths = _write(tmp_path, *county)
    whole = compute_files(pack, *paths, ON, tmp_path / "whole", size=25)
    (tmp_path / "pack.json").write_bytes(pack.canonical())
    texts = {
        "pack": tmp_path / "pack.json",
        "households": paths[0],
        "items": paths[1],
        "out": tmp_path / "out",
    }
    sums = Sums()
    for number, (low, high) in enumerate(bounds(paths[0], 17)):
        task = Task(
            number=number,
            on=str(ON),
            low=low,
            high=high,
            checked=True,
            **{k: str(v) for k, v in texts.items()},
        )
        sums += calculate_range(task)
    manifest = sums.manifest(pack, ON)
    assert manifest == {name: whole[name] for name in manifest}
    assert _rows(tmp_path / "out") == _rows(tmp_path / "whole")
    schemas = [pq.read_table(tmp_path / name / FILES[0]).schema for name in ("out", "whole")]
    assert schemas[0].equals(schemas[1])


def test_a_run_that_ends_early_leaves_the_earlier_results_and_nothing_else(pack, county, tmp_path):
    paths = _write(tmp_path, *county)
    out = tmp_path / "out"
    compute_files(pack, *paths, ON, out, size=25)
    before = {path.name: file_sha256(path) for path in out.iterdir()}

    def stop(done, _all):
        if done > 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compute_files(pack, *paths, date(2025, 1, 1), out, size=10, report=stop)
    assert {path.name: file_sha256(path) for path in out.iterdir()} == before


def test_no_household_and_no_item_are_an_empty_account(pack, county, tmp_path):
    homes, _items = county
    manifest = compute_files(pack, *_write(tmp_path, homes, []), ON, tmp_path / "out", size=25)
    assert (manifest["households"], manifest["withheld"]) == (HOMES, 0)
    assert manifest["lines"] == sum(home["persons"] > 0 for home in homes)
    manifest = compute_files(pack, *_write(tmp_path, [], []), ON, tmp_path / "empty")
    assert (manifest["households"], manifest["lines"], manifest["checksum"]) == (0, 0, "0" * 32)
    assert pq.read_table(tmp_path / "empty" / "lines.parquet").num_rows == 0


@pytest.mark.parametrize("size", [1, 3, 25])
def test_a_household_or_a_line_that_stands_twice_is_refused_wherever_parts_end(pack, county, tmp_path, size):
    homes, items = county
    paths = _write(tmp_path, [*homes[:6], homes[5], *homes[6:]], items)
    with pytest.raises(FactTablesError) as caught:
        compute_files(pack, *paths, ON, tmp_path / "out", size=size)
    assert (caught.value.key, "H0005" in str(caught.value)) == ("facts.twice", True)
    paths = _write(tmp_path, homes, [*items[:9], items[8], *items[9:]])
    with pytest.raises(FactTablesError) as caught:
        compute_files(pack, *paths, ON, tmp_path / "out", size=size)
    assert caught.value.key == "facts.twice"
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize("which", ["households", "items"])
def test_a_row_without_a_household_is_refused(pack, county, tmp_path, which):
    homes, items = county
    rows = homes if which == "households" else items
    rows[-1] = rows[-1] | {"household_id": None}
    with pytest.raises(FactTablesError) as caught:
        compute_files(pack, *_write(tmp_path, homes, items), ON, tmp_path / "out", size=25)
    assert caught.value.key == "facts.empty_id"


@pytest.mark.parametrize(
    "written", ["2024年2月29日", "2024/2/29", "20240229", "２０２４.2.29", "二〇二四年二月二十九号"]
)
def test_days_of_a_csv_file_are_read_in_the_forms_that_people_write(tmp_path, written):
    pack = read_pack(invent(2).sources)
    homes, _items = facts(random.Random(2), 2, 1)
    _written(tmp_path, homes[0] | {"moved": written})
    households, _file = fact_files(tmp_path, pack, tmp_path)
    assert pq.read_table(households)["moved"].to_pylist() == ["2024-02-29"]


@pytest.mark.parametrize(
    ("written", "why"), [("24-02-29", "the year has two digits"), ("29/02/2024", "the year stands last")]
)
def test_a_day_that_is_none_is_named_with_its_reason(tmp_path, written, why):
    pack = read_pack(invent(2).sources)
    homes, _items = facts(random.Random(2), 2, 1)
    _written(tmp_path, homes[0] | {"moved": written})
    with pytest.raises(FactFilesError) as caught:
        fact_files(tmp_path, pack, tmp_path)
    assert any(written in problem and why in problem for problem in caught.value.problems)


def _written(folder, home):
    """One household as CSV with tabs in UTF-16, as a spreadsheet saves Unicode text, and no item."""
    rows = ["\t".join(home), "\t".join(map(str, home.values()))]
    (folder / "households.csv").write_text("\n".join(rows), encoding="utf-16")
    (folder / "items.csv").write_text("household_id,line_id,item_code,quantity,grade\n", encoding="utf-8")
