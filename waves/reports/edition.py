"""PURE: a report as it stood at one moment, whole: what every file of it is made from.

The same edition gives the same text and so the same hash, whoever prints it and when.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from waves.reports.shape import Ask, Column, Kind, Line, Part, Report, Value, ordered


@dataclass(frozen=True, slots=True)
class Head:
    """A column as files show it."""

    label: str
    kind: str
    width: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of an edition."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A report with its rows, as at a day, made at a moment for a reader."""

    code: str
    title: str
    lead: str
    as_of: date
    made_at: datetime
    made_by: str
    scope: str
    filters: tuple[tuple[str, str], ...]
    source: str
    sheets: tuple[Sheet, ...]

    @property
    def sha256(self) -> str:
        """The hash of everything that it says."""
        return hashlib.sha256(text_of(self).encode()).hexdigest()

    @property
    def name(self) -> str:
        """The name of its files, without their ending."""
        return f"{self.code}-{self.as_of:%Y-%m-%d}"


def edition_of(
    report: Report,
    ask: Ask,
    *,
    made_by: str,
    scope: str,
    filters: Sequence[tuple[str, str]],
    source: str,
    sort: str = "",
) -> Edition:
    """Return a report with every part read anew; ``sort`` orders the first part."""
    return Edition(
        code=report.code,
        title=report.title,
        lead=report.lead,
        as_of=ask.as_of,
        made_at=ask.now,
        made_by=made_by,
        scope=scope,
        filters=tuple(filters),
        source=source,
        sheets=tuple(_sheet(part, ordered(part.rows(ask), part, sort)) for part in report.parts),
    )


def _sheet(part: Part, lines: Sequence[Line]) -> Sheet:
    return Sheet(
        title=part.title,
        heads=tuple(_head(column) for column in part.columns),
        rows=tuple(tuple(line.cells.get(each.key) for each in part.columns) for line in lines),
        note=part.note,
        empty=part.empty,
    )


def _head(column: Column) -> Head:
    return Head(column.label, column.kind.value, column.width)


def text_of(edition: Edition) -> str:
    """Return an edition as canonical JSON; dates are written as 2025-11-18."""
    plain = asdict(edition)
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, default=_written, indent=1)


def _written(value: Any) -> str:
    return value.isoformat()


def read(text: str) -> Edition:
    """Return the edition that ``text_of`` wrote."""
    plain = json.loads(text)
    return Edition(
        **plain
        | {
            "as_of": date.fromisoformat(plain["as_of"]),
            "made_at": datetime.fromisoformat(plain["made_at"]),
            "filters": tuple((label, value) for label, value in plain["filters"]),
            "sheets": tuple(_read_sheet(sheet) for sheet in plain["sheets"]),
        }
    )


def _read_sheet(plain: dict[str, Any]) -> Sheet:
    heads = tuple(Head(**head) for head in plain["heads"])
    rows = tuple(
        tuple(_read_value(value, head) for value, head in zip(row, heads, strict=True))
        for row in plain["rows"]
    )
    return Sheet(**plain | {"heads": heads, "rows": rows})


def _read_value(value: Value, head: Head) -> Value:
    return date.fromisoformat(value) if value is not None and head.kind == Kind.DATE else value
