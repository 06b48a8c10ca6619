"""SQL: records into SQLite or PostgreSQL, and out again byte for byte.

A batch of records is one transaction, and the batches of several loaders take turns (SQLite: the write lock;
PostgreSQL: an advisory lock). A crash therefore leaves whole batches, and the same command completes them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError

from extractor.model import SCHEMA_VERSION
from extractor.sinks import tables
from extractor.sinks.rows import PageRows, Row, page_rows, storable

BATCH = 500  # records in a transaction
_LOCK = 0x65787472  # the advisory lock of loaders on PostgreSQL ("extr")


class DatabaseError(Exception):
    """A database that cannot be used, or a file that cannot be loaded: one sentence, and what to do."""


@dataclass(slots=True)
class LoadReport:
    """What a load did, in pages. ``repeated``: pages whose id stood earlier in the same load; the first is kept."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    rejected: int = 0
    deleted: int = 0


class Database:
    """An event database at a SQLAlchemy URL: ``sqlite:///events.db``, ``postgresql://user@host/name``.

    Makes the tables where there are none. Raises DatabaseError when the database cannot be reached, when its
    driver is missing, or when it holds tables of another version.
    """

    def __init__(self, url: str) -> None:
        self._url = _parse(url)
        self._dialect: _Dialect = _Sqlite() if self._url.get_backend_name() == "sqlite" else _Postgres()
        try:
            self._engine = create_engine(self._url)
        except ModuleNotFoundError as error:
            raise DatabaseError(f"the driver {error.name} is not installed; install extractor[postgres]") from None
        self._dialect.configure(self._engine)
        try:
            self._open()
        except DBAPIError as error:
            raise DatabaseError(f"cannot use {self}: {_first_line(error)}") from None

    def __str__(self) -> str:
        return self._url.render_as_string(hide_password=True)

    def close(self) -> None:
        self._engine.dispose()

    def load(
        self,
        lines: Iterable[str],
        source: str = "-",
        rejections: Iterable[dict[str, Any]] = (),
        delete_missing: bool = False,
    ) -> LoadReport:
        """Load records (lines of JSON) and rejections. Loading the same records again changes no page.

        ``delete_missing`` removes the pages that are not among ``lines``. Raises DatabaseError for a line that is
        no record, naming it, and for a lost connection; the batches before it stay loaded.
        """
        report = LoadReport()
        seen: set[str] = set()
        try:
            run_id = self._begin_run(source)
            for number, batch in _batches(lines):
                with self._engine.begin() as connection:
                    self._load_batch(connection, run_id, number, batch, seen, report)
            with self._engine.begin() as connection:
                self._dialect.take_turn(connection)
                report.rejected = self._load_rejections(connection, rejections, seen)
                if delete_missing:
                    report.deleted = self._delete_missing(connection, seen)
                _update_run(connection, run_id, report, finished=True)
        except OperationalError as error:
            raise DatabaseError(
                f"lost {self} while loading: {_first_line(error)}; what was loaded stays, the same command goes on"
            ) from None
        return report

    def dump(self) -> Iterator[str]:
        """The records as they were loaded, as lines of JSON without their line ends, in the order of loading."""
        with self._engine.connect() as connection:
            pages = tables.pages
            query = select(pages.c.record).order_by(pages.c.page_id).execution_options(yield_per=BATCH)
            for (record,) in connection.execute(query):
                yield record

    def _open(self) -> None:
        with self._engine.begin() as connection:
            self._dialect.take_turn(connection)
            if not inspect(connection).has_table("about"):
                tables.metadata.create_all(connection)
                for name, query in tables.VIEWS.items():
                    connection.execute(text(f"CREATE VIEW {name} AS {query}"))
                self._dialect.create_search(connection)
                connection.execute(insert(tables.about).values(database_version=tables.DATABASE_VERSION))
            found = connection.execute(select(tables.about.c.database_version)).scalar_one()
        if found != tables.DATABASE_VERSION:
            raise DatabaseError(
                f"{self} has tables of version {found}, and this extractor writes version "
                f"{tables.DATABASE_VERSION}; dump it with the extractor that made it and load it into a new database"
            )

    def _begin_run(self, source: str) -> int:
        with self._engine.begin() as connection:
            self._dialect.take_turn(connection)
            run_id = (connection.execute(select(func.max(tables.runs.c.run_id))).scalar() or 0) + 1
            run = {
                "run_id": run_id,
                "started_at": _now(),
                "source": storable(source),
                "extractor_version": version("extractor"),
                "new": 0,
                "changed": 0,
                "unchanged": 0,
                "rejected": 0,
            }
            connection.execute(insert(tables.runs).values(run))
        return run_id

    def _load_batch(
        self,
        connection: Connection,
        run_id: int,
        number: int,
        batch: list[str],
        seen: set[str],
        report: LoadReport,
    ) -> None:
        self._dialect.take_turn(connection)
        hashes = [hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest() for line in batch]
        loaded = _loaded_hashes(connection, hashes)
        fresh: dict[str, tuple[PageRows, str, str]] = {}
        for offset, (line, content_hash) in enumerate(zip(batch, hashes, strict=True)):
            if content_hash in loaded:
                seen.add(loaded[content_hash])
                report.unchanged += 1
                continue
            rows = _parse_record(line, number + offset)
            if rows.record_id in seen:
                report.repeated += 1
                continue
            seen.add(rows.record_id)
            fresh[rows.record_id] = (rows, line, content_hash)
        if fresh:
            known = _page_ids(connection, list(fresh))
            self._write(connection, fresh, known)
            _log_changes(connection, run_id, fresh)
            report.changed += len(known)
            report.new += len(fresh) - len(known)
        _update_run(connection, run_id, report)

    def _write(
        self, connection: Connection, fresh: dict[str, tuple[PageRows, str, str]], known: dict[str, int]
    ) -> None:
        for page_ids in _chunks(list(known.values())):
            self._dialect.forget_text(connection, page_ids)
            connection.execute(delete(tables.pages).where(tables.pages.c.page_id.in_(page_ids)))
        for record_ids in _chunks(list(fresh)):
            connection.execute(delete(tables.rejections).where(tables.rejections.c.rejection_id.in_(record_ids)))
        last = connection.execute(select(func.max(tables.pages.c.page_id))).scalar() or 0
        new_ids = iter(range(max(last, *known.values(), 0) + 1, 2**62))
        page_id_of = {record_id: known.get(record_id) or next(new_ids) for record_id in fresh}

        organizations: dict[str, Row] = {}
        people: dict[str, Row] = {}
        pages: list[Row] = []
        of_page: dict[str, list[Row]] = {table.name: [] for table in tables.PAGE_TABLES}
        for record_id, (rows, line, content_hash) in fresh.items():
            page_id = page_id_of[record_id]
            pages.append((page_id, record_id, *rows.page, storable(line), content_hash))
            for key, body in rows.organizations.items():
                organizations[key] = max(body, organizations.get(key, body), key=_fullness)
            for key, person in rows.people.items():
                people[key] = max(person, people.get(key, person), key=_fullness)
            for name, found in rows.tables.items():
                of_page[name] += [(page_id, position, *row) for position, row in enumerate(found)]

        self._dialect.merge(connection, tables.organizations, list(organizations.values()))
        self._dialect.merge(connection, tables.people, list(people.values()))
        self._dialect.insert(connection, tables.pages, pages)
        for table in tables.PAGE_TABLES:
            self._dialect.insert(connection, table, of_page[table.name])
        self._dialect.index_text(connection, sorted(page_id_of.values()))

    def _load_rejections(self, connection: Connection, rejections: Iterable[dict[str, Any]], seen: set[str]) -> int:
        rows = {
            r["id"]: (r["id"], *(storable(r[c]) for c in ("path", "url", "code", "message", "stage")))
            for r in rejections
            if r["id"] not in seen
        }
        for ids in _chunks(list(rows)):
            connection.execute(delete(tables.rejections).where(tables.rejections.c.rejection_id.in_(ids)))
        self._dialect.insert(connection, tables.rejections, list(rows.values()))
        return len(rows)

    def _delete_missing(self, connection: Connection, seen: set[str]) -> int:
        stored = connection.execute(select(tables.pages.c.page_id, tables.pages.c.record_id)).all()
        missing = [page_id for page_id, record_id in stored if record_id not in seen]
        for page_ids in _chunks(missing):
            self._dialect.forget_text(connection, page_ids)
            connection.execute(delete(tables.pages).where(tables.pages.c.page_id.in_(page_ids)))
        return len(missing)


