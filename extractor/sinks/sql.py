"""SQL: records into SQLite or PostgreSQL, and out again byte for byte.

A batch of records is one transaction, and the batches of several loaders take turns (SQLite: the write lock;
PostgreSQL: an advisory lock). A crash therefore leaves whole batches, and the same command completes them.
"""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    create_engine,
    delete,
    event,
    exists,
    func,
    insert,
    inspect,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from extractor.model import SCHEMA_VERSION
from extractor.sinks import tables
from extractor.sinks.jsonl import escape_surrogates
from extractor.sinks.rows import Body, Human, PageRows, Row, SharedRows, merge_body, merge_human, page_rows, storable

BATCH = 500  # records in a transaction, and values in one IN (...)
_LOCK = 0x65787472  # the advisory lock of loaders on PostgreSQL ("extr")
# On PostgreSQL so much of a page is searched: a tsvector holds 1 MB, and rare words take up to 8 bytes a character.
_SEARCHED = 100_000  # characters of the text
_SEARCHED_NAMES = 10_000  # characters of the title, and of the names


class DatabaseError(Exception):
    """A database that cannot be used, or a file that cannot be loaded: one sentence, and what to do."""


@dataclass(slots=True)
class LoadReport:
    """What a load did, in pages.

    ``repeated``: lines whose page stood earlier in the same load; the one saved last is kept, else the first.
    ``older``: pages that the database holds as they were saved later; they stay.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    older: int = 0
    rejected: int = 0
    deleted: int = 0


@dataclass(slots=True)
class _Parsed:
    """A line that is to be stored, and its record."""

    number: int
    line: str
    content_hash: str
    record: dict[str, Any]

    @property
    def saved_at(self) -> str | None:
        saved_at: str | None = self.record["source"]["saved_at"]
        return saved_at


@dataclass(slots=True)
class _Load:
    """One run of ``Database.load``."""

    run_id: int
    seen: set[str] = field(default_factory=set)  # ids of records
    report: LoadReport = field(default_factory=LoadReport)


class Database:
    """An event database at a SQLAlchemy URL: ``sqlite:///events.db``, ``postgresql://user@host/name``.

    Makes the tables where there are none, unless ``create`` is false. Raises DatabaseError when the database cannot be
    reached, when its driver is missing, or when it holds tables of another version or of something else.
    """

    def __init__(self, url: str, create: bool = True) -> None:
        self._url = _parse_url(url)
        if not create and self._is_no_file():
            raise DatabaseError(f"there is no database {self}")
        self._dialect: _Dialect = _Sqlite() if self._url.get_backend_name() == "sqlite" else _Postgres()
        try:
            self._engine = self._dialect.engine(self._url)
        except ModuleNotFoundError as error:
            raise DatabaseError(f"the driver {error.name} is not installed; install extractor[postgres]") from None
        except ArgumentError as error:
            raise DatabaseError(f"{error}") from None
        with self._failing("open"):
            self._open(create)

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
        """Load records (lines of JSON), then rejections. Loading the same records again changes no page.

        ``delete_missing`` removes the pages that are not among ``lines``. Raises DatabaseError for a line that is
        no record, naming it, and for a lost connection; the batches before it stay loaded.
        """
        with self._failing("load into"):
            load = _Load(self._begin_run(source))
        for batch in _batches(lines):
            with self._failing("load into", batch), _no_collecting(), self._engine.begin() as connection:
                self._dialect.take_turn(connection)
                self._load_batch(connection, load, batch)
        with self._failing("load into"), self._engine.begin() as connection:
            self._dialect.take_turn(connection)
            load.report.rejected = self._load_rejections(connection, load, rejections)
            if delete_missing:
                load.report.deleted = self._delete_missing(connection, load)
            _delete_orphans(connection)
            _update_run(connection, load, finished_at=_now())
        return load.report

    def dump(self) -> Iterator[str]:
        """The records as they were loaded, as lines of JSON without their line ends, in the order of loading."""
        query = select(tables.pages.c.record).order_by(tables.pages.c.page_id)
        with self._failing("read"), self._engine.connect() as connection:
            reader = connection.execution_options(reading=True, yield_per=BATCH)
            for (record,) in reader.execute(query):
                yield record

    @contextmanager
    def _failing(self, doing: str, batch: list[tuple[int, str]] | None = None) -> Iterator[None]:
        """The driver's errors as a sentence. COPY raises them as they are, SQLAlchemy wraps them."""
        driver = self._engine.dialect.loaded_dbapi
        where = f" (lines {batch[0][0]} to {batch[-1][0]})" if batch else ""
        try:
            yield
        except (DBAPIError, driver.Error) as error:
            cause = error.orig if isinstance(error, DBAPIError) else error
            advice = ""
            if doing == "load into":
                advice = "; the batches before it stay loaded, and the same command completes them"
                if isinstance(cause, driver.DataError | driver.IntegrityError):
                    advice = "; extractor validate says which record is wrong"
            raise DatabaseError(f"cannot {doing} {self}{where}: {_first_line(cause)}{advice}") from None
        except OverflowError as error:  # SQLite's driver, of a number that no column holds
            raise DatabaseError(f"cannot {doing} {self}{where}: {error}; extractor validate says why") from None

    def _is_no_file(self) -> bool:
        """Whether it is a file of SQLite that does not exist: connecting would make it."""
        return self._url.get_backend_name() == "sqlite" and not Path(self._url.database or "").is_file()

    def _open(self, create: bool) -> None:
        with self._engine.connect().execution_options(reading=not create) as connection, connection.begin():
            if create:
                self._dialect.take_turn(connection)
            found = set(inspect(connection).get_table_names())
            if "about" not in found:
                strangers = sorted(found & set(tables.metadata.tables))
                if strangers:
                    raise DatabaseError(
                        f"{self} holds tables that are not the extractor's ({', '.join(strangers)}); name another one"
                    )
                if not create:
                    raise DatabaseError(f"{self} holds no records; extractor load puts them there")
                self._create(connection)
            stored = connection.execute(select(tables.about)).one_or_none()
        wanted = (tables.DATABASE_VERSION, SCHEMA_VERSION)
        if stored is None or tuple(stored) != wanted:
            version_found, schema_found = stored or ("unknown", "unknown")
            raise DatabaseError(
                f"{self} has tables of version {version_found} with records of schema {schema_found}, and this "
                f"extractor writes version {wanted[0]} with schema {wanted[1]}; load into a new database, from the "
                "pages or from what the extractor that made this one dumps"
            )

    def _create(self, connection: Connection) -> None:
        tables.metadata.create_all(connection)
        for name, query in tables.VIEWS.items():
            connection.execute(text(f"CREATE VIEW {name} AS {query}"))
        self._dialect.create_search(connection)
        connection.execute(
            insert(tables.about).values(database_version=tables.DATABASE_VERSION, record_schema=SCHEMA_VERSION)
        )

    def _begin_run(self, source: str) -> int:
        with self._engine.begin() as connection:
            self._dialect.take_turn(connection)
            run_id = (connection.execute(select(func.max(tables.runs.c.run_id))).scalar() or 0) + 1
            run = {"run_id": run_id, "started_at": _now(), "source": storable(source)}
            connection.execute(insert(tables.runs).values(**run, extractor_version=version("extractor")))
        return run_id

    def _load_batch(self, connection: Connection, load: _Load, batch: list[tuple[int, str]]) -> None:
        hashes = [hashlib.sha256(line.encode()).hexdigest() for _, line in batch]
        loaded = _by_hash(connection, hashes)
        parsed: list[_Parsed] = []
        touched: list[str] = []  # ids of the records that a rejection may still stand for
        for (number, line), content_hash in zip(batch, hashes, strict=True):
            record_id = loaded.get(content_hash)
            if record_id is None:
                parsed.append(_parse_record(number, line, content_hash))
            elif record_id in load.seen:
                load.report.repeated += 1
            else:
                load.seen.add(record_id)
                touched.append(record_id)
                load.report.unchanged += 1
        stored = _by_id(connection, [p.record["id"] for p in parsed])
        fresh = _choose(parsed, {key: saved_at for key, (_, saved_at) in stored.items()}, load)
        if fresh:
            self._write(connection, fresh, {key: page_id for key, (page_id, _) in stored.items()})
            _log_changes(
                connection,
                load.run_id,
                [("changed" if key in stored else "new", key, p) for key, p in fresh.items()],
            )
        _forget_rejections(connection, [*touched, *fresh])
        _update_run(connection, load)

    def _write(self, connection: Connection, fresh: dict[str, _Parsed], stored: dict[str, int]) -> None:
        """Replace the rows of the pages ``fresh``; a stored page keeps its page_id."""
        replaced = [stored[key] for key in fresh if key in stored]
        for page_ids in _chunks(replaced):
            connection.execute(delete(tables.pages).where(tables.pages.c.page_id.in_(page_ids)))
        last = connection.execute(select(func.max(tables.pages.c.page_id))).scalar() or 0
        next_id = max(last, *stored.values(), 0) + 1
        pages: list[Row] = []
        shared = SharedRows()
        of_page: dict[str, list[Row]] = {table.name: [] for table in tables.PAGE_TABLES}
        for record_id, parsed in fresh.items():
            page_id = stored.get(record_id)
            if page_id is None:
                page_id, next_id = next_id, next_id + 1
            rows = _rows(parsed, page_id)
            pages.append((*rows.page, rows.names, parsed.line, parsed.content_hash))
            shared.add(rows)
            for name, found in rows.tables.items():
                of_page[name] += found
        self._merge(connection, tables.organizations, shared.bodies, Body._make, merge_body)
        self._merge(connection, tables.people, shared.people, Human._make, merge_human)
        self._dialect.insert(connection, tables.pages, pages)
        for table in tables.PAGE_TABLES:
            self._dialect.insert(connection, table, of_page[table.name])

    def _merge(
        self,
        connection: Connection,
        table: Table,
        rows: dict[str, _Shared],
        make: Callable[[Iterable[Any]], _Shared],
        merge: Callable[[_Shared, _Shared], _Shared],
    ) -> None:
        """Write what is new or better known of bodies or people than what other pages said."""
        key = next(iter(table.columns))
        changed = dict(rows)
        for keys in _chunks(list(rows)):
            for found in connection.execute(select(table).where(key.in_(keys))):
                old = make(found)
                merged = merge(old, rows[found[0]])
                if merged == old:
                    del changed[found[0]]
                else:
                    changed[found[0]] = merged
        self._dialect.upsert(connection, table, list(changed.values()))

    def _load_rejections(self, connection: Connection, load: _Load, rejections: Iterable[dict[str, Any]]) -> int:
        columns = ("path", "url", "code", "message", "stage")
        rows: dict[str, Row] = {}
        for rejection in rejections:
            try:
                row = (rejection["id"], load.run_id, *(rejection[column] for column in columns))
            except (KeyError, TypeError):
                raise DatabaseError(f"{str(rejection)[:200]!r} is no rejection; the records stay loaded") from None
            if rejection["id"] not in load.seen:
                rows[rejection["id"]] = tuple(map(storable, row))
        _delete_in(connection, tables.rejections.c.rejection_id, list(rows))
        self._dialect.insert(connection, tables.rejections, list(rows.values()))
        return len(rows)

    def _delete_missing(self, connection: Connection, load: _Load) -> int:
        stored = connection.execute(select(tables.pages.c.record_id)).scalars()
        missing = [record_id for record_id in stored if record_id not in load.seen]
        _delete_in(connection, tables.pages.c.record_id, missing)
        _log_changes(connection, load.run_id, [("deleted", record_id, None) for record_id in missing])
        return len(missing)


