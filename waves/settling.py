"""The arithmetic of a due date: a period from an event against the last printed day.

Pure. Periods are calendar periods: weeks of seven days, months that end on the same day number or
on the last day of a shorter month. Weekends and holidays move nothing.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from waves.timetable import Cell, Kind, Rule, Unit

DAYS_IN = {Unit.DAYS: 1, Unit.WEEKS: 7}


class Binds(StrEnum):
    """What fixed a due date in the end."""

    RULE = "rule"
    CAP = "cap"
    BOTH = "both"
    FIXED = "fixed"
    LATE = "late"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Sum:
    """A due date with every figure that went into it."""

    event_on: date
    rule_date: date
    last_day: date | None
    closes: date | None
    due: date
    binds: Binds

    @property
    def cap_missed(self) -> bool:
        """Whether the last printed day was given up for somebody who came late."""
        return self.binds is Binds.LATE


def add_months(start: date, months: int) -> date:
    """The same day number some months on, or the last day of that month if it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def after(rule: Rule, start: date) -> date:
    """The day on which a period that started with an event ends; the event's day is day nought."""
    if rule.unit is Unit.MONTHS:
        return add_months(start, rule.count)
    return start + timedelta(days=rule.count * DAYS_IN[rule.unit])


def settle(cell: Cell, event_on: date, closes: date | None) -> Sum:
    """Set the period of a cell against its cap or fixed date (R82, R91, R115, X7).

    On time, the earlier of both holds. After ``closes`` (the last day for the event itself) the
    full period holds: a late submitter loses the printed date, but never the reviewers' time.
    """
    if cell.rule is None:
        raise ValueError(f"{cell.key} on {cell.route} has no period to count.")
    rule_date, last_day = after(cell.rule, event_on), cell.last_day
    late = closes is not None and event_on > closes
    if last_day is None:
        due, binds = rule_date, Binds.RULE
    elif rule_date > last_day and (late or event_on > last_day):
        due, binds = rule_date, Binds.LATE
    elif cell.kind is Kind.DATE:
        due, binds = last_day, Binds.FIXED
    elif rule_date == last_day:
        due, binds = rule_date, Binds.BOTH
    elif rule_date < last_day:
        due, binds = rule_date, Binds.RULE
    else:
        due, binds = last_day, Binds.CAP
    if cell.floor and due < cell.floor:  # R117
        due, binds = cell.floor, Binds.FLOOR
    return Sum(event_on, rule_date, last_day, closes, due, binds)
