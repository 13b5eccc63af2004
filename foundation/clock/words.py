"""PURE: dates and moments as people read them, in London."""

from datetime import date, datetime

from foundation.clock.moments import LONDON


def day(value: date | datetime) -> str:
    """Return "Fri 6 Mar 2026"."""
    local = value.astimezone(LONDON) if isinstance(value, datetime) else value
    return f"{local:%a} {local.day} {local:%b %Y}"


def short_day(value: date | datetime) -> str:
    """Return "Fri 6 Mar", for lines whose year is plain."""
    return day(value)[:-5]


def instant(value: datetime) -> str:
    """Return "Fri 6 Mar 2026, 10:42"."""
    return f"{day(value)}, {value.astimezone(LONDON):%H:%M}"


def days(count: int) -> str:
    """Return "1 day" or "3 days"."""
    return f"{count} day" if abs(count) == 1 else f"{count} days"


def days_gone(then: datetime, today: date) -> int:
    """Return how many London days ago a moment was; midnight makes a day, not twenty-four hours.

    Everything that says for how long somebody has waited counts with it.
    """
    return max(0, (today - then.astimezone(LONDON).date()).days)


def since(then: datetime, now: datetime) -> str:
    """Return how a moment of the near past is called: "09:14 today", "Mon 18:20", "6 Mar"."""
    local, today = then.astimezone(LONDON), now.astimezone(LONDON).date()
    gone = (today - local.date()).days
    if gone == 0:
        return f"{local:%H:%M} today"
    if gone == 1:
        return f"{local:%H:%M} yesterday"
    if gone < 7:
        return f"{local:%a %H:%M}"
    return f"{local.day} {local:%b}" if local.year == today.year else day(then)
