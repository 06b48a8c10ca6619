"""Report: one HTML file in which people see what was found, where it stands and what is doubtful.

The file needs no network and no server. The overview is plain HTML with SVG; each page's text and values are packed
(JSON, deflated, in base64), several pages in a block, and unpacked by the browser when a person opens the page.
A content security policy forbids every request and every script but the report's own, whatever a page may say.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import IO, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from extractor import vocabularies
from extractor.evaluation import Evaluation
from extractor.review.offsets import Utf16
from extractor.review.overview import Overview, countries_of, country_name, day_of
from extractor.review.values import Value, review_reasons, rule_sentences, values_of
from extractor.sinks.jsonl import escape_surrogates

PAGES_A_BLOCK = 12  # more pack better, fewer open faster
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_KIND_NAMES = {
    "title": "title",
    "type": "kind of page",
    "date": "dates",
    "place": "places",
    "organization": "organizations",
    "person": "people",
    "tag": "tags said",
    "topic": "tags inferred",
    "label": "labels",
    "empty": "empty labels",
}


def write_report(
    records: Iterable[Mapping[str, Any]],
    stream: IO[str],
    *,
    title: str = "Extraction report",
    rejections: Iterable[Mapping[str, Any]] = (),
    evaluation: Evaluation | None = None,
) -> int:
    """Write the report of records (and rejections, and their evaluation) as HTML; gives the number of pages."""
    contents = _Contents()
    for record in records:
        contents.add(record)
    rejected = list(rejections)
    for rejection in rejected:
        contents.overview.add_rejection(rejection)
    style, script = _asset("report.css"), _asset("report.js")
    template = _environment().get_template("report.html.j2")
    for piece in template.generate(
        title=title,
        style=style,
        script=script,
        policy=_policy(style, script),
        overview=contents.overview,
        charts=contents.overview.charts(),
        rows=contents.rows,
        rejected=rejected,
        evaluation=evaluation,
        index=_packed(contents.index()),
        blocks=contents.blocks(),
    ):
        stream.write(piece)
    return len(contents.rows)


@dataclass(slots=True)
class Row:
    """What the list says of a page."""

    title: str | None
    path: str
    kind: str
    language: str
    day: str | None
    countries: list[str]
    bodies: list[int]
    people: str
    objectives: list[int]
    goals: list[int]
    reasons: tuple[str, ...]
    warnings: list[str]


@dataclass(slots=True)
class _Contents:
    overview: Overview = field(default_factory=Overview)
    rows: list[Row] = field(default_factory=list)
    bodies: dict[str, int] = field(default_factory=dict)  # number by id
    _waiting: list[Any] = field(default_factory=list)
    _packed: list[str] = field(default_factory=list)

    def add(self, record: Mapping[str, Any]) -> None:
        values = values_of(record)
        reasons = review_reasons(record, values)
        self.overview.add(record, bool(reasons))
        self.rows.append(self._row(record, reasons))
        self._waiting.append(page_data(record, values))
        if len(self._waiting) == PAGES_A_BLOCK:
            self._pack()

    def _pack(self) -> None:
        self._packed.append(_packed(self._waiting))
        self._waiting = []

    def _row(self, record: Mapping[str, Any], reasons: tuple[str, ...]) -> Row:
        bodies = {self.bodies.setdefault(body["id"], len(self.bodies)): None for body in record["organizations"]}
        return Row(
            title=record["title"],
            path=record["source"]["path"],
            kind=record["page_type"],
            language=record["language"],
            day=day_of(record),
            countries=countries_of(record),
            bodies=list(bodies),
            people=", ".join(person["name"] for person in record["people"]),
            objectives=[tag["number"] for tag in record["gcm"]["objectives"]],
            goals=[tag["goal"] for tag in record["sdgs"]],
            reasons=reasons,
            warnings=sorted({warning["code"] for warning in record["warnings"]}),
        )

    def blocks(self) -> list[str]:
        """The packed pages, ``PAGES_A_BLOCK`` a block."""
        if self._waiting:
            self._pack()
        return self._packed

    def index(self) -> dict[str, Any]:
        """What the browser needs at once: the list, the names in it, what rules and kinds are."""
        codes = sorted({code for row in self.rows for code in row.countries})
        return {
            "pages": [
                [r.title, r.path, r.kind, r.language, r.day, r.countries, r.bodies, r.people, r.objectives, r.goals,
                 r.reasons, r.warnings]
                for r in self.rows
            ],
            "bodies": [[body, self.overview.names[body]] for body in self.bodies],
            "countries": {code: country_name(code) for code in codes},
            "objectives": {o.number: o.label for o in vocabularies.objectives()},
            "goals": {g.number: g.label for g in vocabularies.goals()},
            "rules": rule_sentences(),
            "kinds": _KIND_NAMES,
            "block": PAGES_A_BLOCK,
        }  # fmt: skip


def page_data(record: Mapping[str, Any], values: Sequence[Value]) -> dict[str, Any]:
    """One page for the browser, offsets in UTF-16 units."""
    at = Utf16(record["text"]).units
    source = record["source"]
    return {
        "text": record["text"],
        "language": record["language"],
        "about": [
            ["file", source["path"]],
            ["address", source["url"]],
            ["language", record["language"]],
            ["profile", record["extraction"]["profile"]],
            ["saved", source["saved_at"]],
            ["id", record["id"]],
        ],
        "values": [
            [
                v.group, v.kind, v.text, v.detail, [at(bound) for span in v.evidence for bound in span], v.method,
                v.rule, v.confidence, v.origin, v.concepts, v.doubtful,
            ]
            for v in values
        ],
        "sections": [
            [s["heading"], s["kind"], s["level"], at(s["start"]), at(s["body_start"])] for s in record["sections"]
        ],
        "warnings": [
            [w["code"], w["message"], None if w["start"] is None else at(w["start"]), at(w["end"] or 0)]
            for w in record["warnings"]
        ],
        "links": [[link["url"], link["text"]] for link in record["links"]],
    }  # fmt: skip


def visible(text: object) -> str:
    """Text with what is invisible or turns the direction of writing spelled out: "[U+202E RIGHT-TO-LEFT OVERRIDE]"."""
    return _INVISIBLE.sub(_spelled, str(text))


def _spelled(found: re.Match[str]) -> str:
    return f"[{unicodedata.name(found[0], f'U+{ord(found[0]):04X}')}]"


def _packed(data: Any) -> str:
    plain = escape_surrogates(json.dumps(data, ensure_ascii=False, separators=(",", ":"))).encode()
    return base64.b64encode(zlib.compress(plain, 9)).decode("ascii")


def _policy(style: str, script: str) -> str:
    """No request at all, no script and no style but the report's own, and no HTML from strings."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; base-uri 'none'; "
        "form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode('ascii')}"


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath("assets", name).read_text(encoding="utf-8")


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("extractor.review"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters["visible"] = visible
    environment.filters["country"] = country_name
    environment.globals["grouped"] = _grouped
    return environment


def _grouped(items: Iterable[tuple[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    """Items by their first part, in order."""
    groups: dict[str, list[Any]] = {}
    for name, item in items:
        groups.setdefault(name, []).append(item)
    yield from groups.items()