class _Dialect(Protocol):
    """What SQLite and PostgreSQL do each in its own way."""

    def configure(self, engine: Engine) -> None: ...
    def take_turn(self, connection: Connection) -> None: ...
    def insert(self, connection: Connection, table: Table, rows: list[Row]) -> None: ...
    def merge(self, connection: Connection, table: Table, rows: list[Row]) -> None: ...
    def create_search(self, connection: Connection) -> None: ...
    def index_text(self, connection: Connection, page_ids: list[int]) -> None: ...
    def forget_text(self, connection: Connection, page_ids: list[int]) -> None: ...


class _Sqlite:
    def configure(self, engine: Engine) -> None:
        @event.listens_for(engine, "connect")
        def connect(connection: Any, _: object) -> None:
            connection.isolation_level = None  # we begin transactions ourselves, see below
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("PRAGMA busy_timeout = 120000")  # milliseconds: another loader's batch is short

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # The write lock at once: a lock upgraded in mid-transaction fails where another loader is faster.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    def take_turn(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE did."""

    def insert(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks})", rows)

    def merge(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks}) {_on_conflict(table)}", rows
            )

    def create_search(self, connection: Connection) -> None:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE page_search USING fts5(title, names, text, tokenize='unicode61')"
        )

    def index_text(self, connection: Connection, page_ids: list[int]) -> None:
        for ids in _chunks(page_ids):
            connection.exec_driver_sql(
                "INSERT INTO page_search (rowid, title, names, text) "
                f"SELECT page_id, title, {_NAMES.format(join='group_concat')}, text "
                f"FROM pages p WHERE page_id IN ({', '.join('?' * len(ids))})",
                tuple(ids),
            )

    def forget_text(self, connection: Connection, page_ids: list[int]) -> None:
        connection.exec_driver_sql(
            f"DELETE FROM page_search WHERE rowid IN ({', '.join('?' * len(page_ids))})", tuple(page_ids)
        )


