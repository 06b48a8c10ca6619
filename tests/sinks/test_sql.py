"""Records into a database and out again: SQLite always, PostgreSQL where its programs are installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from extractor.sinks.jsonl import to_line
from extractor.sinks.rows import person_id
from extractor.sinks.sql import Database, DatabaseError
from tests.sinks.conftest import PostgresServer
from tests.sinks.records import line, lines, make_record


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/events.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    with create_engine(_driver(server.url)).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return server.url


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    database = Database(url)
    yield database
    database.close()


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def rows(url: str, query: str, **values: Any) -> list[tuple[Any, ...]]:
    engine = create_engine(_driver(url))
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query), values)]
    engine.dispose()
    return found


def test_what_was_loaded_comes_out_byte_for_byte(database: Database) -> None:
    loaded = lines(30)
    report = database.load(loaded)
    assert (report.new, report.changed, report.unchanged) == (30, 0, 0)
    assert list(database.dump()) == loaded


def test_loading_again_changes_nothing(database: Database, url: str) -> None:
    database.load(lines(5))
    report = database.load(lines(5))
    assert (report.new, report.changed, report.unchanged) == (0, 0, 5)
    assert rows(url, "SELECT count(*) FROM page_changes") == [(5,)]
    assert rows(url, "SELECT count(*) FROM dates") == [(5,)]


def test_a_changed_page_replaces_its_rows_and_is_logged(database: Database, url: str) -> None:
    database.load(lines(3))
    changed = make_record(1, title="Workshop 1, postponed", dates=[], people=[])
    report = database.load([line(changed)])
    assert (report.new, report.changed) == (0, 1)
    assert rows(url, "SELECT title FROM pages ORDER BY page_id") == [
        ("Workshop 0 on seasonal labour mobility",),
        ("Workshop 1, postponed",),
        ("Workshop 2 on seasonal labour mobility",),
    ]
    assert rows(url, "SELECT count(*) FROM dates") == [(2,)]
    log = "SELECT change, source_sha256 FROM page_changes WHERE record_id = :id ORDER BY run_id"
    sha256 = changed["source"]["sha256"]
    assert rows(url, log, id=changed["id"]) == [("new", sha256), ("changed", sha256)]


def test_a_page_that_vanished_stays_until_told(database: Database, url: str) -> None:
    database.load(lines(4))
    database.load(lines(2))
    assert rows(url, "SELECT count(*) FROM pages") == [(4,)]
    assert database.load(lines(2), delete_missing=True).deleted == 2
    assert rows(url, "SELECT count(*) FROM pages") == [(2,)]
    assert rows(url, "SELECT count(*) FROM tags") == [(4,)]
    assert rows(url, "SELECT count(*) FROM page_changes WHERE change = 'deleted'") == [(2,)]


def test_one_row_per_body_and_person_across_pages(database: Database, url: str) -> None:
    database.load(lines(4))
    assert rows(url, "SELECT organization_id, name FROM organizations ORDER BY 1") == [
        ("iom", "International Organization for Migration"),
        ("org:riverine-mobility-agency", "Riverine Mobility Agency"),
    ]
    assert rows(url, "SELECT person_id FROM people") == [("person:ama-serwaa-boateng",)]
    assert rows(url, "SELECT count(*) FROM page_organizations") == [(4 * 3,)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ("Riverine Mobility Agency", "The Riverine Mobility Agency", "The Riverine Mobility Agency"),
        ("Riverine Mobility Agency", "RIVERINE MOBILITY AGENCY", "Riverine Mobility Agency"),
        ("Agencia de Movilidad Fluvial de Peten", "Agencia de Movilidad Fluvial de Petén", None),
    ],
)
def test_the_best_written_name_of_a_body_stays_whatever_the_order(
    database: Database, url: str, order: Any, one: str, other: str, kept: str | None
) -> None:
    records = [make_record(0), make_record(1)]
    for record, name in zip(records, (one, other), strict=True):
        record["organizations"][0]["name"] = name
    for number in order:
        database.load([line(records[number])])
    assert rows(url, "SELECT name FROM organizations WHERE organization_id LIKE 'org:%'") == [(kept or other,)]


def test_what_a_newer_record_knows_of_a_body_stands(database: Database, url: str) -> None:
    records = [make_record(0), make_record(1), make_record(2)]
    records[0]["organizations"][0] |= {"kind": "ngo", "country_code": "GH"}
    records[1]["organizations"][0] |= {"kind": "government"}
    for record in records:
        database.load([line(record)])
    query = "SELECT kind, country_code FROM organizations WHERE organization_id LIKE 'org:%'"
    assert rows(url, query) == [("government", "GH")]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ama Serwaa Boateng", "AMA SERWAA BOATENG", True),
        ("Zoë O’Neill-Duarte", "Zoe O'Neill Duarte", True),
        ("Ama Boateng", "Ama Serwaa Boateng", False),
        ("कि", "का", False),
        ("نور", "سمر", False),
        ("—", "…", False),
    ],
)
def test_a_person_is_known_again_by_the_name(one: str, other: str, same: bool) -> None:
    assert (person_id(one) == person_id(other)) is same


def test_bodies_and_people_that_no_page_names_any_more_go(database: Database, url: str) -> None:
    database.load(lines(2))
    changed = make_record(1)
    changed["organizations"][0] |= {"id": "org:harbour-guild", "name": "Harbour Guild"}
    changed["people"][0]["name"] = "Kofi Mensah"
    database.load([line(make_record(0, organizations=[], people=[])), line(changed)])
    assert rows(url, "SELECT organization_id FROM organizations ORDER BY 1") == [("iom",), ("org:harbour-guild",)]
    assert rows(url, "SELECT name FROM people") == [("Kofi Mensah",)]


def test_every_role_of_a_person_is_a_row(database: Database, url: str) -> None:
    record = make_record(1)
    record["people"][0] |= {"roles": ["speaker", "moderator"], "organization_id": "org:unknown-to-the-page"}
    record["people"].append(record["people"][0] | {"name": "Kofi Mensah", "roles": [], "organization_id": "iom"})
    database.load([line(record)])
    assert rows(url, "SELECT item, name, role, organization_id FROM page_people ORDER BY ordinal") == [
        (0, "Ama Serwaa Boateng", "speaker", None),
        (0, "Ama Serwaa Boateng", "moderator", None),
        (1, "Kofi Mensah", None, "iom"),
    ]


def test_evidence_is_joined_to_what_it_says(database: Database, url: str) -> None:
    database.load(lines(1))
    query = """
        SELECT DISTINCT o.name, e.text FROM page_organizations o
        JOIN evidence e ON e.page_id = o.page_id AND e.owner = 'organization' AND e.item = o.item ORDER BY 1"""
    assert rows(url, query) == [("IOM", "IOM"), ("Riverine Mobility Agency", "Riverine Mobility Agency")]
    assert rows(url, "SELECT text FROM evidence WHERE owner = 'title'") == [("Workshop 0 on seasonal labour mobility",)]
    true = """
        SELECT count(*) FROM evidence e JOIN pages p ON p.page_id = e.page_id
        WHERE e.text = substr(p.text, e.start + 1, e."end" - e.start)"""
    assert rows(url, true) == rows(url, "SELECT count(*) FROM evidence")


def test_the_common_question_is_one_query(database: Database, url: str) -> None:
    database.load(lines(3))
    question = """
        SELECT count(DISTINCT p.page_id) FROM pages p
        JOIN page_organizations a ON a.page_id = p.page_id AND a.role = 'organizer' AND a.organization_id = :lead
        JOIN page_organizations b ON b.page_id = p.page_id AND b.role = 'partner' AND b.organization_id = 'iom'
        JOIN tags t ON t.page_id = p.page_id AND t.scheme = 'sdg' AND t.code = '10'
        WHERE p.event_start LIKE '2023%'"""
    assert rows(url, question, lead="org:riverine-mobility-agency") == [(3,)]
    assert rows(url, "SELECT count(*) FROM partnerships") == [(9,)]


def search(url: str, word: str) -> list[str]:
    if url.startswith("sqlite"):
        query = "SELECT p.path FROM page_search s JOIN pages p ON p.page_id = s.rowid WHERE page_search MATCH :word"
    else:
        query = "SELECT path FROM pages WHERE search @@ plainto_tsquery('simple', :word)"
    return [path for (path,) in rows(url, f"{query} ORDER BY 1", word=word)]


def test_full_text_search(database: Database, url: str) -> None:
    database.load([*lines(2), line(make_record(7, note="Beekeeping came last."))])
    database.load([line(make_record(0, note="Saffron growers asked for it."))])
    assert search(url, "beekeeping") == ["pages/7.txt"]
    assert search(url, "saffron") == ["pages/0.txt"]
    assert len(search(url, "boateng")) == 3
    assert len(search(url, "organization migration")) == 3  # the official name, that no page prints
    database.load([line(make_record(0))], delete_missing=True)
    assert search(url, "saffron") == search(url, "beekeeping") == []
    assert search(url, "workshop") == ["pages/0.txt"]


@pytest.mark.parametrize("word", ["𝔘{n:05d}-𝔙{n:05d}", "w{n}/x{n}.y", "{n:07d}é"])
def test_a_long_page_of_rare_words_is_stored_and_searched(database: Database, url: str, word: str) -> None:
    note = " ".join(word.format(n=n) for n in range(100_000))
    database.load([line(make_record(1, note=note))])
    assert search(url, "boateng") == ["pages/1.txt"]
    assert rows(url, "SELECT length(text) FROM pages")[0][0] > len(note)


HOSTILE = ['it\'s "quoted"; DROP TABLE pages;--', "nul \x00 in it", "😀 𝔘", "\ud800 alone", "‮right‬ to left", "=cmd()"]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_stored_and_come_back(database: Database, url: str, value: str) -> None:
    loaded = json.dumps(make_record(1, title=value))  # ASCII: a lone surrogate has no bytes of its own
    database.load([loaded])
    assert list(database.dump()) == [loaded]
    expected = value.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert rows(url, "SELECT title FROM pages") == [(expected,)]


@given(title=st.text(), note=st.text(max_size=50))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back(database: Database, title: str, note: str) -> None:
    loaded = to_line(make_record(1, note=note, title=title))
    database.load([loaded], delete_missing=True)
    assert list(database.dump()) == [loaded]
    assert json.loads(loaded)["title"] == title


def test_a_lone_surrogate_has_no_bytes_and_comes_back_as_its_escape(database: Database) -> None:
    record = make_record(1, title="\ud800 alone")
    database.load([json.dumps(record, ensure_ascii=False)])
    assert [json.loads(dumped) for dumped in database.dump()] == [record]


def test_a_page_that_stands_twice_in_one_load_is_kept_once(database: Database, url: str) -> None:
    twice = [line(make_record(1)), line(make_record(1, title="The same address, met again")), line(make_record(1))]
    report = database.load(twice)
    assert (report.new, report.repeated) == (1, 2)
    report = database.load(twice)
    assert (report.new, report.changed, report.unchanged, report.repeated) == (0, 0, 1, 2)
    assert list(database.dump()) == [line(make_record(1))]


def saved(number: int, saved_at: str) -> str:
    record = make_record(number, note=f"Saved {saved_at}.")
    record["source"]["saved_at"] = saved_at
    return line(record)


@pytest.mark.parametrize("between", [0, 600])  # in one batch, in two
def test_of_two_savings_of_a_page_the_later_is_kept(database: Database, url: str, between: int) -> None:
    old, new = saved(9999, "2023-05-01T23:30:00+00:00"), saved(9999, "2023-05-02T01:00:00+01:00")
    older = [new, *lines(between), old]
    later = [old, *lines(between), new]
    report = database.load(later)
    assert (report.new, report.changed, report.repeated) == (between + 1, 0, 1)
    assert new in set(database.dump())
    for again in (later, older):
        report = database.load(again)
        assert (report.new, report.changed, report.repeated) == (0, 0, 1)
        assert report.unchanged + report.older == between + 1
        assert new in set(database.dump())
    report = database.load([old])
    assert (report.older, report.changed) == (1, 0)
    assert rows(url, "SELECT count(*) FROM page_changes WHERE change = 'deleted'") == [(0,)]


REJECTION = {"path": "pages/3.txt", "url": None, "code": "empty", "message": "The file is empty.", "stage": "read"}


@pytest.mark.parametrize("rejected_id", [make_record(3)["id"], "0" * 32])  # of its address, of its path
def test_rejections_are_kept_until_the_page_becomes_a_record(database: Database, url: str, rejected_id: str) -> None:
    record = line(make_record(3))
    database.load([record])
    assert database.load(lines(1), rejections=[{"id": rejected_id, **REJECTION}]).rejected == 1
    assert rows(url, "SELECT code, path FROM rejections") == [("empty", "pages/3.txt")]
    database.load(lines(1))
    assert rows(url, "SELECT count(*) FROM rejections") == [(1,)]
    assert database.load([record]).unchanged == 1
    assert rows(url, "SELECT count(*) FROM rejections") == [(0,)]


def test_a_run_is_recorded_with_its_counts_and_a_cut_off_one_has_no_end(database: Database, url: str) -> None:
    database.load(lines(3), source="a.jsonl")
    with pytest.raises(DatabaseError):
        database.load([*lines(500), "no JSON"], source="b.jsonl")
    query = "SELECT source, new, unchanged, finished_at IS NOT NULL FROM runs ORDER BY run_id"
    assert [tuple(row) for row in rows(url, query)] == [("a.jsonl", 3, 0, True), ("b.jsonl", 497, 3, False)]


def test_two_loaders_at_once_lose_nothing(url: str) -> None:
    def load(part: int) -> int:
        database = Database(url)
        try:
            return database.load([line(make_record(n)) for n in range(1200) if n % 3 != part]).new
        finally:
            database.close()

    Database(url).close()
    with ThreadPoolExecutor(2) as loaders:
        new = list(loaders.map(load, [1, 2]))
    assert sum(new) == 1200
    assert rows(url, "SELECT count(*), count(DISTINCT record_id) FROM pages") == [(1200, 1200)]
    assert rows(url, "SELECT count(*) FROM dates") == [(1200,)]


@pytest.mark.parametrize(
    "bad",
    [
        '{"schema_version": "1.0.0"}',
        "[]",
        "null",
        "no JSON",
        "[" * 100_000,
        line(make_record(900, id=7)),
        line(make_record(900, sections=None)),
        line(make_record(900, people=[{}])),
    ],
)
def test_a_line_that_is_no_record_is_named_and_the_batches_before_it_stay(
    database: Database, url: str, bad: str
) -> None:
    with pytest.raises(DatabaseError, match="line 502 is no record"):
        database.load([*lines(500), "", bad])
    assert rows(url, "SELECT count(*) FROM pages") == [(500,)]


@pytest.mark.parametrize("title", [{"a": 1}, 2**70])
def test_a_value_that_a_column_cannot_hold_is_a_sentence(database: Database, url: str, title: Any) -> None:
    record = make_record(1)
    record["sections"][0]["level"] = title
    with pytest.raises(DatabaseError, match="lines 1 to 1"):
        database.load([line(record)])
    assert rows(url, "SELECT count(*) FROM pages") == [(0,)]


def test_records_of_another_schema_are_refused(database: Database) -> None:
    with pytest.raises(DatabaseError, match=r"line 1 is a record of schema 0\.9"):
        database.load([line(make_record(1, schema_version="0.9"))])


@pytest.mark.parametrize("change", ["database_version = 0", "record_schema = '0.9'"])
def test_a_database_of_another_version_is_refused(url: str, change: str) -> None:
    Database(url).close()
    with create_engine(_driver(url)).begin() as connection:
        connection.execute(text(f"UPDATE about SET {change}"))
    with pytest.raises(DatabaseError, match=r"tables of version \d with records of schema"):
        Database(url)


def test_a_database_of_something_else_is_left_alone(url: str) -> None:
    with create_engine(_driver(url)).begin() as connection:
        connection.execute(text("CREATE TABLE pages (chapter integer)"))
    with pytest.raises(DatabaseError, match=r"not the extractor's \(pages\)"):
        Database(url)
    assert rows(url, "SELECT count(*) FROM pages") == [(0,)]


def test_reading_makes_no_database(url: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"there is no database|holds no records"):
        Database(url, create=False)
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.parametrize(
    "url",
    [
        "events.db",
        "",
        "mysql://host/events",
        "sqlite://events.db",
        "sqlite:////no/such/folder/events.db",
        "postgresql://nobody:secret@/events?host=/no/such/socket",
    ],
)
def test_a_database_that_cannot_be_used_is_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseError) as raised:
        Database(url)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_no_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "events.db").write_text("A page about something. " * 100)
    with pytest.raises(DatabaseError, match="not a database"):
        Database(f"sqlite:///{tmp_path}/events.db")


def test_a_dump_waits_for_no_batch_of_a_loader(url: str) -> None:
    Database(url).close()

    def dumping() -> Iterator[str]:
        for number, loaded in enumerate(lines(1100)):
            if number == 600:  # between two batches
                reader = Database(url, create=False)
                assert len(list(reader.dump())) == 500
                reader.close()
            yield loaded

    database = Database(url)
    assert database.load(dumping()).new == 1100
    database.close()


def test_a_dump_waits_for_no_loader(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/events.db"
    database, reader = Database(url), Database(url)
    database.load(lines(2))
    dumped = reader.dump()
    first = next(dumped)
    database.load(lines(4))
    assert [first, *dumped] == lines(2)  # what stood there when it began


def test_a_server_stopped_in_mid_load_leaves_whole_batches(postgres: PostgresServer) -> None:
    url = postgres.url
    with create_engine(_driver(url)).begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))

    def stop_after(count: int) -> Iterator[str]:
        for number, loaded in enumerate(lines(1200)):
            if number == count:
                postgres.stop()
            yield loaded

    database = Database(url)
    with pytest.raises(DatabaseError, match="cannot load into"):
        database.load(stop_after(700))
    database.close()
    postgres.start()

    assert rows(url, "SELECT count(*) FROM pages") == [(500,)]
    database = Database(url)
    report = database.load(lines(1200))
    assert (report.new, report.unchanged) == (700, 500)
    assert list(database.dump()) == lines(1200)
    database.close()
