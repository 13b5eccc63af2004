"""PURE: what looks odd in a timetable: it may be meant, so it is shown and never refused.

The plan itself has such places (its own misprints among them), so a draft is read beside the
version that it was made from.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from waves.because import FIRST_WEEKEND_DAY, days, long_day, short_day
from waves.deadlines import Leg, leg
from waves.timetable import Cell, Kind, Timetable

# Steps of which the first should not come after the second (domain X1, X2, X9, X10).
_IN_ORDER = (
    ("pqs_open", "pqs_deadline"),
    ("wave_allocation_indicative", "wave_allocation_final"),
    ("qt_entry_checkpoint_1", "qt_entry_checkpoint_2"),
    ("qt_entry_checkpoint_2", "qt_entry_confirmation"),
    ("initial_qad_window", "initial_qad_review_complete"),
    ("initial_qad_review_complete", "final_qad_window"),
    ("final_qad_window", "final_qad_review_complete"),
    ("final_qad_review_complete", "qad_signoff_deadline"),
    ("qad_signoff_deadline", "qualification_decision"),
)
_REVIEWS = ("initial_qad_review_complete", "final_qad_review_complete", "qualification_decision")
_LONGEST_YEAR_GAP = 300  # days by which a date may move before its year is doubted (X1)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that looks odd at a cell, in a sentence."""

    key: str
    route: str
    text: str


def doubts(timetable: Timetable) -> list[Doubt]:
    """Return what looks odd in a timetable, route by route."""
    found: list[Doubt] = []
    for route in timetable.routes:
        found += _order(timetable, route)
        found += _squeezed(timetable, route)
        found += (doubt for cell in timetable.of_route(route) for doubt in _weekend(cell))
    return found


def new_doubts(before: Timetable, after: Timetable) -> list[Doubt]:
    """Return what looks odd in a newer timetable and did not in the one before it."""
    known = set(doubts(before))
    return [*_years(before, after), *(each for each in doubts(after) if each not in known)]


def _order(timetable: Timetable, route: str) -> Iterator[Doubt]:
    for first, second in _IN_ORDER:
        earlier, later = _cell(timetable, first, route), _cell(timetable, second, route)
        if earlier is None or later is None:
            continue
        if earlier.last_day > later.last_day:
            yield Doubt(
                *(second, route),
                f"{later.label} is set for {short_day(later.last_day)}, but {earlier.label} comes"
                f" after it, on {short_day(earlier.last_day)}.",
            )


def _squeezed(timetable: Timetable, route: str) -> Iterator[Doubt]:
    for key in _REVIEWS:
        left: Leg | None = leg(timetable, key, route)
        if left is not None and left.slack < 0:
            cell = timetable.cell(key, route)
            yield Doubt(
                *(key, route),
                f"{cell.label}: whoever uses the last day, {short_day(left.last_event)}, leaves"
                f" {days(left.days_left)}, which is {days(-left.slack)} less than the period.",
            )


def _weekend(cell: Cell) -> Iterator[Doubt]:
    on = cell.last_day
    if on is not None and on.weekday() >= FIRST_WEEKEND_DAY:
        yield Doubt(cell.key, cell.route, f"{cell.label} falls on {long_day(on)}.")


def _years(before: Timetable, after: Timetable) -> Iterator[Doubt]:
    """A date that moves by most of a year is often a misprinted year (X1)."""
    for place, cell in after.cells.items():
        old = before.cells.get(place)
        if old is None or old.last_day is None or cell.last_day is None:
            continue
        gap = (cell.last_day - old.last_day).days
        if abs(gap) >= _LONGEST_YEAR_GAP:
            way = "later" if gap > 0 else "earlier"
            yield Doubt(
                *place,
                f"{cell.label} moves to {short_day(cell.last_day)}, {days(abs(gap))} {way} than"
                " before. Look at the year.",
            )


def _cell(timetable: Timetable, key: str, route: str) -> Cell | None:
    """The cell, where it has a last day to compare; an opening is compared by its only day."""
    cell = timetable.cells.get((key, route))
    dated = cell is not None and cell.kind is not Kind.TEXT and cell.last_day is not None
    return cell if dated else None
