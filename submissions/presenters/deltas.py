"""What differs in one answer between two versions, as it is shown: values, lines, words, files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foundation.ui.blocks import Change, Evidence, RowChange, Run, TableChange, ValueChange
from foundation.ui.parts import Status
from submissions.comparing import changes, runs
from submissions.deltas import Delta, RowDelta, delta, rows, set_aside
from submissions.presenters.evidence import frozen_item
from submissions.presenters.words import value_text
from submissions.template_types import Column, Question

Held = Mapping[str, Any]
PROSE = 3  # words; a shorter cell is a name, a figure or a date
_NAMES = {
    "not_applicable": "Not applicable, because",
    "choice": "Answer",
    "choices": "Answers",
    "number": "Number",
    "date": "Date",
    "declared": "Declaration",
}
_ROWS = {
    "added": Status("Added", "half"),
    "removed": Status("Removed", "dash"),
    "changed": Status("Changed", "half"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDelta:
    """What differs in an answer: its values, the lines of its table, the words of its text."""

    found: Delta
    values: Sequence[ValueChange] = ()
    table: TableChange | None = None
    text: Sequence[Change] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.table or self.text)


def shown(question: Question, before: Held | None, after: Held) -> ShownDelta:
    """Return the difference of an answer between two versions, each part in its own form."""
    found = delta(before, after)
    old, new = (before or {}).get("answer"), after["answer"]
    return ShownDelta(
        found=found,
        values=[
            ValueChange(
                label=_NAMES.get(name, name.capitalize()),
                before=_value(question, name, old),
                after=_value(question, name, new),
            )
            for name in found.fields
            if name not in ("text", "rows")
        ],
        table=_table(question, old, new) if "rows" in found.fields else None,
        text=changes(_text(old), _text(new)) if _text(old) != _text(new) else [],
    )


def _text(answer: Held | None) -> str:
    return answer["text"] if answer else ""


def _value(question: Question, name: str, answer: Held | None) -> str:
    if name == "not_applicable":
        return set_aside(answer)
    return value_text(question, name, answer["value"].get(name)) if answer else ""


def _table(question: Question, old: Held | None, new: Held | None) -> TableChange:
    was, now = ((each["value"].get("rows") or [] if each else []) for each in (old, new))
    found = rows(question, was, now)
    return TableChange(
        caption="Lines that differ",
        columns=[column.label for column in question.columns],
        rows=[_row(question, each) for each in found],
        note=_same(len(now) - sum(each.kind != "removed" for each in found)),
    )


def _same(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'} unchanged." if count else ""


def _row(question: Question, each: RowDelta) -> RowChange:
    return RowChange(
        number=str(each.number + 1),
        status=_ROWS[each.kind],
        cells=[
            _cell(column, *cell) for column, cell in zip(question.columns, each.cells, strict=True)
        ],
    )


def _cell(column: Column, before: str, after: str) -> list[Run]:
    """Return how a cell became another: word by word where it is prose, whole where it is not."""
    if before == after or (column.type == "TEXT" and len(before.split()) > PROSE):
        return runs(before, after)
    pair = (Run(kind="del", text=before), Run(kind="ins", text=after))
    return [run for run in pair if run.text]


def evidence(found: Delta, after: Held, slug: str, number: int) -> list[Evidence]:
    """Return the evidence as it is now, what is new or replaced marked, then what was removed."""
    since = f"since version {number}"
    marks = {item["id"]: Status(f"New {since}", "new") for item in found.added}
    marks |= {item["id"]: Status(f"Replaced {since}", "half") for item in found.replaced}
    gone = Status(f"Removed {since}", "dash")
    return [
        *(
            replace(frozen_item(item, slug), status=marks.get(item["id"]))
            for item in after["evidence"]
        ),
        *(replace(frozen_item(item, slug), status=gone) for item in found.removed),
    ]
