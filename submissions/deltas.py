"""PURE: what differs in one question between two versions of a part, as they were frozen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from submissions.comparing import blocks
from submissions.template_types import Question

Held = Mapping[str, Any]  # a question as it was frozen
Item = Mapping[str, Any]  # a piece of evidence as it was frozen


class Turn(StrEnum):
    """What became of a question as a whole."""

    NONE = ""
    ASKED = "newly asked"
    WITHDRAWN = "no longer asked"
    GIVEN = "first answer"
    EMPTIED = "answer taken away"


@dataclass(frozen=True, slots=True)
class Delta:
    """What differs in one question; ``fields`` are the parts of its answer that do."""

    turn: Turn = Turn.NONE
    fields: tuple[str, ...] = ()
    added: tuple[Item, ...] = ()
    removed: tuple[Item, ...] = ()
    replaced: tuple[Item, ...] = ()  # as they are now

    @property
    def pieces(self) -> int:
        """How many pieces of evidence differ."""
        return len(self.added) + len(self.removed) + len(self.replaced)

    def __bool__(self) -> bool:
        return bool(self.turn or self.fields or self.pieces)

    @property
    def words(self) -> str:
        """Return "answer, 2 files"; empty where nothing differs."""
        said = [self.turn.value] if self.turn else ["answer"] if self.fields else []
        if self.pieces:
            said.append(_evidence_in_words([*self.added, *self.removed, *self.replaced]))
        return ", ".join(said)


def _evidence_in_words(items: Sequence[Item]) -> str:
    noun = "file" if all(item["sha256"] for item in items) else "piece"
    tail = " of evidence" if noun == "piece" else ""
    return f"{len(items)} {noun}{'' if len(items) == 1 else 's'}{tail}"


def delta(before: Held | None, after: Held | None) -> Delta:
    """Return what differs in a question between two versions; None where one had it not."""
    was, now = _applies(before), _applies(after)
    if not was and not now:
        return Delta()
    if not now:
        return Delta(turn=Turn.WITHDRAWN)
    if not was:
        return Delta(turn=Turn.ASKED)
    added, removed, replaced = _evidence(before["evidence"], after["evidence"])
    return Delta(
        turn=_turn(before, after),
        fields=tuple(fields(before["answer"], after["answer"])),
        added=added,
        removed=removed,
        replaced=replaced,
    )


def _applies(held: Held | None) -> bool:
    return bool(held and held["applies"])


def _turn(before: Held, after: Held) -> Turn:
    was, now = (bool(each["answer"] or each["evidence"]) for each in (before, after))
    if was == now:
        return Turn.NONE
    return Turn.GIVEN if now else Turn.EMPTIED


def fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """Return the names of the parts in which two answers differ, in the order they are shown."""
    old, new = _said(before), _said(after)
    return [name for name in (*_ORDER, *sorted({*old, *new} - {*_ORDER}))
            if (old.get(name) or None) != (new.get(name) or None)]  # fmt: skip


_ORDER = ("not_applicable", "choice", "choices", "number", "date", "declared", "rows", "text")


def _said(answer: Mapping[str, Any] | None) -> dict[str, Any]:
    if answer is None:
        return {}
    return {
        "not_applicable": set_aside(answer),
        "text": answer["text"].strip(),
        **answer["value"],
    }


def set_aside(answer: Mapping[str, Any] | None) -> str:
    """Return why a question is said not to apply; empty where it is answered."""
    if not answer or not answer["is_not_applicable"]:
        return ""
    return answer["not_applicable_reason"] or "No reason given"


def _evidence(
    before: Iterable[Item], after: Iterable[Item]
) -> tuple[tuple[Item, ...], tuple[Item, ...], tuple[Item, ...]]:
    """Return what was added, removed and replaced; the same file under a new id is the same."""
    old, new = {item["id"]: item for item in before}, {item["id"]: item for item in after}
    replaced = [new[key] for key in new if key in old and _mark(new[key]) != _mark(old[key])]
    gone = [item for key, item in old.items() if key not in new]
    come = [item for key, item in new.items() if key not in old]
    known, kept = {_mark(item) for item in gone}, {_mark(item) for item in come}
    return (
        tuple(item for item in come if _mark(item) not in known),
        tuple(item for item in gone if _mark(item) not in kept),
        tuple(replaced),
    )


def _mark(item: Item) -> tuple:
    """Return what makes a piece of evidence itself: its bytes, or where it is kept."""
    if item["sha256"]:
        return (item["sha256"],)
    return (item["tool"], item["identifier"], item["link"], item["as_of"])


@dataclass(frozen=True, slots=True)
class RowDelta:
    """One line of a table: added, removed, or changed in some of its cells; ``cells`` by column."""

    kind: str  # added, removed, changed
    number: int  # its place now; of a removed line, where it stood
    cells: tuple[tuple[str, str], ...]  # before and after


def rows(question: Question, before: Sequence[Held], after: Sequence[Held]) -> list[RowDelta]:
    """Return the lines of a table that differ, cell by cell; equal lines are left out."""
    old, new = _lines(question, before), _lines(question, after)
    found: list[RowDelta] = []
    for stayed, was, now in blocks(old, new):
        if not stayed:
            found += _row_deltas(old[was], new[now], was.start, now.start)
    return found


def _lines(question: Question, given: Sequence[Held]) -> list[tuple[str, ...]]:
    keys = [column.key for column in question.columns]
    return [tuple(str(row.get(key, "")).strip() for key in keys) for row in given]


def _row_deltas(
    old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]], was: int, now: int
) -> list[RowDelta]:
    shared = min(len(old), len(new))
    blank = ("",) * len((old or new)[0])
    return [
        *(
            RowDelta("changed", now + at, tuple(zip(old[at], new[at], strict=True)))
            for at in range(shared)
        ),
        *(
            RowDelta("removed", was + at, tuple(zip(old[at], blank, strict=True)))
            for at in range(shared, len(old))
        ),
        *(
            RowDelta("added", now + at, tuple(zip(blank, new[at], strict=True)))
            for at in range(shared, len(new))
        ),
    ]
