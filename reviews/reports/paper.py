"""PURE: an edition of a report as its printed page needs it: words in cells, shares of columns."""

from dataclasses import dataclass
from datetime import date

from waves.reports.edition import Edition, Sheet
from waves.reports.shape import Kind, Value


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is printed, and whether it stands at the end of its column."""

    words: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """One table, in words."""

    title: str
    note: str
    empty: str
    heads: tuple
    rows: tuple[tuple[Cell, ...], ...]


def printed(edition: Edition) -> list[tuple[PrintedSheet, tuple[int, ...]]]:
    """Return the tables of an edition in words, each with the shares of its columns."""
    return [
        (_sheet(sheet), shares([head.width for head in sheet.heads])) for sheet in edition.sheets
    ]


def shares(widths: list[int]) -> tuple[int, ...]:
    """Return the widths of columns in whole hundredths that add up to a hundred."""
    whole = sum(widths)
    found = [max(1, width * 100 // whole) for width in widths]
    for place in range(100 - sum(found)):
        found[place % len(found)] += 1
    return tuple(found)


def _sheet(sheet: Sheet) -> PrintedSheet:
    return PrintedSheet(
        title=sheet.title,
        note=sheet.note,
        empty=sheet.empty,
        heads=sheet.heads,
        rows=tuple(
            tuple(
                Cell(_words(value), head.kind == Kind.NUMBER)
                for value, head in zip(row, sheet.heads, strict=True)
            )
            for row in sheet.rows
        ),
    )


def _words(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
