"""The tables of the database, and the views over them. docs/database.md explains them with a diagram."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

DATABASE_VERSION = 1  # raised by every change of the tables

metadata = MetaData()

# What the database is: one row, written when it is made.
about = Table(
    "about",
    metadata,
    Column("database_version", Integer, nullable=False),
    Column("record_schema", Text, nullable=False),  # schema_version of the records in it
)

runs = Table(
    "runs",
    metadata,
    Column("run_id", Integer, primary_key=True),
    Column("started_at", Text, nullable=False),  # UTC, ISO 8601
    Column("finished_at", Text),  # null while it runs, and when it was cut off
    Column("source", Text, nullable=False),
    Column("extractor_version", Text, nullable=False),
    *(
        Column(count, Integer, nullable=False, default=0)
        for count in ("new", "changed", "unchanged", "repeated", "older", "rejected", "deleted")
    ),
)

pages = Table(
    "pages",
    metadata,
    Column("page_id", Integer, primary_key=True, autoincrement=False),
    Column("record_id", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("url", Text),
    Column("media_type", Text, nullable=False),
    Column("source_sha256", Text, nullable=False),  # of the page as saved
    Column("saved_at", Text),
    Column("page_type", Text, nullable=False, index=True),
    Column("language", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("extractor_version", Text, nullable=False),
    Column("title", Text),
    Column("event_start", Text, index=True),  # ISO 8601 as precise as the page: sorts and compares as text
    Column("event_end", Text),  # "present": no end yet
    Column("event_status", Text),
    Column("attendance", Text),
    Column("date_submitted", Text),
    Column("date_published", Text),
    Column("date_updated", Text),
    Column("text", Text, nullable=False),
    Column("names", Text, nullable=False),  # of its bodies and people, as printed and official: for the search
    Column("record", Text, nullable=False),  # the record as it was loaded, byte for byte
    Column("content_hash", Text, nullable=False, index=True),  # SHA-256 of "record"
)

# What happened to each page, and when. The page itself may be gone: no foreign key.
page_changes = Table(
    "page_changes",
    metadata,
    Column("record_id", Text, nullable=False, index=True),
    Column("run_id", Integer, ForeignKey("runs.run_id"), nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("change", Text, nullable=False),  # new | changed | deleted
    Column("content_hash", Text),  # null when deleted
    Column("source_sha256", Text),  # tells a changed page from a changed extractor
)

rejections = Table(
    "rejections",
    metadata,
    Column("rejection_id", Text, primary_key=True),
    Column("run_id", Integer, ForeignKey("runs.run_id"), nullable=False),
    Column("path", Text, nullable=False),
    Column("url", Text),
    Column("code", Text, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("stage", Text, nullable=False),
)

organizations = Table(
    "organizations",
    metadata,
    Column("organization_id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),  # the official one, else the fullest that a page prints
    Column("acronym", Text, index=True),
    Column("official_name", Text),
    Column("kind", Text, index=True),
    Column("country_code", Text, index=True),
    Column("parent_id", Text),  # may be a body that no page names by itself: no foreign key
)

people = Table(
    "people",
    metadata,
    Column("person_id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),
)


def _of_page(name: str, *columns: Column[object], index: tuple[str, ...] = ()) -> Table:
    """A table of things that stand on a page, in the order of the record."""
    return Table(
        name,
        metadata,
        Column("page_id", Integer, ForeignKey("pages.page_id", ondelete="CASCADE"), nullable=False),
        Column("ordinal", Integer, nullable=False),
        *columns,
        PrimaryKeyConstraint("page_id", "ordinal"),
        *(Index(f"{name}_{column}", column) for column in index),
        sqlite_with_rowid=False,  # the rows of a page lie together, and the key needs no index of its own
    )


def _item() -> Column[object]:
    """The value's number in its list of the record, where one value has several rows."""
    return Column("item", Integer, nullable=False)


def _found_by() -> list[Column[object]]:
    return [
        Column("method", Text, nullable=False),
        Column("rule", Text, nullable=False),
        Column("confidence", Float, nullable=False),
    ]


