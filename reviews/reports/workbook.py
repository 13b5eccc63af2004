"""PURE: an edition of a report as an Excel workbook, a sheet for each of its tables."""

import io
from datetime import UTC
from itertools import count

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from foundation.clock.words import day, instant
from waves.reports.edition import Edition, Sheet
from waves.reports.shape import Kind, Value

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TAKEN_FROM_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDEST = 60


class _Book:
    """A workbook with the formats that its sheets share."""

    def __init__(self, edition: Edition) -> None:
        self.bytes = io.BytesIO()
        # Text stays text: a cell that begins with = + - or @ is never read as a formula.
        options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
        self.book = xlsxwriter.Workbook(self.bytes, options | {"strings_to_numbers": False})
        self.book.set_properties(
            {
                "title": edition.title,
                "author": "QAD Portal",
                "created": edition.made_at.astimezone(UTC).replace(tzinfo=None),
            }
        )
        plain = {"valign": "top", "text_wrap": True}
        self.head = self.book.add_format(
            plain | {"bold": True, "bottom": 2, "bg_color": "#E3EEF1", "font_color": "#14211F"}
        )
        self.label = self.book.add_format(plain | {"bold": True})
        self.text = self.book.add_format(plain)
        self.date = self.book.add_format(plain | {"num_format": "dd/mm/yyyy", "align": "left"})
        self.number = self.book.add_format(plain | {"num_format": "0"})


def workbook(edition: Edition) -> bytes:
    """Return an edition as a workbook: its tables, then where it comes from."""
    made = _Book(edition)
    for sheet in edition.sheets:
        _table(made, sheet)
    _about(made, edition)
    made.book.close()
    return made.bytes.getvalue()


def _table(made: _Book, sheet: Sheet) -> None:
    page = made.book.add_worksheet(sheet.title.translate(_TAKEN_FROM_TITLES)[:31])
    for place, head in enumerate(sheet.heads):
        page.set_column(place, place, min(_WIDEST, head.width + 2))
        page.write_string(0, place, head.label, made.head)
    for number, row in enumerate(sheet.rows, start=1):
        for place, (value, head) in enumerate(zip(row, sheet.heads, strict=True)):
            _cell(made, page, number, place, value, head.kind)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.heads) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&RPage &P of &N")


def _cell(made: _Book, page: Worksheet, row: int, place: int, value: Value, kind: str) -> None:
    if value is None:
        return
    if kind == Kind.DATE:
        page.write_datetime(row, place, value, made.date)
    elif kind == Kind.NUMBER:
        page.write_number(row, place, value, made.number)
    else:
        page.write_string(row, place, str(value), made.text)


def _about(made: _Book, edition: Edition) -> None:
    page = made.book.add_worksheet("About")
    page.set_column(0, 0, 22)
    page.set_column(1, 1, 90)
    lines = count()
    for label, value in about(edition):
        number = next(lines)
        page.write_string(number, 0, label, made.label)
        page.write_string(number, 1, value, made.text)


def about(edition: Edition) -> list[tuple[str, str]]:
    """Return where an edition comes from, in labels and words; print and text say the same."""
    return [
        ("Report", f"{edition.code.upper()}: {edition.title}"),
        ("As at", f"the end of {day(edition.as_of)}"),
        ("Made", f"{instant(edition.made_at)} by {edition.made_by}"),
        ("Covers", edition.scope),
        *edition.filters,
        ("Source", edition.source),
        ("SHA-256 of the data", edition.sha256),
        *((f"Note on {sheet.title}", sheet.note) for sheet in edition.sheets if sheet.note),
    ]
