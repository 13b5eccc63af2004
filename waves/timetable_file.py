"""Read and write a timetable as a file: every activity of every route, with where it stands.

Pure: text in, frozen values out, and the same text back. A mistake in the file is reported with its
row and column, all of them at once. The table is a CSV file; what it belongs to stands in a TOML
file beside it, the header.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, TypeVar

from waves.timetable import (
    Bound,
    Cell,
    Event,
    Kind,
    LateReading,
    Owner,
    Rule,
    Standing,
    Timetable,
    Unit,
)

COLUMNS = (
    *("activity_key", "activity_label", "route", "kind", "bound", "start", "end"),
    *("period", "unit", "starts_on", "late_after", "cap", "floor", "printed"),
    *("raw_text", "note", "clause", "standing", "owner", "met_by"),
)
HEADER_FIELDS = ("version", "title", "source", "document", "issued", "note", "route", "late")
FIRST_ROW = 2  # row 1 holds the column names

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a timetable file; row 1 holds the column names."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}, column {self.column}: {self.message}"


class TimetableError(ValueError):
    """A timetable file that cannot be used, with every mistake found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def parse(table: str, header: str) -> Timetable:
    """Read a timetable from its table (CSV) and its header (TOML), or raise every mistake."""
    about = _read_header(header)
    routes = {route["code"]: route["label"] for route in about["route"]}
    rows = _read_rows(table)
    cells, problems = _read_cells(rows, routes)
    if not problems:
        problems = [*_gaps(cells, routes, len(rows)), *_broken_links(cells)]
    if problems:
        raise TimetableError(sorted(problems, key=lambda problem: problem.row))
    return Timetable(
        **{name: about[name] for name in ("version", "title", "source", "document", "issued")},
        note=about["note"],
        routes=MappingProxyType(routes),
        late=_read_late(about["late"]),
        cells=MappingProxyType(cells),
        beyond=MappingProxyType(_read_beyond(about.get("beyond", ()), routes)),
    )


