"""JSON Lines, CSV and Parquet, read back."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.sinks.csv_tables import as_written, formula_free, write_csv
from extractor.sinks.jsonl import DamagedFile, open_lines, write_records
from extractor.sinks.parquet import write_nested, write_tables
from extractor.sinks.rows import storable
from extractor.sinks.tables import FILE_TABLES
from tests.sinks.records import make_record

HOSTILE = "=cmd()|'/C calc'!A1 \"quoted\", nul \x00, 😀, alone \ud800, \u202eright\u202c\r\nnext"
any_example = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read_lines(path: Path) -> list[dict[str, Any]]:
    with open_lines(path) as stream:
        return [json.loads(line) for line in stream]


@pytest.mark.parametrize("name", ["r.jsonl", "r.jsonl.gz", "r.jsonl.zst"])
def test_json_lines_come_back_and_are_always_the_same_bytes(tmp_path: Path, name: str) -> None:
    records = [make_record(n, title=title) for n, title in enumerate([HOSTILE, "\u2028 \x85", None, "plain"])]
    assert write_records(records, tmp_path / name) == 4
    (tmp_path / "again").mkdir()
    write_records(records, tmp_path / "again" / name)
    assert read_lines(tmp_path / name) == records
    assert (tmp_path / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


@given(title=st.text(), note=st.text(max_size=50))
@any_example
@pytest.mark.parametrize("name", ["r.jsonl", "r.jsonl.gz", "r.jsonl.zst"])
def test_any_text_survives_json_lines(tmp_path: Path, name: str, title: str, note: str) -> None:
    record = make_record(1, note=note, title=title)
    write_records([record], tmp_path / name)
    assert read_lines(tmp_path / name) == [record]


@pytest.mark.parametrize("name", ["r.jsonl.gz", "r.jsonl.zst"])
@pytest.mark.parametrize("damage", [lambda b: b[: len(b) // 2], lambda b: b"no archive" + b])
def test_a_damaged_file_is_called_so(tmp_path: Path, name: str, damage: Any) -> None:
    path = tmp_path / name
    write_records([make_record(n) for n in range(20)], path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DamagedFile), open_lines(path) as stream:
        list(stream)


@pytest.mark.parametrize("name", ["r.jsonl.gz", "r.jsonl.zst"])
def test_packed_files_may_be_put_together(tmp_path: Path, name: str) -> None:
    """As ``cat a.gz b.gz > c.gz`` does."""
    records = [make_record(n) for n in range(3)]
    parts = []
    for record in records:
        write_records([record], tmp_path / name)
        parts.append((tmp_path / name).read_bytes())
    (tmp_path / name).write_bytes(b"".join(parts))
    assert read_lines(tmp_path / name) == records


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def test_csv_is_a_file_per_table(tmp_path: Path) -> None:
    assert write_csv([make_record(1), make_record(2)], tmp_path) == 2
    assert sorted(p.stem for p in tmp_path.iterdir()) == sorted(table.name for table, _ in FILE_TABLES)
    pages = read_csv(tmp_path / "pages.csv")
    assert [row[:2] for row in pages] == [
        ["page_id", "record_id"],
        ["1", make_record(1)["id"]],
        ["2", make_record(2)["id"]],
    ]
    assert dict(zip(pages[0], pages[1], strict=True))["text"] == make_record(1)["text"]
    assert [row[0] for row in read_csv(tmp_path / "organizations.csv")[1:]] == ["org:riverine-mobility-agency", "iom"]
    assert [row[:6] for row in read_csv(tmp_path / "fields.csv")[1:4]] == [
        ["1", "0", "0", "type_of_event", "Workshop", ""],
        ["1", "1", "1", "theme", "on", "seasonal labour mobility"],
        ["1", "2", "1", "theme", "on", "SDG 10.7"],
    ]


def test_csv_has_a_byte_order_mark_for_excel(tmp_path: Path) -> None:
    write_csv([make_record(1)], tmp_path)
    assert (tmp_path / "pages.csv").read_bytes().startswith("\ufeffpage_id".encode())


def test_the_row_of_hashtags(tmp_path: Path) -> None:
    write_csv([make_record(1)], tmp_path, hxl=True)
    header, hashtags, first = read_csv(tmp_path / "places.csv")
    assert dict(zip(header, hashtags, strict=True))["country_code"] == "#country+code+v_iso2"
    assert dict(zip(header, first, strict=True))["country_code"] == "GH"
    for table, columns in FILE_TABLES:
        hashtags = read_csv(tmp_path / f"{table.name}.csv")[1]
        assert len(hashtags) == len(columns)
        assert all(tag == "" or tag.startswith("#") for tag in hashtags)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=cmd()", "'=cmd()"),
        ("+1", "'+1"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("a = b", "a = b"),
        ("", ""),
        (-3, -3),
        (None, None),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: object) -> None:
    assert formula_free(value) == cell
    if isinstance(value, str):
        assert as_written(formula_free(value)) == value


@given(st.text())
def test_the_value_of_a_cell_is_known_again(value: str) -> None:
    assert as_written(formula_free(value)) == value
    assert not formula_free(value).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@given(title=st.text() | st.text("='-+@\t\r\n\",é\x00\ud800"))
@any_example
def test_any_text_survives_csv(tmp_path: Path, title: str) -> None:
    write_csv([make_record(1, title=title)], tmp_path)
    header, row = read_csv(tmp_path / "pages.csv")
    assert as_written(dict(zip(header, row, strict=True))["title"]) == storable(title)


def test_bodies_and_people_are_one_row_in_files_too(tmp_path: Path) -> None:
    records = [make_record(n) for n in range(3)]
    records[1]["organizations"][0]["name"] = "RIVERINE MOBILITY AGENCY"
    records[2]["people"][0]["name"] = "AMA SERWAA BOATENG"
    write_csv(records, tmp_path / "csv")
    write_tables(records, tmp_path / "parquet")
    assert read_csv(tmp_path / "csv" / "people.csv")[1:] == [["person:ama-serwaa-boateng", "Ama Serwaa Boateng"]]
    names = pq.read_table(tmp_path / "parquet" / "organizations.parquet")["name"].to_pylist()
    assert names == ["Riverine Mobility Agency", "International Organization for Migration"]


def test_parquet_holds_the_records_as_they_are(tmp_path: Path) -> None:
    records = [make_record(n) for n in range(3)] + [make_record(3, title=HOSTILE, people=[], dates=[])]
    path = tmp_path / "records.parquet"
    assert write_nested(records, path) == 4
    read = pq.read_table(path).to_pylist()
    for record in read:
        record["extraction"]["models"] = dict(record["extraction"]["models"])
    assert read == storable(records)


def test_parquet_opens_in_duckdb_and_pandas(tmp_path: Path) -> None:
    records = [make_record(n) for n in range(3)]
    write_nested(records, tmp_path / "records.parquet")
    write_tables(records, tmp_path / "tables")
    nested = "SELECT title, unnest(organizations).name FROM read_parquet(?) ORDER BY ALL LIMIT 2"
    assert duckdb.execute(nested, [str(tmp_path / "records.parquet")]).fetchall() == [
        ("Workshop 0 on seasonal labour mobility", "IOM"),
        ("Workshop 0 on seasonal labour mobility", "Riverine Mobility Agency"),
    ]
    folder = tmp_path / "tables"
    counted = (
        f"SELECT t.code, count(*) FROM '{folder}/tags.parquet' t JOIN '{folder}/pages.parquet' p USING (page_id) "
        "GROUP BY ALL ORDER BY ALL"
    )
    assert duckdb.execute(counted).fetchall() == [("10", 3), ("10.7", 3)]
    frame = pd.read_parquet(tmp_path / "records.parquet")
    assert frame["event"].str["start"].tolist() == ["2023-05-03"] * 3
    assert pd.read_parquet(folder / "dates.parquet")["confidence"].tolist() == [0.9] * 3


def test_every_table_of_parquet_has_its_columns_even_without_rows(tmp_path: Path) -> None:
    assert write_tables([], tmp_path) == 0
    for table, columns in FILE_TABLES:
        assert pq.read_schema(tmp_path / f"{table.name}.parquet").names == [c.name for c in columns]


def test_files_say_the_same_each_time(tmp_path: Path) -> None:
    records = [make_record(n) for n in range(3)]
    for folder in (tmp_path / "1", tmp_path / "2"):
        write_csv(records, folder)
        write_tables(records, folder)
        write_nested(records, folder / "records.parquet")
    for path in (tmp_path / "1").iterdir():
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()