_Shared = TypeVar("_Shared", Body, Human)


class _Dialect(Protocol):
    """What SQLite and PostgreSQL do each in its own way."""

    def engine(self, url: URL) -> Engine: ...
    def take_turn(self, connection: Connection) -> None: ...
    def insert(self, connection: Connection, table: Table, rows: list[Row]) -> None: ...
    def upsert(self, connection: Connection, table: Table, rows: list[Any]) -> None: ...
    def create_search(self, connection: Connection) -> None: ...


class _Sqlite:
    def engine(self, url: URL) -> Engine:
        engine = create_engine(url, connect_args={"timeout": 120})  # seconds: another loader's batch is short

        @event.listens_for(engine, "connect")
        def connect(connection: Any, _: object) -> None:
            connection.isolation_level = None  # transactions are begun below
            for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "cache_size = -65536"):
                connection.execute(f"PRAGMA {pragma}")

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            # The write lock at once: a lock upgraded in mid-transaction fails where another loader is faster.
            reading = connection.get_execution_options().get("reading")
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

        return engine

    def take_turn(self, connection: Connection) -> None:
        """BEGIN IMMEDIATE did."""

    def insert(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        self._insert(connection, table, rows, "")

    def upsert(self, connection: Connection, table: Table, rows: list[Any]) -> None:
        self._insert(connection, table, rows, _on_conflict(table))

    def _insert(self, connection: Connection, table: Table, rows: list[Row], on_conflict: str) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} ({_columns(table)}) VALUES ({marks}) {on_conflict}", rows
            )

    def create_search(self, connection: Connection) -> None:
        """The index keeps no copy of the text; the triggers keep it true whoever writes."""
        values = ("rowid, title, names, text", "{0}.page_id, {0}.title, {0}.names, {0}.text")
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE page_search USING fts5(title, names, text, "
            # content="pages", so quoted, tells Datasette that the table pages can be searched
            "content=\"pages\", content_rowid='page_id', tokenize='unicode61 remove_diacritics 2')"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER pages_searched AFTER INSERT ON pages BEGIN "
            f"INSERT INTO page_search ({values[0]}) VALUES ({values[1].format('new')}); END"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER pages_unsearched AFTER DELETE ON pages BEGIN "
            f"INSERT INTO page_search (page_search, {values[0]}) VALUES ('delete', {values[1].format('old')}); END"
        )