def dump(timetable: Timetable) -> str:
    """Write the table of a timetable as the CSV text that ``parse`` reads."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(cell_row(cell) for cell in timetable.cells.values())
    return text.getvalue()


def cell_row(cell: Cell) -> dict[str, str]:
    """One cell as a row of the file, every value as text."""
    rule = cell.rule
    values = {
        "activity_key": cell.key,
        "activity_label": cell.label,
        "period": rule.count if rule else None,
        "unit": rule.unit if rule else None,
        "starts_on": rule.starts_on if rule else None,
    }
    plain = (column for column in COLUMNS if column not in values)
    values |= {column: getattr(cell, column) for column in plain}
    return {column: _as_text(values[column]) for column in COLUMNS}


def read_cell(row: Mapping[str, str], at: int = FIRST_ROW) -> Cell:
    """Read one row of the file, or raise every mistake of it; ``at`` is its number for messages."""
    reader = _Reader(row, at)
    cell = Cell(
        key=reader.required("activity_key"),
        label=reader.required("activity_label"),
        route=reader.required("route"),
        kind=reader.word("kind", Kind) or Kind.TEXT,
        bound=reader.word("bound", Bound, optional=True),
        start=reader.day("start"),
        end=reader.day("end"),
        rule=reader.rule(),
        late_after=row["late_after"],
        cap=reader.day("cap"),
        floor=reader.day("floor"),
        printed=reader.day("printed"),
        raw_text=reader.required("raw_text"),
        note=row["note"],
        clause=reader.required("clause"),
        standing=reader.word("standing", Standing) or Standing.PRINTED,
        owner=reader.word("owner", Owner) or Owner.PARTICIPANT,
        met_by=reader.word("met_by", Event, optional=True),
    )
    problems = reader.problems or list(_contradictions(cell, at))
    if problems:
        raise TimetableError(problems)
    return cell


class _Reader:
    """Reads the fields of one row and remembers what was wrong with them."""

    def __init__(self, row: Mapping[str, str], at: int) -> None:
        self.row, self.at = row, at
        self.problems: list[Problem] = []

    def refuse(self, column: str, message: str) -> None:
        self.problems.append(Problem(self.at, column, message))

    def required(self, column: str) -> str:
        if not self.row[column].strip():
            self.refuse(column, "is empty.")
        return self.row[column]

    def day(self, column: str) -> date | None:
        text = self.row[column]
        if not text:
            return None
        try:
            if len(text) != len("2025-09-12"):  # fromisoformat also takes 20250912 and week dates
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            self.refuse(column, f"“{text}” is not a day. Write year, month, day: 2025-09-12.")
            return None

    def word(self, column: str, words: type[Word], *, optional: bool = False) -> Word | None:
        text = self.row[column]
        if not text and optional:
            return None
        try:
            return words(text)
        except ValueError:
            self.refuse(column, f"“{text}” is not one of {', '.join(words)}.")
            return None

    def rule(self) -> Rule | None:
        parts = [self.row[column] for column in ("period", "unit", "starts_on")]
        if not any(parts):
            return None
        if not (parts[0].isascii() and parts[0].isdigit()):
            self.refuse("period", f"“{parts[0]}” is not a whole number.")
            return None
        unit, starts_on = self.word("unit", Unit), self.word("starts_on", Event)
        return Rule(int(parts[0]), unit, starts_on) if unit and starts_on else None


# Which fields each kind of cell must have and may have, beside the words about it.
_NEEDS: Mapping[Kind, tuple[set[str], set[str]]] = {
    Kind.DATE: ({"start"}, {"rule", "late_after", "printed"}),
    Kind.WINDOW: ({"start", "end"}, {"printed"}),
    Kind.RELATIVE: ({"rule"}, {"late_after", "cap", "floor", "printed"}),
    Kind.TEXT: (set(), set()),
    Kind.NOT_APPLICABLE: (set(), set()),
}
_FIELDS = ("start", "end", "rule", "late_after", "cap", "floor", "printed")
_COLUMN_OF = {"rule": "period"}


def _contradictions(cell: Cell, at: int) -> Iterator[Problem]:
    """What cannot be true of one cell together."""
    must, may = _NEEDS[cell.kind]
    for name in _FIELDS:
        column, value = _COLUMN_OF.get(name, name), getattr(cell, name)
        if name in must and not value:
            yield Problem(at, column, f"is empty, but a cell of kind {cell.kind} needs it.")
        if value and name not in must | may:
            yield Problem(at, column, f"must be empty in a cell of kind {cell.kind}.")
    if cell.start and cell.end and cell.end < cell.start:
        yield Problem(at, "end", "comes before the start.")
    if cell.cap and cell.floor and cell.cap < cell.floor:
        yield Problem(at, "floor", "comes after the cap.")
    if cell.late_after and not cell.rule:
        yield Problem(at, "late_after", "needs a period to apply to late submissions.")
    if bool(cell.printed) != (cell.standing is Standing.CORRECTED):
        yield Problem(at, "printed", "holds a date when, and only when, the standing is corrected.")


def _read_rows(table: str) -> list[dict[str, str]]:
    """The rows as text, after checking that the columns are the expected ones."""
    reader = csv.DictReader(io.StringIO(table), restkey="", restval="")
    found = tuple(reader.fieldnames or ())
    problems = [Problem(1, name, "is missing.") for name in COLUMNS if name not in found]
    problems += [
        Problem(1, name, "is not a known column.") for name in found if name not in COLUMNS
    ]
    if problems:
        raise TimetableError(problems)
    rows = list(reader)
    overlong = [number for number, row in enumerate(rows, FIRST_ROW) if "" in row]
    if overlong:
        raise TimetableError(Problem(n, COLUMNS[-1], "has more values after it.") for n in overlong)
    return rows


def _read_cells(
    rows: Iterable[Mapping[str, str]], routes: Mapping[str, str]
) -> tuple[dict[tuple[str, str], Cell], list[Problem]]:
    cells: dict[tuple[str, str], Cell] = {}
    labels: dict[str, str] = {}
    problems: list[Problem] = []
    for at, row in enumerate(rows, FIRST_ROW):
        try:
            cell = read_cell(row, at)
        except TimetableError as error:
            problems += error.problems
            continue
        if cell.route not in routes:
            problems.append(Problem(at, "route", f"“{cell.route}” is not one of the routes."))
        if (cell.key, cell.route) in cells:
            problems.append(Problem(at, "route", f"{cell.key} on {cell.route} is given twice."))
        if labels.setdefault(cell.key, cell.label) != cell.label:
            problems.append(Problem(at, "activity_label", f"differs within {cell.key}."))
        cells[cell.key, cell.route] = cell
    return cells, problems


def _gaps(
    cells: Mapping[tuple[str, str], Cell], routes: Iterable[str], count: int
) -> Iterator[Problem]:
    """Activities that leave a route out: a timetable answers for every route."""
    after = FIRST_ROW + count
    for key in dict.fromkeys(key for key, _ in cells):
        for route in routes:
            if (key, route) not in cells:
                yield Problem(after, "route", f"{key} has no row for {route}.")


def _broken_links(cells: Mapping[tuple[str, str], Cell]) -> Iterator[Problem]:
    """Cells whose lateness is read from an activity without a last day."""
    for at, cell in enumerate(cells.values(), FIRST_ROW):
        if not cell.late_after:
            continue
        other = cells.get((cell.late_after, cell.route))
        if other is None or other.last_day is None:
            message = f"“{cell.late_after}” has no last day on {cell.route}."
            yield Problem(at, "late_after", message)


def _read_header(header: str) -> dict[str, Any]:
    try:
        about = tomllib.loads(header)
    except tomllib.TOMLDecodeError as error:
        raise TimetableError([Problem(1, "header", f"cannot be read: {error}.")]) from error
    missing = [name for name in HEADER_FIELDS if name not in about]
    if missing:
        raise TimetableError(Problem(1, name, "is missing from the header.") for name in missing)
    if any(not {"code", "label"} <= route.keys() for route in about["route"]):
        raise TimetableError([Problem(1, "route", "needs a code and a label for each route.")])
    return about


def _read_late(late: Mapping[str, Any]) -> LateReading:
    try:
        return LateReading(late["clause"], Standing(late["standing"]), late["note"])
    except (KeyError, ValueError) as error:
        raise TimetableError([Problem(1, "late", f"cannot be read: {error}.")]) from error


def _read_beyond(
    entries: Iterable[Mapping[str, Any]], routes: Mapping[str, str]
) -> dict[tuple[str, str], Cell]:
    """The dated duties of the header, one cell for each of their routes."""
    cells = {}
    for entry in entries:
        texts = {column: _as_text(entry.get(column)) for column in COLUMNS}
        for route in entry["routes"]:
            if route not in routes:
                raise TimetableError([Problem(1, "beyond", f"“{route}” is not one of the routes.")])
            cell = read_cell({**texts, "route": route}, at=1)
            cells[cell.key, route] = cell
    return cells


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
