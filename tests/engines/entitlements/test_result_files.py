"""The files of a run: what is read back has the columns and types that were written, whatever stands in them."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from yixian.engines.entitlements.result_files import open_result, plain_ids

fen = st.integers(-(2**63), 2**63 - 1)
measures = st.decimals(min_value=-(10**13), max_value=10**13, places=4)
rows = st.lists(
    st.tuples(
        st.sampled_from(["H1", "甲"]), st.text(max_size=9), st.sampled_from(["r", None]), fen, measures, fen
    ),
    max_size=40,
)


def _lines(found):
    kinds = {
        "household_id": pa.string(),
        "line_id": pa.string(),
        "head": pa.dictionary(pa.uint8(), pa.string()),
        "amount_fen": pa.int64(),
        "quantity": pa.decimal128(18, 4),
        "total": pa.decimal128(19, 2),
        "nothing": pa.decimal128(18, 0),
    }
    columns = [[*column] for column in zip(*found, strict=True)] or [[] for _ in range(6)]
    columns[5] = [Decimal(value) / 100 if value % 2 else None for value in columns[5]]
    columns.append([None] * len(found))
    return pa.table(
        [pa.array(column, kind) for column, kind in zip(columns, kinds.values(), strict=True)],
        names=list(kinds),
    )


@given(first=rows, second=rows)
@settings(max_examples=60, deadline=None)
def test_every_value_and_type_comes_back(tmp_path_factory, first, second):
    path = tmp_path_factory.mktemp("made") / "lines.parquet"
    tables = [_lines(first), _lines(second)]
    with open_result(path, tables[0], {"pack": "p"}) as file:
        for table in tables:
            file.write_table(table.replace_schema_metadata({"pack": "p"}))
    back = pq.read_table(path)
    assert back.schema.equals(tables[0].schema)
    assert back.schema.metadata == {b"pack": b"p"}
    assert back.to_pylist() == [row for table in tables for row in table.to_pylist()]


def test_prices_stand_as_a_dictionary_and_amounts_in_few_bits(tmp_path):
    table = _lines([("H1", f"L{n}", "r", n * n, Decimal(n % 3), 1) for n in range(5_000)])
    with open_result(tmp_path / "lines.parquet", table, {}) as file:
        file.write_table(table.replace_schema_metadata({}))
    group = pq.ParquetFile(tmp_path / "lines.parquet").metadata.row_group(0)
    encodings = {group.column(n).path_in_schema: group.column(n).encodings for n in range(group.num_columns)}
    assert "DELTA_BINARY_PACKED" in encodings["amount_fen"]
    assert "RLE_DICTIONARY" in encodings["quantity"]
    assert "DELTA_BYTE_ARRAY" in encodings["line_id"]


def test_households_as_a_dictionary_are_kept_as_texts():
    table = _lines([("H1", "L", None, 1, Decimal(1), 1)])
    encoded = table.set_column(0, "household_id", table.column(0).dictionary_encode())
    assert plain_ids(encoded).schema.equals(table.schema)
    assert plain_ids(encoded).to_pylist() == plain_ids(table).to_pylist() == table.to_pylist()
