"""PURE: the moments at which a running obligation speaks up (NT3, NT19)."""

from datetime import date, datetime, time, timedelta

from waves.deadlines import LONDON, due_at

MORNING = time(8, 0)  # reminders go out when people come to work; lateness starts at midnight
BEFORE_OPENING = {"OPENS_28": 28, "OPENS_7": 7}
BEFORE_DUE = {"DUE_28": 28, "DUE_14": 14, "DUE_7": 7, "DUE_1": 1}
BREACH_AFTER = timedelta(days=7)


def moments_of(due_on: date, opens_on: date | None) -> dict[str, datetime]:
    """Return every reminder of a due date by kind, whether or not its moment has passed."""
    found = {}
    if opens_on:
        found |= {kind: _morning(opens_on, days) for kind, days in BEFORE_OPENING.items()}
    found |= {kind: _morning(due_on, days) for kind, days in BEFORE_DUE.items()}
    return found | {"OVERDUE": due_at(due_on), "BREACH": due_at(due_on + BREACH_AFTER)}


def planned(due_on: date, opens_on: date | None, at: datetime) -> dict[str, datetime]:
    """Return the reminders to plan at a moment: those ahead, and the last word on what is late.

    What should have been said before the obligation was known is left unsaid; only the latest of
    "overdue" and "overdue by a week" is said at once.
    """
    every = moments_of(due_on, opens_on)
    ahead = {kind: moment for kind, moment in every.items() if moment > at}
    for kind in ("BREACH", "OVERDUE"):
        if every[kind] <= at:
            return ahead | {kind: at}
    return ahead


def _morning(day: date, days_before: int) -> datetime:
    return datetime.combine(day - timedelta(days=days_before), MORNING, LONDON)
