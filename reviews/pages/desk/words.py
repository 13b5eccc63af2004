"""PURE: how long ago a moment was, as the rows of the desk say it."""

from datetime import date, datetime

from foundation.clock.words import days, days_gone


def ago(since: datetime | None, today: date) -> str:
    """Return how long ago a moment was, in days: "4 days", "today"."""
    if since is None:
        return ""
    gone = days_gone(since, today)
    return days(gone) if gone else "today"
