"""Overview: what all pages of a report say together, counted while the records pass by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from extractor import vocabularies
from extractor.gazetteer import country_by_code
from extractor.review.charts import Bar, Bars, Heat, Series, shade

BASES = ("stated", "cited", "inferred")
_MOST_BODIES = 12  # in the table of bodies that stand together
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MOST_YEARS = 16

# Share of pages that have it; the name of what is asked, and how to ask a record.
_FILLED = (
    "title", "date of the event", "date of submission or publication", "place", "country", "organizations",
    "organizers", "people", "GCM objectives", "guiding principles", "SDGs", "sections with headings",
)  # fmt: skip
_ORGANIZERS = frozenset({"organizer", "implementer"})


@dataclass(slots=True)
class Overview:
    """Counts over pages: a value that a page says twice counts once."""

    pages: int = 0
    to_review: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    months: Counter[tuple[str, int]] = field(default_factory=Counter)  # year and month, 0 where only the year is known
    countries: Counter[str] = field(default_factory=Counter)
    organizers: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)
    bodies_of_pages: list[list[str]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # of bodies
    objectives: Counter[tuple[int, str]] = field(default_factory=Counter)  # with the basis
    goals: Counter[tuple[int, str]] = field(default_factory=Counter)
    pairs: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    rejections: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)

    def add(self, record: Mapping[str, Any], to_review: bool) -> None:
        self.pages += 1
        self.to_review += to_review
        self.kinds[record["page_type"]] += 1
        self.languages[record["language"]] += 1
        day = day_of(record)
        if day:
            self.months[day[:4], int(day[5:7]) if len(day) > 4 else 0] += 1
        self.countries.update(countries_of(record))
        self._add_bodies(record["organizations"])
        self._add_tags(record)
        self.warnings.update({warning["code"] for warning in record["warnings"]})
        self.filled.update(name for name, there in zip(_FILLED, _what_is_there(record), strict=True) if there)

    def add_rejection(self, rejection: Mapping[str, Any]) -> None:
        self.rejections[rejection["code"]] += 1

    def _add_bodies(self, bodies: Sequence[Mapping[str, Any]]) -> None:
        ids = sorted({body["id"] for body in bodies})
        for body in bodies:
            self.names.setdefault(body["id"], body["acronym"] or body["official_name"] or body["name"])
        self.bodies.update(ids)
        self.organizers.update({body["id"] for body in bodies if _ORGANIZERS & set(body["roles"])})
        self.bodies_of_pages.append(ids)

    def _add_tags(self, record: Mapping[str, Any]) -> None:
        objectives = {tag["number"]: tag["basis"] for tag in record["gcm"]["objectives"]}
        goals = {tag["goal"]: tag["basis"] for tag in record["sdgs"]}
        self.objectives.update(objectives.items())
        self.goals.update(goals.items())
        for number, basis in objectives.items():
            for goal, other in goals.items():
                self.pairs[number, goal, max(basis, other, key=BASES.index)] += 1

    # --- charts -----------------------------------------------------------------------------------------------

    def charts(self) -> list[Bars | Heat]:
        """The charts of the overview, in their order."""
        return [
            self._counted("Pages by kind", self.kinds, "kind"),
            self._timeline(),
            self._countries(),
            self._organizers(),
            self._tags("GCM objectives", self.objectives, _objective_names(), "objective"),
            self._tags("Sustainable Development Goals", self.goals, _goal_names(), "goal"),
            *(self._pairs(basis) for basis in BASES),
            self._bodies(),
            self._filled(),
            self._counted("Warnings by kind", self.warnings, "warning", "Pages with at least one such warning."),
            self._counted("Rejections by kind", self.rejections, "", "Pages that could not become records."),
        ]

    def _counted(self, title: str, counts: Counter[str], filter_name: str, note: str = "") -> Bars:
        bars = [_bar(name.replace("_", " "), count, filter_name, name) for name, count in _ranked(counts)]
        return Bars(title, note, (_PAGES,), tuple(bars))

    def _countries(self) -> Bars:
        bars = [_bar(country_name(code), count, "country", code) for code, count in _ranked(self.countries)]
        return Bars("Countries", "Where it took place, or what country a page is about.", (_PAGES,), tuple(bars))

    def _organizers(self) -> Bars:
        bars = [_bar(self.names[body], count, "body", body) for body, count in _ranked(self.organizers)]
        return Bars("Organizers", "Bodies that organize or implement what a page describes.", (_PAGES,), tuple(bars))

    def _tags(self, title: str, counts: Counter[tuple[int, str]], names: Mapping[int, str], filter_name: str) -> Bars:
        series = tuple(Series(basis, basis) for basis in BASES)
        bars = tuple(
            Bar(f"{number} {name}", tuple(counts[number, basis] for basis in BASES), f"#pages?{filter_name}={number}")
            for number, name in names.items()
        )
        return Bars(title, "Stated in a tag field, cited in the text, or inferred from its words.", series, bars)

    def _filled(self) -> Bars:
        bars = tuple(Bar(name, (self.filled[name],)) for name in _FILLED)
        return Bars("Fields filled", "Share of all pages that say it.", (_PAGES,), bars, of=self.pages)

    def _timeline(self) -> Heat:
        known = [int(year) for year, _ in self.months]
        years = [f"{year:04}" for year in range(max(known), min(known) - 1, -1)][:_MOST_YEARS] if known else []
        cells = tuple(tuple(self.months[year, month] for month in range(1, 13)) for year in years)
        note = "When the event or practice began; behind the months, pages that say only the year."
        if known and max(known) - min(known) >= _MOST_YEARS:
            note += f" The last {len(years)} years that pages speak of."
        ends = tuple(f"+{self.months[year, 0]}" if self.months[year, 0] else "" for year in years)
        return Heat("By year and month", note, tuple(years), tuple(_MONTHS), shade(cells), "main", ends=ends)

    def _pairs(self, basis: str) -> Heat:
        notes = {
            "stated": "Both stated in tag fields.",
            "cited": "At least one cited in the text, none inferred.",
            "inferred": "At least one inferred.",
        }
        rows, columns = _objective_names(), _goal_names()
        cells = tuple(tuple(self.pairs[row, column, basis] for column in columns) for row in rows)
        most = max((count for (_, _, _), count in self.pairs.items()), default=0)
        return Heat(
            f"Objectives × SDGs, {basis}",
            notes[basis],
            tuple(map(str, rows)),
            tuple(map(str, columns)),
            shade(cells, most),
            basis,
            row_names=tuple(rows.values()),
            column_names=tuple(columns.values()),
        )

    def _bodies(self) -> Heat:
        bodies = [body for body, _ in _ranked(self.bodies)[:_MOST_BODIES]]
        together = Counter(
            pair for ids in self.bodies_of_pages for pair in combinations([i for i in ids if i in bodies], 2)
        )
        cells = tuple(
            tuple(together[min(row, column), max(row, column)] if n < m else None for n, column in enumerate(bodies))
            for m, row in enumerate(bodies)
        )
        names = tuple(self.names[body] for body in bodies)
        numbers = tuple(str(n + 1) for n in range(len(bodies)))
        note = f"Pages that name both, of the {len(bodies)} bodies that most pages name."
        labels = tuple(f"{number}  {name}" for number, name in zip(numbers, names, strict=True))
        return Heat("Bodies named together", note, labels, numbers, shade(cells), "main", names, names)


_PAGES = Series("pages", "main")


def day_of(record: Mapping[str, Any]) -> str | None:
    """What a page is about began on this day (or month, or year)."""
    start: str | None = record["event"]["start"]
    return start[:10] if start else None


def countries_of(record: Mapping[str, Any]) -> list[str]:
    """Codes of the countries that the page is about, in its order."""
    codes = (place["country_code"] for place in record["places"] if place["role"] != "mentioned")
    return list(dict.fromkeys(code for code in codes if code))


def country_name(code: str) -> str:
    """The English name of a country, or the code that names none."""
    country = country_by_code(code)
    return country.name if country else code


def _what_is_there(record: Mapping[str, Any]) -> Iterable[Any]:
    """As ``_FILLED`` names it."""
    gcm = record["gcm"]
    return (
        record["title"], record["event"]["start"], record["date_submitted"] or record["date_published"],
        [p for p in record["places"] if p["role"] != "mentioned"], countries_of(record), record["organizations"],
        any(_ORGANIZERS & set(o["roles"]) for o in record["organizations"]), record["people"], gcm["objectives"],
        gcm["principles"], record["sdgs"], any(s["heading"] for s in record["sections"]),
    )  # fmt: skip


def _objective_names() -> dict[int, str]:
    return {objective.number: objective.label for objective in vocabularies.objectives()}


def _goal_names() -> dict[int, str]:
    return {goal.number: goal.label for goal in vocabularies.goals()}


def _ranked(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _bar(label: str, count: int, filter_name: str, key: str) -> Bar:
    return Bar(label, (count,), f"#pages?{filter_name}={key}" if filter_name else None)
