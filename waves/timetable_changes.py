"""PURE: how two timetables differ, how a draft follows a newer version, what a draft must keep."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType

from waves.timetable import Cell, Timetable

Place = tuple[str, str]  # activity and route
# What makes a cell give other dates; the rest are the words about it.
COUNTED = ("kind", "start", "end", "rule", "late_after", "cap", "floor", "met_by", "owner")
_NUMBERED = re.compile(r"^(.*?)(\d+)$")


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs between two timetables; None where one of them has no such cell."""

    before: Cell | None
    after: Cell | None

    @property
    def cell(self) -> Cell:
        """The cell as it is now, or as it was where it is gone."""
        return self.after or self.before

    @property
    def place(self) -> Place:
        """Where it stands: activity and route."""
        return self.cell.key, self.cell.route

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that differ."""
        if self.before is None or self.after is None:
            return tuple(field.name for field in fields(Cell))
        return tuple(
            field.name
            for field in fields(Cell)
            if getattr(self.before, field.name) != getattr(self.after, field.name)
        )

    @property
    def moves_dates(self) -> bool:
        """Whether dates may follow, or only words differ."""
        return bool(set(self.names) & set(COUNTED))


def changes(before: Timetable, after: Timetable) -> list[CellChange]:
    """Return every cell that differs, in the order of the newer table, then those beyond it."""
    old, new = _all(before), _all(after)
    places = [*new, *(place for place in old if place not in new)]
    return [
        CellChange(old.get(place), new.get(place))
        for place in places
        if old.get(place) != new.get(place)
    ]


def with_cell(timetable: Timetable, cell: Cell) -> Timetable:
    """Return the timetable with one of its cells replaced; the label holds on every route."""
    place = (cell.key, cell.route)
    if place in timetable.beyond:
        beyond = {**timetable.beyond, place: cell}
        return replace(timetable, beyond=MappingProxyType(beyond))
    if place not in timetable.cells:
        raise KeyError(f"{timetable.reference} has no activity {cell.key} on {cell.route}.")
    cells = {
        at: replace(old, label=cell.label) if old.key == cell.key else old
        for at, old in timetable.cells.items()
    }
    cells[place] = cell
    return replace(timetable, cells=MappingProxyType(cells))


def merged(base: Timetable, mine: Timetable, theirs: Timetable) -> tuple[Timetable, list[Place]]:
    """Return my changes put upon their newer version, and the places that both changed unlike.

    Where both changed a cell, theirs stands in the answer: it is for people to settle.
    """
    taken = {change.place: change.after for change in changes(base, theirs)}
    clashes, result = [], theirs
    for change in changes(base, mine):
        place, after = change.place, change.after
        if place in taken:
            if taken[place] != after:
                clashes.append(place)
        elif after is not None and place in _all(theirs):
            result = with_cell(result, after)
        else:
            clashes.append(place)
    return result, clashes


def left_out(before: Timetable, after: Timetable) -> Iterator[str]:
    """Yield what a new version may not leave out: people and their clocks stand on it."""
    for code, label in before.routes.items():
        if code not in after.routes:
            yield f"The route {label} is missing. Every route of the version in force stays."
    labels = {cell.key: cell.label for cell in _all(before).values()}
    kept = {key for key, _ in _all(after)}
    for key, label in labels.items():
        if key not in kept:
            yield (
                f"The activity “{label}” ({key}) is missing. What is no longer needed stays in the"
                " table as not_applicable."
            )


def next_version(current: str, taken: Collection[str]) -> str:
    """Return the name of the version after this one: v2 after v1."""
    match = _NUMBERED.match(current)
    stem, number = (match[1], int(match[2])) if match else (f"{current}.", 0)
    while (name := f"{stem}{(number := number + 1)}") in taken:
        continue
    return name


def _all(timetable: Timetable) -> Mapping[Place, Cell]:
    return {**timetable.cells, **timetable.beyond}
