"""What a cell of the timetable says; and the portal's date in a demonstration."""

from collections.abc import Sequence
from datetime import date, datetime

from django.forms import BaseForm

from foundation.clock.words import instant
from foundation.ui.blocks import Action
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Status, Words
from waves.because import period
from waves.timetable import Cell, Kind, Timetable

_LONGEST = 40


def time_page(form: BaseForm, now: datetime) -> FormPage:
    """Return the page that moves the portal's date in a demonstration."""
    return FormPage(
        head=Head(
            title="The portal's date",
            lead=f"It is {instant(now)} for everybody. Pages, reminders, mails and packs follow;"
            " the audit trail keeps the true time beside it.",
        ),
        form=form,
        submit=Action(text="Move the date", kind="primary", method="submit"),
        note="What has come due by then speaks at once. Moving back takes nothing back.",
    )


def cell_value(cell: Cell) -> Words:
    """Return what a cell holds, with what is printed beside a correction."""
    if cell.printed:
        return Lines([value_of(cell), Status(f"Printed {_day(cell.printed)}", "at_risk")])
    return value_of(cell)


def value_of(cell: Cell) -> str:
    """Return what a cell holds in a few words."""
    match cell.kind:
        case Kind.NOT_APPLICABLE:
            return "N/A"
        case Kind.TEXT:
            return cell.raw_text if len(cell.raw_text) <= _LONGEST else "See the notes"
        case Kind.WINDOW:
            return f"{_day(cell.start)} to {_day(cell.end)}"
        case Kind.DATE:
            return _day(cell.start)
    return _counted(cell)


def _counted(cell: Cell) -> str:
    said = f"{period(cell.rule).capitalize()} after" if cell.rule.count else "When agreed"
    cap = f", cap {_day(cell.cap)}" if cell.cap else ""
    floor = f", not before {_day(cell.floor)}" if cell.floor else ""
    return f"{said}{cap}{floor}"


def beyond_table(timetable: Timetable) -> Table:
    """Return the dated duties that stand elsewhere in the plan."""
    first: dict[str, Cell] = {}
    for cell in timetable.beyond.values():
        first.setdefault(cell.key, cell)
    return Table(
        caption="Dates elsewhere in the plan",
        columns=[Column(label=name) for name in ("What", "When", "Note", "Paragraph")],
        rows=[
            Row(cells=[cell.label, cell_value(cell), cell.note, cell.clause])
            for cell in first.values()
        ],
    )


def notes_table(timetable: Timetable) -> Table:
    """Return what is noted and corrected, once for all routes that share it."""
    grouped: dict[tuple[str, str, str], list[Cell]] = {}
    for cell in timetable.cells.values():
        if cell.note:
            grouped.setdefault((cell.label, cell.note, cell.clause), []).append(cell)
    return Table(
        caption="Corrections and notes",
        columns=[Column(label=name) for name in ("Activity", "Note", "Routes", "Paragraph")],
        rows=[
            Row(cells=[label, _noted(cells, note), _routes(cells, timetable), clause])
            for (label, note, clause), cells in grouped.items()
        ],
    )


def _noted(cells: Sequence[Cell], note: str) -> Words:
    printed = next((cell.printed for cell in cells if cell.printed), None)
    if printed is None:
        return note
    used = f"Printed {_day(printed)}, used {_day(cells[0].start)}"
    return Lines([Status(used, "at_risk"), note])


def _routes(cells: Sequence[Cell], timetable: Timetable) -> str:
    if len(cells) == len(timetable.routes):
        return "All"
    return ", ".join(timetable.routes[cell.route] for cell in cells)


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
