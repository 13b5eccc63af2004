"""PURE: a test plan as a curve, and how far testing is behind or ahead of it (R72)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

WEEK = timedelta(days=7)


def problems(
    starts_on: date, ends_on: date, tests: int, points: Sequence[Mapping[str, Any]]
) -> str:
    """Return what is wrong with the points of a plan; empty when they make a curve."""
    before, day = 0, date.min
    for each in points:
        on, planned = date.fromisoformat(str(each["on"])), each["planned"]
        if not starts_on <= on <= ends_on:
            return f"{on:%d/%m/%Y} lies outside the plan."
        if on <= day or planned < before:
            return f"{on:%d/%m/%Y}: dates and numbers have to grow from line to line."
        if planned > tests:
            return f"{on:%d/%m/%Y}: {planned} is more than the {tests} tests of the plan."
        before, day = planned, on
    return ""


def curve(
    starts_on: date, ends_on: date, tests: int, points: Sequence[Mapping[str, Any]] = ()
) -> list[dict[str, Any]]:
    """Return the points of a plan from 0 on its first day to all on its last.

    Without points of its own the plan is even, one point a week.
    """
    found = {date.fromisoformat(str(each["on"])): int(each["planned"]) for each in points}
    if not found:
        span, on = max((ends_on - starts_on).days, 1), starts_on + WEEK
        while on < ends_on:
            found[on] = round(tests * (on - starts_on).days / span)
            on += WEEK
    found.setdefault(starts_on, 0)
    found[ends_on] = tests
    return [{"on": on.isoformat(), "planned": found[on]} for on in sorted(found)]


def planned_on(points: Sequence[Mapping[str, Any]], on: date) -> int:
    """Return how many tests a plan has run by the end of a day, in a straight line between."""
    known = [(date.fromisoformat(str(each["on"])), int(each["planned"])) for each in points]
    if not known or on < known[0][0]:
        return 0
    before = known[0]
    for each in known[1:]:
        if on < each[0]:
            share = (on - before[0]).days / (each[0] - before[0]).days
            return int(before[1] + share * (each[1] - before[1]))
        before = each
    return before[1]


def day_of(points: Sequence[Mapping[str, Any]], count: int) -> date | None:
    """Return the day on which a plan reaches a number of tests."""
    known = [(date.fromisoformat(str(each["on"])), int(each["planned"])) for each in points]
    for before, after in zip(known, known[1:], strict=False):
        if before[1] >= count:
            return before[0]
        if after[1] >= count:
            share = (count - before[1]) / (after[1] - before[1])
            return before[0] + timedelta(days=round(share * (after[0] - before[0]).days))
    return known[-1][0] if known else None


@dataclass(frozen=True, slots=True)
class Slip:
    """How far testing is from one baseline on a day: positive is behind."""

    tests: int
    days: int

    @property
    def is_behind(self) -> bool:
        """Whether fewer tests ran than were planned by then."""
        return self.tests > 0


def slip(points: Sequence[Mapping[str, Any]], run: int, on: date) -> Slip:
    """Return how many tests, and how many days, testing lags behind a baseline (R72)."""
    planned = planned_on(points, on)
    reached = day_of(points, run)
    return Slip(planned - run, (on - reached).days if reached and run < planned else 0)
