"""Rows of tables, drawn from strings: a page may hold fifty of them with ten cells each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from foundation.ui.parts import Lines, Quiet, words

if TYPE_CHECKING:
    from foundation.ui.pages import Column, QueueRow, Row, SectionRow, Table


def table_rows(table: Table) -> SafeString:
    """Draw the rows of a table: the first cell is a row's head, the others know their column."""
    opened = [
        format_html('<td data-head="{}"{}>', each.label, _classes(each))
        for each in table.columns[1:]
    ]
    return SafeString("\n".join(_row(row, opened) for row in table.rows))


def _row(row: Row, opened: Sequence[SafeString]) -> str:
    if row.heading:
        return format_html(
            '<tr class="group"><th colspan="{}" scope="colgroup">{}</th></tr>',
            len(opened) + 1,
            row.heading,
        )
    first, *cells = row.cells
    head = words(first)
    if row.url:
        head = f'<a href="{words(row.url)}" data-row>{head}</a>'
    drawn = [f"{start}{words(cell)}</td>" for start, cell in zip(opened, cells, strict=False)]
    marked = _MARKED if row.marked else ""
    return f'<tr{marked}><th scope="row">{head}</th>{"".join(drawn)}</tr>'


def queue_row(row: QueueRow) -> SafeString:
    """Draw one QAD of a queue."""
    held = [row.held_by, " ", Quiet(row.held_for)] if row.held_for else row.held_by
    if row.read_by:
        held = Lines([held, Quiet(row.read_by)])
    binds = format_html(' <span class="q sm">{}</span>', row.binds) if row.binds else ""
    marks = [piece for mark in row.marks for piece in (mark, " ")]
    return SafeString(
        f"<tr{_MARKED if row.first else ''}>"
        f'<td class="first-col">{words(row.left)}</td>'
        f'<th scope="row"><a href="{words(row.url)}" data-row>{words(row.participant)}</a></th>'
        f'<td class="role">{words(row.role)}</td>'
        f'<td class="nw" data-head="Stage">{words(row.stage)}</td>'
        f'<td class="end nw" data-head="To read">{words(row.to_read)}</td>'
        f'<td class="held" data-head="Held by">{words(held)}</td>'
        f'<td class="clock-col">{words(row.clock)}</td>'
        f'<td class="nw" data-head="Due">{words(row.due)}{binds}</td>'
        f'<td class="nw">{words(marks)}</td></tr>'
    )


def section_row(row: SectionRow) -> SafeString:
    """Draw one section of a QAD; notes stand under its title."""
    note = f'<span class="q">{words(row.note)}</span>' if row.note else ""
    marks = "".join(words(mark) for mark in row.marks)
    return SafeString(
        f'<tr><td class="code id">{words(row.letter)}</td>'
        f'<th scope="row"><a href="{words(row.url)}">{words(row.title)}</a>{note}</th>'
        f"<td>{words(row.ticks)}</td>"
        f'<td class="end" data-head="Ready">{words(row.ready)}</td>'
        f'<td class="end q"{_HEADED["Changed"] if row.changed else ""}>{words(row.changed)}</td>'
        f"<td{_HEADED['Open'] if row.open else ''}>{words(row.open)}</td>"
        f'<td><span class="bms">{marks}</span></td>'
        f"<td>{words(row.status)}</td></tr>"
    )


_HEADED = {word: format_html(' data-head="{}"', word) for word in ("Changed", "Open")}
_MARKED = format_html(' class="{}"', "marked")


def _classes(column: Column) -> str:
    names = " ".join(filter(None, [column.align, "nw" if column.whole else ""]))
    return format_html(' class="{}"', names) if names else ""
