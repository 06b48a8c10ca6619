"""Records into a database and out again: SQLite always, PostgreSQL where its programs are installed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

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
    assert rows(url, "SELECT count(*) FROM page_changes WHERE record_id = :id", id=changed["id"]) == [(2,)]


def test_a_page_that_vanished_stays_until_told(database: Database, url: str) -> None:
    database.load(lines(4))
    database.load(lines(2))
    assert rows(url, "SELECT count(*) FROM pages") == [(4,)]
    assert database.load(lines(2), delete_missing=True).deleted == 2
    assert rows(url, "SELECT count(*) FROM pages") == [(2,)]
    assert rows(url, "SELECT count(*) FROM tags") == [(4,)]


def test_one_row_per_body_and_person_across_pages(database: Database, url: str) -> None:
    database.load(lines(4))
    assert rows(url, "SELECT organization_id, name FROM organizations ORDER BY 1") == [
        ("iom", "International Organization for Migration"),
        ("org:riverine-mobility-agency", "Riverine Mobility Agency"),
    ]
    assert rows(url, "SELECT person_id FROM people") == [("person:ama-serwaa-boateng",)]
    assert rows(url, "SELECT count(*) FROM page_organizations") == [(4 * 3,)]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_fuller_name_of_a_body_stays_whatever_the_order(database: Database, url: str, order: Any) -> None:
    records = [make_record(0), make_record(1)]
    records[1]["organizations"][0]["name"] = "Riverine Mobility Agency of Ostrava"
    for number in order:
        database.load([line(records[number])])
    assert rows(url, "SELECT name FROM organizations WHERE organization_id LIKE 'org:%'") == [
        ("Riverine Mobility Agency of Ostrava",)
    ]


def test_the_common_question_is_one_query(database: Database, url: str) -> None:
    database.load(lines(3))
    question = """
        SELECT count(DISTINCT p.page_id) FROM pages p
        JOIN page_organizations a ON a.page_id = p.page_id AND a.role = 'organizer' AND a.organization_id = :lead
        JOIN page_organizations b ON b.page_id = p.page_id AND b.role = 'partner' AND b.organization_id = 'iom'
        JOIN tags t ON t.page_id = p.page_id AND t.scheme = 'sdg' AND t.code = '10'
        WHERE p.event_start LIKE '2023%'"""
    assert rows(url, question, lead="org:riverine-mobility-agency") == [(3,)]
    assert rows(url, "SELECT count(*) FROM partnerships") == [(6,)]


def test_full_text_search(database: Database, url: str) -> None:
    database.load([*lines(2), line(make_record(7, note="Beekeeping came last."))])
    database.load([line(make_record(0, note="Saffron growers asked for it."))])
    if url.startswith("sqlite"):
        query = "SELECT p.path FROM page_search s JOIN pages p ON p.page_id = s.rowid WHERE page_search MATCH :word"
    else:
        query = (
            "SELECT p.path FROM page_search s JOIN pages p ON p.page_id = s.page_id "
            "WHERE s.document @@ plainto_tsquery('simple', :word)"
        )
    assert rows(url, query, word="beekeeping") == [("pages/7.txt",)]
    assert rows(url, query, word="saffron") == [("pages/0.txt",)]
    assert len(rows(url, query, word="boateng")) == 3


HOSTILE = ["it's \"quoted\"; DROP TABLE pages;--", "nul \x00 in it", "😀 𝔘", "\ud800 alone", "‮right‬ to left", "=cmd()"]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_values_are_stored_and_come_back(database: Database, url: str, value: str) -> None:
    loaded = json.dumps(make_record(1, title=value))  # ASCII: a lone surrogate has no bytes of its own
    database.load([loaded])
    assert list(database.dump()) == [loaded]
    expected = value.replace("\x00", "\ufffd").replace("\ud800", "\ufffd")
    assert rows(url, "SELECT title FROM pages") == [(expected,)]


def test_a_page_that_stands_twice_in_one_load_is_kept_once(database: Database, url: str) -> None:
    twice = [line(make_record(1)), line(make_record(1, title="The same address, saved later"))]
    report = database.load(twice)
    assert (report.new, report.repeated) == (1, 1)
    report = database.load(twice)
    assert (report.new, report.changed, report.unchanged, report.repeated) == (0, 0, 1, 1)


def test_rejections_are_kept_until_the_page_becomes_a_record(database: Database, url: str) -> None:
    rejection = {"path": "pages/3.txt", "url": None, "code": "empty", "message": "The file is empty.", "stage": "read"}
    record = make_record(3)
    database.load(lines(1), rejections=[{"id": record["id"], **rejection}])
    assert rows(url, "SELECT code, path FROM rejections") == [("empty", "pages/3.txt")]
    database.load([line(record)])
    assert rows(url, "SELECT count(*) FROM rejections") == [(0,)]


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


def test_a_line_that_is_no_record_is_named_and_the_batches_before_it_stay(database: Database, url: str) -> None:
    with pytest.raises(DatabaseError, match="line 501 is no record"):
        database.load([*lines(500), '{"schema_version": "1.0.0"}'])
    assert rows(url, "SELECT count(*) FROM pages") == [(500,)]


def test_a_database_of_another_version_is_refused(url: str) -> None:
    Database(url).close()
    with create_engine(_driver(url)).begin() as connection:
        connection.execute(text("UPDATE about SET database_version = 0"))
    with pytest.raises(DatabaseError, match="version 0"):
        Database(url)


@pytest.mark.parametrize("url", ["events.db", "mysql://host/events", "sqlite:////no/such/folder/events.db"])
def test_a_database_that_cannot_be_used_is_a_sentence(url: str) -> None:
    with pytest.raises(DatabaseError):
        Database(url)


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
    with pytest.raises(DatabaseError, match="while loading"):
        database.load(stop_after(700))
    database.close()
    postgres.start()

    assert rows(url, "SELECT count(*) FROM pages") == [(500,)]
    database = Database(url)
    report = database.load(lines(1200))
    assert (report.new, report.unchanged) == (700, 500)
    assert list(database.dump()) == lines(1200)
    database.close()
