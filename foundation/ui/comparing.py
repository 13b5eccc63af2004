"""Two texts beside each other: what changed, and what has to be chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foundation.ui.actions import Action
from foundation.ui.parts import Status, Words


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph: ``kind`` is same, ins or del."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A paragraph of a comparison: changed, with its runs, or a fold of unchanged ones.

    ``kind`` is changed, added, removed, or same; a fold carries ``summary`` and ``hidden``
    (the unchanged paragraphs, shown on request).
    """

    kind: str
    runs: Sequence[Run] = ()
    summary: str = ""
    hidden: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """A value that stands alone, before and after; empty where there was none."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """A line of a table that differs: how, and each of its cells as runs."""

    number: str
    status: Status
    cells: Sequence[Sequence[Run]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableChange:
    """The lines of a table that differ; ``note`` says how many do not."""

    caption: str
    columns: Sequence[str]
    rows: Sequence[RowChange]
    note: str = ""

    @property
    def labelled(self) -> list[dict[str, object]]:
        """The lines, each cell with the label of its column (for a phone)."""
        return [
            {
                "number": row.number,
                "status": row.status,
                "cells": list(zip(self.columns, row.cells, strict=True)),
            }
            for row in self.rows
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSide:
    """One side of a choice in a conflict: its words, and the radio that keeps it."""

    runs: Sequence[Run]
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeRow:
    """One place where texts differ. Automatic rows have a ``status``; others ``sides``."""

    status: Status
    note: str = ""
    base: str = ""
    theirs: Sequence[Run] = ()
    yours: Sequence[Run] = ()
    name: str = ""
    sides: Sequence[MergeSide] = ()
    anew: MergeSide | None = None
    advice: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A conflict shown whole: automatic rows first, choices last, then the result."""

    title: str
    lead: str
    rows: Sequence[MergeRow]
    base_label: str
    theirs_label: str
    yours_label: str
    post_url: str
    theirs_name: str = "Theirs"
    yours_name: str = "Yours"
    hidden: Mapping[str, str] = field(default_factory=dict)
    summary: Sequence[Status] = ()
    summary_note: str = ""
    result: Sequence[Run] = ()
    result_text: str = ""
    result_name: str = "text"
    result_note: str = ""
    actions: Sequence[Action] = ()