class _Postgres:
    def configure(self, engine: Engine) -> None:
        """Nothing to set."""

    def take_turn(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    def insert(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        if rows:
            self._copy(connection, table.name, _columns(table), rows)

    def merge(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        if not rows:
            return
        staged, columns = f"staged_{table.name}", _columns(table)
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {staged} (LIKE {table.name}) ON COMMIT DELETE ROWS"
        )
        self._copy(connection, staged, columns, rows)
        connection.exec_driver_sql(
            f"INSERT INTO {table.name} ({columns}) SELECT {columns} FROM {staged} {_on_conflict(table)}"
        )

    def _copy(self, connection: Connection, name: str, columns: str, rows: list[Row]) -> None:
        driver: Any = connection.connection.driver_connection  # psycopg's own connection: SQLAlchemy has no COPY
        with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)

    def create_search(self, connection: Connection) -> None:
        connection.exec_driver_sql(
            "CREATE TABLE page_search (page_id integer PRIMARY KEY REFERENCES pages ON DELETE CASCADE, "
            "document tsvector NOT NULL)"
        )
        connection.exec_driver_sql("CREATE INDEX page_search_document ON page_search USING gin (document)")

    def index_text(self, connection: Connection, page_ids: list[int]) -> None:
        # A tsvector holds at most 1 MB; the first 300,000 characters of a page always fit.
        connection.exec_driver_sql(
            "INSERT INTO page_search (page_id, document) SELECT page_id, "
            "setweight(to_tsvector('simple', coalesce(title, '')), 'A') || "
            f"setweight(to_tsvector('simple', coalesce({_NAMES.format(join='string_agg')}, '')), 'B') || "
            "to_tsvector('simple', left(text, 300000)) FROM pages p WHERE page_id = ANY(%(ids)s)",
            {"ids": page_ids},
        )

    def forget_text(self, connection: Connection, page_ids: list[int]) -> None:
        """The page's deletion does."""


# The names on page p, one string.
_NAMES = (
    "(SELECT {join}(name, ' · ') FROM (SELECT DISTINCT o.name AS name FROM page_organizations o "
    "WHERE o.page_id = p.page_id UNION SELECT e.name FROM page_people pe "
    "JOIN people e ON e.person_id = pe.person_id WHERE pe.page_id = p.page_id) AS found)"
)


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _on_conflict(table: Table) -> str:
    """Keep the fuller name of two, so that the order of loading does not matter; fill what was null."""
    key, name, *others = (column.name for column in table.columns)
    t = table.name
    fuller = (
        f"length(excluded.{name}) > length({t}.{name}) OR "
        f"(length(excluded.{name}) = length({t}.{name}) AND excluded.{name} < {t}.{name})"
    )
    changes = [f"{name} = CASE WHEN {fuller} THEN excluded.{name} ELSE {t}.{name} END"]
    changes += [f"{c} = coalesce({t}.{c}, excluded.{c})" for c in others]
    return f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(changes)}"