sections = _of_page(
    "sections",
    Column("kind", Text, nullable=False),
    Column("heading", Text),
    Column("level", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("body_start", Integer, nullable=False),
    Column("method", Text, nullable=False),
    index=("kind",),
)

# One row a value; a label without value is one row whose value is null.
fields = _of_page(
    "fields",
    _item(),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("value", Text),
    index=("name",),
)

dates = _of_page(
    "dates",
    Column("start", Text, nullable=False),
    Column("end", Text),
    Column("precision", Text, nullable=False),
    Column("role", Text, nullable=False),
    *_found_by(),
    index=("start",),
)

places = _of_page(
    "places",
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country_code", Text),
    Column("m49", Text),
    Column("role", Text, nullable=False),
    *_found_by(),
    index=("country_code", "name"),
)

# One row a role that a body has on a page.
page_organizations = _of_page(
    "page_organizations",
    _item(),
    Column("organization_id", Text, ForeignKey("organizations.organization_id"), nullable=False),
    Column("role", Text),
    Column("name", Text, nullable=False),  # as the page prints it
    *_found_by(),
    index=("organization_id",),
)

# One row a role that a person has on a page; the role is null where the page gives none.
page_people = _of_page(
    "page_people",
    _item(),
    Column("person_id", Text, ForeignKey("people.person_id"), nullable=False),
    Column("role", Text),
    Column("name", Text, nullable=False),  # as the page prints it
    Column("honorific", Text),
    Column("position", Text),
    Column("affiliation", Text),
    Column("organization_id", Text, ForeignKey("organizations.organization_id")),
    *_found_by(),
    index=("person_id", "organization_id"),
)

tags = _of_page(
    "tags",
    _item(),
    Column("scheme", Text, nullable=False),  # gcm_objective | gcm_principle | sdg | sdg_target
    Column("code", Text, nullable=False),  # "23", "whole-of-society", "10", "10.7"
    Column("label", Text),
    Column("basis", Text, nullable=False),
    Column("stated", Boolean, nullable=False),
    Column("rank", Text),
    *_found_by(),
)
Index("tags_scheme_code", tags.c.scheme, tags.c.code)

links = _of_page(
    "links",
    Column("url", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("rel", Text),
)

# The passages that say so. ``owner`` is event, title, page_type, date_submitted, date_published, date_updated, field,
# date, place, organization, person, gcm_objective, gcm_principle or sdg; ``item`` its number among those of the page.
evidence = _of_page(
    "evidence",
    Column("owner", Text, nullable=False),
    _item(),
    Column("start", Integer, nullable=False),  # code points of pages.text, from 0
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

warnings = _of_page(
    "warnings",
    Column("code", Text, nullable=False),
    Column("field", Text),
    Column("message", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    index=("code",),
)

PAGE_TABLES = (
    sections,
    fields,
    dates,
    places,
    page_organizations,
    page_people,
    tags,
    links,
    evidence,
    warnings,
)

# What files of tables hold, with the columns: not the record as JSON, its hash, and what only serves the search.
FILE_TABLES = tuple(
    (table, tuple(c for c in table.columns if table is not pages or c.name not in ("names", "record", "content_hash")))
    for table in (pages, organizations, people, *PAGE_TABLES)
)

# Ready answers to the common questions. "end" is a word of SQL, hence the quotes.
VIEWS = {
    "events": """
        SELECT page_id, record_id, title, event_start, event_end, event_status, attendance, language, url, path
        FROM pages WHERE page_type = 'event'""",
    "timeline": """
        SELECT d.page_id, p.page_type, p.title, d.start, d."end", d.precision, d.role
        FROM dates d JOIN pages p ON p.page_id = d.page_id WHERE d.role IN ('event', 'session')""",
    "organizers": """
        SELECT po.page_id, p.page_type, p.title, p.event_start, o.organization_id, o.name, o.acronym, o.kind
        FROM page_organizations po JOIN pages p ON p.page_id = po.page_id
        JOIN organizations o ON o.organization_id = po.organization_id WHERE po.role = 'organizer'""",
    "partnerships": """
        SELECT p.page_id, p.page_type, p.title, p.event_start,
               a.organization_id AS lead_id, lead.name AS lead, a.role AS lead_role,
               b.organization_id AS partner_id, partner.name AS partner, b.role AS partner_role
        FROM pages p
        JOIN page_organizations a ON a.page_id = p.page_id AND a.role IN ('organizer', 'implementer')
        JOIN page_organizations b ON b.page_id = p.page_id AND b.organization_id <> a.organization_id
             AND b.role IN ('organizer', 'implementer', 'partner', 'donor')
        JOIN organizations lead ON lead.organization_id = a.organization_id
        JOIN organizations partner ON partner.organization_id = b.organization_id""",
    "objective_pages": """
        SELECT t.code AS objective, t.label, t.basis, t.confidence, p.page_id, p.page_type, p.title, p.event_start
        FROM tags t JOIN pages p ON p.page_id = t.page_id WHERE t.scheme = 'gcm_objective'""",
    "sdg_pages": """
        SELECT t.code AS goal, t.label, t.basis, t.confidence, p.page_id, p.page_type, p.title, p.event_start
        FROM tags t JOIN pages p ON p.page_id = t.page_id WHERE t.scheme = 'sdg'""",
    "country_pages": """
        SELECT DISTINCT l.country_code, l.role, p.page_id, p.page_type, p.title, p.event_start
        FROM places l JOIN pages p ON p.page_id = l.page_id WHERE l.country_code IS NOT NULL""",
    "speakers": """
        SELECT pp.person_id, e.name, pp.role, pp.position, pp.affiliation, pp.organization_id,
               p.page_id, p.title, p.event_start
        FROM page_people pp JOIN people e ON e.person_id = pp.person_id
        JOIN pages p ON p.page_id = pp.page_id WHERE pp.role IN ('speaker', 'moderator')""",
    "empty_fields": """
        SELECT p.page_id, p.title, f.name, f.label
        FROM fields f JOIN pages p ON p.page_id = f.page_id WHERE f.value IS NULL""",
}
