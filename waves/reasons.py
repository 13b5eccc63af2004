"""PURE: the parts of the answer to "why this date?", as plain words that can be stored."""

from datetime import date
from typing import Any

from waves.because import AWAITED, HAPPENED, long_day, period, short_day
from waves.deadlines import Due
from waves.settling import Binds
from waves.timetable import Bound, Cell, Kind, Rule, Timetable, Unit

_BINDING = {
    Binds.RULE: "the rule binds",
    Binds.CAP: "the cap binds",
    Binds.BOTH: "rule and cap fall on the same day",
    Binds.LATE: "the full period counts, for it came late",
    Binds.FLOOR: "the plan foresees no earlier day",
}


def reason_of(due: Due, cell: Cell, timetable: Timetable) -> dict[str, Any]:
    """Return every part of the reason for a date, ready for JSON."""
    return {
        "rule": _rule(cell),
        "sum": _sum(due, cell),
        "cap": _cap(due),
        "binds": str(due.binds) if due.binds else "",
        "clause": due.clause,
        "version": timetable.reference,
        "route": due.route,
        "standing": str(due.standing),
        "note": due.note,
        "printed": due.printed.isoformat() if due.printed else "",
        "raw_text": due.raw_text,
        "starts_on": str(due.starts_on) if due.starts_on else "",
        "started_on": due.started_on.isoformat() if due.started_on else "",
        "rule_date": due.rule_date.isoformat() if due.rule_date else "",
        "cap_missed": due.cap_missed,
    }


def fixed_by(due: Due, cell: Cell) -> str:
    """Return in a few words how a date is fixed: "Printed", or "Rule, 4 weeks; cap 13 Apr"."""
    if due.due is None and cell.kind is not Kind.RELATIVE:
        return "No date printed" if cell.kind is Kind.TEXT else "Not applicable"
    if cell.kind is Kind.WINDOW:
        return f"Printed, from {_brief(cell.start)}"
    if cell.kind is not Kind.RELATIVE:
        return "Printed, corrected" if due.printed else "Printed"
    cap = f"; cap {_brief(due.cap)}" if due.cap else ""
    if not cell.rule.count:
        return "Rule, the same day"
    return f"Rule, {period(cell.rule)}{cap}"


def _rule(cell: Cell) -> str:
    match cell.kind:
        case Kind.WINDOW:
            return f"Between {short_day(cell.start)} and {short_day(cell.end)}"
        case Kind.DATE if cell.bound is Bound.OPENS:
            return f"Not before {short_day(cell.start)}"
        case Kind.DATE:
            late = f"; {period(cell.rule)} for those who come late" if cell.rule else ""
            return f"By {short_day(cell.start)}{late}"
        case Kind.RELATIVE if not cell.rule.count:
            return f"From the day on which {AWAITED[cell.rule.starts_on]}"
        case Kind.RELATIVE:
            cap = f", or {short_day(cell.cap)}, whichever is earlier" if cell.cap else ""
            return f"{period(cell.rule).capitalize()} after {AWAITED[cell.rule.starts_on]}{cap}"
    return "The plan prints no day"


def _sum(due: Due, cell: Cell) -> str:
    if due.rule_date is None or due.started_on is None or not cell.rule:
        return ""
    if not cell.rule.count:
        return f"{HAPPENED[cell.rule.starts_on].capitalize()} on {long_day(due.started_on)}"
    binding = _BINDING.get(due.binds, "the printed date stands")
    counted = f"{short_day(due.started_on)} + {_figures(cell.rule)} = {short_day(due.rule_date)}"
    return f"{counted}: {binding}"


def _cap(due: Due) -> str:
    if due.cap is None:
        return ""
    return f"{long_day(due.cap)}, missed" if due.cap_missed else long_day(due.cap)


def _figures(rule: Rule) -> str:
    if rule.unit is Unit.MONTHS:
        return "1 month" if rule.count == 1 else f"{rule.count} months"
    if rule.unit is Unit.WEEKS:
        return f"{rule.count * 7} days"
    return f"{rule.count} days"


def _brief(day: date) -> str:
    return f"{day.day} {day:%b %Y}"
