"""Desk pages: the timetable as it is published, and the portal's date in a demonstration."""

from collections.abc import Sequence
from datetime import date, datetime

from django.forms import BaseForm
from django.urls import reverse

from foundation.clock.words import instant
from foundation.ui.blocks import Action, Fact
from foundation.ui.pages import Column, FormPage, Head, Row, Table
from foundation.ui.parts import Lines, Status, Words
from participants.pages.general import Section, SectionsPage
from waves import models
from waves.because import period
from waves.timetable import Cell, Kind, Timetable

_LONGEST = 40


def timetable_page(
    row: models.Timetable, timetable: Timetable, versions: Sequence[models.Timetable]
) -> SectionsPage:
    """Return the whole of Appendix C, with what is printed, corrected and noted."""
    routes = list(timetable.routes)
    files = [
        Action(text=text, url=reverse("waves:timetable_file", args=[kind]))
        for text, kind in (("Download the table", "csv"), ("Download its header", "toml"))
    ]
    return SectionsPage(
        head=Head(title=timetable.title, lead=timetable.note, actions=files),
        facts=[
            Fact(label="Version", value=timetable.version),
            Fact(label="Source", value=timetable.source),
            Fact(label="Published", value=f"{instant(row.published_at)}, {row.published_by_name}"),
        ],
        sections=[
            Section(
                title=f"{len(timetable.keys)} activities on {len(routes)} routes",
                table=Table(
                    caption=timetable.title,
                    columns=[Column(label="Activity")]
                    + [Column(label=label) for label in timetable.routes.values()],
                    rows=[_row(key, timetable, routes) for key in timetable.keys],
                    compact=True,
                ),
            ),
            Section(title="Dates elsewhere in the plan", table=_beyond(timetable)),
            Section(title="Corrections and notes", table=_notes(timetable)),
            Section(title="Versions", table=_versions(versions)),
        ],
    )


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


def _row(key: str, timetable: Timetable, routes: Sequence[str]) -> Row:
    cells = [timetable.cell(key, route) for route in routes]
    return Row(cells=[cells[0].label, *(_value(cell) for cell in cells)])


def _value(cell: Cell) -> Words:
    match cell.kind:
        case Kind.NOT_APPLICABLE:
            return "N/A"
        case Kind.TEXT:
            return cell.raw_text if len(cell.raw_text) <= _LONGEST else "See the notes"
        case Kind.WINDOW:
            said = f"{_day(cell.start)} to {_day(cell.end)}"
        case Kind.DATE:
            said = _day(cell.start)
        case _:
            said = _counted(cell)
    if cell.printed:
        return Lines([said, Status(f"Printed {_day(cell.printed)}", "at_risk")])
    return said


def _counted(cell: Cell) -> str:
    said = f"{period(cell.rule).capitalize()} after" if cell.rule.count else "When agreed"
    cap = f", cap {_day(cell.cap)}" if cell.cap else ""
    floor = f", not before {_day(cell.floor)}" if cell.floor else ""
    return f"{said}{cap}{floor}"


def _beyond(timetable: Timetable) -> Table:
    first: dict[str, Cell] = {}
    for cell in timetable.beyond.values():
        first.setdefault(cell.key, cell)
    return Table(
        caption="Dates elsewhere in the plan",
        columns=[Column(label=name) for name in ("What", "When", "Note", "Paragraph")],
        rows=[
            Row(cells=[cell.label, _value(cell), cell.note, cell.clause]) for cell in first.values()
        ],
    )


def _notes(timetable: Timetable) -> Table:
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


def _versions(versions: Sequence[models.Timetable]) -> Table:
    return Table(
        caption="Versions",
        columns=[Column(label=name) for name in ("Version", "Published", "By", "Why")],
        rows=[
            Row(cells=[row.version, instant(row.published_at), row.published_by_name, row.reason])
            for row in versions
        ],
    )


def _day(value: date) -> str:
    return f"{value:%d/%m/%Y}"
