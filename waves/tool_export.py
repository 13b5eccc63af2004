"""PURE: reading what a test tool exports: tests or defects, one a line, by their reference (R74).

Columns are found by the names that such tools give them. Text stays text: whatever looks like a
formula is kept as it was written, and is disarmed when the portal writes a file.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from waves.enums import CaseOutcome, DefectState

MAX_ROWS = 5_000
MAX_BYTES = 1_000_000

_NAMES = {
    "reference": ("id", "reference", "key", "testcaseid", "workitemid", "defectid", "bugid"),
    "title": ("title", "summary", "name", "testcase", "testcasetitle", "description"),
    "outcome": ("outcome", "result", "state", "status", "runstatus"),
    "state": ("state", "status"),
    "severity": ("severity", "priority", "sev"),
    "run_on": ("runon", "rundate", "executed", "executedon", "lastrun", "completeddate", "date"),
    "raised_on": ("raised", "raisedon", "created", "createddate", "createdon", "detected"),
    "closed_on": ("closed", "closedon", "closeddate", "resolved", "resolveddate"),
    "link": ("url", "link", "address", "weblink"),
    "impact": ("impact", "impactassessment"),
}
COLUMNS = {
    "cases": ("reference", "title", "outcome", "run_on", "link"),
    "defects": (
        *("reference", "title", "severity", "state", "raised_on", "closed_on", "link"),
        "impact",
    ),
}
NEEDED = {"cases": ("reference", "outcome"), "defects": ("reference", "severity", "state")}
_OUTCOMES = {
    CaseOutcome.PASSED: ("passed", "pass", "ok", "success"),
    CaseOutcome.FAILED: ("failed", "fail", "failure", "error"),
    CaseOutcome.BLOCKED: ("blocked", "paused", "inconclusive"),
    CaseOutcome.DESCOPED: ("descoped", "removed", "notapplicable", "na", "outofscope"),
    CaseOutcome.NOT_RUN: ("notrun", "active", "", "none", "unspecified", "ready", "design", "new"),
}
_STATES = {
    DefectState.CLOSED: ("closed", "done", "resolved", "rejected", "cancelled", "fixed"),
    DefectState.OPEN: ("open", "new", "active", "reopened", "inprogress", "committed", "assigned"),
}
_SEVERITIES = {"critical": 1, "high": 2, "medium": 3, "low": 4}
_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that can be taken: its number in the file, its reference, its values."""

    number: int
    reference: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as it was read: lines that can be taken, and what is wrong with the others."""

    kind: str
    lines: tuple[Line, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    columns: tuple[str, ...] = ()


class _Bad(ValueError):
    """A cell that cannot be read."""


def read(kind: str, text: str) -> Sheet:
    """Read an export of "cases" or "defects"; nothing is guessed that could mean two things."""
    if len(text.encode()) > MAX_BYTES:
        return Sheet(kind, problems=((0, "The file is larger than 1 MB. Export fewer columns."),))
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    header = [_plain(cell) for cell in rows[0]] if rows else []
    places = _places(kind, header)
    if lacks := [name for name in NEEDED[kind] if name not in places]:
        said = "; ".join(f"no column for the {name}" for name in lacks)
        return Sheet(kind, problems=((1, f"The first line has {said}."),))
    if len(rows) - 1 > MAX_ROWS:
        return Sheet(kind, problems=((0, f"More than {MAX_ROWS} lines. Send it in parts."),))
    return _lines(kind, rows[1:], places)


def _places(kind: str, header: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in COLUMNS[kind]:
        for known in _NAMES[name]:
            if known in header and name not in found:
                found[name] = header.index(known)
    return found


def _lines(kind: str, rows: Iterable[list[str]], places: Mapping[str, int]) -> Sheet:
    lines: dict[str, Line] = {}
    problems: list[tuple[int, str]] = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: _armed(row[at]) if at < len(row) else "" for name, at in places.items()}
        try:
            values = {name: _read(name, cell) for name, cell in cells.items()}
        except _Bad as problem:
            problems.append((number, str(problem)))
            continue
        reference = str(values.pop("reference"))
        if reference in lines:
            before = lines[reference].number
            problems.append((number, f"{reference} stands on line {before} already."))
            continue
        lines[reference] = Line(number, reference, values)
    return Sheet(kind, tuple(lines.values()), tuple(problems), tuple(places))


def _armed(cell: str) -> str:
    """Take off the quote that the portal itself puts before a formula, and spaces."""
    cell = cell.replace("\x00", "").strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _TRIGGERS else cell


def _read(name: str, cell: str) -> object:
    match name:
        case "reference":
            if not cell or len(cell) > 60:
                raise _Bad("The reference is empty or longer than 60 characters.")
            return cell
        case "title":
            return cell[:300]
        case "outcome":
            return _word(cell, _OUTCOMES, "outcome")
        case "state":
            return _word(cell, _STATES, "state")
        case "severity":
            return _severity(cell)
        case "link":
            return _link(cell)
        case "impact":
            return cell
    return _day(cell)


def _word(cell: str, words: Mapping[str, tuple[str, ...]], what: str) -> str:
    for value, known in words.items():
        if _plain(cell) in known:
            return str(value)
    raise _Bad(f"The {what} “{cell[:40]}” is not known here.")


def _severity(cell: str) -> int:
    found = re.match(r"(?:sev(?:erity)?\s*)?([1-4])\b", cell, re.IGNORECASE)
    if found:
        return int(found[1])
    if word := _SEVERITIES.get(_plain(cell)):
        return word
    raise _Bad(f"The severity “{cell[:40]}” is none of 1 to 4.")


def _link(cell: str) -> str:
    if cell and (urlsplit(cell).scheme not in ("http", "https") or len(cell) > 500):
        raise _Bad("The link has to begin with http:// or https://.")
    return cell


def _day(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return datetime.fromisoformat(cell).date()
    except ValueError:
        pass
    for form in _DAYS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise _Bad(f"“{cell[:40]}” is no date; write 2026-03-31 or 31/03/2026.")


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


_TRIGGERS = ("=", "+", "-", "@", "\t", "\r")


def disarmed(value: object) -> str:
    """Return a cell that no spreadsheet runs."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in _TRIGGERS else text


def written(kind: str, rows: Iterable[Mapping[str, object]]) -> str:
    """Write rows as a file that can be read back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    titles = {"reference": "ID", "link": "URL"}
    writer.writerow(
        [titles.get(name, name.replace("_", " ").capitalize()) for name in COLUMNS[kind]]
    )
    for row in rows:
        writer.writerow([disarmed(row.get(name)) for name in COLUMNS[kind]])
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Change:
    """What one line would do: "new", "changed" (with what) or "same"."""

    line: Line
    what: str
    details: tuple[str, ...] = ()


def changes(sheet: Sheet, held: Mapping[str, Mapping[str, object]]) -> list[Change]:
    """Compare a sheet with what is known by reference; a second import changes nothing."""
    found = []
    for line in sheet.lines:
        known = held.get(line.reference)
        if known is None:
            found.append(Change(line, "new"))
            continue
        kept = {name: value for name, value in line.values.items() if not _is_silent(name, value)}
        odd = [name for name, value in kept.items() if known[name] != value]
        said = tuple(
            f"{name.replace('_', ' ')}: {known[name] or 'none'} to {kept[name]}" for name in odd
        )
        found.append(Change(line, "changed" if odd else "same", said))
    return found


def _is_silent(name: str, value: object) -> bool:
    """An empty cell takes nothing away that people wrote here."""
    return value in ("", None) and name in ("impact", "title", "link", "run_on", "raised_on")