class _Postgres:
    def engine(self, url: URL) -> Engine:
        # A snapshot taken before the lock is had would miss what the loader before has written.
        engine = create_engine(url, isolation_level="READ COMMITTED")

        @event.listens_for(engine, "connect")
        def connect(connection: Any, _: object) -> None:
            # Several times as fast as the server's old default; a server built without it goes on as it is.
            connection.execute(
                "SELECT set_config(name, 'lz4', false) FROM pg_settings "
                "WHERE name = 'default_toast_compression' AND 'lz4' = ANY(enumvals)"
            )
            connection.commit()

        return engine

    def take_turn(self, connection: Connection) -> None:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    def insert(self, connection: Connection, table: Table, rows: list[Row]) -> None:
        if rows:
            self._copy(connection, table.name, _columns(table), rows)

    def upsert(self, connection: Connection, table: Table, rows: list[Any]) -> None:
        if rows:
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
        """A column that the server itself keeps true."""
        connection.exec_driver_sql(
            "ALTER TABLE pages ADD COLUMN search tsvector GENERATED ALWAYS AS ("
            f"setweight(to_tsvector('simple', left(coalesce(title, ''), {_SEARCHED_NAMES})), 'A') || "
            f"setweight(to_tsvector('simple', left(names, {_SEARCHED_NAMES})), 'B') || "
            f"to_tsvector('simple', left(text, {_SEARCHED}))) STORED"
        )
        connection.exec_driver_sql("CREATE INDEX pages_search ON pages USING gin (search)")


