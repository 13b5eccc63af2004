"""Why a date is its date, in plain sentences with the arithmetic and the paragraph.

Pure: facts in, words out. Every sentence says what the plan prints and what the portal counts.
"""

from datetime import date

from waves.settling import Binds, Sum
from waves.timetable import Bound, Cell, Event, Kind, LateReading, Rule, Standing

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FIRST_WEEKEND_DAY = 5
LONGEST_QUOTE = 60
UNDATED = {Kind.TEXT, Kind.NOT_APPLICABLE}

# Each event as something that has happened, and as something still awaited.
HAPPENED = {
    Event.INITIAL_SUBMITTED: "the Initial QAD was submitted",
    Event.FINAL_SUBMITTED: "the Final QAD was submitted",
    Event.SIGNED_OFF: "the QAD was signed off",
    Event.PIT_REPORT_RECEIVED: "the PIT Completion Report arrived",
    Event.COMMENTS_CONFIRMED: "the last body confirmed that the open comments are answered",
}
AWAITED = {
    Event.INITIAL_SUBMITTED: "the Initial QAD is submitted",
    Event.FINAL_SUBMITTED: "the Final QAD is submitted",
    Event.SIGNED_OFF: "the QAD is signed off",
    Event.PIT_REPORT_RECEIVED: "the PIT Completion Report arrives",
    Event.COMMENTS_CONFIRMED: "every body has confirmed that the open comments are answered",
}


def long_day(day: date) -> str:
    """A day in words, such as Friday 5 September 2025."""
    return f"{day:%A} {short_day(day)}"


def short_day(day: date) -> str:
    """A day without its weekday, such as 5 September 2025."""
    return f"{day.day} {day:%B %Y}"


def days(count: int) -> str:
    """A number of days in figures, such as 1 day or 7 days."""
    return f"{count} day" if count == 1 else f"{count} days"


def period(rule: Rule) -> str:
    """A period in words, such as six weeks or one month."""
    number = NUMBERS[rule.count] if rule.count < len(NUMBERS) else str(rule.count)
    unit = rule.unit.removesuffix("s") if rule.count == 1 else str(rule.unit)
    return f"{number} {unit}"


def reason(cell: Cell, route_label: str, found: Sum | None, late: LateReading) -> str:
    """Why a cell is due when it is, or what it waits for."""
    if found and found.binds is not Binds.FIXED:
        said = [_counted(cell, found), _weekend(found.due), _assumed(found, late)]
    elif cell.kind is Kind.RELATIVE:
        said = [_awaited(cell)]
    else:
        said = [_printed(cell), cell.note if cell.kind in UNDATED or cell.printed else ""]
    text = " ".join(filter(None, said))
    return f"{text.removesuffix('.')} ({source(cell, found, late)}, {route_label})."


def source(cell: Cell, found: Sum | None, late: LateReading) -> str:
    """The paragraphs that a date rests on."""
    return f"{cell.clause}, with {late.clause}" if found and found.cap_missed else cell.clause


def _counted(cell: Cell, found: Sum) -> str:
    if found.cap_missed:
        return _late(cell, found)
    if cell.bound is Bound.OPENS:
        return f"It opens on {long_day(found.due)}, when {HAPPENED[cell.rule.starts_on]}."
    counted = f"{period(cell.rule).capitalize()} from {long_day(found.event_on)}"
    return f"{counted} is {long_day(found.rule_date)}; {_verdict(found)}"


def _verdict(found: Sum) -> str:
    """How the counted day compares with the cap and the floor."""
    if found.binds is Binds.FLOOR:
        return f"the plan foresees {long_day(found.due)} at the earliest, so that day holds."
    if found.last_day is None:
        return "no cap is set."
    gap = days(abs((found.last_day - found.rule_date).days))
    cap = f"the cap of {long_day(found.last_day)}"
    return {
        Binds.RULE: f"{cap} comes {gap} later. The rule binds.",
        Binds.CAP: f"{cap} comes {gap} earlier. The cap binds.",
        Binds.BOTH: f"the cap of {short_day(found.due)} falls on the same day. Both bind.",
    }[found.binds]


def _late(cell: Cell, found: Sum) -> str:
    happened = HAPPENED[cell.rule.starts_on]
    closed = found.closes if found.closes and found.event_on > found.closes else found.last_day
    what = "date" if cell.kind is Kind.DATE else "cap"
    return (
        f"{happened[0].upper()}{happened[1:]} on {long_day(found.event_on)},"
        f" {days((found.event_on - closed).days)} after {long_day(closed)}, the last day for it,"
        f" so the full period of {period(cell.rule)} counts: {long_day(found.rule_date)}."
        f" The printed {what} of {long_day(found.last_day)} is missed."
    )


def _assumed(found: Sum, late: LateReading) -> str:
    guessed = found.cap_missed and late.standing is Standing.ASSUMED
    return "This reading is assumed." if guessed or found.binds is Binds.FLOOR else ""


def _awaited(cell: Cell) -> str:
    awaited = AWAITED[cell.rule.starts_on]
    if not cell.rule.count:
        return f"It waits until {awaited}, and opens on that day."
    cap = f", or {long_day(cell.cap)} if that is earlier" if cell.cap else ""
    floor = f", but not before {long_day(cell.floor)}" if cell.floor else ""
    return f"It waits until {awaited}. It is then due {period(cell.rule)} later{cap}{floor}."


def _printed(cell: Cell) -> str:
    match cell.kind:
        case Kind.WINDOW:
            span = f"from {long_day(cell.start)} to the end of {long_day(cell.end)}"
            return f"The plan prints a window {span}."
        case Kind.DATE:
            return f"{_fixed(cell)} {_weekend(cell.start)}".strip()
        case Kind.NOT_APPLICABLE:
            return "The plan sets no date for this route."
    quoted = f", only “{cell.raw_text}”" if len(cell.raw_text) <= LONGEST_QUOTE else ""
    return f"The plan names no day here{quoted}."


def _fixed(cell: Cell) -> str:
    day, role = long_day(cell.start), "first" if cell.bound is Bound.OPENS else "last"
    if cell.printed:
        return f"The {role} day is {day}, although the plan prints {short_day(cell.printed)}."
    alone = ", without a period" if cell.rule else ""
    return f"The plan prints {day} as the {role} day{alone}."


def _weekend(day: date) -> str:
    if day.weekday() < FIRST_WEEKEND_DAY:
        return ""
    return f"{short_day(day)} is a {day:%A}; calendar days count, so the date stays."
