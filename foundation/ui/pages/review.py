"""The reviewing bodies' pages: an answer under review, the queue, the matrix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from foundation.ui.blocks import (
    Action,
    ApprovalCell,
    Change,
    Empty,
    Filter,
    Finding,
    Note,
    Pagination,
    Tab,
    TableChange,
    Thread,
    ValueChange,
    VerdictBar,
)
from foundation.ui.pages.general import Head
from foundation.ui.pages.participant import EvidenceList
from foundation.ui.parts import Clock, DateLink, KeyLink, Link, Mark, Status, Ticks, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one body thinks of this answer so far."""

    mark: Mark
    status: Status
    note: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameAsk:
    """The hint that another body already asks this."""

    title: str
    text: Words
    actions: Sequence[Action] = ()


class AnswerDelta(Protocol):
    """What differs in an answer: single values, lines of its table, words of its text."""

    values: Sequence[ValueChange]
    table: TableChange | None
    text: Sequence[Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuestion:
    """``pages/review_section.html``: one answer read by a body, mostly by what changed."""

    head: Head
    code: str
    question: str
    guidance: Link | None = None
    tabs: Sequence[Tab] = ()
    compared: str = ""
    why: Words = ""
    against: Sequence[Filter] = ()
    summary: Words = ""
    changes: Sequence[Change] = ()
    delta: AnswerDelta | None = None
    record: str | None = None
    sides: Sequence[tuple[str, str]] = ()
    evidence: EvidenceList | None = None
    opinions: Sequence[Opinion] = ()
    same_ask: SameAsk | None = None
    threads: Sequence[Thread] = ()
    findings: Sequence[Finding] = ()
    partials: Sequence[Link] = ()
    verdict: VerdictBar | None = None
    previous_url: str = ""
    next_url: str = ""
    notes: Sequence[Note] = ()

    @property
    def keys_hint(self) -> Words:
        """The way to the neighbours that need eyes, also by [ and ]."""
        ways = [("[", "Previous to read", self.previous_url), ("]", "Next to read", self.next_url)]
        return [KeyLink(text, url, key) for key, text, url in ways if url]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadDay:
    """One day of the reader's next days; ``ticks`` are hours."""

    name: str
    ticks: Ticks
    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One QAD to read. ``left`` is its time left: a Status when at risk, Bare when calm."""

    left: Words
    participant: str
    url: str
    role: str
    stage: str
    to_read: str
    held_by: str
    held_for: str = ""
    read_by: str = ""
    clock: Clock | None = None
    due: DateLink | None = None
    binds: str = ""
    marks: Sequence[Mark] = ()
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """One line of a short list below the queue."""

    status: Status
    text: Words
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """``pages/queue.html``."""

    head: Head
    load: Sequence[LoadDay] = ()
    load_note: Words = ""
    tabs: Sequence[Tab] = ()
    filters: Sequence[Filter] = ()
    density: Link | None = None
    rows: Sequence[QueueRow] = ()
    caption: str = "Your queue, by clock risk"
    empty: Empty | None = None
    pagination: Pagination | None = None
    aside_title: str = ""
    aside: Sequence[SideRow] = ()
    ahead_title: str = ""
    ahead: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """One qualification; neighbours with the same ``entity`` share their head."""

    role: str
    note: str = ""
    entity: str = ""
    entity_code: str = ""
    url: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One criterion over all columns; the spans of the cells add up to the columns."""

    title: str
    note: str = ""
    cells: Sequence[ApprovalCell]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixBand:
    """The criteria of one body; ``mark`` is empty for the applicant's own."""

    heading: str
    rows: Sequence[MatrixRow]
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifiedMatrix:
    """``pages/qualified_matrix.html``; ``verdicts`` is the row "Qualified?"."""

    head: Head
    columns: Sequence[MatrixColumn]
    verdicts: Sequence[ApprovalCell]
    bands: Sequence[MatrixBand]
    footnote: Words = ""
    filters: Sequence[Filter] = ()
    only_missing: bool = False

    @property
    def width(self) -> int:
        """The number of columns, with the first."""
        return len(self.columns) + 1

    @property
    def entities(self) -> list[dict[str, object]]:
        """Neighbouring columns of one legal entity, with their span."""
        joined = []
        for (name, code, locked), group in groupby(
            self.columns, key=lambda column: (column.entity, column.entity_code, column.locked)
        ):
            joined.append({"name": name, "code": code, "locked": locked, "span": len(list(group))})
        return joined if any(entity["name"] for entity in joined) else []

    @property
    def labelled_verdicts(self) -> list[tuple[str, ApprovalCell]]:
        """The first row, each cell with the words of its columns (for a phone)."""
        return self._labelled(self.verdicts)

    @property
    def labelled_bands(self) -> list[dict[str, object]]:
        """The bands, each cell with the words of its columns (for a phone)."""
        return [
            {
                "mark": band.mark,
                "heading": band.heading,
                "rows": [
                    {
                        "title": row.title,
                        "note": row.note,
                        "cells": self._labelled(row.cells),
                        "settled": all(cell.settled for cell in row.cells),
                    }
                    for row in band.rows
                ],
            }
            for band in self.bands
        ]

    def _labelled(self, cells: Sequence[ApprovalCell]) -> list[tuple[str, ApprovalCell]]:
        pairs, at = [], 0
        for cell in cells:
            roles = [column.role for column in self.columns[at : at + cell.span]]
            pairs.append((", ".join(roles), cell))
            at += cell.span
        return pairs