def _columns(table: Table) -> str:
    return ", ".join(f'"{column.name}"' for column in table.columns)


def _on_conflict(table: Table) -> str:
    key, *others = (column.name for column in table.columns)
    return f"ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in others)}"


def _parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = URL.create("none")
    driver = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg", "sqlite": "sqlite"}
    backend = parsed.get_backend_name()
    if backend not in driver:
        raise DatabaseError("the database is no URL of SQLite or PostgreSQL: try sqlite:///events.db")
    return parsed.set(drivername=driver[backend])


def _parse_record(number: int, line: str, content_hash: str) -> _Parsed:
    try:
        record = json.loads(line)
        if record["schema_version"] != SCHEMA_VERSION:
            raise DatabaseError(
                f"line {number} is a record of schema {record['schema_version']}, and this extractor "
                f"loads {SCHEMA_VERSION}; extract the page again"
            )
        if "\\u" in line:  # only an escape brings a value in that a database cannot hold
            record = storable(record)
        if not isinstance(record["id"], str):
            raise TypeError("its id is no text")
        return _Parsed(number, line, content_hash, record)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_record(number, error) from None


def _rows(parsed: _Parsed, page_id: int) -> PageRows:
    try:
        return page_rows(parsed.record, page_id)
    except (KeyError, TypeError, AttributeError) as error:
        raise _no_record(parsed.number, error) from None


def _no_record(number: int, error: Exception) -> DatabaseError:
    return DatabaseError(f"line {number} is no record ({error!r}); extractor validate says what is wrong")