def _fullness(row: Row) -> tuple[int, list[int]]:
    """The order that ``_on_conflict`` keeps: the longer name, of two as long the first in order."""
    name: str = row[1]
    return len(name), [-ord(c) for c in name]


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
    except (ArgumentError, NoSuchModuleError):
        backend = ""
    if backend == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if backend == "sqlite":
        return parsed
    raise DatabaseError("the database is no URL of SQLite or PostgreSQL: try sqlite:///events.db")


def _parse_record(line: str, number: int) -> PageRows:
    try:
        record = json.loads(line)
        if record["schema_version"] != SCHEMA_VERSION:
            raise DatabaseError(
                f"line {number} is a record of schema {record['schema_version']}, and this extractor "
                f"loads {SCHEMA_VERSION}; extract the page again"
            )
        return page_rows(record)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatabaseError(f"line {number} is no record ({error!r}); extractor validate says what is wrong") from None


def _loaded_hashes(connection: Connection, hashes: list[str]) -> dict[str, str]:
    pages = tables.pages
    query = select(pages.c.content_hash, pages.c.record_id).where(pages.c.content_hash.in_(hashes))
    return {row.content_hash: row.record_id for row in connection.execute(query)}


def _page_ids(connection: Connection, record_ids: list[str]) -> dict[str, int]:
    pages = tables.pages
    query = select(pages.c.record_id, pages.c.page_id).where(pages.c.record_id.in_(record_ids))
    return {row.record_id: row.page_id for row in connection.execute(query)}


def _log_changes(connection: Connection, run_id: int, fresh: dict[str, tuple[PageRows, str, str]]) -> None:
    now = _now()
    rows = [
        {"record_id": record_id, "run_id": run_id, "changed_at": now, "content_hash": content_hash}
        for record_id, (_, _, content_hash) in fresh.items()
    ]
    connection.execute(insert(tables.page_changes), rows)


def _update_run(connection: Connection, run_id: int, report: LoadReport, finished: bool = False) -> None:
    connection.execute(
        update(tables.runs)
        .where(tables.runs.c.run_id == run_id)
        .values(
            new=report.new,
            changed=report.changed,
            unchanged=report.unchanged,
            rejected=report.rejected,
            finished_at=_now() if finished else None,
        )
    )


def _batches(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """Batches of lines, each with the number of its first line; empty lines left out."""
    numbered = ((number, line.rstrip("\r\n")) for number, line in enumerate(lines, 1))
    filled = ((number, line) for number, line in numbered if line.strip())
    while batch := list(islice(filled, BATCH)):
        yield batch[0][0], [line for _, line in batch]


def _chunks(ids: list[Any]) -> Iterator[list[Any]]:
    """SQLite allows 32,766 values in one statement."""
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