def _choose(parsed: list[_Parsed], stored: dict[str, str | None], load: _Load) -> dict[str, _Parsed]:
    """The records to write, by id, of those that are not stored as they are; counts them all.

    ``stored``: when the stored page of each id was saved.
    """
    fresh: dict[str, _Parsed] = {}
    for candidate in parsed:
        record_id: str = candidate.record["id"]
        held = fresh[record_id].saved_at if record_id in fresh else stored.get(record_id)
        if record_id in load.seen:
            load.report.repeated += 1
            if not _later(candidate.saved_at, held):
                continue
        elif record_id not in stored:
            load.report.new += 1
        elif _later(held, candidate.saved_at):
            load.report.older += 1
        else:
            load.report.changed += 1
        load.seen.add(record_id)
        if not _later(held, candidate.saved_at):
            fresh[record_id] = candidate
    return fresh


def _later(one: str | None, other: str | None) -> bool:
    """Whether ``one`` is surely later than ``other`` (RFC 3339; without a zone it is UTC)."""
    if one is None or other is None or one == other:
        return False
    try:
        moments = [datetime.fromisoformat(moment) for moment in (one, other)]
    except (ValueError, TypeError):
        return False
    first, second = (m if m.tzinfo else m.replace(tzinfo=UTC) for m in moments)
    return first > second


def _by_hash(connection: Connection, hashes: list[str]) -> dict[str, str]:
    pages = tables.pages
    query = select(pages.c.content_hash, pages.c.record_id).where(pages.c.content_hash.in_(hashes))
    return {row.content_hash: row.record_id for row in connection.execute(query)}


def _by_id(connection: Connection, record_ids: list[str]) -> dict[str, tuple[int, str | None]]:
    """The page_id of each stored record, and when its page was saved."""
    pages = tables.pages
    query = select(pages.c.record_id, pages.c.page_id, pages.c.saved_at).where(pages.c.record_id.in_(record_ids))
    return {row.record_id: (row.page_id, row.saved_at) for row in connection.execute(query)}


def _delete_in(connection: Connection, column: Any, values: list[str]) -> None:
    for chunk in _chunks(values):
        connection.execute(delete(column.table).where(column.in_(chunk)))


def _forget_rejections(connection: Connection, record_ids: list[str]) -> None:
    """A page that is a record now is rejected no more. One without an address is known again by its path."""
    rejections, pages = tables.rejections, tables.pages
    if connection.execute(select(rejections.c.rejection_id).limit(1)).first() is None:
        return
    paths = select(pages.c.path).where(pages.c.record_id.in_(record_ids))
    connection.execute(
        delete(rejections).where(or_(rejections.c.rejection_id.in_(record_ids), rejections.c.path.in_(paths)))
    )


def _delete_orphans(connection: Connection) -> None:
    """Bodies and people that no page names any more."""
    for table, link in ((tables.organizations, tables.page_organizations), (tables.people, tables.page_people)):
        key = next(iter(table.columns))
        connection.execute(delete(table).where(~exists().where(link.c[key.name] == key)))


def _log_changes(connection: Connection, run_id: int, changes: list[tuple[str, str, _Parsed | None]]) -> None:
    now = _now()
    rows = [
        {
            "record_id": record_id,
            "run_id": run_id,
            "changed_at": now,
            "change": change,
            "content_hash": parsed and parsed.content_hash,
            "source_sha256": parsed and parsed.record["source"]["sha256"],
        }
        for change, record_id, parsed in changes
    ]
    if rows:
        connection.execute(insert(tables.page_changes), rows)


def _update_run(connection: Connection, load: _Load, finished_at: str | None = None) -> None:
    values = asdict(load.report) | {"finished_at": finished_at}
    connection.execute(update(tables.runs).where(tables.runs.c.run_id == load.run_id).values(values))


def _batches(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    """Batches of lines with their numbers, empty lines left out."""
    numbered = ((number, escape_surrogates(line.rstrip("\r\n"))) for number, line in enumerate(lines, 1))
    filled = ((number, line) for number, line in numbered if line.strip())
    while batch := list(islice(filled, BATCH)):
        yield batch


_Value = TypeVar("_Value")


def _chunks(values: list[_Value]) -> Iterator[list[_Value]]:
    """SQLite allows 32,766 values in one statement."""
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Pause the garbage collector: it would go through a whole batch of parsed records again and again for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _first_line(error: BaseException | None) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
